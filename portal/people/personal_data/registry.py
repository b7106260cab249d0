"""The register of personal data: purposes, legal grounds, how long, and what becomes of each row on erasure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Model
from django.db.models.query import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.people.models import User


class Use(models.TextChoices):
    """What data are kept for (law 09-08, article 3: determined, explicit and legitimate purposes)."""

    ACCOUNT = "account", _("To sign you in, and to write to you about your account")
    DISCUSSION = "discussion", _("To publish what you write, with the name you chose")
    FOLLOWING = "following", _("To keep what you chose to follow, and to tell you what is new")
    LIBRARY = "library", _("To receive the practices that you propose, and to publish them")
    WORKSHOP = "workshop", _("To keep your programme, and to present those who speak")
    MEMBERSHIP = "membership", _("To know on behalf of which organisation you act")
    MODERATION = "moderation", _("To keep discussions good, and to account for every decision")
    PUBLISHING = "publishing", _("To know who published or settled what")
    RIGHTS = "rights", _("To answer your requests and to prove what you agreed to")


class Ground(models.TextChoices):
    """On what the processing stands (law 09-08, article 4; GDPR, article 6)."""

    CONSENT = "consent", _("Your consent")
    CONTRACT = "contract", _("The service that you asked for")
    LAW = "law", _("A legal duty")
    INTEREST = "interest", _("The legitimate interest of the programme")


class Retention(models.TextChoices):
    """How long data are kept; `enforce_retention` sees to the terms that are counted."""

    ACCOUNT = "account", _("As long as you have an account")
    TAKEN_BACK = "taken_back", _("Until you take it back")
    TWO_WEEKS = "two_weeks", _("At most two weeks after your last visit")
    MONTH = "month", _("30 days")
    YEAR = "year", _("One year after it was settled")
    PUBLISHED = "published", _("As long as it is published, after you without your name")
    ALWAYS = "always", _("For good, without your name")


class Fate(models.TextChoices):
    """What becomes of a row when its person is erased."""

    DELETED = "deleted", _("Deleted")
    UNLINKED = "unlinked", _("Kept without your name")
    KEPT = "kept", _("Kept under a number that leads to nobody")


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure under way: of whom, and whether what they published goes too."""

    person: User
    with_texts: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """That a table holds something of a person.

    `model` is written `app_label.Model`; `link` is the look-up from it to the person ("" where none leads there, and `own_rows`
    and `erase` say how). `fields` are look-ups too; `{language}` in one is the reader's. `files` are file fields that the
    person sent. `own_rows` and `erase` replace what is done by default with the rows of a person.
    """

    model: str
    link: str
    use: Use
    ground: Ground
    retention: Retention
    fate: Fate
    fields: tuple[str, ...] = ("pk",)
    files: tuple[str, ...] = ()
    own_rows: Callable[[User], Iterable[Mapping[str, Any]]] | None = None
    erase: Callable[[Erasure], None] | None = None

    @property
    def model_class(self) -> type[Model]:
        """The model itself."""
        return apps.get_model(self.model)

    def rows(self, person: User) -> QuerySet:
        """Return what is kept of `person`; nothing where no look-up leads to them."""
        every = self.model_class._base_manager.all()
        return every.filter(**{self.link: person.pk}) if self.link else every.none()

    def forget(self, erasure: Erasure) -> None:
        """Do with the rows of a person what `fate` says."""
        if self.erase:
            self.erase(erasure)
        elif self.fate == Fate.UNLINKED:
            self.rows(erasure.person).update(**{self.link: None})
        elif self.fate == Fate.DELETED:
            rows = self.rows(erasure.person)
            for row in rows if self.files else ():
                delete_files(row, self.files)
            rows.delete()


def delete_files(row: Model, fields: Iterable[str]) -> None:
    """Delete a row's files once the transaction is committed; one that cannot be deleted is left, and logged."""
    for field in fields:
        if file := getattr(row, field):
            transaction.on_commit(partial(file.delete, save=False), robust=True)


_entries: dict[tuple[str, str], Kept] = {}
_impersonal: dict[tuple[str, str], str] = {}


def register(*kept: Kept) -> None:
    """Enter what an app keeps of people; entering it again changes nothing."""
    _entries.update({(one.model, one.link): one for one in kept})


def entries() -> list[Kept]:
    """Return all that is kept of people, of apps that are installed, in the order in which it was entered."""
    return [one for one in _entries.values() if apps.is_installed(_app_of(one.model))]


def declare_impersonal(model: str, field: str, why: str) -> None:
    """Say that a field that looks as if it named a person names none, and why."""
    _impersonal[(model, field)] = why


def impersonal() -> Mapping[tuple[str, str], str]:
    """Return the fields (model, name) that look as if they named a person, with why they do not."""
    return _impersonal


def keep(use: Use, ground: Ground, retention: Retention, fate: Fate) -> Callable[..., Kept]:
    """Return a maker of entries that have these four in common: `(model, link, *fields, **more)`."""

    def make(model: str, link: str, *fields: str, **more: Any) -> Kept:
        return Kept(model, link, use, ground, retention, fate, fields or ("pk",), **more)

    return make


def signed(*links: str, use: Use = Use.PUBLISHING) -> list[Kept]:
    """Return entries for the names of those who decided or published: `app_label.Model.field`; erasure takes the name away."""
    pairs = (link.rpartition(".") for link in links)
    return [Kept(model, field, use, Ground.INTEREST, Retention.PUBLISHED, Fate.UNLINKED, ("pk",)) for model, _dot, field in pairs]


def _app_of(model: str) -> str:
    """Return the name of the app that is installed under the label of `model`, or a name that nothing has."""
    label = model.partition(".")[0]
    found = apps.app_configs.get(label)
    return found.name if found else "-"
