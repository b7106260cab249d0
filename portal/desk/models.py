"""What the desk knows of each page beside the page itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.base import clock
from portal.desk.enums import Origin


class TranslationState(models.Model):
    """What the words of a public page are, and of which words of the original they are the translation.

    Both are digests: `source_words` is what `words` of the original was when this page was last published, so that a page
    whose original says something else by now is outdated. "" where it is not known.
    """

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="translation_state", verbose_name=_("page"))
    words = models.CharField(max_length=64, editable=False)
    source_words = models.CharField(max_length=64, blank=True, editable=False)
    origin = models.CharField(_("written"), max_length=8, choices=Origin.choices, default=Origin.HUMAN)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("translated by")
    )
    translated_at = models.DateTimeField(_("translated at"), default=clock.now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")

    def __str__(self) -> str:
        return str(self.page_id)
