"""The documents that cells name: from a ZIP archive, or from what the portal has already."""

from __future__ import annotations

import hashlib
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass
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
_ZIPPED = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp"})
"""Kinds that are ZIP archives inside."""
_ALIASES = {"jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class _Found:
    """What a name means: a document of the portal, a file of the archive, or why neither."""

    document: int = 0
    member: zipfile.ZipInfo | None = None
    reason: str = ""


class Files:
    """The documents of an import. Names are compared without case or Unicode form, and without folders unless they name one.

    Without `keep` nothing is written where documents are stored.
    """

    def __init__(self, archive: Path | None, keep: bool = True) -> None:
        self._archive: zipfile.ZipFile | None = None
        self._members: dict[str, list[zipfile.ZipInfo]] = defaultdict(list)
        self._known: dict[str, _Found] = {}
        self._keep = keep
        self._written: list[str] = []
        self.made = False
        """Whether a document was made since the last `forget`."""
        if archive:
            self._open(archive)

    def _open(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise FileError(gettext("The archive is no ZIP file, or damaged.")) from error
        members = self._archive.infolist()
        if len(members) > MOST_FILES:
            raise FileError(gettext("The archive holds too many files."))
        for member in members:
            if not member.is_dir():
                whole, bare = _key(member.filename), _bare(member.filename)
                for key in {whole, bare}:
                    self._members[key].append(member)

    def refusal(self, name: str) -> str:
        """Return why a name means no document that can be taken, in the active language; "" where it means one."""
        return self._found(name).reason

    def document(self, name: str, title: str) -> int | None:
        """Return the primary key of the document that a name means, made now if the portal does not have its content."""
        found = self._found(name)
        if found.reason:
            return None
        if found.member:
            pk, stored = _make(_bare_as_written(name), title, self._read(found.member), self._keep)
            if stored:
                self._written.append(stored)
            self.made = True
            found = self._known[_key(name)] = _Found(pk)
        return found.document

    def forget(self) -> None:
        """Look again for what was made: the transaction was taken back, and with it what only it needed is removed."""
        self._known.clear()
        self.made = False
        model = get_document_model()
        kept = set(model.objects.filter(file__in=self._written).values_list("file", flat=True))
        for name in set(self._written) - kept:
            model._meta.get_field("file").storage.delete(name)
        self._written.clear()

    def _found(self, name: str) -> _Found:
        key = _key(name)
        if key not in self._known:
            self._known[key] = self._look(key, name)
        return self._known[key]

    def _look(self, key: str, name: str) -> _Found:
        members = self._members.get(key) or self._members.get(_bare(name)) or []
        if not members:
            document = _in_portal(name)
            reason = gettext("There is no file of this name, neither in the archive nor in the portal.")
            return _Found(document) if document else _Found(reason=reason)
        if len(members) > 1:
            return _Found(reason=gettext("The archive has several files of this name: write the folder before it."))
        member = members[0]
        if member.flag_bits & 1:
            return _Found(reason=gettext("This file of the archive is locked by a password."))
        if member.file_size > MOST_BYTES:
            return _Found(reason=gettext("This file of the archive is too large: at most 50 MB."))
        content = self._read(member)
        if not content:
            return _Found(reason=gettext("This file of the archive is empty or damaged."))
        if not _fits(content, _bare(name)):
            return _Found(reason=gettext("This kind of file is not taken, or it is not what its name says."))
        return _Found(member=member)

    def _read(self, member: zipfile.ZipInfo) -> bytes:
        if self._archive is None:
            return b""
        try:
            with self._archive.open(member) as stream:
                content = stream.read(MOST_BYTES + 1)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error):
            return b""
        return content if len(content) <= MOST_BYTES else b""


def _key(name: str) -> str:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return unicodedata.normalize("NFC", "/".join(part for part in parts if part not in ("/", "..", "."))).casefold()


def _bare(name: str) -> str:
    return PurePosixPath(_key(name)).name


def _bare_as_written(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _fits(content: bytes, name: str) -> bool:
    extension = _ALIASES.get(suffix := PurePosixPath(name).suffix[1:], suffix)
    kind = filetype.guess(content[:8192])
    if kind is None:
        return extension in _TEXTS and b"\0" not in content
    found = _ALIASES.get(kind.extension, kind.extension)
    return extension in TYPES and (found == extension or (found == "zip" and extension in _ZIPPED))


def _in_portal(name: str) -> int:
    found = get_document_model().objects.filter(file__endswith=f"/{PurePosixPath(name).name}").order_by("pk").first()
    return found.pk if found else 0


def _make(name: str, title: str, content: bytes, keep: bool) -> tuple[int, str]:
    """Return the document of a content, and where the content was stored for it; "" where the portal had it."""
    model = get_document_model()
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    same = model.objects.filter(file_hash=digest).order_by("pk").first()
    if same:
        return int(same.pk), ""
    document = model(title=title[:255])
    if keep:
        document.file.save(name, ContentFile(content), save=False)
    else:
        document.file.name = document.file.field.generate_filename(document, name)
    document.file_size, document.file_hash = len(content), digest
    document.save()
    return int(document.pk), document.file.name if keep else ""
