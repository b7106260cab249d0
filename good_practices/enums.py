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


class Licence(models.TextChoices):
    """Under which licence a practice may be reused (SPDX identifiers)."""

    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    CC0 = "CC0-1.0", _("Public domain (CC0 1.0)")
    RESERVED = "reserved", _("All rights reserved")

    @property
    def spdx_url(self) -> str:
        """The page of the licence in the SPDX list; "" where all rights are reserved."""
        return "" if self == Licence.RESERVED else f"https://spdx.org/licenses/{self.value}.html"


class CommitmentStatus(models.TextChoices):
    """Whether a promise was kept."""

    PENDING = "pending", _("Not due yet")
    KEPT = "kept", _("Kept")
    PARTLY_KEPT = "partly_kept", _("Partly kept")
    NOT_KEPT = "not_kept", _("Not kept")


class SpaceKind(models.TextChoices):
    """What kind of space of consultation it is."""

    EQUITY_BODY = "equity_body", _("Consultative body for equity, equal opportunities and the gender approach")
    YOUTH_BODY = "youth_body", _("Consultative body on young people's concerns")
    ECONOMIC_BODY = "economic_body", _("Consultative body on economic affairs")
    COMMITTEE = "committee", _("Standing or joint committee")
    NATIONAL = "national", _("National body")
    OTHER = "other", _("Other space")


class ContributionState(models.TextChoices):
    """Where a proposed practice stands."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Sent, to be reviewed")
    RETURNED = "returned", _("Changes asked for")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Not taken up")


class ImportState(models.TextChoices):
    """Where an import stands."""

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, not yet imported")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Imported")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Could not be read")


class InspirationState(models.TextChoices):
    """Whether it is settled which practice inspired another."""

    ASKED = "asked", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Not taken up")
