from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionKind(models.TextChoices):
    PLENARY = "plenary", _("Plenary")
    THEMATIC = "thematic", _("Thematic session")
    WORKSHOP = "workshop", _("Workshop")
    SYNTHESIS = "synthesis", _("Synthesis")


class SessionState(models.TextChoices):
    """Where a session stands at a given moment."""

    TO_COME = "to-come", _("To come")
    LIVE = "live", _("Live now")
    OVER = "over", _("Over")
    RECORDED = "recorded", _("Recording available")
