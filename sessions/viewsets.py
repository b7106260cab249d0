from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.base.choosers import NamedChooserViewSet
from portal.base.sizes import duration, file_size
from sessions.forms.recording import NewRecordingForm, RecordingForm
from sessions.media.uploads import receiving
from sessions.models import Recording, Room, Speaker
from sessions.views.cms import (
    RecordingCreateView,
    RecordingDeleteView,
    RecordingEditView,
    RecordingIndexView,
    StatusView,
)


class SpeakerViewSet(SnippetViewSet):
    """Who speaks in sessions."""

    model = Speaker
    icon = "user"
    menu_label = _("Speakers")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name_ar", "name_fr", "illustrative"]
    chooser_viewset_class = NamedChooserViewSet
    search_fields = ["name_ar", "name_fr", "name_en"]


class RoomViewSet(SnippetViewSet):
    """The virtual rooms of the programme."""

    model = Room
    icon = "group"
    menu_label = _("Rooms")
    menu_order = 315
    add_to_admin_menu = True
    list_display = ["name_ar", "name_fr", "order"]
    search_fields = ["name_ar", "name_fr", "name_en"]


class RecordingViewSet(ModelViewSet):
    """The recordings of sessions."""

    model = Recording
    name = "recording"
    icon = "media"
    menu_label = _("Recordings")
    menu_order = 316
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = RecordingIndexView
    add_view_class = RecordingCreateView
    edit_view_class = RecordingEditView
    delete_view_class = RecordingDeleteView
    create_template_name = "sessions/cms/recording_form.html"
    edit_template_name = "sessions/cms/recording_form.html"
    copy_view_enabled = False
    list_filter = ["status", "live", "spoken_language"]
    list_display = [
        TitleColumn("title", label=_("Recording"), accessor=str, get_url=lambda row: reverse("recording:edit", args=[row.pk])),
        Column("session_title", label=_("Session")),
        Column("state", label=_("Status"), accessor="state_text"),
        Column(
            "length", label=_("Length"), accessor=lambda row: duration(row.duration) if row.duration else "", sort_key="duration"
        ),
        Column("size", label=_("Size"), accessor=lambda row: file_size(row.size) if row.size else ""),
        BooleanColumn("live", label=_("Public")),
    ]
    search_fields = ["label_ar", "label_fr", "label_en", "original_name"]
    ordering = ["-created_at"]

    def get_form_class(self, for_update: bool = False) -> type[RecordingForm]:
        """Return the form: a file is given once, with a new recording."""
        return RecordingForm if for_update else NewRecordingForm

    @cached_property
    def add_view(self) -> Callable[..., HttpResponseBase]:
        """The form that receives a large file."""
        return receiving(super().add_view)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the usual addresses, and that of the preparation."""
        policy = policy_registry.get_by_type(Recording)
        status = path("status/<int:pk>/", StatusView.as_view(permission_policy=policy), name="status")
        return [*super().get_urlpatterns(), status]
