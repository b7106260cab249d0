"""The page cache is on, and empty at first."""

import pytest
from django.test import Client

from portal.operations.page_cache.store import store
from tests.factories import (
    StandardPageFactory,
)


@pytest.fixture(autouse=True)
def _cache(settings):
    settings.PAGE_CACHE = True
    store.clear()
    yield
    store.clear()


@pytest.fixture
def plain(portal_site):
    """A plain page that was asked for once."""
    page = StandardPageFactory(parent=portal_site.homes["fr"], title="Premier titre", slug="apropos")
    assert Client().get("/fr/apropos/").status_code == 200
    return page


@pytest.fixture
def kept(django_assert_num_queries):
    """Ask for an address that must be answered from the cache: the version of the content is all that is read."""

    def ask(path, client=None, **options):
        with django_assert_num_queries(1):
            return (client or Client()).get(path, **options)

    return ask
