"""A facilitator's whole work, through the CMS's own views: write, preview, submit, approve, translate, withdraw."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringSegment, Translation

from good_practices.models import PracticePage
from search.models import OutboxEntry
from tests.factories import CommentFactory, OrganisationFactory, TerritoryFactory, ThemeFactory

TITLE = "حافلة مدرسية لبنات الدوار"


@pytest.fixture
def desk(client, facilitator):
    """A facilitator at work, whose CMS is in English."""
    UserProfile.objects.create(user=facilitator, preferred_language="en")
    client.force_login(facilitator)
    return client


@pytest.fixture
def form(portal_site):
    """What a facilitator fills in."""
    stage = {"kind": "filed", "date": "2019-01-17", "note": "أودعت العريضة"}
    place = TerritoryFactory()
    fields = nested_form_data(
        {
            "title": TITLE,
            "slug": "school-bus",
            "summary": "طلب آباء التلميذات حافلة",
            "problem": rich_text("<p>الطريق طويل</p>"),
            "action": rich_text("<p>جمعنا التوقيعات</p>"),
            "reply": rich_text(""),
            "result": rich_text(""),
            "lessons": rich_text(""),
            "instrument": "petition",
            "outcome": "under_way",
            "territory": str(place.pk),
            "authority": "",
            "stages": inline_formset([stage]),
            "evidence": inline_formset([]),
            "figures": inline_formset([]),
            "licence": "CC-BY-4.0",
            "practice_organisations": inline_formset([{"organisation": str(OrganisationFactory().pk)}]),
        }
    )
    return {**fields, "themes": [str(ThemeFactory(slug="school-transport").pk)]}


def add_url(site):
    return reverse("wagtailadmin_pages:add", args=["good_practices", "practicepage", site.libraries["ar"].pk])


def found(client, text, language="ar"):
    return [hit["url"] for hit in client.get("/api/search/", {"q": text, "lang": language}).json()["hits"]]


@pytest.fixture
def submitted(desk, portal_site, form):
    """The practice, submitted to the workflow."""
    response = desk.post(add_url(portal_site), {**form, "action-submit": "1"})
    assert response.status_code == 302, response.context["form"].errors
    return PracticePage.objects.get()


@pytest.fixture
def published(desk, portal_site, form, committed):
    """The practice, published at once."""
    with committed():
        desk.post(add_url(portal_site), {**form, "action-publish": "1"})
    return PracticePage.objects.get()


def test_a_preview_reads_from_right_to_left_whatever_the_language_of_the_cms(desk, portal_site, form):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["good_practices", "practicepage", portal_site.libraries["ar"].pk])
    assert desk.post(url, form).json()["is_valid"] is True
    html = BeautifulSoup(desk.get(url).content, "html.parser")
    assert (html.html["lang"], html.html["dir"]) == ("ar", "rtl")
    assert html.h1.string == TITLE
    assert "17 يناير 2019" in html.get_text()
    assert html.main.find("a", href="/ar/practices/?instrument=petition")
    assert not PracticePage.objects.exists()


def already_there(page):
    """Return what the form says of the stage and the association that the page has."""
    names = {"stages": page.stages.get(), "practice_organisations": page.practice_organisations.get()}
    return {
        f"{name}-{key}": value for name, row in names.items() for key, value in (("INITIAL_FORMS", "1"), ("0-id", str(row.pk)))
    }


def test_a_preview_of_a_change_shows_the_change(desk, published, form):
    other = OrganisationFactory(name_ar="جمعية أخرى")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[published.pk])
    changed = {"title": "عنوان آخر", "practice_organisations-0-organisation": str(other.pk), "stages-0-note": "ملاحظة أخرى"}
    assert desk.post(url, {**form, **already_there(published), **changed}).json()["is_valid"] is True
    text = desk.get(url).content.decode()
    assert [words in text for words in ("عنوان آخر", "جمعية أخرى", "ملاحظة أخرى")] == [True, True, True]
    assert published.organisations[0].name_ar not in text
    assert "أودعت العريضة" not in text


def test_the_cms_itself_is_in_the_facilitator_s_language(desk, portal_site):
    html = BeautifulSoup(desk.get(add_url(portal_site)).content, "html.parser").html
    assert (html["lang"], html["dir"]) == ("en", "ltr")


def test_a_submitted_practice_waits_for_approval(desk, submitted):
    assert (submitted.title, submitted.live) == (TITLE, False)
    assert submitted.workflow_in_progress
    assert desk.get(f"/ar/practices/{submitted.slug}/").status_code == 404
    assert found(desk, "حافلة") == []


def test_an_approved_practice_is_live_and_found_at_once(desk, submitted, committed):
    task = submitted.current_workflow_task_state
    with committed():
        desk.post(reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", task.pk]), {"comment": ""})
    assert desk.get("/ar/practices/school-bus/").status_code == 200
    assert found(desk, "حافلة") == found(desk, "حافلات") == ["/ar/practices/school-bus/"]
    assert "/ar/practices/school-bus/" in desk.get("/ar/practices/").content.decode()


def test_what_was_written_is_kept_whole(published):
    assert published.themes.get().slug == "school-transport"
    assert [stage.note for stage in published.stages.all()] == ["أودعت العريضة"]
    assert len(published.organisations) == 1
    assert published.locale.language_code == "ar"


def test_a_moderator_of_discussions_does_not_approve(client, moderator, submitted):
    task = submitted.current_workflow_task_state
    client.force_login(moderator)
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", task.pk]))
    submitted.refresh_from_db()
    assert not submitted.live


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("territory", ""),
        ("instrument", ""),
        ("themes", []),
        ("stages-0-date", "2999-01-01"),
        ("stages-0-date", "soon"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_and_the_form_kept(desk, portal_site, form, field, value):
    response = desk.post(add_url(portal_site), {**form, field: value, "action-publish": "1"})
    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert not PracticePage.objects.exists()
    assert html.find(attrs={"name": "summary"}).string.strip() == "طلب آباء التلميذات حافلة"


def test_a_change_is_found_at_once(desk, published, form, committed):
    edit = reverse("wagtailadmin_pages:edit", args=[published.pk])
    with committed():
        desk.post(edit, {**form, **already_there(published), "title": "قنطرة الوادي", "action-publish": "1"})
    assert found(desk, "قنطرة") == ["/ar/practices/school-bus/"]
    assert published.stages.count() == 1


def translate(desk, page, committed):
    """Send a page to translation into French and return the French page."""
    french = Locale.objects.get(language_code="fr")
    with committed():
        response = desk.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [french.pk]})
    assert response.status_code == 302
    return PracticePage.objects.get(locale=french)


def write_french(desk, words):
    """Translate each string of the page as `words` says, through the translator's view."""
    translation = Translation.objects.get()
    for segment in StringSegment.objects.filter(source=translation.source):
        if segment.string.data in words:
            url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
            assert desk.put(url, f"value={words[segment.string.data]}", "application/x-www-form-urlencoded").status_code in (
                200,
                201,
            )


