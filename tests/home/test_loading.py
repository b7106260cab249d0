"""The demonstration content: what the issue asks for is there, and loading it twice harms nothing."""

import datetime
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.db.models import Count
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from good_practices.enums import Outcome
from good_practices.forms import outcome_error, stage_errors
from good_practices.models import PracticePage
from portal.home.loading import load_content
from portal.home.loading.files import CONTENT
from portal.home.models import HomePage, LoadedFile, StandardPage
from portal.participation.models import Comment
from portal.people.models import Organisation, User
from portal.vocabulary.enums import Instrument
from portal.vocabulary.models import Axis, Theme
from sessions.models import Room, SessionPage, WorkshopBreak, WorkshopPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
each_language = pytest.mark.parametrize("language", ["ar", "fr", "en"])


def practices(language="ar"):
    return PracticePage.objects.live().filter(locale__language_code=language)


def values(pages, field):
    return set(pages.values_list(field, flat=True))


def test_every_file_is_loaded():
    written = {str(path.relative_to(CONTENT)) for path in CONTENT.rglob("*.toml")}
    shared = {path for path in written if path.endswith("/record.toml")} | {"speakers.toml"}
    assert set(LoadedFile.objects.values_list("path", flat=True)) == written - shared


@each_language
def test_there_are_at_least_32_practices_in_each_language(language):
    assert practices(language).count() >= 32


def test_every_practice_is_in_every_language():
    counts = PracticePage.objects.values("translation_key").annotate(languages=Count("locale", distinct=True)).order_by()
    assert {row["languages"] for row in counts} == {3}


@each_language
def test_practices_are_spread_over_everything_the_programme_names(language):
    found = practices(language)
    assert values(found, "territory__parent__parent__code") | values(found, "territory__parent__code") >= {"01", "02", "06", "09"}
    assert values(found, "themes__slug") == values(Theme.objects.all(), "slug")
    assert values(found, "axes__slug") >= values(Axis.objects.all(), "slug")
    assert values(found, "instrument") >= {
        Instrument.PETITION,
        Instrument.ADVISORY_OPINION,
        Instrument.MEMORANDUM,
        Instrument.PROPOSAL,
    }
    assert values(found, "outcome") == set(Outcome.values)


def test_practices_lie_in_the_four_regions_of_the_programme():
    places = PracticePage.objects.select_related("territory__parent__parent")
    assert {page.territory.region.code for page in places} == {"01", "02", "06", "09"}


def test_every_practice_tells_its_whole_story():
    for field in ("title", "summary", "problem", "action", "reply", "result", "lessons"):
        assert not PracticePage.objects.filter(**{field: ""}), field
    assert all(
        page.needs and page.organisations and page.authority and page.evidence.exists() for page in PracticePage.objects.all()
    )


@pytest.mark.parametrize("field", ["title", "summary", "problem", "reply", "result"])
def test_no_two_practices_say_the_same(field):
    told = list(PracticePage.objects.values_list(field, flat=True))
    assert len(told) == len(set(told))


def test_stages_ascend_and_none_is_to_come():
    for page in PracticePage.objects.prefetch_related("stages"):
        dates = [stage.date for stage in page.stages.all()]
        assert dates, page.slug
        assert dates == sorted(dates), page.slug
        assert dates[-1] <= datetime.date(2020, 11, 23), page.slug


def test_what_is_invented_says_so():
    assert not PracticePage.objects.filter(illustrative=False)
    assert not SessionPage.objects.filter(illustrative=False)
    assert not Organisation.objects.filter(kind="association", illustrative=False)


@each_language
def test_the_workshop_lasts_three_days_with_its_seven_subjects(language):
    workshop = WorkshopPage.objects.get(locale__language_code=language)
    slots = workshop.slots()
    assert {slot.date for slot in slots} == {datetime.date(2020, 11, day) for day in (23, 24, 25)}
    assert workshop.time_zone == "Africa/Casablanca"
    assert sum(slot.session.kind in ("thematic", "workshop") for slot in slots) >= 7
    assert all(slot.session.speakers and slot.session.summary for slot in slots)


