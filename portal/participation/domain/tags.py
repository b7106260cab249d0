"""Tags that participants give."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base.text import clean_text
from portal.participation.domain.bans import refuse_banned
from portal.participation.models import Subject, Tag, Tagging
from portal.people.models import User
from search.domain import enqueue

TAG_LENGTH = 50
TAGS_AT_ONCE = 8
TAGS_PER_SUBJECT = 40


def split_tags(text: str) -> list[str]:
    """Return the distinct tags written in `text`, separated by commas (Latin or Arabic), semicolons or new lines.

    Raises ValidationError if there is none, if there are too many, or if one is too long or has no letter or digit.
    """
    words = (re.sub(r"\s+", " ", clean_text(part)).lstrip("#").strip() for part in re.split(r"[,،;؛\n]", text))
    tags = list(dict.fromkeys(word for word in words if word))
    if not tags:
        raise ValidationError(_("Write at least one tag."))
    if len(tags) > TAGS_AT_ONCE:
        raise ValidationError(_("At most %(count)d tags at once.") % {"count": TAGS_AT_ONCE})
    for tag in tags:
        if len(tag) > TAG_LENGTH:
            raise ValidationError(_("A tag has at most %(count)d characters.") % {"count": TAG_LENGTH})
        if "<" in tag or ">" in tag or not any(char.isalnum() for char in tag):
            raise ValidationError(_("A tag is made of words: letters, digits and spaces."))
    return tags


@transaction.atomic
def add_tags(translation_key: UUID, tags: Iterable[str], person: User) -> list[Tagging]:
    """Give `tags` to the subject in the name of `person` and return the new taggings; those it bears already stay as they are.

    Raises ValidationError if the subject would bear too many, or if `person` is banned.
    """
    refuse_banned(person)
    subject = Subject.of(translation_key)
    borne = set(subject.taggings.values_list("tag__name", flat=True))
    new = [name for name in tags if name not in borne]
    if len(borne) + len(new) > TAGS_PER_SUBJECT:
        raise ValidationError(_("There are enough tags here already."))
    taggings = []
    for name in new:
        tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)
        tagging, created = Tagging.objects.get_or_create(tag=tag, content_object=subject, defaults={"tagged_by": person})
        if created:
            taggings.append(tagging)
    enqueue([str(translation_key)])
    return taggings
