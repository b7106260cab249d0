"""Every address of the portal, from the URL conf itself, and who may do what there: the matrix that the tests hold it to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.urls import URLPattern, get_resolver

LANGUAGE = "ar"


class Who(Enum):
    """Who may read an address (GET); "own" and "role" are looked at row by row besides."""

    EVERYBODY = "everybody"
    PUBLIC_THING = "everybody, where the thing in the address is public"
    SIGNED_IN = "who is signed in"
    OWN = "whose it is, and who signed in with the permission"
    LINK = "who was given the link"
    POST_ONLY = "nobody by GET"


EVERYBODY = {
    *("front_door", "healthz", "readyz", "privacy_inventory", "search_api", "search", "search_suggest", "search_feed"),
    *("practices_dashboard", "practices_dashboard_csv", "practice_map", "practices_export", "practices_dictionary"),
    *("practices_dictionary_json", "practices_dictionary_csv", "practices_template", "contribute", "bookmarks"),
    *("bookmarks_export", "compare", "criteria", "commitments", "spaces", "schedule_ics", "schedule_json", "schedule_xml"),
    *("agenda", "agenda_download", "podcast_audio", "podcast_video", "organisations"),
    *("account_login", "account_signup", "account_inactive", "account_logout", "account_reset_password"),
    *("account_email_verification_sent", "account_request_login_code", "account_confirm_login_code", "mfa_authenticate"),
    *("account_confirm_password_reset_code", "account_complete_password_reset", "account_password_reset_completed"),
    *("places", "place_suggest", "tags", "suggest_tags", "transparency", "transparency_csv"),
}
PUBLIC_THING = {
    *("practice_bibtex", "practice_csl", "practice_history", "practice_report", "practice_report_sent", "practice_sheet"),
    *("space", "place", "organisation", "speaker", "speaker_ics", "session_ics", "session_live", "session_join", "session_room"),
    *("session_evaluation", "recording_chapters", "recording_chapters_vtt", "recording_captions", "recording_subtitles"),
    *("recording_transcript", "material_page", "questions", "vote", "wagtaildocs_serve", "media", "wagtail_serve", None),
    *("comment", "comment_history", "reply_comment", "report_comment", "tag"),
}
SIGNED_IN = {
    *("my_organisations", "my_data", "data_request", "data_erase", "account_reauthenticate", "account_email"),
    *("account_change_password", "account_set_password", "practice_update", "assess", "same", "answer_question"),
    *("account", "profile", "my_sign_ins", "my_comments", "following", "digest_preview", "follow", "endorse"),
    *("edit_comment", "take_back_comment", "appeal_comment", "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_reauthenticate"),
}
OWN = {"contribution_withdraw", "contribution_add_file", "contribution_file", "contribution_step"}
LINK = {
    *("private_agenda", "agenda_feed", "agenda_adopt", "agenda_revoke", "agenda_renew"),
    *("wagtaildocs_authenticate_with_password", "wagtailcore_authenticate_with_password"),
    *("stop_digests", "stop_following"),
    "wagtailcore_login",  # stands behind the pages: nobody reaches it, the portal has one sign-in
}
POST_ONLY = {
    *("add_comment", "add_tags", "data_download", "bookmark", "agenda_star", "agenda_keep"),
    *("contribution_remove_file", "contribution_autosave", "find_useful", "take_back_tag", "take_back_endorsement"),
}
DECISIONS: dict[str | None, Who] = {
    name: who
    for who, names in {
        Who.EVERYBODY: EVERYBODY,
        Who.PUBLIC_THING: PUBLIC_THING,
        Who.SIGNED_IN: SIGNED_IN,
        Who.OWN: OWN,
        Who.LINK: LINK,
        Who.POST_ONLY: POST_ONLY,
    }.items()
    for name in names
}


@dataclass(frozen=True)
class Address:
    """A pattern of the URL conf: its name and the parameters that it takes."""

    name: str | None
    route: str
    parameters: tuple[str, ...]
    namespace: str = ""

    @property
    def full_name(self):
        """The name that `reverse` takes."""
        return f"{self.namespace}{self.name}"


def addresses(*, cms=False):
    """Return the addresses below the CMS, or all others, each once."""
    found = {}
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern).startswith("cms/") == cms:
            for address in _walk(pattern, "", ""):
                found.setdefault((address.full_name, address.parameters), address)
    return list(found.values())


def _walk(pattern, route, namespace):
    route += str(pattern.pattern)
    if isinstance(pattern, URLPattern):
        yield Address(pattern.name, route, tuple(pattern.pattern.regex.groupindex), namespace)
        return
    space = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
    for one in pattern.url_patterns:
        yield from _walk(one, route, space)
