"""The steps in a browser without JavaScript, and what is sent to them by mistake or in bad faith."""

import io
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Comment

from good_practices.domain import contributing as domain
from good_practices.forms.steps import STEPS
from good_practices.models import Contribution, ContributionFile, PracticePage
from tests.factories import PASSWORD, TerritoryFactory, UserFactory
from tests.good_practices.contributions import TITLE, future, sent, written

pytestmark = pytest.mark.usefixtures("portal_site")
PDF = b"%PDF-1.7 x"


@pytest.fixture
def mine(participant, client):
    client.force_login(participant)
    return domain.start(participant, "ar")


def at(contribution, slug):
    return reverse("contribution_step", args=[contribution.key, slug])


def kept(contribution):
    contribution.refresh_from_db()
    return contribution.data


def test_visitors_are_told_how_and_sign_in(client):
    page = client.get("/ar/practices/contribute/")
    assert page.status_code == 200
    assert client.post("/ar/practices/contribute/").status_code == 302
    assert not Contribution.objects.exists()


def test_a_whole_contribution_is_written_step_by_step_and_sent(client, participant):
    client.force_login(participant)
    place = TerritoryFactory(name_ar="سيدي سليمان", name_fr="Sidi Slimane")
    TerritoryFactory(name_ar="سيدي قاسم", name_fr="Sidi Kacem")
    response = client.post("/ar/practices/contribute/")
    contribution = Contribution.objects.get()
    problem = {"title": TITLE, "problem": "بعيد", "summary": "ملخص", "themes": [written(participant).data["themes"][0]]}
    response = client.post(response.url, problem)
    assert response.url == at(contribution, "place")
    response = client.post(at(contribution, "place"), {"place": "sidi", "go": "stay"})
    names = BeautifulSoup(response.content, "html.parser").select("input[name=territory]")
    assert len(names) == 2
    assert client.post(at(contribution, "place"), {"place": "sidi", "go": "next"}).status_code == 422
    response = client.post(at(contribution, "place"), {"place": "sidi", "territory": place.code})
    assert response.url == at(contribution, "claim")
    response = client.post(response.url, {"instrument": "petition", "authority_place": place.code, "go": "next"})
    assert response.url == at(contribution, "stages")
    response = client.post(response.url, {"kind-0": "filed", "date-0": "2019-01-17", "note-0": ""})
    response = client.post(response.url, {"outcome": "accepted"})
    assert response.url == at(contribution, "repeat")
    response = client.post(response.url, {"needed_people": "خمسة"})
    assert client.get(response.url).status_code == 200
    response = client.post(at(contribution, "send"), {"credit_as": "me", "agreed": "on", "go": "send"})
    assert response.url == reverse("contribute")
    page = PracticePage.objects.get().get_latest_revision_as_object()
    assert (page.credit, page.territory, page.needed_people) == (participant.display_name, place, "خمسة")
    again = client.post(at(contribution, "send"), {"credit_as": "me", "agreed": "on"})
    assert again.url == reverse("contribute")
    assert PracticePage.objects.count() == 1


@pytest.mark.parametrize(
    ("slug", "fields", "name"),
    [
        ("problem", {"title": "ع" * 300, "problem": "x" * 7000}, "problem"),
        ("claim", {"instrument": "forged", "action": "نص"}, "instrument"),
        ("result", {"outcome": "forged", "reply": "نص"}, "reply"),
    ],
)
def test_what_is_wrong_is_kept_and_told(client, mine, slug, fields, name):
    response = client.post(at(mine, slug), fields)
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert kept(mine)[name] == fields[name]


def test_a_megabyte_of_text_is_refused_with_all_of_it_on_the_page(client, mine):
    text = "س" * 400_000
    response = client.post(at(mine, "problem"), {"title": TITLE, "problem": text})
    assert response.status_code == 422
    assert text in response.content.decode()
    assert len(kept(mine)["problem"]) == 50_000


def test_characters_that_nobody_sees_are_left_out(client, mine):
    client.post(at(mine, "problem"), {"title": "ا\x00ب\u202e", "problem": "س"})
    assert kept(mine)["title"] == "اب"


