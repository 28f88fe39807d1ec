"""The demo's monthly returns and capitation: invented counts of the quarter, asked about and closed; then the run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.demo.calendar import MONTHS, QUARTER_END, days
from claims_desk.demo.staff import Staff
from claims_desk.domain.codes import AgeBand, Pays, Section, Sex
from claims_desk.domain.diagnosis_groups import groups_of
from claims_desk.domain.monthly_return import COLUMNS, Cell, Who, row_of
from claims_desk.domain.quarters import quarter_of
from claims_desk.models import Facility
from claims_desk.models.database import Database
from claims_desk.queries.capitation import is_capitated
from claims_desk.services.capitation import prepare_capitation
from claims_desk.services.monthly_returns import ReturnForm, answer_question, close_return, save_return
from claims_desk.services.vouchers import certify_voucher, post_voucher

SCHEME: Final = "NHI"
QUARTER: Final = quarter_of(QUARTER_END)
ON: Final = QUARTER_END + days(1)  # the first day on which every return of the quarter can be there
STILL_MISSING: Final = 3  # facilities that have not filed the last month
STILL_OPEN: Final = 2  # and those whose last month still has a question
STILL_TO_CERTIFY: Final = 2
STILL_TO_POST: Final = 2
_VISITS: Final = 0.06  # outpatients a month and head of the catchment
_FREQUENT: Final = {4: 9, 5: 4, 10: 3, 16: 3, 26: 6, 30: 4, 34: 8, 35: 4, 36: 6, 40: 3, 41: 4, 42: 4, 43: 10}
_ADMITTED: Final = {"HC": 0.0, "DH": 0.05, "PH": 0.12, "RH": 0.12, "CH": 0.15}
_PARTS: Final = {
    Who(sex, age, pays): ages * payers / 2
    for sex in Sex
    for age, ages in ((AgeBand.UNDER5, 0.2), (AgeBand.FROM5, 0.8))
    for pays, payers in ((Pays.FREE, 0.45), (Pays.PAYING, 0.55))
}


@dataclass(slots=True)
class Capitated:
    """What was done: returns by where they stand, and the vouchers of the run."""

    facilities: int = 0
    closed: int = 0
    open: int = 0
    answers: int = 0
    vouchers: list[int] = field(default_factory=list)
    posted: list[int] = field(default_factory=list)


def file_returns(db: Database, staff: Staff) -> Capitated:
    """Noy keys the quarter's returns and confirms what is asked; kham closes them. The last month is not all there."""
    rng = Random(3)
    done = Capitated()
    facilities = db.read(_capitated)
    done.facilities = len(facilities)
    for month in MONTHS:
        filed = len(facilities) - (STILL_MISSING if month == MONTHS[-1] else 0)
        unsettled = filed - STILL_OPEN if month == MONTHS[-1] else filed
        for place, (code, level, catchment) in enumerate(facilities[:filed]):
            counts = dict(_counts(rng, level, catchment))
            if place >= unsettled:
                counts = _as_first_keyed(counts)
            form = ReturnForm(facility_code=code, month=month, counts=counts)
            key = save_return(db, staff.noy, form, on=ON)
            if place < unsettled:
                _close(db, staff, key, done)
    done.open = STILL_OPEN
    return done


def _as_first_keyed(counts: dict[Cell, int]) -> dict[Cell, int]:
    """Half of the inpatients still blank, and a number of outpatients keyed among them."""
    kept = {cell: number for cell, number in counts.items() if (cell.section, cell.group > 20) != (Section.IPD, True)}
    cold = Cell(Section.IPD, 4, COLUMNS[3])
    return kept | {cold: 10 * counts[cold._replace(section=Section.OPD)]}


def run_capitation(db: Database, staff: Staff, done: Capitated, on: date) -> None:
    """Mai prepares the quarter's shares, tou certifies and posts them on day `on`; the last few wait."""
    done.vouchers = prepare_capitation(db, staff.mai, SCHEME, QUARTER, on=max(on, ON))
    certified = done.vouchers[: len(done.vouchers) - STILL_TO_CERTIFY]
    for key in certified:
        certify_voucher(db, staff.tou, key)
    done.posted = certified[: len(certified) - STILL_TO_POST]
    for key in done.posted:
        post_voucher(db, staff.tou, key, on=on)


def _close(db: Database, staff: Staff, key: int, done: Capitated) -> None:
    asked = close_return(db, staff.kham, key)
    for question in asked:
        answer_question(db, staff.noy, key, None, question, "The facility confirmed it by telephone.")
    if asked:
        close_return(db, staff.kham, key)
    done.answers += len(asked)
    done.closed += 1


def _capitated(session: Session) -> list[tuple[str, str, int]]:
    query = select(Facility.code, Facility.level, Facility.catchment).where(is_capitated(MONTHS[-1]))
    return [(code, level, catchment or 0) for code, level, catchment in session.execute(query.order_by(Facility.code))]


def _counts(rng: Random, level: str, catchment: int) -> Iterator[tuple[Cell, int]]:
    """The form of a month; a hospital sees one in four of its people, the others go to their health centre."""
    visits = catchment * _VISITS * (1 if level == "HC" else 0.25)
    for section in Section:
        groups = groups_of(section)
        share = visits * (1 if section == Section.OPD else _ADMITTED[level])
        whole = sum(_FREQUENT.get(group.number, 1) for group in groups)
        for group in groups:
            expected = share * _FREQUENT.get(group.number, 1) / whole
            for cell in row_of(section, group.number):
                yield cell, int(expected * _PARTS[cell.who] * rng.uniform(0.7, 1.3) + rng.random())
