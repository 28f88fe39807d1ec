"""Where the bytes of scans lie, each under its SHA-256: files beside a SQLite file, a table on a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import time
from typing import Protocol
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import digest_of
from claims_desk.models import ScanBytes
from claims_desk.models.refusals import told_plainly
from claims_desk.services.safety_copy import put_in_place

_PART = ".part"
_LEFT_BEHIND = 24 * 60 * 60  # seconds after which an unfinished file belongs to nobody any more


class ScanStore(Protocol):
    """Bytes under their SHA-256; what is kept never changes."""

    def find(self, sha256: str) -> bytes | None:
        """The bytes as they lie there, whatever became of them; None where there are none."""

    def keep(self, sha256: str, content: bytes) -> None:
        """Keep bytes, whole or not at all; nothing where they are kept already."""

    def drop(self, sha256: str) -> None:
        """Let go of bytes nothing refers to."""

    def names(self) -> Iterator[str]:
        """The SHA-256 of all that lies there."""


class FolderStore:
    """Files in a folder beside the database, `ab/abcdef…`, for one PC."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        """Where a scan's bytes lie."""
        return self.folder / sha256[:2] / sha256

    def find(self, sha256: str) -> bytes | None:
        """The bytes; None where file or folder is gone. Raises OSError where the disk does not give them."""
        try:
            return self.path_of(sha256).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def keep(self, sha256: str, content: bytes) -> None:
        """Write the file beside its place and give it its name once it is on the disk; a damaged one is mended."""
        if self.find(sha256) == content:
            return
        place = self.path_of(sha256)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._sweep(place.parent)
        unfinished = place.with_name(f"{sha256}.{uuid4().hex}{_PART}")
        try:
            unfinished.write_bytes(content)
            put_in_place(unfinished, place)
        finally:
            unfinished.unlink(missing_ok=True)

    def drop(self, sha256: str) -> None:
        """Delete the file."""
        self.path_of(sha256).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Every file that is finished."""
        for path in sorted(self.folder.glob("??/*")) if self.folder.is_dir() else ():
            if path.suffix != _PART:
                yield path.name

    @staticmethod
    def _sweep(folder: Path) -> None:
        """Take away what a killed program left half written."""
        for path in folder.glob(f"*{_PART}"):
            with suppress(FileNotFoundError):
                if time() - path.stat().st_mtime > _LEFT_BEHIND:
                    path.unlink()


class TableStore:
    """Rows of `scan_bytes`, for a server and inside a backup."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, sha256: str) -> bytes | None:
        """The bytes; None where there is no row."""
        wanted = select(ScanBytes.content).where(ScanBytes.sha256 == sha256)
        return self._session.execute(wanted).scalar_one_or_none()

    def keep(self, sha256: str, content: bytes) -> None:
        """Add the row within the session's transaction; a row that holds other bytes is replaced."""
        kept = self.find(sha256)
        if kept == content:
            return
        if kept is not None:
            self.drop(sha256)
        row = ScanBytes(sha256=sha256, content=content)
        self._session.add(row)
        self._session.flush()
        self._session.expunge(row)  # many megabytes, which nobody needs again

    def drop(self, sha256: str) -> None:
        """Delete the row."""
        self._session.execute(delete(ScanBytes).where(ScanBytes.sha256 == sha256))

    def names(self) -> Iterator[str]:
        """Every row."""
        yield from self._session.execute(select(ScanBytes.sha256).order_by(ScanBytes.sha256)).scalars()


def store_of(session: Session) -> ScanStore:
    """Where the scans of the session's database lie."""
    url = session.get_bind().engine.url
    if url.get_backend_name() == "sqlite":
        return FolderStore(folder_beside(Path(str(url.database))))
    return TableStore(session)


def folder_beside(database: Path) -> Path:
    """The folder of a SQLite file's scans."""
    return database.with_name(f"{database.name}.scans")


def read_scan(session: Session, sha256: str) -> bytes:
    """The bytes of a scan, held against their SHA-256. Raises UserError for what is gone, changed or not readable."""
    with told_plainly():
        content = store_of(session).find(sha256)
    if content is None or digest_of(content) != sha256:
        what = say("The scan is missing.") if content is None else say("The scan was changed behind the program.")
        raise UserError(what, say("Attach the paper again, or let the administrator restore the last backup."))
    return content
