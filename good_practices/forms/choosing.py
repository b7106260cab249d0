"""Choosing, in the CMS, a practice of which a row keeps the key that its translations share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser

from good_practices.models import PracticePage


class PracticeChooser(AdminPageChooser):
    """Wagtail's chooser, which shows nothing chosen where a forged form names no page."""

    def get_value_data(self, value: Any) -> Any:
        """Return what is shown of a chosen page; None for what is none."""
        try:
            return super().get_value_data(value)
        except (ValueError, OverflowError, ObjectDoesNotExist):
            return None


class PracticeField(forms.ModelChoiceField):
    """A practice, chosen in any of its languages."""

    def __init__(self, **kwargs: Any) -> None:
        widget = PracticeChooser(target_models=[PracticePage])
        super().__init__(queryset=PracticePage.objects.all(), widget=widget, **{"label": _("Practice"), **kwargs})


def page_of(key: UUID | None) -> PracticePage | None:
    """Return a page of the practice `key` to show as chosen; None for none."""
    return PracticePage.objects.filter(translation_key=key).order_by("pk").first() if key else None


def key_of(page: PracticePage | None) -> UUID | None:
    """Return the key to keep of a chosen page."""
    return page.translation_key if page else None
