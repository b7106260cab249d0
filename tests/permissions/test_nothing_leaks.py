"""What is not public is found in no answer: pages, fragments, API, feeds, search, exports, files; in any state, by anybody."""

import datetime
from itertools import product

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Page, PageViewRestriction

from good_practices.enums import StageKind
from portal.participation.models import Comment
from search.domain import rebuild
from sessions.models import CaptionTrack, Chapter, SessionMaterial
from tests.factories import (
    AssessmentFactory,
    CommentFactory,
    OrganisationFactory,
    PracticePageFactory,
    QuestionFactory,
    RecordingFactory,
    SessionPageFactory,
    SpeakerFactory,
    TaggingFactory,
)
from tests.permissions.addresses import addresses

SECRET = "زقزوقة"
WORD = "بئرفريدة"
VTT = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{SECRET} {WORD}\n"
STATES = ["draft", "expired", "login", "password", "group", "section"]
VISITORS = [None, "participant"]


@pytest.fixture
def world(portal_site, settings, tmp_path):
    """A practice and a session full of a secret word, with everything that hangs on them."""
    settings.MEDIA_ROOT = tmp_path / "media"
    organisation = OrganisationFactory(slug="asso")
    note = [(StageKind.FILED, datetime.date(2019, 1, 17))]
    practice = PracticePageFactory(
        parent=portal_site.libraries["ar"],
        slug="secret-practice",
        title=f"{SECRET} {WORD}",
        summary=f"{SECRET} {WORD}",
        problem=f"<p>{SECRET} {WORD}</p>",
        organisations=[organisation],
        stages=note,
        external_id=SECRET,
    )
    speaker = SpeakerFactory(slug="speaker")
    session = SessionPageFactory(
        parent=portal_site.workshops["ar"],
        slug="secret-session",
        title=f"{SECRET} {WORD}",
        summary=f"{SECRET} {WORD}",
        speakers=[speaker],
        starts_at=timezone.now() - datetime.timedelta(minutes=30),
        ends_at=timezone.now() + datetime.timedelta(minutes=30),
    )
    recording = RecordingFactory(page=session, label_ar=SECRET)
    CaptionTrack.objects.create(
        recording=recording, language="ar", vtt=VTT, cues=[{"start": 1.0, "end": 2.0, "text": f"{SECRET} {WORD}", "voice": ""}]
    )
    Chapter.objects.create(recording=recording, start=0, title_ar=SECRET)
    document = Document.objects.create(title=SECRET, file=ContentFile(SECRET.encode(), name="secret.txt"))
    SessionMaterial.objects.create(page=session, title=SECRET, document=document, locale=session.locale)
    for page in (practice, session):
        page.save_revision().publish()
        CommentFactory(page=page, text=SECRET)
        TaggingFactory(page=page, name=f"{SECRET} {page.pk}")
    question = QuestionFactory(page=session, text=SECRET)
    AssessmentFactory(page=practice, comment=SECRET)
    return {
        "pages": [practice, session],
        "recording": recording,
        "document": document,
        "question": question,
        "place": practice.territory,
    }


def put_into(state, pages):
    """Take the pages from the public in one of the ways there are."""
    for page in pages:
        page = Page.objects.get(pk=page.pk).specific
        if state in ("draft", "expired"):
            page.unpublish()
        elif state == "section":
            PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="groups")
        else:
            kinds = {"login": "login", "password": "password", "group": "groups"}
            restriction = PageViewRestriction.objects.create(page=page, restriction_type=kinds[state], password="ouvre-toi")
            if state == "group":
                restriction.groups.add(Group.objects.get(name="facilitator"))
    rebuild()


def every_url(world):
    practice, session = world["pages"]
    things = {
        "slug": ["secret-practice", "secret-session", "speaker", "asso"],
        "key": [practice.translation_key, session.translation_key],
        "pk": sorted({world["question"].pk, world["recording"].pk}),
        "kind": ["csv", "json", "xlsx"],
        "code": [world["place"].code],
        "language": ["ar"],
        "version": [world["document"].file_hash[:12] or "x"],
        "number": [1],
    }
    for address in addresses():
        choices = {name: things.get(name, ["x"]) for name in address.parameters}
        if "slug" in choices:
            choices["slug"] = [slug for slug in things["slug"] if _suits(slug, address.name or "")]
        for values in product(*choices.values()):
            try:
                yield reverse(address.full_name, kwargs=dict(zip(address.parameters, values, strict=True)))
            except NoReverseMatch:
                continue
    for path in ("/ar/", "/fr/", "/ar/practices/", "/fr/practices/", "/ar/sessions/", "/fr/sessions/", "/ar/sessions/?view=list"):
        yield path
    for path in (
        f"/ar/search/?q={WORD}",
        f"/ar/search/suggest/?q={WORD[:4]}",
        f"/api/search/?q={WORD}",
        f"/ar/search/feed/?q={WORD}",
    ):
        yield path
    yield from (f"/ar/practices/compare/?p={practice.translation_key}", "/ar/practices/?outcome=accepted")
    yield from (f"/ar/practices/secret-practice/history/?from=1&to={number}" for number in (1, 2))
    yield world["document"].url


