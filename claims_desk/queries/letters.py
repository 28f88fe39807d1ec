"""The letter to a facility: every claim of a bundle not paid in full, why, and what cures it by when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ClaimState, Decision, Severity
from claims_desk.domain.messages import Name
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.papers import LetterClaim, LetterFinding, LetterPaper
from claims_desk.models import Claim, ClaimDecision, Facility, FindingRow, Submission
from claims_desk.queries.paging import Sorts, fetch_page
from claims_desk.queries.papers import cure_days, office_name, payee

CUTS = (Severity.DENY, Severity.PEND, Severity.ADJUST)
MONEY_BACK = ("P01", "P03")  # the patient paid too much: the facility must hear of it though nothing was cut


def letter_paper(session: Session, submission_id: int, on: date, signed_by: str = "") -> LetterPaper:
    """The letter of a bundle as of day `on`. Raises NoResultFound where the bundle is not there."""
    query = (
        select(Submission, Facility)
        .join(Facility, Facility.code == Submission.facility_code)
        .where(Submission.id == submission_id)
    )
    bundle, facility = session.execute(query).one()
    decided = _decided(session, submission_id)
    reasons = _reasons(session, submission_id)
    last_day = on + cure_days(session, on)
    listed = (_letter_claim(claim, decision, reasons[decision.id], last_day) for claim, decision in decided)
    return LetterPaper(
        office=office_name(session),
        payee=payee(facility),
        bundle=bundle.number,
        period=f"{bundle.month.month}/{bundle.month.year}",
        written_on=on,
        signed_by=signed_by,
        claims=tuple(row for row in listed if row.findings),
        forms=len(decided),
        claimed=sum(claim.claimed_total or 0 for claim, _ in decided),
        payable=sum(decision.payable for _, decision in decided if decision.decision == Decision.ACCEPT),
        number=bundle.number,
    )


def _decided(session: Session, submission_id: int) -> list[tuple[Claim, ClaimDecision]]:
    query = (
        select(Claim, ClaimDecision)
        .join(ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
        .where(Claim.submission_id == submission_id, Claim.state != ClaimState.VOID)
        .order_by(Claim.form_no, Claim.id)
    )
    return [(claim, decision) for claim, decision in session.execute(query)]


def _reasons(session: Session, submission_id: int) -> dict[int, list[FindingRow]]:
    query = (
        select(FindingRow)
        .join(ClaimDecision, (ClaimDecision.id == FindingRow.decision_id) & ClaimDecision.current)
        .join(Claim, Claim.id == ClaimDecision.claim_id)
        .where(Claim.submission_id == submission_id)
        .where(FindingRow.severity.in_(CUTS) | FindingRow.code.in_(MONEY_BACK))
        .order_by(FindingRow.decision_id, FindingRow.position)
    )
    found: dict[int, list[FindingRow]] = defaultdict(list)
    for row in session.execute(query).scalars():
        found[row.decision_id].append(row)
    return found


def _letter_claim(claim: Claim, decision: ClaimDecision, rows: Iterable[FindingRow], last_day: date) -> LetterClaim:
    pended = decision.decision == Decision.PEND
    return LetterClaim(
        form_no=claim.form_no,
        patient_name=claim.patient_name,
        care_type=claim.care_type,
        visit_from=claim.visit_from,
        claimed=claim.claimed_total or 0,
        payable=decision.payable if decision.decision == Decision.ACCEPT else 0,
        curable=pended,
        findings=tuple(_reason(row, last_day if pended and row.severity == Severity.PEND else None) for row in rows),
        explanation=_steps(decision),
    )


def _reason(row: FindingRow, cure_by: date | None) -> LetterFinding:
    return LetterFinding(
        code=row.code,
        message=Name(row.message_lo, row.message_en),
        fix=Name(row.fix_lo, row.fix_en),
        cure_by=cure_by,
        line_no=row.line_no,
    )


def _steps(decision: ClaimDecision) -> tuple[Name, ...]:
    lao, english = decision.explanation_lo.splitlines(), decision.explanation_en.splitlines()
    return tuple(Name(lo, en) for lo, en in zip(lao, english, strict=True))


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A bundle with something to tell its facility: how many claims were denied, pended and cut."""

    submission_id: int
    bundle: str
    facility_code: str
    facility: Name
    month: date
    forms: int
    denied: int
    pended: int
    cut: int


LETTER_SORTS: Sorts = {
    "bundle": Submission.number,
    "facility": Facility.code,
    "month": Submission.month,
}


def letters(session: Session, wanted: PageWanted) -> Page[LetterRow]:
    """A page of the bundles with decided claims, the newest first."""
    cut = exists().where(FindingRow.decision_id == ClaimDecision.id, FindingRow.severity == Severity.ADJUST)
    query = (
        select(
            Submission.id,
            Submission.number,
            Facility.code,
            Facility.name_lo,
            Facility.name_en,
            Submission.month,
            func.count(),
            func.count().filter(ClaimDecision.decision == Decision.DENY),
            func.count().filter(ClaimDecision.decision == Decision.PEND),
            func.count().filter(ClaimDecision.decision == Decision.ACCEPT, cut),
        )
        .join(Facility, Facility.code == Submission.facility_code)
        .join(Claim, Claim.submission_id == Submission.id)
        .join(ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
        .where(Claim.state != ClaimState.VOID)
        .group_by(Submission.id, Submission.number, Submission.month, Facility.code, Facility.name_lo, Facility.name_en)
    )
    if wanted.search:
        term = wanted.search.strip()
        query = query.where(
            Submission.number.contains(term, autoescape=True) | Facility.code.contains(term, autoescape=True)
        )
    return fetch_page(session, query, wanted, _letter_row, sorts=LETTER_SORTS, tie=Submission.id, newest_first=True)


def _letter_row(
    key: int, bundle: str, code: str, lao: str, roman: str, month: date, forms: int, denied: int, pended: int, cut: int
) -> LetterRow:
    return LetterRow(key, bundle, code, Name(lao, roman), month, forms, denied, pended, cut)
