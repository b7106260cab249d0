"""Anything may be typed and indexed."""

import pytest

from search.analysis import tokenise
from search.query import SearchQuery
from tests.search.contract.bad_texts import BAD_TEXTS, script_samples
from tests.search.contract.making import document, keys


class EnduringContract:
    """Every input is hostile, and none breaks anything."""

    def test_every_printable_character_can_be_indexed_asked_and_found(self, indexed, engine):
        samples = script_samples()
        indexed(*(document(str(number), sample[:200], sample) for number, sample in enumerate(samples)))

        for number, sample in enumerate(samples):
            for text in (sample[:500], f'"{sample[:40]}"', f"-{sample[:9]}"):
                results = engine.search(SearchQuery(text, page_size=200))
                assert results.total <= len(samples)
            word = next((token.exact for token in tokenise(sample, "fr") if token.stem), "")
            assert not word or str(number) in keys(engine.search(SearchQuery(word, page_size=200)))

    @pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: ascii(text[:12]))
    def test_any_text_can_be_corrected_and_completed(self, indexed, engine, text):
        indexed(document("a", "quelque chose"))

        assert engine.correct([text, *text[:200].split()]) == {}
        assert engine.complete(text, "ar") in ((), engine.complete("quelque", "fr"))

    @pytest.mark.parametrize("page", [-(10**9), 0, 10**9, 2**63, 10**30])
    @pytest.mark.parametrize("facet", ["theme", "nonsense", "'; --", "\ud800"])
    def test_any_page_and_facet_may_be_asked(self, indexed, engine, page, facet):
        indexed(document("a", "quelque chose", theme=["water"]))

        results = engine.search(SearchQuery("chose", filters={facet: ("water",)}, page=page, page_size=page))

        assert (keys(results), results.page) == (["a"], 1)

    @pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: ascii(text[:12]))
    def test_any_text_is_a_valid_question(self, indexed, engine, text):
        indexed(document("a", "quelque chose"))

        results = engine.search(SearchQuery(text, filters={"theme": (text,), "nonsense": ("x",)}, page=-3, page_size=0))

        assert results.total in (0, 1)

    @pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: ascii(text[:12]))
    def test_any_text_can_be_indexed(self, indexed, found, text):
        indexed(document("a", text, f"{text} témoin", theme=[text]))

        assert found("témoin") == ["a"]