def _suits(slug, name):
    """Whether an address of this name is about things of this kind: other combinations are all the same 404."""
    if name.startswith(("speaker", "organisation")):
        return slug == ("speaker" if name.startswith("speaker") else "asso")
    about_sessions = name.startswith(("session", "recording", "material"))
    return slug == ("secret-session" if about_sessions else "secret-practice")


def _body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("state", STATES)
def test_nothing_of_it_is_in_any_answer(client, world, state, request):
    put_into(state, world["pages"])
    urls = [url for url in dict.fromkeys(every_url(world)) if "logout" not in url]
    assert len(urls) > 90
    leaks = []
    for visitor in VISITORS:
        if visitor:
            client.force_login(request.getfixturevalue(visitor))
        for url in urls:
            asked = [{}] if visitor else [{}, {"hx-request": "true"}]
            said = [headers for headers in asked if SECRET.encode() in _body(client.get(url, headers=headers))]
            leaks.extend((visitor, url, bool(headers)) for headers in said)
        if state == "login":
            break  # who is signed in may read such a page
    assert not leaks


@pytest.mark.parametrize("state", STATES)
def test_nobody_writes_on_it(client, world, state, participant):
    put_into(state, world["pages"])
    client.force_login(participant)
    before = Comment.objects.count()
    for page in world["pages"]:
        for part, words in (("comments", {"text": "x"}), ("tags", {"tags": "x"}), ("questions", {"text": "x"})):
            assert client.post(f"/ar/participation/{page.translation_key}/{part}/", words).status_code == 404
    assert client.post(reverse("vote", args=[world["question"].pk])).status_code == 404
    assert Comment.objects.count() == before


@pytest.mark.parametrize("state", [{"hidden_at": timezone.now()}, {"published_at": None}, {"removed_at": timezone.now()}])
def test_what_is_said_and_not_shown_is_in_no_answer(client, world, state, request):
    practice, session = world["pages"]
    Page.objects.filter(pk__in=[practice.pk, session.pk]).update(title="علني", draft_title="علني")
    Comment.objects.update(text="كلامدفين", **state)
    rebuild()
    for visitor in VISITORS:
        if visitor:
            client.force_login(request.getfixturevalue(visitor))
        for url in dict.fromkeys(every_url(world)):
            if "logout" in url:
                continue
            assert "كلامدفين".encode() not in _body(client.get(url)), (visitor, url)


def test_a_document_follows_its_pages(client, world, facilitator):
    url = world["document"].url
    assert SECRET.encode() in _body(client.get(url))
    put_into("password", world["pages"])
    assert client.get(url).status_code == 404
    client.force_login(facilitator)
    assert SECRET.encode() in _body(client.get(url))


def test_who_may_read_a_private_page_has_its_documents(client, world, participant):
    put_into("login", world["pages"])
    url = world["document"].url
    assert client.get(url).status_code == 404
    client.force_login(participant)
    assert SECRET.encode() in _body(client.get(url))


def test_a_private_page_leads_to_the_one_sign_in(client, world):
    put_into("login", world["pages"])
    page = world["pages"][0]
    assert client.get(page.url).url == f"/ar/account/login/?next={page.url}"
    assert client.get("/ar/_util/login/").status_code == 404


def test_a_page_with_a_password_is_read_by_who_knows_it(client, world):
    put_into("password", world["pages"])
    page = world["pages"][0]
    html = client.get(page.url).content.decode()
    assert SECRET not in html
    restriction = PageViewRestriction.objects.get(page=page)
    way = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    assert f'action="{way}"' in html
    assert SECRET not in client.post(way, {"password": "wrong", "return_url": page.url}, follow=True).content.decode()
    client.post(way, {"password": "ouvre-toi", "return_url": page.url})
    assert SECRET in client.get(page.url).content.decode()
