"""The documents that cells name: from a ZIP archive, or from what the portal has already."""

from __future__ import annotations

import hashlib
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath

import filetype
from django.core.files.base import ContentFile
from django.utils.translation import gettext
from wagtail.documents import get_document_model

from good_practices.exchange.reading import FileError

MOST_BYTES = 50_000_000
"""What one document may unpack to."""
MOST_FILES = 20_000
TYPES = frozenset({"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "jpg", "png", "webp", "gif", "mp3", "mp4", "zip"})
"""What is taken, as its content says; texts (txt, csv) say nothing and are taken by their name."""
_TEXTS = frozenset({"txt", "csv", "md"})
_ALIASES = {"jpeg": "jpg"}


class Files:
    """The documents of an import. Names are compared without folders, case or Unicode form."""

    def __init__(self, archive: Path | None) -> None:
        self._archive: zipfile.ZipFile | None = None
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._known: dict[str, int | None] = {}
        if archive:
            self._open(archive)

    def _open(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            raise FileError(gettext("The archive is no ZIP file, or damaged.")) from error
        members = self._archive.infolist()
        if len(members) > MOST_FILES:
            raise FileError(gettext("The archive holds too many files."))
        for member in members:
            if not member.is_dir() and not member.flag_bits & 1:
                self._members.setdefault(_key(member.filename), member)

    def has(self, name: str) -> bool:
        """Tell whether a name means a document that can be taken: of a kind and size that the portal takes."""
        key = _key(name)
        if key not in self._known:
            member = self._members.get(key)
            self._known[key] = None if member and _fits(self._read(member), key) else _in_portal(name) if not member else 0
        return self._known[key] != 0

    def document(self, name: str, title: str) -> int | None:
        """Return the primary key of the document that a name means, made now if the portal does not have its content."""
        key = _key(name)
        if not self.has(name):
            return None
        if self._known[key] is None:
            self._known[key] = _make(PurePosixPath(name.replace("\\", "/")).name, title, self._read(self._members[key]))
        return self._known[key]

    def forget(self) -> None:
        """Look again for what was made: the transaction was taken back."""
        self._known.clear()

    def _read(self, member: zipfile.ZipInfo) -> bytes:
        if self._archive is None or member.file_size > MOST_BYTES:
            return b""
        try:
            with self._archive.open(member) as stream:
                content = stream.read(MOST_BYTES + 1)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
            return b""
        return content if len(content) <= MOST_BYTES else b""


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name).casefold()


def _fits(content: bytes, name: str) -> bool:
    extension = _ALIASES.get(suffix := PurePosixPath(name).suffix[1:], suffix)
    kind = filetype.guess(content[:8192])
    if kind is None:
        return bool(content) and extension in _TEXTS and b"\0" not in content
    office = kind.extension == "zip" and extension in TYPES and content.startswith(b"PK")
    return extension in TYPES and (office or _ALIASES.get(kind.extension, kind.extension) == extension)


def _in_portal(name: str) -> int:
    found = get_document_model().objects.filter(file__endswith=f"/{PurePosixPath(name).name}").order_by("pk").first()
    return found.pk if found else 0


def _make(name: str, title: str, content: bytes) -> int:
    model = get_document_model()
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    same = model.objects.filter(file_hash=digest).order_by("pk").first()
    if same:
        return int(same.pk)
    document = model(title=title[:255], file=ContentFile(content, name=name))
    document.file_size, document.file_hash = len(content), digest
    document.save()
    return int(document.pk)
