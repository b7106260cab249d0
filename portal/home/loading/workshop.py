"""The three days: rooms, speakers, breaks, sessions and the sheets that go with them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files import File
from wagtail.documents import get_document_model

from portal.home.loading.files import CONTENT, Text, body_blocks, bullets, read, texts
from portal.home.loading.pages import Loader
from portal.participation.enums import CommentKind
from portal.participation.models import Comment, Subject
from portal.vocabulary.models import Axis, Theme
from sessions.models import Room, SessionMaterial, SessionPage, SessionSpeaker, Speaker, WorkshopBreak, WorkshopPage


def load_speakers() -> None:
    """Add the illustrative speakers of `content/speakers.toml` that are missing."""
    for record in read("speakers.toml")["speakers"]:
        defaults = {name: value for name, value in record.items() if name != "slug"}
        Speaker.objects.get_or_create(slug=record["slug"], defaults={**defaults, "illustrative": True})


def load_rooms(loader: Loader) -> None:
    """Add the rooms of `content/rooms.toml`, once."""
    if "rooms.toml" in loader.loaded:
        return
    for record in read("rooms.toml")["rooms"]:
        Room.objects.get_or_create(slug=record["slug"], defaults=record)
    loader.remember("rooms.toml")


def workshop_page(text: Text) -> WorkshopPage:
    """Return the workshop that a text tells of, with its breaks, not saved."""
    words = text.text
    page = WorkshopPage(title=words["title"], summary=words["summary"], introduction=words["body"], illustrative=True)
    page.breaks.set([_break(one, text, page, order) for order, one in enumerate(words["breaks"])])
    return page


def _break(record: Mapping[str, Any], text: Text, workshop: WorkshopPage, order: int) -> WorkshopBreak:
    return WorkshopBreak(
        title=record["title"],
        starts_at=record["starts"].replace(tzinfo=workshop.zone),
        ends_at=record["ends"].replace(tzinfo=workshop.zone),
        translation_key=uuid.uuid5(text.translation_key, record["starts"].isoformat()),
        sort_order=order,
    )


def load_sessions(loader: Loader, workshops: Mapping[str, WorkshopPage]) -> None:
    """Publish the sessions of `content/sessions/` that were never loaded, each below the workshop of its language."""
    for text in loader.new(texts("sessions")):
        workshop = workshops[text.language]
        loader.publish(_session(text, workshop), workshop, text)


def load_questions(loader: Loader) -> None:
    """Add the illustrative questions of `content/questions.toml` to their sessions, once."""
    if "questions.toml" in loader.loaded:
        return
    for record in read("questions.toml")["questions"]:
        session = SessionPage.objects.filter(slug=record["session"]).first()
        if session:
            _ask(session, record)
    loader.remember("questions.toml")


def _ask(session: SessionPage, record: Mapping[str, Any]) -> None:
    question = Comment.objects.create(
        subject=Subject.of(session.translation_key),
        kind=CommentKind.QUESTION,
        illustrative=True,
        text=record["text"],
        language=record["language"],
        answer=record["answer"],
        answer_language=record["language"],
        answered_at=session.starts_at + timedelta(minutes=record["answered"]),
    )
    asked = session.starts_at + timedelta(minutes=record["asked"])
    Comment.objects.filter(pk=question.pk).update(created_at=asked)  # a new row says "now" itself


def _session(text: Text, workshop: WorkshopPage) -> SessionPage:
    record, words = text.record, text.text
    page = SessionPage(
        title=words["title"],
        summary=words["summary"],
        illustrative=True,
        kind=record["kind"],
        starts_at=record["starts"].replace(tzinfo=workshop.zone),
        ends_at=record["ends"].replace(tzinfo=workshop.zone),
        room=Room.objects.filter(slug=record["room"]).first(),
        body=body_blocks(words["body"]),
        key_points=bullets(words.get("key_points", [])),
        **_children(text),
    )
    page.themes = Theme.objects.filter(slug__in=record["themes"])
    page.axes = Axis.objects.filter(slug__in=record["axes"])
    return page


def _children(text: Text) -> dict[str, Any]:
    """Return the rows below a session: who speaks, the materials."""
    speakers = {speaker.slug: speaker for speaker in Speaker.objects.all()}
    return {
        "session_speakers": [
            SessionSpeaker(speaker=speakers[slug], sort_order=order) for order, slug in enumerate(text.record["speakers"])
        ],
        "materials": [_material(one, order) for order, one in enumerate(text.text.get("materials", []))],
    }


def _material(record: Mapping[str, Any], order: int) -> SessionMaterial:
    document = _document(record["file"], record["title"])
    return SessionMaterial(title=record["title"], description=record["description"], document=document, sort_order=order)


def _document(name: str, title: str) -> Any:
    """Return the document made of `content/materials/<name>`, made when it is first asked for."""
    model = get_document_model()
    found = model.objects.filter(file=f"documents/{name}").first()
    if found is None:
        with (CONTENT / "materials" / name).open("rb") as stream:
            found = model.objects.create(title=title, file=File(stream, name=name))
    return found
