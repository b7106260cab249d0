"""Discussions in the CMS."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from portal.participation.viewsets.bans import BanViewSet
from portal.participation.viewsets.endorsements import EndorsementViewSet
from portal.participation.viewsets.log import LogViewSet, ReasonViewSet
from portal.participation.viewsets.moderation import CommentViewSet, TaggingViewSet
from portal.participation.viewsets.queue import QueueViewSet
from portal.participation.viewsets.tags import TagViewSet


class DiscussionViewSetGroup(ModelViewSetGroup):
    """The CMS menu of moderators."""

    menu_label = _("Discussion")
    menu_icon = "comment"
    menu_order = 250
    items = (
        QueueViewSet(),
        CommentViewSet("comment"),
        TaggingViewSet("tagging"),
        TagViewSet("tag_desk"),
        EndorsementViewSet("endorsement"),
        BanViewSet("ban"),
        ReasonViewSet("moderation_reason"),
        LogViewSet("moderation_log"),
    )
