"""Updates and rebuilds."""

import pytest

from search.documents import Document, Variant
from search.engines import Change
from search.query import SearchQuery
from tests.search.contract.making import document


class UpdatingContract:
    """What an index knows after it was told of changes."""

    def test_an_update_replaces_the_words_and_facets_of_before(self, indexed, found, engine):
        indexed(document("a", "ancien", theme=["water"]))
        indexed(document("a", "nouveau", theme=["roads"]))

        assert (found("ancien"), found("nouveau")) == ([], ["a"])
        assert engine.search(SearchQuery()).counts["theme"] == {"roads": 1}
        assert engine.count() == 1

    def test_a_deleted_subject_is_gone_from_hits_and_counts(self, indexed, found, engine):
        indexed(document("a", "x", theme=["water"]))

        engine.apply([Change("a", 9_999, None)])

        assert (found("x"), found(""), engine.count()) == ([], [], 0)
        assert engine.search(SearchQuery()).counts["theme"] == {}

    def test_an_update_applied_twice_changes_nothing(self, engine, found):
        change = Change("a", 5, document("a", "x", theme=["water"]))

        engine.apply([change, change])
        engine.apply([change])

        assert found("x") == ["a"]
        assert engine.search(SearchQuery()).counts["theme"] == {"water": 1}

    def test_a_late_update_does_not_undo_a_newer_one_nor_a_deletion(self, engine, found):
        engine.apply([Change("a", 7, document("a", "nouveau")), Change("b", 7, None)])
        engine.apply([Change("a", 6, document("a", "ancien")), Change("b", 6, document("b", "retiré"))])

        assert (found("ancien"), found("nouveau"), found("retiré")) == ([], ["a"], [])

    def test_a_hit_brings_every_language_of_its_text(self, indexed, engine):
        variants = (Variant("fr", "Eau", "Résumé", "Texte"), Variant("ar", "ماء", "ملخص", "نص"))
        indexed(Document("a", "practice", variants))

        (hit,) = engine.search(SearchQuery("eau")).hits

        assert (hit.key, hit.type, hit.variants) == ("a", "practice", variants)
        assert hit.score > 0

    def test_a_rebuild_replaces_everything(self, engine, indexed, found):
        indexed(document("old", "x"))

        assert engine.rebuild([Change("new", 10_000, document("new", "x"))]) == 1
        assert found("x") == ["new"]

    def test_an_update_during_a_rebuild_is_seen_at_once_and_kept(self, engine, indexed, found):
        indexed(document("a", "ancien"), document("gone", "retiré"))

        def reading():
            yield Change("a", 10_000, document("a", "ancien"))
            engine.apply([Change("a", 10_001, document("a", "nouveau")), Change("gone", 10_001, None)])
            assert found("nouveau") == ["a"]
            yield Change("gone", 10_000, document("gone", "retiré"))

        engine.rebuild(reading())

        assert (found("ancien"), found("nouveau"), found("retiré")) == ([], ["a"], [])

    def test_a_rebuild_that_fails_leaves_the_index_as_it_was(self, engine, indexed, found):
        indexed(document("old", "x"))

        def failing():
            yield Change("new", 10_000, document("new", "x"))
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            engine.rebuild(failing())

        assert found("x") == ["old"]
        indexed(document("old", "y"))
        assert found("y") == ["old"]
