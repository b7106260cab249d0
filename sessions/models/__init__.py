"""The workshop: its days, its sessions, who speaks in them, what was recorded and what people keep of it."""

from sessions.models.agenda import Agenda, AgendaEntry
from sessions.models.evaluation import Evaluation
from sessions.models.preview import DocumentPreview
from sessions.models.programme import Room, SlotVersion, WorkshopBreak, WorkshopPage
from sessions.models.recording import CaptionTrack, Chapter, Recording, Rendition
from sessions.models.session import SessionMaterial, SessionPage, SessionSpeaker
from sessions.models.speaker import Speaker

__all__ = [
    "Agenda",
    "AgendaEntry",
    "CaptionTrack",
    "Chapter",
    "DocumentPreview",
    "Evaluation",
    "Recording",
    "Rendition",
    "Room",
    "SessionMaterial",
    "SessionPage",
    "SessionSpeaker",
    "SlotVersion",
    "Speaker",
    "WorkshopBreak",
    "WorkshopPage",
]
