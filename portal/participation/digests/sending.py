"""Sending digests to all who want them: once for each period, also when it is cut off and begun again.

At least once: a digest is noted as sent right after the mail server took it. Whoever is killed in between sends that one mail
again, with the same Message-ID; nobody is left out.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Max, Q, QuerySet
from django.utils.translation import override

from portal.base import clock
from portal.base.languages import language_codes
from portal.participation.digests.composing import Composer, Content, Followed, Reader
from portal.participation.digests.gathering import Gathered, gather
from portal.participation.digests.letters import letter
from portal.participation.digests.periods import LENGTH, LONGEST, last_end
from portal.participation.digests.posting import Post, Posted, post
from portal.participation.digests.turn import turn
from portal.participation.domain.following import stop_mail
from portal.participation.enums import FollowKind
from portal.participation.models import Digest, DigestRun, Follow
from portal.people.enums import DigestFrequency
from portal.people.models import User

BATCH = 200
"""People whose digests are made together."""


@dataclass(slots=True)
class Tally:
    """What became of the digests of a period."""

    until: datetime.datetime
    people: int = 0
    sent: int = 0
    refused: int = 0
    failed: int = 0
    was_finished: bool = False


@dataclass(frozen=True, slots=True)
class _Period:
    frequency: DigestFrequency
    until: datetime.datetime


_Recipient = tuple[Reader, datetime.datetime]
_Composed = tuple[Reader, datetime.datetime, Content]


def send_digests(
    frequency: DigestFrequency,
    now: datetime.datetime | None = None,
    dry_run: bool = False,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Send the digests that ended last before `now` (aware), and return what became of them; `dry_run` only counts.

    Those of a period that was finished are not sent again. Raises BusyError where another process sends, OSError where the
    mail server cannot be reached: what was not sent is, the next time.
    """
    period = _Period(frequency, last_end(frequency, now or clock.now()))
    if dry_run:
        return _to_all(period, None, progress)
    with turn():
        run, _new = DigestRun.objects.get_or_create(frequency=frequency, until=period.until)
        if run.finished_at:
            return Tally(period.until, was_finished=True)
        with post() as connection:
            tally = _to_all(period, connection, progress)
        if not tally.failed:
            DigestRun.objects.filter(pk=run.pk).update(finished_at=clock.now())
    return tally


def send_due() -> None:
    """Send all that is due now; to be called again and again. Raises what `send_digests` does."""
    for frequency in LENGTH:
        send_digests(frequency)


def _to_all(period: _Period, connection: Post | None, progress: Callable[[Tally], None] | None) -> Tally:
    people, tally = _due(period), Tally(period.until)
    gathered = _gather(period, people)
    composer = Composer(gathered)
    recipients = _recipients(period, people)
    while batch := list(islice(recipients, BATCH)):
        tally.people += len(batch)
        composed = _compose(batch, composer, gathered, period.until)
        if connection is None:
            tally.sent += len(composed)
        else:
            _send(period, composed, connection, tally)
        if progress:
            progress(tally)
    return tally


def _due(period: _Period) -> QuerySet[User]:
    """Return who wants digests of this frequency, can be reached, and follows something; with the end of their last one."""
    people = User.objects.filter(is_active=True, digest=period.frequency, mail_stopped_at=None).exclude(email="")
    last = Max("digests__until", filter=Q(digests__sent_at__isnull=False, digests__until__lt=period.until))
    return people.filter(pk__in=Follow.objects.order_by().values("person")).annotate(last=last).order_by("pk")


def _recipients(period: _Period, people: QuerySet[User]) -> Iterator[_Recipient]:
    """Yield whom to send to, and since when there are news for them."""
    columns = ("pk", "email", "display_name", "language", "mail_links", "last")
    for *person, last in people.values_list(*columns).iterator(chunk_size=2_000):
        pk, email, name, language, links = person
        known = language if language in language_codes() else language_codes()[0]
        yield Reader(pk, email, name, known, links), _since(period, last)


def _since(period: _Period, last: datetime.datetime | None) -> datetime.datetime:
    return max(last, period.until - LONGEST) if last else period.until - LENGTH[period.frequency]


def _gather(period: _Period, people: QuerySet[User]) -> Gathered:
    """Return the news of the longest period that anybody is told of."""
    since = min((since for _reader, since in _recipients(period, people)), default=period.until)
    followed = Follow.objects.filter(person__in=people.order_by().values("pk")).order_by()
    searched = followed.filter(kind=FollowKind.SEARCH).values_list("key", flat=True).distinct()
    gathered = gather(since, period.until, list(searched))
    wanted = followed.values_list("kind", "key").distinct().iterator()
    gathered.name([target for target in wanted if target in gathered.news])
    return gathered


def _compose(batch: Sequence[_Recipient], composer: Composer, gathered: Gathered, until: datetime.datetime) -> list[_Composed]:
    """Return the digests of those of a batch for whom there are news, in one query."""
    follows: dict[int, list[Followed]] = {reader.pk: [] for reader, _since in batch}
    rows = Follow.objects.filter(person__in=list(follows), created_at__lt=until).order_by()
    for person, pk, kind, key, at in rows.values_list("person_id", "pk", "kind", "key", "created_at"):
        if (kind, key) in gathered.news:
            follows[person].append(Followed(pk, (kind, key), at))
    composed = []
    for reader, since in batch:
        with override(reader.language):
            if follows[reader.pk] and (content := composer.compose(reader, follows[reader.pk], since)):
                composed.append((reader, since, content))
    return composed


def _send(period: _Period, composed: Sequence[_Composed], connection: Post, tally: Tally) -> None:
    """Claim the digests of a batch, and send those that were not sent already."""
    claimed = _claim(period, composed)
    for reader, _since, content in composed:
        digest = claimed.get(reader.pk)
        if digest is None:
            continue
        with override(reader.language):
            mail = letter(reader, content, digest, period.frequency)
        outcome = connection.send(mail)
        if outcome is Posted.SENT:
            Digest.objects.filter(pk=digest).update(sent_at=clock.now())
            tally.sent += 1
        elif outcome is Posted.REFUSED:
            Digest.objects.filter(pk=digest).update(bounced_at=clock.now())
            stop_mail(reader.pk)
            tally.refused += 1
        else:
            tally.failed += 1


def _claim(period: _Period, composed: Sequence[_Composed]) -> dict[int, int]:
    """Return person -> the key of their digest, of those that are still to be sent; three queries."""
    people = [reader.pk for reader, _since, _content in composed]
    unsent = Digest.objects.filter(person__in=people, sent_at=None).order_by()
    unsent.filter(until__lt=period.until).delete()  # what they were to tell is told now
    Digest.objects.bulk_create(
        (Digest(person_id=one.pk, since=since, until=period.until, count=content.count) for one, since, content in composed),
        ignore_conflicts=True,
    )
    return dict(unsent.filter(until=period.until).values_list("person_id", "pk"))
