"""The letters of moderation, in the language of whoever reads them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.base.dates import localdate
from portal.participation.domain.telling import News
from portal.participation.models import Ban, Comment
from portal.people import mail
from portal.people.models import User

_QUOTED_WORDS = 80


def send(person_pk: int, news: str, pk: int) -> None:
    """Send the letter; nothing where the person has left, or where what it would say is no longer so.

    Raises OSError if it cannot be sent (smtplib's errors are such).
    """
    person = User.objects.filter(pk=person_pk, is_active=True, mail_stopped_at=None).exclude(email="").first()
    if person is None:
        return
    with override(person.language):
        said = _of_ban(news, pk) if news in (News.BANNED, News.UNBANNED) else _of_comment(news, pk)
        url = f"{settings.BASE_URL}{reverse('my_comments')}"
    if said is not None:
        mail.send(person, "participation/mail/decision", {**said, "url": url})


def _of_comment(news: str, pk: int) -> dict[str, Any] | None:
    """Return what the letter about a comment says, None where its state is another by now."""
    comment = Comment.objects.select_related("hidden_reason", "appeal").filter(pk=pk, removed_at=None).first()
    if comment is None or comment.is_hidden != (news in (News.HIDDEN, News.REFUSED, News.REPORTED, News.UPHELD)):
        return None
    subject, line = _words(news)
    lines = [line]
    if news in (News.HIDDEN, News.REFUSED) and comment.hidden_reason:
        lines += [comment.hidden_reason.message, comment.hidden_note]
    if news in (News.HIDDEN, News.REFUSED):
        lines.append(_("If you think that this is a mistake, you can ask once that another moderator looks again."))
    if news in (News.UPHELD, News.GRANTED):
        lines.append(comment.appeal.answer)
    quoted = Truncator(comment.text).words(_QUOTED_WORDS)
    return {"title": subject, "lines": [one for one in lines if one], "quoted": quoted}


def _words(news: str) -> tuple[str, str]:
    """Return the subject and the first sentence of a letter about a comment."""
    return {
        News.PUBLISHED: (_("Your comment is published"), _("A moderator has read your comment: everybody sees it now.")),
        News.REFUSED: (_("Your comment was not published"), _("A moderator has read your comment and did not publish it.")),
        News.HIDDEN: (_("Your comment is hidden"), _("A moderator has hidden your comment: readers do not see it any more.")),
        News.REPORTED: (
            _("Your comment waits for a moderator"),
            _("Several people reported your comment. It is hidden until a moderator has read it; you will be told."),
        ),
        News.RESTORED: (_("Your comment is shown again"), _("A moderator has looked at your comment again: everybody sees it.")),
        News.UPHELD: (
            _("Your comment stays hidden"),
            _("Another moderator has looked at your comment again and upholds the decision."),
        ),
        News.GRANTED: (
            _("Your comment is shown again"),
            _("Another moderator has looked at your comment again and agrees with you: everybody sees it."),
        ),
    }[News(news)]


def _of_ban(news: str, pk: int) -> dict[str, Any] | None:
    ban = Ban.objects.select_related("reason").filter(pk=pk).first()
    if ban is None or (ban.lifted_at is not None) != (news == News.UNBANNED):
        return None
    if news == News.UNBANNED:
        return {"title": _("You can write again"), "lines": [_("The moderators have lifted your ban.")], "quoted": ""}
    line = _("The moderators have decided that you may not write here any more.")
    if ban.until:
        day = localdate(timezone.localtime(ban.until))
        line = _("The moderators have decided that you may not write here until %(day)s.") % {"day": day}
    lines = [line, ban.reason.message, _("You can still read everything, and download or erase your data.")]
    subject = _("You may not write for now") if ban.until else _("You may not write any more")
    return {"title": subject, "lines": lines, "quoted": ""}