def test_a_translation_appears_in_french_and_shares_the_discussion(desk, published, committed):
    CommentFactory(page=published, text="شكرا لكم")
    french = translate(desk, published, committed)
    write_french(desk, {TITLE: "Un bus scolaire pour les filles", "school-bus": "bus-scolaire"})
    with committed():
        desk.post(reverse("wagtailadmin_pages:edit", args=[french.pk]), {"action": "publish"})
    french.refresh_from_db()
    response = desk.get(french.url)
    html = BeautifulSoup(response.content, "html.parser")
    assert (french.live, french.url) == (True, "/fr/practices/bus-scolaire/")
    assert html.h1.string == "Un bus scolaire pour les filles"
    assert "شكرا لكم" in html.find(id="comments").get_text()
    assert found(desk, "ecole OR bus scolaire", "fr")[:1] == ["/fr/practices/bus-scolaire/"]
    assert found(desk, "حافلة", "ar") == ["/ar/practices/school-bus/"]


def test_a_translation_keeps_what_no_language_changes(desk, published, committed):
    french = translate(desk, published, committed)
    assert french.territory == published.territory
    assert french.themes.get().slug == "school-transport"
    assert [stage.date for stage in french.stages.all()] == [stage.date for stage in published.stages.all()]
    assert [one.pk for one in french.organisations] == [one.pk for one in published.organisations]


def test_a_translation_is_not_public_before_somebody_publishes_it(desk, published, committed):
    french = translate(desk, published, committed)
    assert not french.live


def test_a_withdrawn_practice_is_found_no_more(desk, published, committed):
    with committed():
        desk.post(reverse("wagtailadmin_pages:unpublish", args=[published.pk]))
    assert desk.get("/ar/practices/school-bus/").status_code == 404
    assert found(desk, "حافلة") == []


def test_a_withdrawn_practice_is_not_shown_by_an_index_that_lags(desk, published):
    desk.post(reverse("wagtailadmin_pages:unpublish", args=[published.pk]))
    assert OutboxEntry.objects.filter(key=str(published.translation_key)).exists()
    assert found(desk, "حافلة") == []


def test_a_deleted_practice_is_found_no_more(desk, published, committed):
    with committed():
        desk.post(reverse("wagtailadmin_pages:delete", args=[published.pk]))
    assert not PracticePage.objects.exists()
    assert found(desk, "حافلة") == []
