"""Members proposed by clerks, for the administrator's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from claims_desk.domain.codes import ProposalState
from claims_desk.domain.messages import Name
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.models import MemberProposal, User
from claims_desk.queries.matching import begins
from claims_desk.queries.paging import Sorts, fetch_page


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """A proposed member; moments are in UTC, `decided_by` empty and `person_no` blank while he waits."""

    id: int
    version: int
    state: ProposalState
    scheme: str
    member_no: str
    name: Name
    sex: str
    birth_date: date
    district_code: str
    village: str
    family_book_no: str
    valid_from: date
    form_no: str
    facility_code: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    reason: str
    person_no: str


DECIDER = aliased(User)
SORTS: Sorts = {
    "member_no": MemberProposal.member_no,
    "born": MemberProposal.birth_date,
    "state": MemberProposal.state,
    "proposed_at": MemberProposal.proposed_at,
    "form": MemberProposal.form_no,
}


def proposals(session: Session, wanted: PageWanted, state: ProposalState | None = None) -> Page[ProposalRow]:
    """A page of proposed members, the newest first; search by the beginning of member or form number."""
    query = (
        select(MemberProposal, User.name, DECIDER.name)
        .join(User, User.id == MemberProposal.proposed_by)
        .outerjoin(DECIDER, DECIDER.id == MemberProposal.decided_by)
    )
    if state is not None:
        query = query.where(MemberProposal.state == state)
    if text := wanted.search.strip():
        numbers = (MemberProposal.member_no, MemberProposal.form_no)
        query = query.where(or_(*(begins(session, number, text) for number in numbers)))
    return fetch_page(session, query, wanted, _row, sorts=SORTS, tie=MemberProposal.id, newest_first=True)


def _row(row: MemberProposal, proposer: str, decider: str | None) -> ProposalRow:
    same: dict[str, Any] = {
        name: getattr(row, name)
        for name in ProposalRow.__dataclass_fields__
        if name not in ("name", "proposed_by", "decided_by")
    }
    return ProposalRow(**same, name=Name(row.name_lo, row.name_en), proposed_by=proposer, decided_by=decider or "")
