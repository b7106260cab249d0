"""The matrix of translations, and what it knows of each page."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale

from portal.desk.domain import note_missing
from portal.desk.models import TranslationState
from portal.people.enums import Role
from tests.factories import PracticePageFactory, UserFactory

pytestmark = pytest.mark.django_db
MATRIX = "/cms/translations/"


@pytest.fixture
def arabic(portal_site):
    page = PracticePageFactory(parent=portal_site.libraries["ar"], title="النقل المدرسي", problem="<p>المشكل</p>")
    page.save_revision().publish()
    return page


@pytest.fixture
def facilitator(client):
    person = UserFactory(role=Role.FACILITATOR)
    client.force_login(person)
    return person


def translate(page, language="fr", publish=True, **words):
    """Return the page in another language, as a person writes it."""
    copy = page.copy_for_translation(Locale.objects.get(language_code=language), copy_parents=True)
    for name, text in {"title": "Le transport scolaire", **words}.items():
        setattr(copy, name, text)
    revision = copy.save_revision()
    if publish:
        revision.publish()
    return type(page).objects.get(pk=copy.pk)


def cells(client, **question):
    """Return title -> language -> how it stands, as the matrix shows it."""
    soup = BeautifulSoup(client.get(MATRIX, question).content, "html.parser")
    names = ("ar", "fr", "en")
    return {
        row.th.a.text: dict(zip(names, (cell["class"][1].removeprefix("desk-cell--") for cell in row.select("td")), strict=True))
        for row in soup.select(".desk-matrix tbody tr")
    }


def test_each_language_says_where_it_stands(client, facilitator, arabic):
    translate(arabic)
    translate(arabic, "en", publish=False)
    assert cells(client)["النقل المدرسي"] == {"ar": "source", "fr": "live", "en": "draft"}
    other = PracticePageFactory(parent=arabic.get_parent(), title="أخرى")
    assert cells(client)[other.title] == {"ar": "source", "fr": "missing", "en": "missing"}


def test_new_words_of_the_original_make_its_translations_outdated_and_never_overwrite_them(client, facilitator, arabic):
    french = translate(arabic, problem="<p>Le problème, à la main</p>")
    arabic.problem = "<p>مشكل آخر</p>"
    arabic.save_revision().publish()
    assert cells(client)["النقل المدرسي"]["fr"] == "outdated"
    french.refresh_from_db()
    assert french.problem == "<p>Le problème, à la main</p>"
    french.problem = "<p>Un autre problème</p>"
    french.save_revision().publish()
    assert cells(client)["النقل المدرسي"]["fr"] == "live"


def test_publishing_the_same_words_again_outdates_nothing(client, facilitator, arabic):
    translate(arabic)
    arabic.save_revision().publish()
    assert cells(client)["النقل المدرسي"]["fr"] == "live"


def test_who_reads_a_translation_says_so_until_its_words_change(client, facilitator, arabic):
    french = translate(arabic)
    client.post(MATRIX, {"cell": str(french.pk), "action": "confirm"})
    assert cells(client)["النقل المدرسي"]["fr"] == "reviewed"
    assert TranslationState.objects.get(page=french).reviewed_by == facilitator
    french.title = "Un autre titre"
    french.save_revision().publish()
    assert cells(client)["النقل المدرسي"]["fr"] == "live"


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ({"language": "fr", "status": "missing"}, {"أخرى"}),
        ({"language": "fr", "status": "live"}, {"النقل المدرسي"}),
        ({"language": "en", "status": "draft"}, {"النقل المدرسي"}),
        ({"status": "draft"}, {"النقل المدرسي"}),
        ({"q": "أخرى"}, {"أخرى"}),
        ({"language": "fr", "status": "outdated"}, set()),
    ],
)
def test_the_matrix_is_filtered(client, facilitator, arabic, question, shown):
    translate(arabic)
    translate(arabic, "en", publish=False)
    PracticePageFactory(parent=arabic.get_parent(), title="أخرى").save_revision().publish()
    assert set(cells(client, type="good_practices.practicepage", **question)) == shown


def test_missing_translations_are_started_and_drafts_published_in_bulk(client, facilitator, arabic):
    client.post(MATRIX, {"cell": [f"{arabic.pk}:fr", f"{arabic.pk}:en"], "action": "start"})
    assert cells(client)["النقل المدرسي"]["fr"] in ("draft", "live", "outdated")
    english = translate(PracticePageFactory(parent=arabic.get_parent(), title="أخرى"), "en", publish=False)
    client.post(MATRIX, {"cell": str(english.pk), "action": "publish"})
    english.refresh_from_db()
    assert english.live


@pytest.mark.parametrize("cell", ["x", "-1", "9" * 40, "1:xx", ":", "٣"])
@pytest.mark.parametrize("action", ["start", "publish", "confirm", "compare", "other"])
def test_what_is_no_cell_changes_nothing(client, facilitator, arabic, cell, action):
    assert client.post(MATRIX, {"cell": cell, "action": action}).status_code == 302
    assert cells(client)["النقل المدرسي"] == {"ar": "source", "fr": "missing", "en": "missing"}


def test_a_translation_is_read_beside_its_original(client, facilitator, arabic):
    french = translate(arabic, problem="<p>Le problème</p>")
    page = BeautifulSoup(client.get(f"{MATRIX}compare/", {"pages": str(french.pk)}).content, "html.parser")
    rows = [[cell.text for cell in row.select("td")] for row in page.select(".desk-compare tbody tr")]
    assert ["النقل المدرسي", "Le transport scolaire"] in rows
    assert ["المشكل", "Le problème"] in rows


def test_the_matrix_is_taken_away_as_a_table(client, facilitator, arabic):
    PracticePageFactory(parent=arabic.get_parent(), title="=1+1")
    text = client.get(MATRIX, {"export": "csv"}).content.decode("utf-8-sig")
    assert "النقل المدرسي" in text
    assert "\n=1+1" not in text


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.MODERATOR])
def test_others_do_not_see_it(client, portal_site, role):
    client.force_login(UserFactory(role=role))
    assert client.get(MATRIX).status_code in (302, 403)


def test_pages_of_before_are_noted_once(arabic):
    french = translate(arabic)
    TranslationState.objects.all().delete()
    assert note_missing() >= 2
    assert note_missing() == 0
    assert TranslationState.objects.get(page=french).source_words == TranslationState.objects.get(page=arabic).words


@pytest.mark.parametrize("number", [1, 20])
def test_the_matrix_costs_the_same_however_long(client, facilitator, arabic, number, django_assert_num_queries):
    for _ in range(number):
        translate(PracticePageFactory(parent=arabic.get_parent()))
    client.get(MATRIX)
    with django_assert_num_queries(12):
        client.get(MATRIX)
