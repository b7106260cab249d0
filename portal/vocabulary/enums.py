from django.db import models
from django.utils.translation import gettext_lazy as _


class Instrument(models.TextChoices):
    """The means by which citizens and associations address an authority (organic laws 111-14, 112-14 and 113-14)."""

    PETITION = "petition", _("Petition")
    ADVISORY_OPINION = "advisory_opinion", _("Advisory opinion")
    MEMORANDUM = "memorandum", _("Memorandum")
    PROPOSAL = "proposal", _("Proposal")
    OTHER = "other", _("Other consultation")


class Level(models.TextChoices):
    """The levels of Morocco's territorial authorities (Constitution of 2011, article 135)."""

    REGION = "region", _("Region")
    PREFECTURE = "prefecture", _("Prefecture")
    PROVINCE = "province", _("Province")
    COMMUNE = "commune", _("Commune")
