"""What search keeps in the database: changes the index has not seen yet, what facilitators arrange, and what is asked."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

MAX_TERMS = 20
"""Terms of one language that a set may have."""


class OutboxEntry(models.Model):
    """A subject that changed, written in the transaction that changed it and deleted once the index knows.

    Identifiers only grow and are never used again: they order the updates. An entry without a key is the claim of a drain
    or a rebuild (`domain.claim_version`): only its identifier counts.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "search outbox entry"
        verbose_name_plural = "search outbox entries"

    def __str__(self) -> str:
        return f"{self.id}: {self.key or 'claim'}"


class SynonymSet(models.Model):
    """Words in three languages that find one another. `code` names a set that came with the portal."""

    ar = models.TextField(_("Arabic terms"), blank=True, help_text=_("One word or expression a line, plurals too."))
    fr = models.TextField(_("French terms"), blank=True, help_text=_("One word or expression a line."))
    en = models.TextField(_("English terms"), blank=True, help_text=_("One word or expression a line."))
    code = models.SlugField(_("code"), max_length=80, null=True, blank=True, unique=True, editable=False)

    panels = [FieldPanel("ar"), FieldPanel("fr"), FieldPanel("en")]

    class Meta:
        ordering = ["fr", "ar", "en", "id"]
        verbose_name = _("set of synonyms")
        verbose_name_plural = _("glossary of search")

    def __str__(self) -> str:
        return " · ".join(terms[0] for terms in self.terms().values() if terms)

    def clean(self) -> None:
        """Refuse a set that joins nothing, or too much. Raises ValidationError."""
        terms = self.terms()
        if sum(map(len, terms.values())) < 2:
            raise ValidationError(gettext("A set joins at least two words or expressions."))
        if any(len(found) > MAX_TERMS for found in terms.values()):
            raise ValidationError(gettext("At most %d words or expressions in one language.") % MAX_TERMS)

    def terms(self) -> dict[str, tuple[str, ...]]:
        """Return language -> its terms, each once."""
        lines = {"ar": self.ar, "fr": self.fr, "en": self.en}
        return {
            language: tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
            for language, text in lines.items()
        }


class PromotedResult(models.Model):
    """A page that facilitators show first to those who ask certain words."""

    words = models.TextField(
        _("questions"),
        help_text=_("One question a line. Case, accents, vowels and endings do not matter; order does not either."),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.CASCADE,
        related_name="+",
        verbose_name=pgettext_lazy("of a promoted result", "page"),
        help_text=_("Readers see it in their language where it is translated."),
    )

    panels = [FieldPanel("words"), FieldPanel("page")]

    class Meta:
        ordering = ["id"]
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")

    def __str__(self) -> str:
        return " · ".join(self.questions)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that it answers."""
        return tuple(line.strip() for line in self.words.splitlines() if line.strip())


class Curation(models.Model):
    """One row: `token` changes with the glossary and the promoted results, so that every process reads them again.

    `shipped` are the codes of the sets that came with the portal and were loaded once: what is deleted stays deleted.
    """

    token = models.CharField(max_length=32)
    shipped = models.JSONField(default=list)

    class Meta:
        verbose_name = "state of search"
        verbose_name_plural = "state of search"

    def __str__(self) -> str:
        return self.token


class QueryCount(models.Model):
    """How often something was asked on a day, with the number of results of the last time. It names nobody."""

    day = models.DateField(_("day"), default=timezone.localdate)
    language = models.CharField(_("language"), max_length=10)
    text = models.CharField(_("question"), max_length=100)
    results = models.PositiveIntegerField(_("results"), default=0)
    count = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        ordering = ["-day", "-count"]
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")
        constraints = [models.UniqueConstraint(fields=["day", "language", "text"], name="search_one_count_a_day")]

    def __str__(self) -> str:
        return self.text
