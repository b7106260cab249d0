"""What people do with content. Everything hangs on a `Subject`, which all translations of a page share."""

from portal.participation.models.comments import Comment, CommentVersion, Vote
from portal.participation.models.endorsements import Endorsement
from portal.participation.models.following import Digest, DigestRun, Follow
from portal.participation.models.moderation import (
    Appeal,
    Ban,
    DiscussionSettings,
    ModerationAction,
    ModerationReason,
    Report,
)
from portal.participation.models.subjects import Bookmark, Moderated, Subject
from portal.participation.models.tags import Tag, TagAlias, Tagging

__all__ = [
    "Appeal",
    "Ban",
    "Bookmark",
    "Comment",
    "CommentVersion",
    "Digest",
    "DigestRun",
    "DiscussionSettings",
    "Endorsement",
    "Follow",
    "Moderated",
    "ModerationAction",
    "ModerationReason",
    "Report",
    "Subject",
    "Tag",
    "TagAlias",
    "Tagging",
    "Vote",
]
