"""The tray: scanned pages that wait for their form, on disk so that a power cut loses none; needs no database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from claims_desk.domain.scans import ScanPage, is_page
from claims_desk.models.refusals import told_plainly
from claims_desk.services.safety_copy import put_in_place

Seen = dict[str, list[int]]


@dataclass(slots=True)
class Tray:
    """Pages in the order they are to be taken; `a_form` of them go to each new form by themselves, 0: none.

    `seen` are the files of the scanner's folder that were taken up, with size and time in nanoseconds.
    """

    pages: list[ScanPage] = field(default_factory=list)
    a_form: int = 0
    seen: Seen = field(default_factory=dict)


class TrayFile:
    """One user's tray for one database, in one file that is whole or not there.

    `before` is where it lay when trays were told apart by the database's name alone; loading takes it over.
    """

    def __init__(self, path: Path, before: Path | None = None) -> None:
        self.path, self._before = path, before

    def load(self) -> Tray:
        """The tray as it was left; an empty one where the file is missing or damaged."""
        try:
            if self._before is not None and self._before.exists() and not self.path.exists():
                self._before.replace(self.path)
            written = json.loads(self.path.read_text(encoding="utf-8"))
            return Tray(pages_in(written["pages"]), max(0, int(written["a_form"])), dict(written["seen"]))
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return Tray()

    def save(self, tray: Mapping[str, Any]) -> None:
        """Keep what `as_written` gave. Raises UserError where the disk takes it not; what was kept before stays."""
        with told_plainly():
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = self.path.with_suffix(".part")
            unfinished.write_text(json.dumps(tray), encoding="utf-8")
            put_in_place(unfinished, self.path)


def as_written(tray: Tray) -> dict[str, Any]:
    """The tray as JSON can hold it."""
    return {"pages": plain_pages(tray.pages), "a_form": tray.a_form, "seen": dict(tray.seen)}


def pages_in(written: object) -> list[ScanPage]:
    """The pages out of `plain_pages`; whatever else stands there is none."""
    rows = written if isinstance(written, list) else []
    found = [ScanPage(*row) for row in rows if isinstance(row, list) and len(row) == len(fields(ScanPage))]
    return [page for page in found if is_page(page)]


def plain_pages(pages: list[ScanPage] | tuple[ScanPage, ...]) -> list[list[Any]]:
    """Pages as JSON can hold them."""
    return [[page.sha256, page.page_no, page.rotation] for page in pages]
