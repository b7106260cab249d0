from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet

from portal.desk.enums import TranslationStatus
from portal.desk.querysets import originals, with_status


class MatrixForm(forms.Form):
    """Which originals the matrix shows; what is not understood is left out."""

    q = forms.CharField(label=_("Title"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("Any")), *settings.LANGUAGES])
    status = forms.ChoiceField(label=_("Where it stands"), required=False, choices=[("", _("Any")), *TranslationStatus.choices])
    type = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = {f"{model._meta.app_label}.{model._meta.model_name}": model for model in get_page_models() if model is not Page}
        self._models = models
        kinds = [(name, str(model._meta.verbose_name)) for name, model in models.items()]
        self.fields["type"].choices = [("", _("Any")), *kinds]  # type: ignore[attr-defined]

    def found(self, pages: PageQuerySet) -> PageQuerySet:
        """Return the originals that are asked for among `pages`, what changed last first."""
        self.is_valid()
        asked = self.cleaned_data
        shown = originals().filter(pk__in=pages.values("pk"))
        if asked.get("q"):
            shown = shown.filter(draft_title__icontains=asked["q"])
        if asked.get("type"):
            shown = shown.filter(content_type=ContentType.objects.get_for_model(self._models[asked["type"]]))
        if asked.get("status"):
            shown = self._standing(shown, asked["status"], asked.get("language"))
        return shown.order_by("-latest_revision_created_at", "-pk")

    @staticmethod
    def _standing(shown: PageQuerySet, status: str, language: str | None) -> PageQuerySet:
        """Keep what stands so in one language, or in any."""
        if language:
            return with_status(shown, language, status)
        keys = [with_status(shown, code, status).values("pk").order_by() for code, _name in settings.LANGUAGES]
        return shown.filter(pk__in=keys[0].union(*keys[1:]))
