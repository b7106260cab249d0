"""A person's own pages: the account, the profile, where they are signed in; and the door of the CMS."""

import pytest
from allauth.usersessions.models import UserSession
from bs4 import BeautifulSoup
from django.test import Client

from portal.people.account_menu import Entry, entries, register
from portal.people.domain.sign_ins import device_of
from tests.factories import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.vocabulary import TerritoryFactory

HERE = "/en/account/"
PROFILE = f"{HERE}profile/"
SIGN_INS = f"{HERE}sign-ins/"


@pytest.fixture
def person(portal_site):
    return UserFactory(email="aicha@example.org", display_name="عائشة", language="ar")


def signed_in(person, user_agent="", **more):
    client = Client(headers={"user-agent": user_agent})
    client.post("/en/account/login/", {"login": person.email, "password": PASSWORD}, **more)
    return client


def read(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser").main


@pytest.mark.parametrize("path", [HERE, PROFILE, SIGN_INS, f"{HERE}second-factor/", f"{HERE}email/"])
def test_these_pages_are_for_who_is_signed_in_and_for_no_cache(client, person, path):
    assert client.get(path).url == f"/en/account/login/?next={path}"
    client.force_login(person)
    assert "no-store" in client.get(path)["Cache-Control"]


def test_the_account_leads_to_everything(client, person):
    MembershipFactory(person=person, organisation=OrganisationFactory(name_en="Oasis"), role="president")
    client.force_login(person)
    main = read(client, HERE)
    links = [link["href"] for link in main.select("a.own__link")]
    assert {PROFILE, SIGN_INS, f"{HERE}organisations/", f"{HERE}email/", f"{HERE}password/change/"} <= set(links)
    assert {"/en/practices/contribute/", "/en/practices/bookmarks/", "/en/sessions/agenda/"} <= set(links)
    assert "Oasis · President" in main.get_text(" ", strip=True)
    header = BeautifulSoup(client.get(HERE).content, "html.parser").select_one(".site-nav__account")
    assert header.find("a", href=HERE)


def test_the_account_costs_few_queries(client, person, django_assert_max_num_queries):
    client.force_login(person)
    client.get(HERE)
    with django_assert_max_num_queries(8):
        client.get(HERE)


def test_apps_add_their_pages_once_and_in_order(monkeypatch):
    monkeypatch.setattr("portal.people.account_menu._entries", {})
    register(Entry("b", "two", 2))
    register(Entry("a", "one", 1))
    register(Entry("B", "two", 2))
    assert [entry.label for entry in entries()] == ["a", "B"]


def test_a_profile_is_kept(client, person):
    region = TerritoryFactory(level="region")
    client.force_login(person)
    words = {"display_name": "  Aïcha \u202e El  Idrissi ", "region": region.pk, "reads": ["ar", "fr"], "language": "fr"}
    assert client.post(PROFILE, words).url == HERE
    person.refresh_from_db()
    assert (person.display_name, person.region, person.reads, person.language) == ("Aïcha El Idrissi", region, ["ar", "fr"], "fr")


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": "\u200b\u202e"},
        {"display_name": ""},
        {"display_name": "x" * 81},
        {"display_name": "x\x00"},
        {"language": "de"},
        {"reads": ["ar", "xx"]},
        {"region": "999999"},
        {"region": "x\x00"},
    ],
)
def test_a_hostile_profile_is_refused_and_what_was_written_is_shown_again(client, person, wrong):
    client.force_login(person)
    words = {"display_name": "Fatima", "region": "", "reads": ["ar"], "language": "fr", **wrong}
    response = client.post(PROFILE, words)
    person.refresh_from_db()
    assert response.status_code == 422
    assert (person.display_name, person.language) == ("عائشة", "ar")
    assert "عائشة" in BeautifulSoup(response.content, "html.parser").select_one(".menu__name").text
    assert response.context["form"].data["language"] == words["language"]


def test_only_a_region_can_be_one_s_region(client, person):
    commune = TerritoryFactory(level="commune")
    client.force_login(person)
    assert client.post(PROFILE, {"display_name": "A", "region": commune.pk, "language": "fr"}).status_code == 422


def test_a_person_sees_where_they_are_signed_in_and_ends_one(person):
    phone = signed_in(person, "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36")
    here = signed_in(person, "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
    main = read(here, SIGN_INS)
    assert [row.text for row in main.select(".own__row .own__label")] == ["Firefox · Linux", "Chrome · Android"]
    other = main.select_one("input[name=sign_in]")["value"]
    here.post(SIGN_INS, {"sign_in": other})
    assert phone.get(HERE).status_code == 302
    assert here.get(HERE).status_code == 200


def test_a_person_signs_out_everywhere_else(person):
    others = [signed_in(person) for _number in range(2)]
    here = signed_in(person)
    here.post(SIGN_INS, {"action": "others"})
    assert [one.get(HERE).status_code for one in (*others, here)] == [302, 302, 200]


def test_ending_this_sign_in_signs_out(person):
    here = signed_in(person)
    here.post(SIGN_INS, {"sign_in": UserSession.objects.get().pk})
    assert "_auth_user_id" not in here.session


@pytest.mark.parametrize("forged", ["", "x", "-1", "0", "9" * 30, "٣", "1\x00", "someone"])
def test_nobody_ends_the_sign_in_of_somebody_else(person, forged):
    victim = signed_in(UserFactory(email="victim@example.org"))
    number = UserSession.objects.get(user__email="victim@example.org").pk
    here = signed_in(person)
    response = here.post(SIGN_INS, {"sign_in": number if forged == "someone" else forged}, follow=True)
    assert "ended already" in response.content.decode()
    assert victim.get(HERE).status_code == 200


def test_who_was_signed_in_before_sign_ins_were_listed_is_listed(client, person):
    client.force_login(person)
    assert len(read(client, SIGN_INS).select(".own__row")) == 1
    assert len(read(client, SIGN_INS).select(".own__row")) == 1


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1", "Safari · iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 13; SM-A135F) SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36",
            "Samsung Internet · Android",
        ),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_called_as_people_call_it(user_agent, device):
    assert device_of(user_agent) == device


@pytest.mark.parametrize("path", [PROFILE, SIGN_INS, f"{HERE}login/", f"{HERE}email/", f"{HERE}second-factor/totp/activate/"])
def test_what_another_site_posts_is_refused(person, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    response = client.post(path, {"display_name": "Evil", "action": "others"}, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    person.refresh_from_db()
    assert person.display_name == "عائشة"


def test_the_cms_has_the_same_door_as_the_portal(client, facilitator, portal_site):
    response = client.get("/cms/")
    assert response.url == "/cms/login/?next=/cms/"
    response = client.get(response.url)
    assert response.url.endswith("/account/login/?next=%2Fcms%2F")
    assert client.post("/cms/login/", {"username": facilitator.email, "password": PASSWORD}).status_code == 302
    assert "_auth_user_id" not in client.session
    words = {"login": facilitator.email, "password": PASSWORD, "next": "/cms/"}
    assert client.post("/en/account/login/", words).url == "/cms/"
    assert client.get("/cms/").status_code == 200


def test_who_may_not_enter_the_cms_is_told_so_without_going_round_in_circles(client, participant, portal_site):
    client.force_login(participant)
    assert client.get("/cms/", follow=True).status_code == 403


@pytest.mark.parametrize("path", ["/cms/password_reset/", "/cms/password_reset/confirm/MQ/set-password/"])
def test_the_cms_has_no_back_door(client, portal_site, path):
    assert client.get(path, follow=True).status_code == 404
