from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Who wrote the words of a translation."""

    HUMAN = "human", _("By hand")
    MACHINE = "machine", _("By machine")


class TranslationStatus(models.TextChoices):
    """Where the translation of a page into a language stands."""

    SOURCE = "source", _("Original")
    MISSING = "missing", _("Missing")
    DRAFT = "draft", _("Draft")
    OUTDATED = "outdated", _("Outdated")
    MACHINE = "machine", _("By machine, not reviewed")
    REVIEWED = "reviewed", _("Reviewed")
    LIVE = "live", _("Published")
