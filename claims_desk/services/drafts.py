"""Drafts: what is being typed, on disk at once and found again after a crash or power cut; needs no database."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say

_KEY = re.compile(r"[0-9a-f]{32}")
_DAMAGED = ".damaged"
_LARGEST_ID = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A form as far as it is typed: `typed` holds the texts of its fields, right or wrong, as JSON can.

    `database` is where it belongs (`Database.identity`; once it was only `Database.place`). `claim_id` and `version`
    are those of the claim it corrects.
    """

    user: str
    database: str
    typed: Mapping[str, Any]
    submission_id: int | None = None
    claim_id: int | None = None
    version: int | None = None
    key: str = field(default_factory=lambda: uuid4().hex)
    saved_at: str = ""  # UTC, ISO 8601; written by the box


class DraftBox:
    """The drafts in one folder, a file each; a file is whole or not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, draft: Draft) -> Draft:
        """Keep the draft in place of what was kept under its key; returns it with the time.

        Raises UserError where the disk takes it not; what was kept before stays.
        """
        kept = replace(draft, saved_at=datetime.now(UTC).isoformat(timespec="milliseconds"))
        try:
            self._write(self._path(draft.key), json.dumps(asdict(kept)))  # in ASCII, which holds half a letter too
        except OSError as error:
            raise UserError(
                say("The draft could not be kept on this PC: {why}.", why=error.strerror or type(error).__name__),
                say("Save the form now, or free some space on the disk."),
            ) from error
        return kept

    def drafts(self, user: str, database: str, place: str = "") -> list[Draft]:
        """The user's drafts for the database, the newest first. A damaged file is put aside, never deleted.

        Drafts that only name its `place`, as all did once, and those of a file that was moved here are his too; kept
        again, they name the database.
        """
        mine = [draft for draft in self._all() if draft.user == user and _is_of(draft.database, database, place)]
        return sorted(mine, key=lambda draft: draft.saved_at, reverse=True)

    def discard(self, key: str) -> None:
        """Forget a draft: its form is saved, or the user threw it away. Raises UserError where the disk refuses."""
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                say("A draft that is done with stays on this PC: {why}.", why=error.strerror or type(error).__name__),
                say("Its form may come back though it is saved: throw it away then."),
            ) from error

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(key)
        return self.folder / f"{key}.json"

    def _write(self, path: Path, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        _sync_folder(self.folder)

    def _all(self) -> Iterator[Draft]:
        for path in self.folder.glob("*.json") if self.folder.is_dir() else ():
            draft = None
            with suppress(OSError):  # what cannot be read or put aside now is left where it lies
                draft = _read(path)
                if draft is None:
                    path.replace(path.with_suffix(_DAMAGED))
            if draft is not None:
                yield draft


def _is_of(kept: str, database: str, place: str) -> bool:
    return kept in (database, place) or _is_moved(Path(kept), Path(database))


def _is_moved(before: Path, now: Path) -> bool:
    return before.is_absolute() and now.is_absolute() and before.name == now.name and not before.exists()


def _read(path: Path) -> Draft | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        draft = Draft(**{name: content[name] for name in (field.name for field in fields(Draft))})
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return draft if draft.key == path.stem and _KEY.fullmatch(draft.key) and _is_sound(draft) else None


def _is_sound(draft: Draft) -> bool:
    """Whether a file that says it is a draft holds what a draft does."""
    ids = (draft.submission_id, draft.claim_id, draft.version)
    texts = (draft.user, draft.database, draft.saved_at)
    return (
        isinstance(draft.typed, dict)
        and all(isinstance(text, str) for text in texts)
        and all(number is None or (isinstance(number, int) and 0 <= number < _LARGEST_ID) for number in ids)
    )


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle on a folder; it keeps the rename itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
