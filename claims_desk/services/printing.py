"""Papers put into a folder as PDF: vouchers, letters, receipt slips. Reads only."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from claims_desk.documents.claim_copy import ClaimCopy, claim_copy_pdf
from claims_desk.documents.letter import letter_pdf
from claims_desk.documents.slip import receipt_slip_pdf
from claims_desk.documents.voucher import voucher_pdf
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.months import Months
from claims_desk.models.database import Database
from claims_desk.queries.letters import letter_paper
from claims_desk.queries.papers import receipt_slip, voucher_paper
from claims_desk.services.safety_copy import put_in_place

Progress = Callable[[int, int], None]


def print_voucher(db: Database, voucher_id: int, folder: Path) -> Path:
    """The voucher in Lao and English; returns the file. Raises UserError where the folder cannot be written."""
    paper = db.read(voucher_paper, voucher_id)
    name = paper.number.replace("/", "-") if paper.number else f"draft-{voucher_id}"
    return write_paper(folder, f"voucher-{name}.pdf", voucher_pdf(paper))


def print_letter(
    db: Database, facility_code: str, months: Months, folder: Path, *, on: date, language: str, signed_by: str
) -> Path:
    """The letter to a facility on some months; returns the file. Raises UserError where it cannot be written."""
    paper = db.read(letter_paper, facility_code, months, on, signed_by)
    name = f"letter-{in_a_name(facility_code)}-{months.stem}-{language}.pdf"
    return write_paper(folder, name, letter_pdf(paper, language))


def print_letters(
    db: Database,
    facility_codes: Sequence[str],
    months: Months,
    folder: Path,
    *,
    on: date,
    language: str,
    signed_by: str,
    progress: Progress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Path]:
    """The letters of many facilities, one file each, in their order; where cancelled, those written until then.

    Raises UserError where one cannot be written; those before it stay, each of them whole.
    """
    paths: list[Path] = []
    for code in facility_codes:
        if cancelled():
            break
        progress(len(paths), len(facility_codes))
        paths.append(print_letter(db, code, months, folder, on=on, language=language, signed_by=signed_by))
    return paths


def in_a_name(code: str) -> str:
    """A code as it may stand in a file's name: whatever else is in it becomes a stroke."""
    return re.sub(r"[^\w.-]", "-", code)


def write_claim_copy(folder: Path, name: str, copy: ClaimCopy, language: str) -> Path:
    """A claim as it stands on the screen; returns the file. Raises UserError where it cannot be written."""
    return write_paper(folder, name, claim_copy_pdf(copy, language))


def print_slip(db: Database, submission_id: int, folder: Path, *, language: str) -> Path:
    """The receipt slip of a bundle; returns the file. Raises UserError where it cannot be written."""
    slip = db.read(receipt_slip, submission_id)
    return write_paper(folder, f"receipt-{slip.bundle.replace('/', '-')}.pdf", receipt_slip_pdf(slip, language))


def write_paper(folder: Path, name: str, content: bytes) -> Path:
    """Write a paper whole or not at all into `folder`, made where missing. Raises UserError where that cannot be."""
    path = folder / name
    unfinished = folder / f".{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        put_in_place(unfinished, path)
    except OSError as error:
        raise UserError(
            say("The paper could not be written to {path}.", path=path),
            say("Close it in other programs, check the disk, and print again."),
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return path
