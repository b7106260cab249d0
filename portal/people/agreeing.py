"""Asks for consent where it is not given yet: once for each version of a notice, when somebody writes, with nothing lost."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest

from portal.base.languages import current_language
from portal.people.data_forms import ask_agreement
from portal.people.domain.consent import has_agreed, record_consent
from portal.people.enums import Purpose
from portal.people.models import User
from portal.people.notices import NOTICES


def agreed(request: HttpRequest, form: Form, person: User, purpose: Purpose = Purpose.PUBLISHING) -> bool:
    """Tell whether `person` has agreed to the notice, or agrees with this sending (`agree` holds its version).

    Else the valid `form` becomes invalid: it asks, and holds all that was written.
    """
    if has_agreed(person, purpose):
        return True
    if request.POST.get("agree") == NOTICES[purpose].version:
        record_consent(person, purpose, current_language())
        return True
    ask_agreement(form, purpose)
    return False
