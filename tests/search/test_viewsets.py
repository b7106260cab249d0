"""The desk: facilitators see what is asked and what found nothing, and mend it in one click."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from portal.people.domain import ensure_roles
from portal.people.enums import Role
from search.models import PromotedResult, QueryCount, SynonymSet
from tests.search.sources import make_page

DESK = "/cms/search_questions/"


def count(text, results=0, times=1, days=0, language="fr"):
    day = timezone.localdate() - timedelta(days=days)
    QueryCount.objects.create(day=day, language=language, text=text, results=results, count=times)


@pytest.fixture
def desk(client, index, facilitator):
    ensure_roles()
    client.force_login(facilitator)
    return client


def listed(response, identifier):
    return [(row["text"], row["times"], row["now"]) for row in response.context[identifier]]


def test_questions_are_added_up_the_most_asked_first_and_the_empty_apart(desk, site_root, committed):
    count("budget", results=2, times=2)
    count("budget", results=0, times=3, days=5)
    count("carrelage", results=4, times=1, days=3)
    count("carrelage", results=0, times=1)
    count("زليج", times=9, language="ar")
    count("ancien", times=9, days=60)
    with committed():
        make_page(site_root, "الزليج")

    month, quarter = desk.get(DESK), desk.get(DESK, {"days": "90"})

    assert listed(month, "top") == [("زليج", 9, None), ("budget", 5, None), ("carrelage", 2, None)]
    assert listed(month, "empty") == [("زليج", 9, 1), ("carrelage", 2, 0)]
    assert ("ancien", 9, None) in listed(quarter, "top")
    assert desk.get(DESK, {"days": "x' OR 1"}).context["days"] == 30


def test_one_click_makes_a_synonym(desk):
    count("carrelage & <cie>")
    page = desk.get(DESK).content.decode()
    address = re.search(r'href="(/cms/search_synonyms/new/\?[^"]+)"', page)[1].replace("&amp;", "&")

    assert unquote(address).endswith("fr=carrelage+&+<cie>")
    form = desk.get(address)
    assert "carrelage &amp; &lt;cie&gt;" in form.content.decode()
    saved = desk.post("/cms/search_synonyms/new/", {"fr": "carrelage", "ar": "زليج", "en": ""})
    assert saved.status_code == 302
    assert SynonymSet.objects.get().terms() == {"ar": ("زليج",), "fr": ("carrelage",), "en": ()}


def test_one_click_promotes_a_result(desk, site_root, committed):
    count("carrelage")
    with committed():
        page = make_page(site_root, "الزليج")
    address = re.search(r'href="(/cms/search_promoted/new/\?[^"]+)"', desk.get(DESK).content.decode())[1]

    assert "carrelage" in desk.get(address).content.decode()
    assert desk.post("/cms/search_promoted/new/", {"words": "carrelage", "page": page.pk}).status_code == 302
    assert PromotedResult.objects.get().questions == ("carrelage",)


def test_lists_and_forms_of_the_glossary_open(desk):
    words = SynonymSet.objects.create(ar="زليج", fr="carrelage")

    assert "carrelage" in desk.get("/cms/search_synonyms/").content.decode()
    assert "زليج" in desk.get(f"/cms/search_synonyms/edit/{words.pk}/").content.decode()
    assert desk.post("/cms/search_synonyms/new/", {"fr": "seul", "ar": "", "en": ""}).status_code == 200
    assert desk.get("/cms/search_promoted/").status_code == 200


def test_the_menu_leads_there(desk):
    assert DESK in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_only_facilitators_see_it(client, index, moderator):
    ensure_roles()
    moderator.groups.set(moderator.groups.all())
    client.force_login(moderator)

    assert client.get(DESK).status_code == 302
    assert client.get("/cms/search_synonyms/").status_code == 302
    assert DESK not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(DESK, follow=True).status_code == 200


def test_the_permissions_exist_and_are_the_facilitators(db):
    ensure_roles()
    names = {"view_querycount", "add_synonymset", "change_synonymset", "add_promotedresult", "delete_promotedresult"}

    given = Permission.objects.filter(content_type__app_label="search", group__name=Role.FACILITATOR.value)
    assert names <= set(given.values_list("codename", flat=True))
