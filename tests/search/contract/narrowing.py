"""Filters, counts, orders and pages."""

import datetime

import pytest

from search.documents import Document, Variant
from search.query import SearchQuery
from tests.search.contract.making import document, keys


class NarrowingContract:
    """Which of the matches are shown, in which order, and how many there are."""

    def test_values_of_a_facet_are_alternatives_and_facets_are_conditions(self, indexed, found):
        indexed(
            document("a", "x", theme=["water"], region=["MA-09"]),
            document("b", "x", theme=["roads"], region=["MA-09"]),
            document("c", "x", theme=["water"], region=["MA-08"]),
            document("d", "x", theme=["culture"], region=["MA-09"]),
        )

        assert sorted(found("x", filters={"theme": ("water", "roads"), "region": ("MA-09",)})) == ["a", "b"]

    def test_counts_are_of_subjects_and_their_own_choice_does_not_shrink_them(self, indexed, engine):
        date = datetime.date(2020, 11, 23)
        indexed(
            Document("a", "practice", (Variant("ar", "x"), Variant("fr", "x")), {"theme": ("water", "water", "roads")}, date),
            document("b", "x", type_="practice", theme=["water"]),
            document("c", "x", type_="session", theme=["roads"]),
        )

        counts = engine.search(SearchQuery("x", filters={"theme": ("water",), "type": ("practice",)})).counts

        assert counts["theme"] == {"water": 2, "roads": 1}  # of practices
        assert counts["type"] == {"practice": 2}  # of those about water
        assert counts["language"] == {"ar": 1, "fr": 2}
        assert counts["year"] == {"2020": 1}

    def test_what_the_page_fixes_shrinks_every_count(self, indexed, engine):
        indexed(document("a", "x", type_="practice", theme=["water"]), document("b", "x", type_="session", theme=["water"]))

        results = engine.search(SearchQuery("x", fixed={"type": ("practice",)}))

        assert (keys(results), results.counts["theme"], results.counts["type"]) == (["a"], {"water": 1}, {"practice": 1})

    def test_hundreds_of_values_are_counted_exactly_and_as_they_are(self, indexed, engine):
        slugs = [f"association-{n:03}" for n in range(300)] + ["جمعية-الأمل", "a,b", "É", "é"]
        indexed(
            document("all", "x", organisation=slugs, theme=["water"]),
            *(document(str(n), "x", organisation=slugs[n::30], theme=["roads"]) for n in range(30)),
        )

        counts = engine.search(SearchQuery("x")).counts["organisation"]
        chosen = engine.search(SearchQuery("x", filters={"organisation": (slugs[0], "جمعية-الأمل"), "theme": ("roads",)}))

        assert counts == dict.fromkeys(slugs, 2)
        assert chosen.counts["organisation"] == dict.fromkeys(slugs, 1)
        assert chosen.counts["theme"] == {"water": 1, "roads": 1}
        assert sorted(keys(chosen)) == ["0"]

    def test_an_unknown_value_finds_nothing(self, indexed, found):
        indexed(document("a", "x", theme=["water"]))

        assert found("x", filters={"theme": ("'; --",)}) == []

    def test_without_text_everything_is_listed_newest_first(self, indexed, found):
        indexed(
            document("old", date=datetime.date(2019, 1, 1)), document("none"), document("new", date=datetime.date(2021, 1, 1))
        )

        assert found("") == ["new", "old", "none"]

    def test_orders(self, indexed, found):
        indexed(
            document("a", body="x x x", date=datetime.date(2019, 1, 1)),
            document("b", body="x and much more than that alone", date=datetime.date(2020, 1, 1), discussion=7),
            document("c", body="x and much more than that", date=datetime.date(2021, 1, 1), discussion=1),
        )

        assert found("x") == ["a", "c", "b"]
        assert found("x", sort="date") == ["c", "b", "a"]
        assert found("x", sort="discussion") == ["b", "c", "a"]

    def test_what_was_published_last_comes_first_whatever_its_date_and_its_words(self, indexed, found, engine):
        noon = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
        casablanca = datetime.timezone(datetime.timedelta(hours=1))
        indexed(
            document("old", "x x x", date=datetime.date(2025, 1, 1), published_at=noon - datetime.timedelta(days=900)),
            document("none", "x", date=datetime.date(2025, 1, 1)),
            document("last", body="x and much more", date=datetime.date(1999, 1, 1), published_at=noon),
            document("second", "x", published_at=noon.astimezone(casablanca) - datetime.timedelta(seconds=1)),
            document("young", "x", date=datetime.date(2024, 1, 2), published_at=noon - datetime.timedelta(seconds=1)),
        )

        results = engine.search(SearchQuery("x", sort="published"))

        assert keys(results) == found("", sort="published") == ["last", "young", "second", "old", "none"]
        moments = {hit.key: hit.published_at for hit in results.hits}
        assert (moments["last"], moments["second"], moments["none"]) == (noon, noon - datetime.timedelta(seconds=1), None)

    @pytest.mark.parametrize(("year", "kept"), [(1, 1970), (956, 1970), (1969, 1970), (9999, 2106)])
    def test_a_moment_of_publication_beyond_what_is_kept_is_the_nearest_kept(self, indexed, engine, year, kept):
        indexed(document("a", "x", published_at=datetime.datetime(year, 6, 1, tzinfo=datetime.UTC)))

        (hit,) = engine.search(SearchQuery("x", sort="published")).hits
        assert hit.published_at.year == kept

    def test_an_update_changes_the_order_of_publication(self, indexed, found):
        moments = [datetime.datetime(2026, 1, day, tzinfo=datetime.UTC) for day in (1, 2, 3)]
        indexed(document("a", "x", published_at=moments[0]), document("b", "x", published_at=moments[1]))
        assert found("x", sort="published") == ["b", "a"]

        indexed(document("a", "x", published_at=moments[2]))
        assert found("x", sort="published") == ["a", "b"]

    def test_pages_hold_each_hit_once_and_the_last_page_answers_for_those_after(self, indexed, engine):
        indexed(*(document(f"{number:02}", "x") for number in range(25)))

        pages = [engine.search(SearchQuery("x", page=page, page_size=10)) for page in (1, 2, 3)]
        beyond = engine.search(SearchQuery("x", page=10**9, page_size=10))

        assert sorted(key for page in pages for key in keys(page)) == [f"{number:02}" for number in range(25)]
        assert (beyond.page, keys(beyond), beyond.total) == (3, keys(pages[2]), 25)
