"""Tags that participants give."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.text import clean_text
from portal.participation.domain.bans import refuse_banned
from portal.participation.models import Subject, Tag, TagAlias, Tagging
from portal.participation.models.tags import folded_of
from portal.people.models import User
from search.domain import enqueue

TAG_LENGTH = 50
TAGS_AT_ONCE = 8
TAGS_PER_SUBJECT = 40
ATTEMPTS = 3
"""How often a new tag is tried that another person makes at the same time."""


def split_tags(text: str) -> list[str]:
    """Return the distinct tags written in `text`, separated by commas (Latin or Arabic), semicolons or new lines.

    Raises ValidationError if there is none, if there are too many, or if one is too long or has no letter or digit.
    """
    words = map(_one_line, re.split(r"[,،;؛\n]", text))
    tags = list(dict.fromkeys(word for word in words if word))
    if not tags:
        raise ValidationError(_("Write at least one tag."))
    if len(tags) > TAGS_AT_ONCE:
        raise ValidationError(_("At most %(count)d tags at once.") % {"count": TAGS_AT_ONCE})
    return list(map(tag_text, tags))


def tag_text(text: str) -> str:
    """Return one tag as it is kept. Raises ValidationError if it is too long or has no letter or digit."""
    tag = _one_line(text)
    if len(tag) > TAG_LENGTH:
        raise ValidationError(_("A tag has at most %(count)d characters.") % {"count": TAG_LENGTH})
    if "<" in tag or ">" in tag or not any(char.isalnum() for char in tag):
        raise ValidationError(_("A tag is made of words: letters, digits and spaces."))
    return tag


def tag_named(text: str) -> Tag | None:
    """Return the tag that somebody means who writes `text`; None where there is none."""
    folded = folded_of(_one_line(text))
    return _known([folded], Tag.objects.all()).get(folded)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", clean_text(text)).lstrip("#").strip()


@transaction.atomic
def add_tags(translation_key: UUID, tags: Iterable[str], person: User) -> list[Tagging]:
    """Give `tags` to the subject in the name of `person` and return the new taggings; those it bears already stay as they are.

    A tag that is there in another form (case, accents, hamza, plural, or the name that editors gave it in another language) is
    that tag. Raises ValidationError if `person` is banned, if moderators took one out, or if the subject would bear too many.
    """
    refuse_banned(person)
    subject = Subject.objects.select_for_update().get(pk=Subject.of(translation_key).pk)
    names = _distinct(tags)
    known = _known(names)
    borne = {tagging.tag_id: tagging for tagging in subject.taggings.select_related("tag")}
    _refuse_hidden(known.values(), borne)
    given = {pk for pk, tagging in borne.items() if tagging.removed_at is None}
    new = [folded for folded in names if folded not in known or known[folded].pk not in given]
    if len(given) + len(new) > TAGS_PER_SUBJECT:
        raise ValidationError(_("There are enough tags here already."))
    new_tags = [known.get(folded) or _made(names[folded], folded) for folded in new]
    taggings = [_give(tag, subject, borne.get(tag.pk), person) for tag in dict.fromkeys(new_tags)]
    enqueue([str(translation_key)])
    return taggings


@transaction.atomic
def take_back(pk: int, person: User) -> bool:
    """Take back the tag that `person` gave (`pk` of its tagging), and return whether there was anything to take back.

    That they gave it, and when, is kept; whoever gives it again is its giver.
    """
    own = Tagging.objects.select_for_update().filter(pk=pk, tagged_by=person, removed_at=None).select_related("content_object")
    tagging = own.first()
    if tagging is None:
        return False
    tagging.removed_at = clock.now()
    tagging.save(update_fields=["removed_at"])
    enqueue([str(tagging.subject.translation_key)])
    return True


def _distinct(tags: Iterable[str]) -> dict[str, str]:
    """Return folded form -> tag as it was first written."""
    names: dict[str, str] = {}
    for name in tags:
        names.setdefault(folded_of(name), name)
    return names


def _known(folded: Collection[str], tags: QuerySet[Tag] | None = None) -> dict[str, Tag]:
    """Return folded form -> the tag it is, of those that exist; to write, none of them may be merged away meanwhile."""
    tags = Tag.objects.select_for_update() if tags is None else tags
    found = {tag.folded: tag for tag in tags.filter(folded__in=folded)}
    aliases = TagAlias.objects.filter(folded__in=folded).select_related("tag")
    return {alias.folded: alias.tag for alias in aliases} | found


def _refuse_hidden(tags: Iterable[Tag], borne: Mapping[int, Tagging]) -> None:
    for tag in tags:
        if tag.is_hidden:
            raise ValidationError(_("The moderators have taken out the tag “%(tag)s”.") % {"tag": tag.shown_name})
        if tag.pk in borne and borne[tag.pk].is_hidden:
            raise ValidationError(_("A moderator has taken the tag “%(tag)s” away from this page.") % {"tag": tag.shown_name})


def _made(name: str, folded: str) -> Tag:
    """Return a new tag, or the one that somebody else made since we looked."""
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return Tag.objects.create(name=name, folded=folded)
        except IntegrityError:
            found = _known([folded]).get(folded)
            if found:
                return found
    raise ValidationError(_("Somebody else is adding the same tag: please send yours again."))


def _give(tag: Tag, subject: Subject, before: Tagging | None, person: User) -> Tagging:
    if before is None:
        return Tagging.objects.create(tag=tag, content_object=subject, tagged_by=person)
    before.tagged_by, before.tagged_at, before.removed_at = person, clock.now(), None
    before.save(update_fields=["tagged_by", "tagged_at", "removed_at"])
    return before
