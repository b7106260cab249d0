from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text
from portal.participation.forms.comments import NO_WORDS, WordsForm
from portal.participation.models import Comment

ANSWER_LENGTH = Comment._meta.get_field("answer").max_length
QUESTION_LENGTH = 1000


class QuestionForm(WordsForm):
    """A question, in plain text; it can stand on the same page as a comment's form."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={
            "required": NO_WORDS,
            "max_length": _("A question has at most %(limit_value)d characters (yours has %(show_value)d)."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "question_%s", **kwargs})


class AnswerForm(forms.Form):
    """The answer to a question, in writing; none where it was given in the session."""

    answer = forms.CharField(
        label=_("Answer in writing"),
        help_text=_("Leave it empty if the answer was given in the session."),
        required=False,
        max_length=ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"max_length": _("An answer has at most %(limit_value)d characters (yours has %(show_value)d).")},
    )

    def clean_answer(self) -> str:
        """Return the text without invisible characters."""
        return clean_text(self.cleaned_data["answer"])
