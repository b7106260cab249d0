from django.db import models
from django.utils.translation import gettext_lazy as _


class CommentKind(models.TextChoices):
    """What somebody says about a subject."""

    EXPERIENCE = "experience", _("Experience")
    QUESTION = "question", _("Question")
    RESOURCE = "resource", _("Resource")
    COMMENT = "comment", _("Comment")


class CommentOrder(models.TextChoices):
    """In which order threads are read."""

    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    USEFUL = "useful", _("Most useful first")


class ModerationMode(models.TextChoices):
    """When what participants write is published."""

    AFTER = "after", _("Published at once, moderated after")
    BEFORE = "before", _("Published once a moderator has read it")
    CLOSED = "closed", _("Closed: it can be read")


class ReportReason(models.TextChoices):
    """Why somebody reports a comment."""

    INSULT = "insult", _("Insult or hatred")
    PRIVATE = "private", _("Somebody’s private data")
    FALSE = "false", _("Misleading")
    SPAM = "spam", _("Advertising or repetition")
    OFF_TOPIC = "off_topic", _("Off topic")
    OTHER = "other", _("Something else")


class ModerationAct(models.TextChoices):
    """What was decided, by a moderator or by the portal itself (no actor)."""

    PUBLISH = "publish", _("Published")
    REFUSE = "refuse", _("Refused")
    HIDE = "hide", _("Hidden")
    RESTORE = "restore", _("Restored")
    KEEP = "keep", _("Reports dismissed")
    UPHOLD = "uphold", _("Appeal rejected")
    GRANT = "grant", _("Appeal granted")
    BAN = "ban", _("Banned")
    UNBAN = "unban", _("Ban lifted")
    MODE = "mode", _("Discussion opened or closed")
    TAG = "tag", _("Tag edited")


class FollowKind(models.TextChoices):
    """What can be followed."""

    PRACTICE = "practice", _("Practice")
    DISCUSSION = "discussion", _("Discussion")
    THEME = "theme", _("Theme")
    TERRITORY = "territory", _("Territory")
    ORGANISATION = "organisation", _("Organisation")
    TAG = "tag", _("Tag")
    SEARCH = "search", _("Search")


class Happening(models.TextChoices):
    """What is new about something that is followed."""

    PRACTICE = "practice", _("New practice")
    STAGE = "stage", _("New stage")
    RECORDING = "recording", _("New recording")
    COMMENT = "comment", _("New comment")
    ANSWER = "answer", _("A question was answered")
    TAGGED = "tagged", _("Newly tagged")
    FOUND = "found", _("New result")


class EndorsementKind(models.TextChoices):
    """What an organisation says of a practice."""

    USEFUL = "useful", _("Useful to us")
    DID_IT = "did_it", _("We did it too")
