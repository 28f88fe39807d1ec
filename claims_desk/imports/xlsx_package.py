"""The zip around a workbook: opened only where it is whole, plain and of a size that a table can have."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from xml.parsers import expat

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say

LARGEST_CONTENT: Final = 600_000_000
"""Bytes of all parts together; a sheet of a million claim lines has some 300 million."""
HIGHEST_RATIO: Final = 100
RATIO_CHECKED_FROM: Final = 20_000_000
MOST_PARTS: Final = 5_000
_CHUNK: Final = 1 << 18
_OLD_OR_ENCRYPTED: Final = b"\xd0\xcf\x11\xe0"
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)

StartHandler = Callable[[str, Mapping[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]


class Package:
    """The parts of a workbook file. Its methods raise UserError for whatever is not as Excel writes it."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self._archive = archive
        self._parts = {info.filename: info for info in archive.infolist()}
        self._check()

    def _check(self) -> None:
        parts = self._archive.infolist()
        if len(parts) > MOST_PARTS or len(parts) != len(self._parts):
            raise damaged(self.path)
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in parts):
            raise damaged(self.path)
        if any(info.flag_bits & 1 for info in parts):
            raise _refused(self.path, say("it is encrypted"))
        if any("vbaproject" in name.lower() or "macrosheets/" in name.lower() for name in self._parts):
            raise _refused(self.path, say("it holds macros"))
        if any(map(_is_bomb, parts)) or sum(info.file_size for info in parts) > LARGEST_CONTENT:
            raise _refused(self.path, say("its content unpacks to far more than a table needs"))

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def chunks(self, name: str) -> Generator[bytes, None, None]:
        """The bytes of a part in pieces, never more than it declares."""
        if name not in self._parts:
            raise damaged(self.path)
        try:
            with self._archive.open(self._parts[name]) as stream:
                while piece := stream.read(_CHUNK):
                    yield piece
        except _DAMAGE as error:
            raise damaged(self.path) from error


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > RATIO_CHECKED_FROM and info.file_size > HIGHEST_RATIO * info.compress_size


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a workbook's zip. Raises UserError for a damaged, encrypted or old file, macros, or a zip bomb."""
    with path.open("rb") as stream:
        if stream.read(4) == _OLD_OR_ENCRYPTED:
            raise _refused(path, say("it is encrypted, or of the old format .xls"))
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise damaged(path) from error
    with archive:
        yield Package(path, archive)


def damaged(path: Path) -> UserError:
    """What is said of a file that is no whole workbook."""
    return UserError(
        say("The file {file} is damaged or no workbook.", file=path.name),
        say("Open it in Excel, save it anew as .xlsx, and import that."),
    )


def _refused(path: Path, reason: Message) -> UserError:
    return UserError(
        say("The file {file} was refused: {reason}.", file=path.name, reason=reason),
        say("Save the table alone as a plain .xlsx or CSV file."),
    )


def bare(name: str) -> str:
    """The name of an element or attribute without the address of its namespace."""
    return name[name.rfind(" ") + 1 :]


class XmlPart:
    """One XML part read piece by piece. Entities and document types are refused, whatever they would say."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.XmlDeclHandler = self._check_encoding

    def _refuse(self, *_: object) -> None:
        raise _refused(self._package.path, say("its XML declares entities"))

    def _check_encoding(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            raise damaged(self._package.path)

    def on(self, start: StartHandler, end: EndHandler | None = None, text: TextHandler | None = None) -> XmlPart:
        """Say what is to be called; names come as `address name`, see `bare`."""
        self._parser.StartElementHandler = start
        self._parser.EndElementHandler = end
        self._parser.CharacterDataHandler = text
        return self

    def pieces(self) -> Generator[None, None, None]:
        """Read on, a piece at a time; what the handlers gathered may be taken after each. Raises UserError."""
        try:
            with closing(self._package.chunks(self._name)) as pieces:
                for piece in pieces:
                    self._parser.Parse(piece, False)
                    yield
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise damaged(self._package.path) from error
        yield

    def read(self) -> None:
        """Read the whole part. Raises UserError."""
        for _ in self.pieces():
            pass
