"""What editors do with tags: translate, merge, hide, and make synonyms of a theme. Each is one transaction, and is logged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.languages import language_codes
from portal.participation.enums import FollowKind, ModerationAct
from portal.participation.models import Follow, ModerationAction, Tag, TagAlias, Tagging
from portal.participation.models.tags import folded_of, free_slug
from portal.people.models import User
from portal.vocabulary.models import Theme
from search.analysis.arabic import is_arabic
from search.domain import enqueue, join_synonyms

PERMISSION = "participation.change_tag"
NOTE_LENGTH = ModerationAction._meta.get_field("note").max_length or 0


@transaction.atomic
def translate(tag: Tag, names: Mapping[str, str], editor: User) -> None:
    """Give a tag its names, language -> name (empty: as it was written); whoever writes one of them means this tag.

    Raises PermissionDenied if `editor` may not, ValidationError (by field) where another tag has such a name.
    """
    tag = _mine(tag, editor)
    wrong = {f"name_{code}": error for code, name in names.items() if name and (error := _taken(tag, name))}
    if wrong:
        raise ValidationError(wrong)
    for code, name in names.items():
        setattr(tag, f"name_{code}", name)
    tag.save(update_fields=[f"name_{code}" for code in names])
    for name in filter(None, names.values()):
        _add_alias(tag, name)
    enqueue(_keys(tag))
    _log(editor, tag, "translate", *names.values())


@transaction.atomic
def merge(tag: Tag, into: Tag, editor: User) -> None:
    """Make `tag` part of `into`: what bears it, who gave it and when, who follows it, and all its addresses.

    Raises PermissionDenied if `editor` may not, ValidationError where both are the same.
    """
    if tag.pk == into.pk:
        raise ValidationError(_("A tag cannot be merged with itself."))
    tag, into = _mine(tag, editor), _mine(into, editor)
    keys = _keys(tag)
    _move_taggings(tag, into)
    _move_follows(tag, into)
    tag.aliases.update(tag=into)
    missing = [f"name_{code}" for code in language_codes() if not getattr(into, f"name_{code}")]
    for field in missing:
        setattr(into, field, getattr(tag, field))
    into.save(update_fields=missing)
    _log(editor, tag, "merge", tag.name, into.name)
    slug, folded = tag.slug, tag.folded
    tag.delete()
    TagAlias.objects.create(slug=slug, folded=folded, tag=into)
    enqueue(keys)


@transaction.atomic
def hide_tag(tag: Tag, editor: User) -> None:
    """Show a tag nowhere any more; who gave it is kept. Raises PermissionDenied if `editor` may not."""
    _set_hidden(tag, editor, hidden=True)


@transaction.atomic
def show_tag(tag: Tag, editor: User) -> None:
    """Show a hidden tag again, where it was given. Raises PermissionDenied if `editor` may not."""
    _set_hidden(tag, editor, hidden=False)


@transaction.atomic
def promote(tag: Tag, theme: Theme, editor: User) -> None:
    """Make the tag's names synonyms of the theme: who searches for it finds what is about the theme.

    Raises PermissionDenied if `editor` may not, ValidationError where the theme has too many synonyms.
    """
    tag = _mine(tag, editor)
    of_theme = {code: [name] for code in language_codes() if (name := getattr(theme, f"name_{code}"))}
    of_tag = {code: [name] for code in language_codes() if (name := getattr(tag, f"name_{code}"))}
    of_tag.setdefault("ar" if is_arabic(tag.folded) else "fr", []).append(tag.name)
    join_synonyms(of_theme, of_tag)
    _log(editor, tag, "synonym", tag.name, theme.slug)


def _mine(tag: Tag, editor: User) -> Tag:
    """Return the tag as it is now, for `editor` alone. Raises PermissionDenied, or ValidationError if it is gone."""
    if not editor.has_perm(PERMISSION):
        raise PermissionDenied
    found = Tag.objects.select_for_update().filter(pk=tag.pk).first()
    if found is None:
        raise ValidationError(_("This tag was merged with another meanwhile."))
    return found


def _taken(tag: Tag, name: str) -> str:
    folded = folded_of(name)
    other = Tag.objects.filter(folded=folded).exclude(pk=tag.pk).first()
    alias = TagAlias.objects.filter(folded=folded).exclude(tag=tag).select_related("tag").first()
    found = other or (alias.tag if alias else None)
    return _("The tag “%(tag)s” has this name already: merge them.") % {"tag": found.name} if found else ""


def _add_alias(tag: Tag, name: str) -> None:
    folded = folded_of(name)
    if folded != tag.folded:
        TagAlias.objects.get_or_create(folded=folded, defaults={"slug": free_slug(name), "tag": tag})


def _keys(tag: Tag) -> list[str]:
    """Return the translation keys of what bears a tag."""
    return list(map(str, tag.taggings.order_by().values_list("content_object__translation_key", flat=True)))


def _move_taggings(tag: Tag, into: Tag) -> None:
    """Give `into` what `tag` was given to; where both were, what is seen stays, else what was given first."""
    there = {tagging.content_object_id: tagging for tagging in into.taggings.all()}
    doubles = list(tag.taggings.filter(content_object__in=list(there)))
    better = [one for one in doubles if _rank(one) < _rank(there[one.content_object_id])]
    worse = [one.pk for one in doubles if one not in better]
    worse += [there[one.content_object_id].pk for one in better]
    Tagging.objects.filter(pk__in=worse).delete()
    tag.taggings.update(tag=into)


def _rank(tagging: Tagging) -> tuple[bool, bool, float]:
    return tagging.is_hidden, tagging.removed_at is not None, tagging.tagged_at.timestamp()


def _move_follows(tag: Tag, into: Tag) -> None:
    follows = Follow.objects.filter(kind=FollowKind.TAG)
    already = follows.filter(key=into.slug).values("person")
    follows.filter(key=tag.slug).exclude(person__in=already).update(key=into.slug)
    follows.filter(key=tag.slug).delete()


def _set_hidden(tag: Tag, editor: User, *, hidden: bool) -> None:
    tag = _mine(tag, editor)
    if tag.is_hidden != hidden:
        tag.hidden_at = clock.now() if hidden else None
        tag.save(update_fields=["hidden_at"])
        enqueue(_keys(tag))
        _log(editor, tag, "hide" if hidden else "show", tag.name)


def _log(editor: User, tag: Tag, what: str, *names: str) -> None:
    note = f"{what}: {_joined(names)}"[:NOTE_LENGTH]
    ModerationAction.objects.create(act=ModerationAct.TAG, actor_key=editor.key, target="tag", target_id=tag.pk, note=note)


def _joined(names: Iterable[str]) -> str:
    return " → ".join(filter(None, names))
