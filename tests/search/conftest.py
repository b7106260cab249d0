"""An index of one's own, an empty registry, and the search app's addresses."""

import copy
from pathlib import Path

import pytest
from wagtail.models import Page, Site

from search import completion, documents, domain
from search.engines.embedded import EmbeddedEngine
from tests.search.sources import PageSource


@pytest.fixture
def index_dir(settings, tmp_path):
    """The folder of an index that does not exist yet."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return settings.SEARCH_INDEX_DIR


@pytest.fixture
def registry(monkeypatch):
    """A registry without any source or label, put back afterwards."""
    monkeypatch.setattr(documents, "_sources", {})
    monkeypatch.setattr(documents, "_labels", {})
    monkeypatch.setattr(documents, "_names", {})
    monkeypatch.setattr(documents, "_parents", {})
    monkeypatch.setattr(completion, "_sources", {})


@pytest.fixture
def source(registry):
    """The registered source of plain pages."""
    source = PageSource()
    documents.register(source)
    return source


@pytest.fixture
def site_root(db):
    """The page below which a site's pages are."""
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def index(index_dir, source, site_root):
    """An index of an empty site: what is saved from now on is found after the commit."""
    Page.objects.filter(pk=site_root.pk).update(live=False)
    domain.rebuild()
    return index_dir


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A block whose end is a commit: the outbox is drained then."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def search_site(settings):
    """The search app's own addresses, and a base template without other apps' parts."""
    settings.ROOT_URLCONF = "tests.search.urls"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates", *templates[0]["DIRS"]]
    settings.TEMPLATES = templates


@pytest.fixture
def embedded_engine(tmp_path):
    """An embedded engine with an empty index in the test's own folder."""
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild([])
    return engine
