"""Who may do what in the CMS: one map, applied after each migration by `portal.people.domain.ensure_roles`.

A permission is written `app_label.codename`. Pages and collections carry permissions of their own, given on the root.
"""

from portal.people.enums import Role

ADMIN_ACCESS = "wagtailadmin.access_admin"


def _manage(*models: str) -> set[str]:
    """Return the add, change, delete and view permissions of `models`, each written `app_label.model`."""
    pairs = (model.split(".") for model in models)
    return {f"{app}.{verb}_{model}" for app, model in pairs for verb in ("add", "change", "delete", "view")}


MODEL_PERMISSIONS: dict[Role, set[str]] = {
    Role.PARTICIPANT: set(),
    Role.FACILITATOR: {
        ADMIN_ACCESS,
        "wagtail_localize.submit_translation",
        "vocabulary.view_territory",
        *_manage("vocabulary.theme", "vocabulary.axis", "people.organisation", "home.keyfigure"),
        *_manage("workshop_sessions.speaker", "workshop_sessions.room", "workshop_sessions.recording"),
        "workshop_sessions.view_evaluation",
        *_manage(
            "people.membership", "good_practices.assessment", "good_practices.commitment", "good_practices.consultationspace"
        ),
        "good_practices.add_importrun",
        "people.view_datarequest",
        "people.change_datarequest",
        *_manage("good_practices.inspiration"),
        "good_practices.view_contribution",
        "good_practices.change_contribution",
        "good_practices.view_mistakereport",
        "good_practices.change_mistakereport",
        "participation.view_comment",
        "participation.answer_comment",
        "participation.change_subject",
        "participation.change_discussionsettings",
        "participation.view_tag",
        "participation.change_tag",
        "search.view_querycount",
        *_manage("search.synonymset", "search.promotedresult"),
    },
    Role.MODERATOR: {
        ADMIN_ACCESS,
        "participation.view_comment",
        "participation.moderate_comment",
        "participation.answer_comment",
        "participation.view_tagging",
        "participation.moderate_tagging",
        "participation.change_subject",
        "participation.change_discussionsettings",
        *_manage("participation.moderationreason"),
        "participation.add_ban",
        "participation.view_ban",
        "participation.view_moderationaction",
        "participation.view_tag",
        "participation.change_tag",
        "participation.view_endorsement",
        "participation.moderate_endorsement",
    },
}

PAGE_PERMISSIONS: dict[Role, set[str]] = {
    Role.FACILITATOR: {"add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"},
}

COLLECTION_PERMISSIONS: dict[Role, set[str]] = {
    Role.FACILITATOR: {
        *(f"wagtailimages.{verb}_image" for verb in ("add", "change", "choose")),
        *(f"wagtaildocs.{verb}_document" for verb in ("add", "change", "choose")),
    },
}
