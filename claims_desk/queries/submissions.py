"""Bundles: what was counted by hand when they came in, against what is keyed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from claims_desk.domain.codes import ClaimState, SubmissionState
from claims_desk.domain.messages import Name
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.totals import Totals, totals_of
from claims_desk.models import Claim, Facility, Submission, User
from claims_desk.queries.facilities import is_called
from claims_desk.queries.keys import ID, key_table
from claims_desk.queries.paging import Sorts, fetch_page


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A bundle with its totals, in forms, kip and sum of form numbers; void claims are not counted as keyed."""

    id: int
    version: int
    number: str
    facility_code: str
    facility: Name
    month: date
    received_on: date
    received_by: str
    state: SubmissionState
    counted: Totals
    keyed: Totals

    @property
    def difference(self) -> Totals:
        """Keyed less counted: what still lies on the table is negative."""
        return self.keyed - self.counted


RECEIVER = aliased(User)
SORTS: Sorts = {
    "number": Submission.number,
    "facility": Submission.facility_code,
    "month": Submission.month,
    "received_on": Submission.received_on,
    "forms": Submission.forms_counted,
    "kip": Submission.kip_counted,
    "state": Submission.state,
}
Found = tuple[Submission, Facility, str]


def submissions(session: Session, wanted: PageWanted, state: SubmissionState | None = None) -> Page[SubmissionRow]:
    """A page of bundles, the newest first; search by number or facility; kip is what was counted by hand."""
    query = _joined()
    if state is not None:
        query = query.where(Submission.state == state)
    if wanted.search:
        found = Submission.number.contains(wanted.search, autoescape=True)
        query = query.where(found | is_called(wanted.search))
    page = fetch_page(
        session, query, wanted, _together, sorts=SORTS, tie=Submission.id, newest_first=True, kip=Submission.kip_counted
    )
    keyed = keyed_totals(session, [bundle.id for bundle, _, _ in page.rows])
    return Page(tuple(_row(found, keyed) for found in page.rows), page.count, page.kip)


def submission(session: Session, submission_id: int) -> SubmissionRow:
    """One bundle. Raises NoResultFound where it is not there."""
    found = session.execute(_joined().where(Submission.id == submission_id)).one()
    return _row(_together(*found), keyed_totals(session, [submission_id]))


def submission_if_there(session: Session, submission_id: int) -> SubmissionRow | None:
    """One bundle; None where it is not there, as after an older backup was restored."""
    return submission(session, submission_id) if session.get(Submission, submission_id) is not None else None


def open_bundles_of(session: Session, facility_code: str) -> tuple[SubmissionRow, ...]:
    """The open bundles of a facility, the one that came in last first."""
    query = _joined().where(Submission.facility_code == facility_code, Submission.state == SubmissionState.OPEN)
    found = session.execute(query.order_by(Submission.received_on.desc(), Submission.id.desc())).all()
    keyed = keyed_totals(session, [bundle.id for bundle, _, _ in found])
    return tuple(_row(_together(*one), keyed) for one in found)


def keyed_totals(session: Session, submission_ids: Iterable[int]) -> dict[int, Totals]:
    """What is keyed of each bundle, void claims left out."""
    keys = key_table(session, {"id": ID}, [(submission_id,) for submission_id in submission_ids])
    query = (
        select(Claim.submission_id, Claim.form_no, Claim.claimed_total)
        .join(keys, keys.c.id == Claim.submission_id)
        .where(Claim.state != ClaimState.VOID)
    )
    forms: dict[int | None, list[tuple[str, int | None]]] = defaultdict(list)
    for submission_id, form_no, kip in session.execute(query):
        forms[submission_id].append((form_no, kip))
    return {key: totals_of(rows) for key, rows in forms.items() if key is not None}


def counted(bundle: Submission) -> Totals:
    """What was counted by hand."""
    return Totals(bundle.forms_counted, bundle.kip_counted, bundle.form_numbers_sum)


def next_number(session: Session, facility_code: str, month: date) -> str:
    """The next free number of a bundle: facility, month, and 1, 2, 3."""
    stem = f"{facility_code}-{month:%Y-%m}"
    taken = set(session.execute(select(Submission.number).where(Submission.number.startswith(stem))).scalars())
    return next(number for number in (f"{stem}-{n}" for n in count(1)) if number not in taken)


def _joined() -> Select[*tuple[Any, ...]]:
    return (
        select(Submission, Facility, RECEIVER.name)
        .join(Facility, Facility.code == Submission.facility_code)
        .join(RECEIVER, RECEIVER.id == Submission.received_by)
    )


def _together(bundle: Submission, facility: Facility, receiver: str) -> Found:
    return bundle, facility, receiver


def _row(found: Found, keyed: dict[int, Totals]) -> SubmissionRow:
    bundle, facility, receiver = found
    return SubmissionRow(
        id=bundle.id,
        version=bundle.version,
        number=bundle.number,
        facility_code=facility.code,
        facility=Name(facility.name_lo, facility.name_en),
        month=bundle.month,
        received_on=bundle.received_on,
        received_by=receiver,
        state=bundle.state,
        counted=counted(bundle),
        keyed=keyed.get(bundle.id, Totals()),
    )