@pytest.mark.parametrize(
    ("stages", "field"),
    [
        ([{"kind": "answered", "date": "2019-05-01"}, {"kind": "filed", "date": "2019-06-01"}], "kind-1"),
        ([{"kind": "filed", "date": future()}], "date-0"),
        ([{"kind": "filed", "date": "yesterday"}], "date-0"),
        ([{"kind": "", "date": "2019-05-01"}], "kind-0"),
        ([{"kind": "filed", "date": "2019-05-01"}, {"kind": "filed", "date": "2019-05-01"}], "kind-1"),
    ],
)
def test_impossible_stages_are_told_where_they_stand(client, mine, stages, field):
    domain.keep(mine, {"instrument": "petition"})
    posted = {f"{part}-{number}": value for number, row in enumerate(stages) for part, value in row.items()}
    response = client.post(at(mine, "stages"), posted)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert [row["date"] for row in kept(mine)["stages"]] == [row["date"] for row in stages]


def test_an_unfinished_contribution_says_what_is_missing_and_is_not_sent(client, mine):
    page = client.get(at(mine, "send"))
    assert page.status_code == 200
    assert len(page.context["wrong"]) == 4
    assert client.post(at(mine, "send"), {"credit_as": "me", "agreed": "on"}).status_code == 422
    assert not PracticePage.objects.exists()
    for slug in ("problem", "place", "claim", "stages", "result", "repeat"):
        assert client.get(f"{at(mine, slug)}?check=1").status_code == 200


def test_others_find_nothing(client, mine):
    file = ContributionFile.objects.create(contribution=mine, name="a.pdf", size=1, file=SimpleUploadedFile("a.pdf", PDF))
    client.force_login(UserFactory())
    for name, args in (
        ("contribution_step", ["problem"]),
        ("contribution_withdraw", []),
        ("contribution_file", [file.pk]),
    ):
        assert client.get(reverse(name, args=[mine.key, *args])).status_code == 404
    assert client.post(reverse("contribution_autosave", args=[mine.key, "problem"]), {"title": "x"}).status_code == 404
    assert client.post(reverse("contribution_add_file", args=[mine.key])).status_code == 404
    assert client.get(at(mine, "nowhere")).status_code == 404


def test_autosave_keeps_and_says_when_and_never_asks_for_a_page(client, mine):
    save = reverse("contribution_autosave", args=[mine.key, "problem"])
    answer = client.post(save, {"title": TITLE}).json()
    assert answer["percent"] == 8
    assert kept(mine)["title"] == TITLE
    client.logout()
    assert client.post(save, {"title": "x"}).status_code == 401


def test_what_is_sent_after_the_session_ended_is_kept_by_signing_in(client, mine, participant):
    client.logout()
    response = client.post(at(mine, "problem"), {"title": "عنوان جديد", "problem": "نص"})
    client.post(response.url, {"login": participant.email, "password": PASSWORD, "next": at(mine, "problem")})
    page = client.get(at(mine, "problem"))
    assert "عنوان جديد" in page.content.decode()
    assert kept(mine)["title"] == "عنوان جديد"


def office(inside):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in inside:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("a.pdf", PDF, True),
        ("a.docx", office(["[Content_Types].xml", "word/document.xml"]), True),
        ("a.docm", office(["[Content_Types].xml", "word/document.xml"]), False),
        ("a.docx", office(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), False),
        ("a.docx", b"PK\x03\x04 broken", False),
        ("a.pdf", b"", False),
        ("a.pdf", b"MZ\x90\x00", False),
        ("a.exe", b"MZ\x90\x00", False),
        ("a.pdf", PDF + b"0" * 10_000_001, False),
    ],
)
def test_only_files_that_are_what_they_say_are_kept(client, mine, name, content, taken):
    response = client.post(
        reverse("contribution_add_file", args=[mine.key]), {"title": "العريضة", "file": SimpleUploadedFile(name, content)}
    )
    assert response.status_code == (302 if taken else 422)
    assert mine.files.count() == taken
    if not taken:
        assert "العريضة" in response.content.decode()
        assert "file" in response.context["form"].errors