def test_no_session_overlaps_another():
    for workshop in WorkshopPage.objects.all():
        slots = workshop.slots()
        assert all(before.ends <= after.starts for before, after in pairwise(slots)), workshop


@each_language
def test_invented_questions_say_so_and_are_answered(client, language):
    questions = Comment.objects.all()
    assert questions.count() >= 2
    assert all(one.illustrative and one.is_answered and one.author is None for one in questions)
    page = SessionPage.objects.get(slug="petitions-varied-and-exemplary", locale__language_code=language)
    shown = BeautifulSoup(client.get(page.url).content, "html.parser").find_all(class_="question")
    with translation.override(language):
        mark = translation.gettext("Illustrative example")
    assert [one.find(class_="comment__author").string for one in shown] == [mark] * questions.count()


@each_language
def test_the_workshop_has_rooms_and_breaks(language):
    workshop = WorkshopPage.objects.get(locale__language_code=language)
    assert all(slot.session.room for slot in workshop.slots())
    assert Room.objects.count() == 2
    breaks = workshop.breaks.order_by("starts_at")
    assert breaks.count() == 6
    for slot in workshop.slots():
        assert not any(pause.starts_at < slot.ends and slot.starts < pause.ends_at for pause in breaks)
    assert {pause.locale.language_code for pause in breaks} == {language}


def test_breaks_are_translations_of_each_other():
    counts = WorkshopBreak.objects.values("translation_key").annotate(languages=Count("locale", distinct=True)).order_by()
    assert {row["languages"] for row in counts} == {3}


def test_a_room_that_was_deleted_stays_so():
    Room.objects.filter(slug="workshops").delete()
    assert load_content() == 0
    assert Room.objects.count() == 1


def test_every_material_is_there_to_download(client):
    documents = get_document_model().objects.all()
    assert documents.count() >= 7
    for document in documents:
        response = client.get(document.url)
        assert response.status_code == 200
        assert next(iter(response.streaming_content)).startswith(b"%PDF")


@each_language
def test_every_page_opens_and_is_in_its_language(client, language):
    for page in Page.objects.live().filter(locale__language_code=language, depth__gt=1):
        assert client.get(page.url).status_code == 200, page.url


def test_the_site_opens_on_the_arabic_home_page():
    site = Site.objects.get()
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="ar")


@each_language
def test_plain_pages_that_templates_lead_to_are_there(client, language):
    for slug in ("about", "privacy", "discussion-rules", "illustrative-content"):
        assert client.get(f"/{language}/{slug}/").status_code == 200, slug


def test_loading_again_loads_nothing():
    before = Page.objects.count(), Organisation.objects.count(), get_document_model().objects.count()
    assert load_content() == 0
    assert (Page.objects.count(), Organisation.objects.count(), get_document_model().objects.count()) == before


def test_what_was_edited_or_deleted_since_stays_so():
    edited, deleted = practices("fr")[:2]
    edited.title = "Titre corrigé"
    edited.save()
    deleted.delete()
    plain = StandardPage.objects.first()
    plain.unpublish()
    assert load_content() == 0
    assert PracticePage.objects.get(pk=edited.pk).title == "Titre corrigé"
    assert not PracticePage.objects.filter(pk=deleted.pk).exists()
    assert not StandardPage.objects.get(pk=plain.pk).live


def test_no_account_is_made_unless_the_settings_say_so():
    load_content()
    assert not User.objects.exists()


def test_the_practices_follow_the_law_and_their_figures_are_in_every_language(loaded):
    pages = PracticePage.objects.prefetch_related("stages", "figures").select_related("locale")
    for page in pages:
        stages = list(page.stages.all())
        assert stage_errors(page.instrument, stages) == {}, page
        assert outcome_error(page.outcome, [stage.kind for stage in stages]) == "", page
    figures = {}
    for page in pages:
        facts = tuple((figure.value, figure.unit, figure.translation_key) for figure in page.figures.all())
        figures.setdefault(page.translation_key, set()).add(facts)
    assert all(len(facts) == 1 for facts in figures.values())
    assert sum(facts != {()} for facts in figures.values()) >= 10
