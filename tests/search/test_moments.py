"""Speech is found, and a hit says at which moments."""

import pytest

from search import documents
from search.analysis import analyse_query
from search.documents import Cue, Document, Variant
from search.engines import Change, get_engine
from search.highlight import Highlighter
from search.moments import best_moments
from search.query import SearchQuery, parse
from search.service import search
from tests.search.sources import TalkSource

KEY = "11111111-1111-1111-1111-111111111111"


def cues(*texts, apart=30.0):
    return tuple(Cue(n * apart, text, f"/fr/seance/?t={n * apart:g}") for n, text in enumerate(texts))


def moments(text, *said, **options):
    found = best_moments(Variant("fr", "", cues=cues(*said, **options)), Highlighter(analyse_query(parse(text))))
    return [(moment.start, str(moment.text)) for moment in found]


@pytest.fixture
def said(index_dir, registry, db):
    documents.register(TalkSource())
    variant = Variant(
        "fr", "Séance", "Une table ronde", "Texte", cues("Bonjour", "La pétition <b> de l'eau", "Le budget", "\x00Fin\ud800")
    )
    get_engine().rebuild([Change(KEY, 1, Document(KEY, "session", (variant,)))])


def test_speech_is_found_and_each_moment_leads_into_the_recording(said):
    (hit,) = search(SearchQuery("pétitions", "fr")).hits
    (moment,) = hit.moments

    assert (moment.start, moment.url, moment.clock) == (30.0, "/fr/seance/?t=30", "0:30")
    assert moment.text == "La <mark>pétition</mark> &lt;b&gt; de l&#x27;eau"
    assert search(SearchQuery('"la pétition"', "fr")).hits[0].moments[0].start == 30.0
    assert search(SearchQuery("table", "fr")).hits[0].moments == ()
    assert search(SearchQuery("", "fr")).hits[0].moments == ()
    assert search(SearchQuery("fin", "fr")).hits[0].moments[0].start == 90.0


def test_the_glossary_finds_speech_in_another_language(said):
    assert search(SearchQuery("ميزانية", "ar")).hits[0].moments[0].start == 60.0


@pytest.mark.usefixtures("search_site")
def test_page_and_json_show_moments(client, said):
    page = client.get("/fr/search/", {"q": "budget"}).content.decode()
    (hit,) = client.get("/api/search/", {"q": "budget", "lang": "fr"}).json()["hits"]

    assert '<a href="/fr/seance/?t=60"><bdi class="moments__clock">1:00</bdi>' in page
    assert hit["moments"] == [{"start": 60.0, "text": "Le <mark>budget</mark>", "url": "/fr/seance/?t=60"}]


def test_the_best_are_shown_in_the_order_in_which_they_are_said():
    assert [start for start, _text in moments("eau budget", "eau", "rien", "eau", "eau et budget", "budget", "eau")] == [
        0,
        60,
        90,
    ]


def test_neighbours_are_one_moment():
    assert moments("eau", "eau", "eau", "eau", "eau", apart=8.0) == [(0, "<mark>eau</mark>"), (24.0, "<mark>eau</mark>")]


def test_cues_survive_storage():
    stored = Variant("fr", "", cues=(Cue(1.5, 'a "b" \x00\ud800', "/x/"),))

    assert Variant.cues_from_json(stored.cues_as_json()) == (Cue(1.5, 'a "b"   ', "/x/"),)
    assert Variant.cues_from_json(Variant("fr", "").cues_as_json()) == ()
