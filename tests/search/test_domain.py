"""Every change reaches the index at least once; whatever fails, nothing is lost and publishing goes on."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from search import domain
from search.documents import Document, Variant
from search.engines import EngineUnavailableError, get_engine
from search.engines.embedded import EmbeddedEngine
from search.models import OutboxEntry
from search.query import SearchQuery
from search.service import search
from tests.search.sources import make_page


def indexed(text=""):
    """The number of subjects that the index holds, whatever is public."""
    return get_engine().search(SearchQuery(text)).total


class BrokenError(Exception):
    """What no code of ours expects."""


def test_a_save_is_noted_in_its_own_transaction_and_forgotten_once_indexed(index, site_root, committed):
    with committed():
        make_page(site_root, "Budget")
        assert domain.backlog().count >= 1
        assert indexed("budget") == 0

    assert indexed("budget") == 1
    assert OutboxEntry.objects.count() == 0


def test_a_transaction_that_is_undone_leaves_no_note(index, site_root):
    def publish_and_fail():
        with transaction.atomic():
            make_page(site_root, "Budget")
            raise BrokenError

    with pytest.raises(BrokenError):
        publish_and_fail()

    assert OutboxEntry.objects.count() == 0


def test_unpublishing_and_deleting_empty_the_index(index, site_root, committed):
    with committed():
        one, other = make_page(site_root, "Budget un"), make_page(site_root, "Budget deux")
    with committed():
        one.unpublish()
    assert indexed("budget") == 1
    with committed():
        other.delete()
    assert indexed("budget") == 0


def test_a_crash_between_the_save_and_the_drain_loses_nothing(index, site_root):
    make_page(site_root, "Budget")  # the process ends here: no callback runs
    assert indexed("budget") == 0

    call_command("search_sync", verbosity=0)

    assert indexed("budget") == 1
    assert domain.backlog().count == 0


def test_a_crash_between_the_update_and_the_forgetting_changes_nothing(index, site_root, monkeypatch):
    make_page(site_root, "Budget")
    with monkeypatch.context() as patch:
        patch.setattr(domain, "_forget", lambda identifiers: None)  # the process ends where it would have forgotten
        domain.drain()
    assert (indexed("budget"), domain.backlog().count > 0) == (1, True)

    domain.drain()

    assert (indexed("budget"), OutboxEntry.objects.count()) == (1, 0)


def test_publishing_goes_on_without_an_engine_and_the_sync_catches_up(index, site_root, committed, monkeypatch, caplog):
    def unavailable(self, changes):
        raise EngineUnavailableError("no engine")

    with monkeypatch.context() as patch:
        patch.setattr(EmbeddedEngine, "apply", unavailable)
        with committed():
            make_page(site_root, "Budget")
        assert "no engine" in caplog.text
        assert domain.backlog().count >= 1
        assert domain.backlog().oldest is not None

    domain.drain()
    assert indexed("budget") == 1


def test_without_any_index_changes_wait_for_the_first_rebuild(index_dir, source, site_root, committed):
    with committed():
        make_page(site_root, "Budget")
    assert domain.backlog().count >= 1

    domain.rebuild()

    assert (indexed("budget"), OutboxEntry.objects.count()) == (1, 0)


def test_a_subject_whose_source_fails_does_not_hold_up_the_others(index, source, site_root, monkeypatch, caplog):
    good, bad = make_page(site_root, "Budget bon"), make_page(site_root, "Budget mauvais")
    whole = source.documents

    def failing(keys):
        if str(bad.translation_key) in keys:
            raise BrokenError("cannot be made")
        return whole(keys)

    with monkeypatch.context() as patch:
        patch.setattr(source, "documents", failing)
        domain.drain()

    assert indexed("budget") == 1
    assert set(OutboxEntry.objects.exclude(key="").values_list("key", flat=True)) == {str(bad.translation_key)}
    assert str(good.translation_key) not in caplog.text
    domain.drain()
    assert (indexed("budget"), OutboxEntry.objects.count()) == (2, 0)


def test_of_two_drains_that_race_the_one_that_read_last_wins(index, source, site_root, monkeypatch):
    """The first reads the old state, is overtaken by a whole save and drain, and must not put the old state back."""
    page = make_page(site_root, "Ancien")
    whole = source.documents
    overtaken = []

    def slow(keys):
        documents = list(whole(keys))
        if not overtaken:
            overtaken.append(True)
            page.title = "Nouveau"
            page.save()
            domain.drain()
        return documents

    monkeypatch.setattr(source, "documents", slow)
    domain.drain()

    assert (indexed("ancien"), indexed("nouveau")) == (0, 1)
    assert OutboxEntry.objects.count() == 0


def test_a_private_branch_leaves_the_index_with_all_below_it_and_comes_back(index, site_root, committed):
    with committed():
        parent = make_page(site_root, "Budget")
        make_page(parent, "Budget enfant")
    assert indexed("budget") == 2

    with committed():
        restriction = PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    assert indexed("budget") == 0

    with committed():
        restriction.delete()
    assert indexed("budget") == 2


def test_a_private_page_can_be_deleted(index, site_root, committed):
    with committed():
        page = make_page(site_root, "Budget")
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    with committed():
        page.delete()

    assert (indexed("budget"), OutboxEntry.objects.count()) == (0, 0)


def test_a_page_moved_below_a_private_one_leaves_the_index(index, site_root, committed):
    with committed():
        private, page = make_page(site_root, "Interne"), make_page(site_root, "Budget")
        make_page(page, "Budget enfant")
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert indexed("budget") == 2

    with committed():
        page.move(private, pos="last-child")

    assert indexed("budget") == 0


def test_a_rebuild_indexes_what_is_public_and_only_that(index_dir, source, site_root):
    first = make_page(site_root, "Budget public")
    make_page(site_root, "Budget traduit", language="fr", translation_of=first)
    make_page(site_root, "Budget brouillon", live=False)
    Page.objects.filter(pk=site_root.pk).update(live=False)

    assert domain.rebuild() == 1
    assert [hit.title for hit in search(SearchQuery("budget", "fr")).hits] == ["Budget traduit"]


def test_what_changes_while_a_rebuild_reads_is_in_the_new_index(index, source, site_root, monkeypatch):
    page = make_page(site_root, "Ancien")
    whole = source.documents

    def reading(keys):
        documents = list(whole(keys))
        monkeypatch.setattr(source, "documents", whole)
        page.title = "Nouveau"
        page.save()
        make_page(site_root, "Autre")
        domain.drain()
        return documents

    domain.drain()
    monkeypatch.setattr(source, "documents", reading)
    domain.rebuild()

    assert (indexed("ancien"), indexed("nouveau"), indexed("autre")) == (0, 1, 1)


def test_commands_say_what_they_did(index_dir, source, site_root, capsys):
    Page.objects.filter(pk=site_root.pk).update(live=False)
    make_page(site_root, "Budget")

    call_command("search_rebuild")
    assert "1 documents" in capsys.readouterr().out

    make_page(site_root, "Autre")
    call_command("search_sync")
    assert "0 waiting" in capsys.readouterr().out


def test_a_rebuild_that_cannot_write_is_one_clear_line(settings, tmp_path, source, db):
    (tmp_path / "file").write_text("in the way")
    settings.SEARCH_INDEX_DIR = tmp_path / "file"

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("search_rebuild")


def test_a_search_in_another_thread_sees_the_index(index_dir, registry, db):
    class Memory:
        type, models, card_template = "page", (), ""

        def keys(self):
            return ["a"]

        def documents(self, keys):
            return [Document("a", "page", (Variant("fr", "Budget"),))] if "a" in keys else []

        def hydrate(self, keys, language):
            return {}

    from search import documents

    documents.register(Memory())
    domain.rebuild()
    get_engine().search(SearchQuery("budget"))
    totals = []
    thread = threading.Thread(target=lambda: totals.append(indexed("budget")))
    thread.start()
    thread.join(10)

    assert totals == [1]
