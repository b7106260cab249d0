"""Roles, and the councils that practices address."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupApprovalTask, GroupPagePermission, Workflow

from portal.people.domain import council_of, ensure_roles, give_role
from portal.people.enums import OrganisationKind, Role
from portal.people.models import Organisation
from portal.vocabulary.enums import Level
from tests.factories import TerritoryFactory, UserFactory

pytestmark = pytest.mark.django_db


def state_of_roles():
    return (
        set(Group.objects.values_list("name", "permissions__codename")),
        set(GroupPagePermission.objects.values_list("group__name", "permission__codename", "page__depth")),
        list(GroupApprovalTask.objects.values_list("name", "groups__name")),
        list(Workflow.objects.values_list("name", flat=True)),
    )


def test_migrating_makes_the_three_roles_and_no_other_group():
    assert set(Group.objects.values_list("name", flat=True)) == {"participant", "facilitator", "moderator"}


def test_ensuring_roles_again_changes_nothing():
    before = state_of_roles()
    ensure_roles()
    assert state_of_roles() == before


def test_ensuring_roles_takes_back_what_was_added_by_hand():
    group = Group.objects.get(name="participant")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    ensure_roles()
    assert not group.permissions.exists()


def test_facilitators_approve_in_the_workflow():
    assert list(GroupApprovalTask.objects.values_list("groups__name", flat=True)) == ["facilitator"]


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.PARTICIPANT, [], ["wagtailadmin.access_admin", "participation.moderate_comment"]),
        (
            Role.FACILITATOR,
            ["wagtailadmin.access_admin", "people.change_organisation", "wagtail_localize.submit_translation"],
            ["participation.moderate_comment", "people.change_user"],
        ),
        (
            Role.MODERATOR,
            ["wagtailadmin.access_admin", "participation.moderate_comment", "participation.moderate_tagging"],
            ["people.change_organisation", "participation.change_comment", "participation.delete_comment"],
        ),
    ],
)
def test_a_role_may_what_it_needs_and_no_more(role, may, may_not):
    person = UserFactory()
    give_role(person, role)
    assert {name: person.has_perm(name) for name in may + may_not} == {
        **dict.fromkeys(may, True),
        **dict.fromkeys(may_not, False),
    }


@pytest.mark.parametrize(
    ("level", "name_fr", "expected"),
    [
        (Level.COMMUNE, "Azemmour", "Conseil communal d’Azemmour"),
        (Level.COMMUNE, "Émile", "Conseil communal d’Émile"),
        (Level.COMMUNE, "Ouled Salah", "Conseil communal d’Ouled Salah"),
        (Level.COMMUNE, "Tamri", "Conseil communal de Tamri"),
        (Level.PROVINCE, "El Jadida", "Conseil provincial d’El Jadida"),
        (Level.PREFECTURE, "M’diq-Fnideq", "Conseil préfectoral de M’diq-Fnideq"),
        (Level.REGION, "Oriental", "Conseil régional de l’Oriental"),
        (Level.REGION, "Souss-Massa", "Conseil régional de Souss-Massa"),
    ],
)
def test_a_council_s_french_name_is_elided_before_a_vowel(level, name_fr, expected):
    assert council_of(TerritoryFactory(level=level, name_fr=name_fr)).name_fr == expected


@pytest.mark.parametrize(
    ("level", "arabic", "english"),
    [
        (Level.COMMUNE, "مجلس جماعة أزمور", "Communal council of Azemmour"),
        (Level.PROVINCE, "مجلس إقليم أزمور", "Provincial council of Azemmour"),
        (Level.PREFECTURE, "مجلس عمالة أزمور", "Prefectural council of Azemmour"),
        (Level.REGION, "مجلس جهة أزمور", "Regional council of Azemmour"),
    ],
)
def test_a_council_is_named_in_each_language(level, arabic, english):
    council = council_of(TerritoryFactory(level=level, name_ar="أزمور", name_fr="Azemmour", name_en="Azemmour"))
    assert (council.name_ar, council.name_en) == (arabic, english)


def test_a_place_has_one_council_however_often_it_is_asked_for():
    place = TerritoryFactory(name_fr="Tamri")
    assert council_of(place) == council_of(place)
    assert Organisation.objects.get().kind == OrganisationKind.AUTHORITY


def test_a_council_edited_by_hand_stays_edited():
    place = TerritoryFactory(name_fr="Tamri")
    council_of(place)
    Organisation.objects.update(name_fr="Commune de Tamri")
    assert council_of(place).name_fr == "Commune de Tamri"