def test_files_are_for_their_author_and_reviewers(client, mine, facilitator):
    client.post(reverse("contribution_add_file", args=[mine.key]), {"title": "ع", "file": SimpleUploadedFile("a.pdf", PDF)})
    address = reverse("contribution_file", args=[mine.key, mine.files.get().pk])
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert "attachment" in answer["Content-Disposition"]
    client.force_login(facilitator)
    assert client.get(address).status_code == 200
    client.logout()
    assert client.get(address).status_code == 302


def test_reviewers_words_stand_beside_the_fields(client, participant, facilitator):
    contribution = sent(participant)
    Comment.objects.create(page=contribution.page, user=facilitator, text="كم عدد البنات؟", contentpath="problem")
    contribution.page.current_workflow_task_state.reject(user=facilitator, comment="قريبة جدا")
    client.force_login(participant)
    assert "قريبة جدا" in client.get(reverse("contribute")).content.decode()
    page = client.get(at(contribution, "problem")).content.decode()
    assert "كم عدد البنات؟" in page
    assert "قريبة جدا" in page


def test_reviewers_see_the_list_the_files_and_decline(client, participant, facilitator):
    contribution = sent(participant)
    domain.start(participant, "ar")
    client.force_login(facilitator)
    assert list(client.get(reverse("contribution:index")).context["object_list"]) == [contribution]
    look = reverse("contribution:look", args=[contribution.pk])
    assert client.get(look).status_code == 200
    assert client.post(look, {"reason": ""}).status_code == 422
    assert client.post(look, {"reason": "توجد"}).status_code == 302
    contribution.refresh_from_db()
    assert contribution.state == "declined"
    client.force_login(participant)
    assert client.get(look).status_code in (302, 403)


def test_the_list_of_contributions_costs_the_same_however_many_there_are(client, participant, django_assert_max_num_queries):
    for _ in range(4):
        written(participant)
    client.force_login(participant)
    client.get(reverse("contribute"))
    with django_assert_max_num_queries(9):
        client.get(reverse("contribute"))


@pytest.mark.parametrize("slug", STEPS)
def test_no_button_bears_the_name_of_a_field(client, mine, slug):
    html = BeautifulSoup(client.get(at(mine, slug)).content, "html.parser").main
    buttons = {button["name"] for button in html("button") if button.has_attr("name")}
    assert buttons
    assert not buttons & set(STEPS[slug].base_fields)


def test_what_was_done_is_kept_whatever_button_is_pressed(client, mine):
    html = BeautifulSoup(client.get(at(mine, "claim")).content, "html.parser").main
    for button in html("button", attrs={"name": True}):
        client.post(at(mine, "claim"), {"instrument": "petition", "action": "جمعنا التوقيعات", button["name"]: button["value"]})
        mine.refresh_from_db()
        assert mine.data["action"] == "جمعنا التوقيعات"


def test_an_outcome_that_the_stages_contradict_is_refused_on_its_field(client, mine):
    client.post(at(mine, "claim"), {"instrument": "petition"})
    client.post(at(mine, "stages"), {"kind-0": "rejected", "date-0": "2019-02-01"})
    response = client.post(at(mine, "result"), {"outcome": "carried_out"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["outcome"])
    assert client.post(at(mine, "result"), {"outcome": "rejected"}).status_code == 302


def test_a_file_needs_no_title(client, mine):
    client.post(reverse("contribution_add_file", args=[mine.key]), {"file": SimpleUploadedFile("receipt.pdf", PDF)})
    assert str(mine.files.get()) == "receipt.pdf"


def test_stages_are_read_again_one_by_one(client, mine):
    client.post(at(mine, "stages"), {"kind-0": "filed", "date-0": "2019-02-01", "note-0": "أودعت", "date-1": "غدا"})
    html = BeautifulSoup(client.get(at(mine, "send")).content, "html.parser")
    told = html.find(id="told-stages").parent
    assert [row.get_text(" ", strip=True) for row in told("dd")] == ["1 فبراير 2019 أودعت", "غدا"]
