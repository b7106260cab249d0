from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The three roles; the value is the name of the group."""

    PARTICIPANT = "participant", _("Participant")
    FACILITATOR = "facilitator", _("Facilitator")
    MODERATOR = "moderator", _("Moderator")


class OrganisationKind(models.TextChoices):
    ASSOCIATION = "association", _("Association")
    AUTHORITY = "authority", _("Local authority")
    INSTITUTION = "institution", _("Institution")
    PARTNER = "partner", _("Partner")


class PartnershipKind(models.TextChoices):
    """How a partner takes part in the programme."""

    INSTITUTIONAL = "institutional", _("Institutional partnership")
    TECHNICAL = "technical", _("Technical partnership")
    FINANCIAL = "financial", _("Financial partnership")


class MembershipRole(models.TextChoices):
    """What a person is in an organisation."""

    MEMBER = "member", _("Member")
    COORDINATOR = "coordinator", _("Coordinator")
    PRESIDENT = "president", _("President")
    OFFICIAL = "official", _("Elected or official")


class DigestFrequency(models.TextChoices):
    """How often a person is told by e-mail what is new about what they follow."""

    NEVER = "never", _("Never")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")


class Purpose(models.TextChoices):
    """What a person agrees to."""

    ACCOUNT = "account", _("Account")
    PUBLISHING = "publishing", _("Publishing what I write")
    MAIL = "mail", _("E-mail about what I follow")


class RequestKind(models.TextChoices):
    """What a person asks about their data (law 09-08, articles 7 to 9)."""

    OBJECT = "object", _("Object to a use of my data")
    CORRECT = "correct", _("Correct what I cannot correct myself")
    OTHER = "other", _("Something else about my data")
