"""What most tests start from: a portal without content, people of each role, and the demonstration content."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from portal.base import languages
from portal.people.enums import Role

pytest_plugins = ["tests.elasticsearch.fixtures"]


@pytest.fixture(scope="session", autouse=True)
def _static_folder():
    """WhiteNoise warns where there is no folder of static files."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _forget():
    """Forget what processes remember of an earlier test: rows that were rolled back, the language of a request."""
    cache.clear()
    languages._locale_codes.clear()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A block whose end is a commit: the search index follows."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def portal_site(db, settings, tmp_path):
    """Three languages, their home pages, workshops and libraries, and an index of its own."""
    from search.domain import rebuild
    from tests.factories import make_site

    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    site = make_site()
    rebuild()
    return site


@pytest.fixture
def participant(db):
    return _person(Role.PARTICIPANT)


@pytest.fixture
def facilitator(db):
    return _person(Role.FACILITATOR)


@pytest.fixture
def moderator(db):
    return _person(Role.MODERATOR)


def _person(role):
    from tests.factories import UserFactory

    return UserFactory(role=role, email=f"{role.value}@example.org", display_name=f"Name of the {role.value}")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration content, loaded once for a module and taken back at its end; returns how many files there were."""
    from portal.home.loading import load_content
    from search.domain import rebuild

    place = tmp_path_factory.mktemp("loaded")
    folders = override_settings(SEARCH_INDEX_DIR=place / "index", MEDIA_ROOT=place / "media")
    with django_db_blocker.unblock(), folders, transaction.atomic():
        languages._locale_codes.clear()
        count = load_content()
        rebuild()
        yield count
        transaction.set_rollback(True)
    cache.clear()
