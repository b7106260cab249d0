"""What changes people and their roles."""

import unicodedata

from django.apps import apps as registry
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from portal.people.enums import OrganisationKind, Role
from portal.people.models import Organisation, User
from portal.people.permissions import COLLECTION_PERMISSIONS, MODEL_PERMISSIONS, PAGE_PERMISSIONS
from portal.vocabulary.enums import Level
from portal.vocabulary.models import Territory


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


@transaction.atomic
def ensure_roles() -> None:
    """Make the three groups, give them exactly the permissions of `portal.people.permissions`, and set up the review of pages.

    Safe to run again.
    """
    for config in registry.get_app_configs():
        create_permissions(config, verbosity=0)
    root_page, root_collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        group.permissions.set([_permission(name) for name in MODEL_PERMISSIONS[role]])
        for codename in PAGE_PERMISSIONS.get(role, ()):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=root_page, permission=permission)
        for name in COLLECTION_PERMISSIONS.get(role, ()):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root_collection, permission=_permission(name))
    _hand_review_to_facilitators()


def _hand_review_to_facilitators() -> None:
    """Let facilitators approve in Wagtail's default workflow, and retire the groups it came with."""
    facilitators = Group.objects.get(name=Role.FACILITATOR.value)
    for task in GroupApprovalTask.objects.filter(groups__name="Moderators"):
        task.name = "مراجعة الميسّرين – Relecture des facilitateurs"
        task.save()
        task.groups.set([facilitators])
        Workflow.objects.filter(workflow_tasks__task=task).update(name=task.name)
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()


def signed_in(request: HttpRequest) -> User:
    """Return who sends `request`.

    Raises PermissionDenied if nobody is signed in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def give_role(user: User, role: Role) -> None:
    """Put `user` into the group of `role`."""
    user.groups.add(Group.objects.get(name=role.value))


_COUNCILS = {
    Level.COMMUNE: ("مجلس جماعة", "Conseil communal", "Communal council"),
    Level.PROVINCE: ("مجلس إقليم", "Conseil provincial", "Provincial council"),
    Level.PREFECTURE: ("مجلس عمالة", "Conseil préfectoral", "Prefectural council"),
    Level.REGION: ("مجلس جهة", "Conseil régional", "Regional council"),
}


def council_of(territory: Territory) -> Organisation:
    """Return the elected council of `territory`, made when it is first asked for (organic laws 111-14, 112-14, 113-14)."""
    arabic, french, english = _COUNCILS[Level(territory.level)]
    defaults = {
        "kind": OrganisationKind.AUTHORITY,
        "territory": territory,
        "name_ar": f"{arabic} {territory.name_ar}",
        "name_fr": f"{french} {_french_of(territory.name_fr)}",
        "name_en": f"{english} of {territory.name_in('en')}",
    }
    return Organisation.objects.get_or_create(slug=f"council-{territory.code.replace('.', '-')}", defaults=defaults)[0]


def _french_of(name: str) -> str:
    """Return a place's name after the preposition "de", elided before a vowel."""
    if name == "Oriental":
        return "de l’Oriental"
    return f"d’{name}" if unicodedata.normalize("NFD", name)[0].upper() in "AEIOUY" else f"de {name}"
