"""The comments of a subject as one reader sees them: threads of two levels, in pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from portal.participation.domain.comments import can_edit
from portal.participation.domain.opening import Opening, opening_of
from portal.participation.enums import CommentOrder, ModerationMode
from portal.participation.forms.comments import CommentForm
from portal.participation.models import Comment, Subject, Vote
from portal.participation.ways import BY, REPLIES_AT_ONCE, REPLIES_SHOWN, THREADS_AT_ONCE, Ways
from portal.participation.writing import Writing, comments_of, writing_of
from portal.people.models import User


@dataclass(slots=True)
class Shown:
    """One comment as a reader sees it. `gone`: only that it was there is said, for what was answered."""

    comment: Comment
    own: bool = False
    editable: bool = False
    useful: bool = False
    gone: bool = False

    @property
    def waits(self) -> bool:
        """Whether its author alone sees it, until a moderator has read it."""
        return not self.comment.is_published

    @property
    def quoted(self) -> Comment | None:
        """What it answers besides what began its thread, where that can be read."""
        quoted = self.comment.quoted
        return quoted if quoted and quoted.is_seen else None

    @property
    def answers_what_is_gone(self) -> bool:
        """Whether what it answers cannot be read any more."""
        return self.comment.quoted_id is not None and self.quoted is None


@dataclass(slots=True)
class Thread:
    """What began a thread, and the answers that are shown: the first ones, or a page of them where it is unfolded."""

    root: Shown
    replies: list[Shown]
    reply_count: int
    unfolded: bool
    ways: Ways

    @property
    def folded_count(self) -> int:
        """How many answers there are if some are folded away, else 0."""
        return self.reply_count if not self.unfolded and self.reply_count > len(self.replies) else 0

    @property
    def unfold_link(self) -> str:
        """The address with all its answers."""
        return self.ways.unfolded(self.root.comment.pk)

    @property
    def page_links(self) -> list[tuple[int, str, bool]]:
        """The pages of its answers, where it is unfolded and has several: number, address, whether it is this one."""
        count = -(-self.reply_count // REPLIES_AT_ONCE) if self.unfolded else 0
        key = self.root.comment.pk
        pages = range(1, count + 1) if count > 1 else range(0)
        return [(page, self.ways.unfolded(key, page), page == self.ways.replies_page) for page in pages]


@dataclass(slots=True)
class Threads:
    """The comments of a subject. `person` is who reads, None where nobody is signed in."""

    key: UUID
    place: str
    person: User | None
    opening: Opening
    ways: Ways
    count: int = 0
    page: int = 1
    page_count: int = 1
    shown: list[Thread] = field(default_factory=list)
    form: Writing | None = None
    reply: Writing | None = None
    received: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        """Whether comments are taken."""
        return not self.opening.closed

    @property
    def is_read_first(self) -> bool:
        """Whether a moderator reads what is written before everybody does."""
        return self.opening.mode == ModerationMode.BEFORE

    @property
    def orders(self) -> list[tuple[CommentOrder, str, bool]]:
        """The orders to read in: each with its address, and whether it is this one."""
        return [(order, self.ways.in_order(order), order == self.ways.order) for order in CommentOrder]

    @property
    def previous_link(self) -> str:
        """The address of the page before this one, "" on the first."""
        return self.ways.at_page(self.page - 1) if self.page > 1 else ""

    @property
    def next_link(self) -> str:
        """The address of the page after this one, "" on the last."""
        return self.ways.at_page(self.page + 1) if self.page < self.page_count else ""

    @property
    def sign_in_url(self) -> str:
        """Where a reader signs in to take part, and comes back from."""
        return f"{reverse('account_login')}?{urlencode({'next': f'{self.place}#comments'})}"

    @property
    def reply_has_its_place(self) -> bool:
        """Whether the thread that is answered is on this page: the form stands there."""
        return self.reply is not None and any(thread.root.comment.pk == self.reply.root for thread in self.shown)


def threads_of(page: Page, request: HttpRequest, form: CommentForm | None = None) -> Threads:
    """Return the comments of `page` and its translations, as the address asks for them; five queries at most, two more for who
    is signed in and one for what they answer. `form` is one that came back with its errors.
    """
    user = getattr(request, "user", None)
    person = user if isinstance(user, User) and user.is_authenticated else None
    subject = Subject.objects.filter(translation_key=page.translation_key).first()
    ways = Ways.of(page.get_url(request) or "/", request)
    threads = Threads(page.translation_key, ways.place, person, opening_of(page.translation_key), ways)
    if subject:
        _load(threads, comments_of(subject, page))
    if person and threads.is_open:
        threads.form, threads.reply, threads.received = writing_of(page, request, subject, ways, form)
    return threads


def _load(threads: Threads, comments: models.QuerySet) -> None:
    """Fill in the threads of the page that is asked for, the last where there are fewer."""
    person = threads.person.pk if threads.person else None
    seen = comments.seen_by(person)  # type: ignore[attr-defined]
    counts = seen.aggregate(comments=Count("pk"), threads=Count(Coalesce("parent", "pk"), distinct=True))
    threads.count = counts["comments"]
    if not threads.count:
        return
    threads.page_count = -(-counts["threads"] // THREADS_AT_ONCE)
    threads.page = min(threads.ways.page, threads.page_count)
    first = (threads.page - 1) * THREADS_AT_ONCE
    begun = comments.threads_seen_by(person).select_related("author")  # type: ignore[attr-defined]
    roots = list(begun.order_by(*BY[threads.ways.order])[first : first + THREADS_AT_ONCE])
    replies = _replies(seen, roots, threads.ways)
    every = [*roots, *(reply for some in replies.values() for reply in some)]
    useful = set(Vote.objects.filter(voter=person, comment__in=every).values_list("comment", flat=True)) if person else set()
    threads.shown = [_thread(root, replies[root.pk], threads, useful) for root in roots]


def _replies(seen: models.QuerySet, roots: Sequence[Comment], ways: Ways) -> dict[int, list[Comment]]:
    """Return the answers to show of each root: the first ones, of the thread that is unfolded those of the page asked for."""
    skipped = (ways.replies_page - 1) * REPLIES_AT_ONCE
    unfolded = Q(parent=ways.thread, place__gt=skipped, place__lte=skipped + REPLIES_AT_ONCE) if ways.thread else Q(pk__in=[])
    folded = ~Q(parent=ways.thread) if ways.thread else Q()
    found = seen.filter(parent__in=[root.pk for root in roots]).in_place()  # type: ignore[attr-defined]
    chosen = found.filter(unfolded | (folded & Q(place__lte=REPLIES_SHOWN)))
    replies: dict[int, list[Comment]] = defaultdict(list)
    for reply in chosen.select_related("author", "quoted__author").order_by("created_at", "pk"):
        replies[reply.parent_id].append(reply)
    return replies


def _thread(root: Comment, replies: Sequence[Comment], threads: Threads, useful: set[int]) -> Thread:
    person = threads.person
    return Thread(
        root=shown_to(root, person, useful, threads.is_open),
        replies=[shown_to(reply, person, useful, threads.is_open) for reply in replies],
        reply_count=replies[0].among if replies else 0,  # type: ignore[attr-defined]
        unfolded=root.pk == threads.ways.thread,
        ways=threads.ways,
    )


def shown_to(comment: Comment, person: User | None, useful: set[int], is_open: bool) -> Shown:
    """Return a comment as `person` sees it, who finds those of `useful` useful."""
    own = person is not None and comment.author_id == person.pk
    return Shown(
        comment=comment,
        own=own,
        editable=is_open and own and person is not None and can_edit(comment, person),
        useful=comment.pk in useful,
        gone=not (comment.is_seen or (own and not comment.is_published and not comment.is_hidden and not comment.removed_at)),
    )
