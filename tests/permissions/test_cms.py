"""Every address of the CMS, ours and Wagtail's: who is not of the CMS reaches none, and each role only what is its own."""

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from portal.people.enums import Role
from portal.people.permissions import MODEL_PERMISSIONS
from tests.factories import PracticePageFactory, UserFactory
from tests.permissions.addresses import addresses

DOORS = {
    *("wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_password_reset", "wagtailadmin_password_reset_done"),
    *("wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_complete", "wagtailadmin_javascript_catalog"),
    *("wagtailadmin_sprite", "wagtailadmin_api:main:root", None),
}
"""How one comes in, and what holds no content: icons and words."""

RUN_BY_ADMINISTRATORS = ("wagtailusers", "wagtailsites", "wagtaillocales", "wagtailredirects", "wagtailsettings")
OF_FACILITATORS = (
    *("wagtailsnippets_people", "wagtailsnippets_vocabulary", "wagtailsnippets_workshop", "membership", "data_request"),
    *("contribution", "mistake", "assessment", "inspiration", "import", "wagtailadmin_pages:edit", "wagtailadmin_pages:add"),
)


@pytest.fixture
def urls(portal_site):
    """Every address of the CMS: pairs of name and address, with a page's key where one is asked for."""
    page = PracticePageFactory(parent=portal_site.libraries["ar"])
    found = []
    for address in addresses(cms=True):
        arguments = dict.fromkeys(address.parameters, page.pk)
        for values in (arguments, dict.fromkeys(arguments, "practicepage")):
            try:
                found.append((address.full_name, reverse(address.full_name, kwargs=values)))
                break
            except NoReverseMatch:
                continue
    assert len(found) > 200
    return found


def reached(client, urls):
    """Return the names that answer with content; each request starts from the same rows, whatever the one before did."""
    client.raise_request_exception = False
    names = set()
    for name, url in urls:
        if name not in DOORS:
            with transaction.atomic():
                if client.get(url).status_code == 200:
                    names.add(name)
                transaction.set_rollback(True)
    return names


@pytest.mark.parametrize("role", [None, Role.PARTICIPANT])
def test_who_is_not_of_the_cms_reaches_nothing(client, urls, role):
    if role:
        client.force_login(UserFactory(role=role))
    assert sorted(name for name in reached(client, urls) if not str(name).endswith("None")) == []


def test_a_moderator_reaches_neither_pages_nor_what_facilitators_keep(client, urls, moderator):
    client.force_login(moderator)
    names = reached(client, urls)
    assert "wagtailadmin_home" in names
    assert "comment:index" in names
    wrong = (*RUN_BY_ADMINISTRATORS, *OF_FACILITATORS)
    assert sorted(name for name in names if name.startswith(wrong) and "choose" not in name) == []


def test_a_facilitator_reaches_neither_people_nor_the_site_nor_moderation(client, urls, facilitator):
    client.force_login(facilitator)
    names = reached(client, urls)
    assert {"wagtailadmin_home", "membership:index", "data_request:index", "contribution:index"} <= names
    wrong = (*RUN_BY_ADMINISTRATORS, "tagging:")
    assert sorted(name for name in names if name.startswith(wrong)) == []


def test_the_map_gives_participants_nothing_and_nobody_the_people():
    assert MODEL_PERMISSIONS[Role.PARTICIPANT] == set()
    for role in Role:
        assert not [
            name
            for name in MODEL_PERMISSIONS[role]
            if name.endswith(("_user", "_group", "_permission", "_moderationaction"))
            and not name.startswith("participation.view")
        ]
