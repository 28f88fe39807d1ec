"""What a user set for himself on this PC; a small file in his own settings folder, written whole or not at all."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import LANGUAGES, LAO, say
from claims_desk.ui.theme import CONTRASTS, TEXT_SIZES

FILE = "settings.json"
LONGEST_LOCK = 240
LEAST_SCAN, HIGHEST_SCAN = 84, 1_200  # pixels
USUAL_SCAN = 190  # pixels, where a pane does not know how much room there is
PAPER_SIZES = ("beside", "large", "away")
"""The form whole under the paper; the paper large and the form scrolling under it; no paper."""


@dataclass(slots=True)
class Settings:
    """How the window looks and behaves for this user, his last name, and the database's address.

    `scan_folder` is where this PC's scanner puts its files, `paper_height` how high scans stand above forms in pixels
    (0: as high as there is room), `paper_size` which of PAPER_SIZES Key shows; with `sound` the PC beeps when something
    is done or refused.

    The address may hold the server's password: the file is for its user alone.
    """

    language: str = LAO
    separator: str = "."
    text_size: str = "normal"
    contrast: str = "normal"
    lock_minutes: int = 10
    last_user: str = ""
    database: str = ""
    scan_folder: str = ""
    paper_height: int = 0
    paper_size: str = "beside"
    sound: bool = False

    def checked(self) -> Settings:
        """The same settings with the shipped value where one makes no sense."""
        shipped = Settings()
        if self.language not in LANGUAGES:
            self.language = shipped.language
        if self.separator not in (".", ","):
            self.separator = shipped.separator
        if self.text_size not in TEXT_SIZES:
            self.text_size = shipped.text_size
        if self.contrast not in CONTRASTS:
            self.contrast = shipped.contrast
        if self.paper_height:
            self.paper_height = min(max(self.paper_height, LEAST_SCAN), HIGHEST_SCAN)
        if self.paper_size not in PAPER_SIZES:
            self.paper_size = shipped.paper_size
        self.lock_minutes = min(max(self.lock_minutes, 1), LONGEST_LOCK)
        return self


def settings_file() -> Path:
    """Where the settings of this user stand."""
    return user_config_path("claims-desk", appauthor=False) / FILE


def load_settings(file: Path | None = None) -> Settings:
    """The user's settings; the shipped ones where the file is missing or damaged."""
    try:
        written = json.loads((file or settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    shipped = asdict(Settings())
    known = {f.name for f in fields(Settings)}
    kept = {key: value for key, value in _items(written) if key in known and type(value) is type(shipped[key])}
    return Settings(**kept).checked()


def save_settings(settings: Settings, file: Path | None = None) -> None:
    """Write the settings; a power cut leaves the old file or the new one. Raises UserError where it cannot."""
    target = file or settings_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(target, json.dumps(asdict(settings), ensure_ascii=False, indent=2))
    except OSError as error:
        raise UserError(
            say("Your settings could not be kept: {reason}.", reason=error.strerror or ""),
            say("They hold until the program is closed."),
        ) from error


def _write_whole(target: Path, text: str) -> None:
    draft = target.with_suffix(".new")
    draft.touch(mode=0o600)
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(target)


def _items(written: Any) -> list[tuple[str, Any]]:
    return list(written.items()) if isinstance(written, dict) else []
