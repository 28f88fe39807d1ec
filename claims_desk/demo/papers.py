"""The demo's papers: every posted voucher, a letter to every facility with something to hear, the payment workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims_desk.demo.office_day import EVERYTHING, Day
from claims_desk.domain.messages import ENGLISH, LAO
from claims_desk.domain.months import Months
from claims_desk.models import Submission
from claims_desk.models.database import Database
from claims_desk.queries.letters import letters
from claims_desk.services.payment_files import save_payment_file
from claims_desk.services.printing import print_letter, print_letters, print_slip, print_voucher


@dataclass(frozen=True, slots=True)
class Papers:
    """What was written."""

    vouchers: list[Path]
    letters: list[Path]
    slips: list[Path]
    payment_files: list[Path]


def print_papers(db: Database, day: Day, folder: Path, on: date, signed_by: str) -> Papers:
    """Write the day's papers into `folder`; one letter also in English, and one receipt slip."""
    return Papers(
        vouchers=[print_voucher(db, key, folder / "vouchers") for key in [*day.posted, *day.capitated.posted]],
        letters=list(_letters(db, folder / "letters", on, signed_by)),
        slips=[print_slip(db, next(iter(day.bundles.values())), folder, language=LAO)],
        payment_files=[save_payment_file(db, key, folder) for key in day.payment_files],
    )


def _letters(db: Database, folder: Path, on: date, signed_by: str) -> Iterator[Path]:
    months = db.read(_months_of_bundles)
    told = [row for row in db.read(letters, EVERYTHING, months).rows if row.tells]
    codes = [row.facility_code for row in told]
    yield from print_letters(db, codes, months, folder, on=on, language=LAO, signed_by=signed_by)
    if told:
        fullest = max(told, key=lambda row: row.curable + row.denied + row.cut)
        yield print_letter(db, fullest.facility_code, months, folder, on=on, language=ENGLISH, signed_by=signed_by)


def _months_of_bundles(session: Session) -> Months:
    """The months the demo's bundles are of."""
    first, last = session.execute(select(func.min(Submission.month), func.max(Submission.month))).one()
    return Months.of(first, last)
