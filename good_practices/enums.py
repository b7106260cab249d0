from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """Where a practice stands."""

    UNDER_WAY = "under_way", _("Under way")
    ACCEPTED = "accepted", _("Accepted")
    PARTLY_ACCEPTED = "partly_accepted", _("Partly accepted")
    REJECTED = "rejected", _("Rejected")
    CARRIED_OUT = "carried_out", _("Carried out")


class StageKind(models.TextChoices):
    """The steps that a practice can go through, in the order of the law (organic law 113-14, articles 121 to 125)."""

    FILED = "filed", _("Filed")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    CHECKED = "checked", _("Conditions checked")
    ACCEPTED = "accepted", _("Found admissible")
    REJECTED = "rejected", _("Rejected")
    SCHEDULED = "scheduled", _("Put on the agenda")
    DELIBERATED = "deliberated", _("Deliberated")
    ANSWERED = "answered", _("Answered")
    CARRIED_OUT = "carried_out", _("Carried out")
