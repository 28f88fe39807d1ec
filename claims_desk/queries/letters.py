"""The letter to a facility: every claim of some months not paid in full, why, and what cures it by when.

A claim belongs to the month of its bundle; one that came alone to the month of the last day of its visit, else of its
receipt, else of its keying. It is told to the facility that sent the bundle, or to the one on the form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import Session

from claims_desk.domain.codes import UNJUDGED, ClaimState, Method, Severity
from claims_desk.domain.dates import day_begins, month_start
from claims_desk.domain.messages import Name
from claims_desk.domain.months import Months
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.papers import LetterClaim, LetterFinding, LetterPaper, LetterPart, LetterSum, MoneyBack
from claims_desk.models import Claim, ClaimDecision, Facility, FindingRow, Office, Submission
from claims_desk.queries.deadlines import Deadlines, deadlines
from claims_desk.queries.facilities import is_called
from claims_desk.queries.paging import Sorts, fetch_page
from claims_desk.queries.papers import office_name, payee

CUTS: Final = (Severity.DENY, Severity.PEND, Severity.ADJUST)
PAID_TOO_MUCH: Final = ("P01", "P03")
LISTED: Final = (LetterPart.CURABLE, LetterPart.DENIED, LetterPart.CUT, LetterPart.FLAT)

_CURRENT: Final = and_(ClaimDecision.claim_id == Claim.id, ClaimDecision.current)
_CLAIMED: Final = func.coalesce(Claim.claimed_total, 0)
_SENDER: Final = func.coalesce(Submission.facility_code, Claim.facility_code)


def _has_finding(*that: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(FindingRow.decision_id == ClaimDecision.id, *that)


_IS_CUT: Final = or_(
    _has_finding(FindingRow.severity.in_((Severity.ADJUST, Severity.DENY))),
    and_(ClaimDecision.method == Method.FEE, ClaimDecision.allowed < _CLAIMED),
)
PART: Final = case(
    (or_(ClaimDecision.id.is_(None), Claim.state.in_(UNJUDGED)), None),
    (Claim.state == ClaimState.PENDED, LetterPart.CURABLE.value),
    (Claim.state == ClaimState.DENIED, LetterPart.DENIED.value),
    (_IS_CUT, LetterPart.CUT.value),
    (ClaimDecision.allowed < _CLAIMED, LetterPart.FLAT.value),
    else_=LetterPart.FULL.value,
)
_NOT_COVERED: Final = and_(
    FindingRow.severity.in_((Severity.DENY, Severity.PEND)),
    or_(FindingRow.code.startswith("M"), FindingRow.code.startswith("F")),
)
TO_GIVE_BACK: Final = and_(
    Claim.copay_collected > ClaimDecision.copay_due,
    _has_finding(FindingRow.code.in_(PAID_TOO_MUCH)),
    ~_has_finding(_NOT_COVERED),  # whoever is not covered there pays for himself, and no co-payment is due
)


def in_months(months: Months) -> ColumnElement[bool]:
    """The claims of these months, those of bundles and those that came alone; void ones never."""
    return or_(*_kinds(months))


def _kinds(months: Months) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Claims of bundles of these months, and claims of these months that came alone."""
    day = func.coalesce(Claim.visit_to, Claim.visit_from, Claim.received_date)
    keyed = and_(
        Claim.keyed_at >= day_begins(months.first), Claim.keyed_at < day_begins(months.last + timedelta(days=1))
    )
    alone = and_(Claim.submission_id.is_(None), or_(day.between(months.first, months.last), and_(day.is_(None), keyed)))
    bundled = Claim.submission_id.in_(select(Submission.id).where(Submission.month.between(months.first, months.last)))
    return and_(Claim.state != ClaimState.VOID, bundled), and_(Claim.state != ClaimState.VOID, alone)


def of_facility(code: str) -> ColumnElement[bool]:
    """The claims told to one facility."""
    bundles = select(Submission.id).where(Submission.facility_code == code)
    return or_(Claim.submission_id.in_(bundles), and_(Claim.submission_id.is_(None), Claim.facility_code == code))


def letter_paper(session: Session, facility_code: str, months: Months, on: date, signed_by: str = "") -> LetterPaper:
    """The letter to a facility as of day `on`. Raises NoResultFound where there is no such facility."""
    facility = session.execute(select(Facility).where(Facility.code == facility_code)).scalar_one()
    office = session.execute(select(Office.code)).scalar_one()
    scope = and_(in_months(months), of_facility(facility_code))
    rows = session.execute(_told(scope)).all()
    reasons, allowing = _reasons(session, scope), deadlines(session, on)
    return LetterPaper(
        office=office_name(session),
        payee=payee(facility),
        reference=f"{office}/{facility_code}/{months.stem}",
        period=months.words,
        written_on=on,
        signed_by=signed_by,
        bundles=tuple(sorted({row.bundle for row in rows if row.bundle})),
        claims=tuple(_claim(row, reasons[row.id], allowing) for row in rows if row.part in LISTED),
        money_back=tuple(_money_back(row) for row in rows if row.part and row.back),
        in_full=_paid_in_full([row for row in rows if row.part == LetterPart.FULL]),
        undecided=sum(row.part is None for row in rows),
    )


def _told(scope: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Claim.id,
            Submission.number.label("bundle"),
            Claim.form_no,
            Claim.patient_name,
            Claim.scheme,
            Claim.care_type,
            Claim.visit_from,
            Claim.visit_to,
            Claim.copay_collected,
            _CLAIMED.label("claimed"),
            ClaimDecision.method,
            ClaimDecision.allowed,
            ClaimDecision.copay_due,
            ClaimDecision.payable,
            ClaimDecision.explanation_lo,
            ClaimDecision.explanation_en,
            PART.label("part"),
            TO_GIVE_BACK.label("back"),
        )
        .outerjoin(ClaimDecision, _CURRENT)
        .outerjoin(Submission, Submission.id == Claim.submission_id)
        .where(scope)
        .order_by(Claim.form_no, Claim.id)
    )


def _reasons(session: Session, scope: ColumnElement[bool]) -> dict[int, list[FindingRow]]:
    query = (
        select(Claim.id, FindingRow)
        .join(ClaimDecision, _CURRENT)
        .join(FindingRow, FindingRow.decision_id == ClaimDecision.id)
        .where(scope, FindingRow.severity.in_(CUTS))
        .order_by(Claim.id, FindingRow.position)
    )
    found: dict[int, list[FindingRow]] = defaultdict(list)
    for claim_id, row in session.execute(query):
        found[claim_id].append(row)
    return found


def _claim(row: Row[Any], findings: Iterable[FindingRow], allowing: Deadlines) -> LetterClaim:
    part = LetterPart(row.part)
    paid = part in (LetterPart.CUT, LetterPart.FLAT)
    curable = part is LetterPart.CURABLE
    return LetterClaim(
        part=part,
        form_no=row.form_no,
        patient_name=row.patient_name,
        care_type=row.care_type,
        visit_from=row.visit_from,
        visit_to=row.visit_to,
        bundle=row.bundle or "",
        method=row.method,
        claimed=row.claimed,
        allowed=row.allowed if paid else 0,
        payable=row.payable if paid else 0,
        cure_by=allowing.cure_by(row.scheme, row.visit_to or row.visit_from) if curable else None,
        findings=tuple(_reason(finding, part) for finding in findings),
        explanation=() if part is LetterPart.DENIED else _steps(row.explanation_lo, row.explanation_en),
    )


def _reason(row: FindingRow, part: LetterPart) -> LetterFinding:
    """A finding as it is told; in a denied claim there is nothing to mend of what does not deny it."""
    denies, denied = row.severity == Severity.DENY, part is LetterPart.DENIED
    moot = denied and not denies
    return LetterFinding(
        code=row.code,
        message=Name(row.message_lo, row.message_en),
        fix=Name("", "") if moot else Name(row.fix_lo, row.fix_en),
        line_no=row.line_no,
        line_falls=denies and row.line_no is not None and not denied,
    )


def _steps(lao: str, english: str) -> tuple[Name, ...]:
    return tuple(Name(lo, en) for lo, en in zip(lao.splitlines(), english.splitlines(), strict=True))


def _money_back(row: Row[Any]) -> MoneyBack:
    return MoneyBack(
        form_no=row.form_no,
        patient_name=row.patient_name,
        visit_from=row.visit_from,
        collected=row.copay_collected,
        due=row.copay_due,
    )


def _paid_in_full(rows: Sequence[Row[Any]]) -> LetterSum:
    sums = (sum(getattr(row, name) for row in rows) for name in ("claimed", "allowed", "payable"))
    return LetterSum(len(rows), *sums)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A facility with decided claims: how many can be cured, were denied or cut, and the kip not paid of them.

    `curable_kip` is the part of `unpaid` that can still be had.
    """

    facility_code: str
    facility: Name
    decided: int
    curable: int
    denied: int
    cut: int
    money_back: int
    curable_kip: int
    unpaid: int

    @property
    def final_kip(self) -> int:
        """What is not paid and stays so, in kip."""
        return self.unpaid - self.curable_kip

    @property
    def tells(self) -> bool:
        """Whether there is anything to tell the facility."""
        return bool(self.curable or self.denied or self.cut or self.money_back)


def letters(session: Session, wanted: PageWanted, months: Months) -> Page[LetterRow]:
    """A page of the facilities with decided claims in these months, by code; kip is what is not paid of all."""
    sums = _sums(months)
    query = select(sums, Facility.name_lo, Facility.name_en).join(Facility, Facility.code == sums.c.facility)
    if wanted.search:
        query = query.where(is_called(wanted.search))
    sorts: Sorts = {column.key: column for column in sums.c} | {
        "code": sums.c.facility,
        "facility": sums.c.facility,
        "final_kip": sums.c.unpaid - sums.c.curable_kip,
    }
    return fetch_page(session, query, wanted, _letter_row, sorts=sorts, tie=sums.c.facility, kip=sums.c.unpaid)


def latest_month(session: Session, today: date) -> date | None:
    """The first day of the newest month up to `today` with a decided claim; None where nothing is decided yet."""
    decided = and_(_CURRENT, Claim.state.not_in((*UNJUDGED, ClaimState.VOID)))
    bundled = (
        select(Submission.month)
        .where(Submission.month <= today, exists().where(Claim.submission_id == Submission.id, decided))
        .order_by(Submission.month.desc())
        .limit(1)
    )
    day = func.coalesce(Claim.visit_to, Claim.visit_from, Claim.received_date)
    alone = select(func.max(day)).where(Claim.submission_id.is_(None), day <= today, exists().where(decided))
    found = [each for query in (bundled, alone) if (each := session.execute(query).scalar()) is not None]
    return month_start(max(found)) if found else None


def told_facilities(session: Session, months: Months) -> list[str]:
    """The codes of the facilities that have something to hear of these months, in their order."""
    every = PageWanted(limit=1_000_000)
    return [row.facility_code for row in letters(session, every, months).rows if row.tells]


def _sums(months: Months) -> Any:
    """What each facility hears of, counted in the database."""
    claims = (
        select(
            _SENDER.label("facility"),
            PART.label("part"),
            case((TO_GIVE_BACK, 1), else_=0).label("back"),
            _CLAIMED.label("claimed"),
            ClaimDecision.allowed.label("allowed"),
        )
        .outerjoin(ClaimDecision, _CURRENT)
        .outerjoin(Submission, Submission.id == Claim.submission_id)
    )
    told = union_all(*(claims.where(kind) for kind in _kinds(months))).subquery()  # an OR is asked of every claim
    is_ = {part: told.c.part == part.value for part in LetterPart}
    nothing_paid = or_(is_[LetterPart.CURABLE], is_[LetterPart.DENIED])
    short = case((is_[LetterPart.CUT], told.c.claimed - told.c.allowed), else_=0)
    curable_kip = func.sum(case((is_[LetterPart.CURABLE], told.c.claimed), else_=0))
    unpaid = func.sum(case((nothing_paid, told.c.claimed), (short > 0, short), else_=0))
    return (
        select(
            told.c.facility,
            func.count().label("decided"),
            func.count().filter(is_[LetterPart.CURABLE]).label("curable"),
            func.count().filter(is_[LetterPart.DENIED]).label("denied"),
            func.count().filter(is_[LetterPart.CUT]).label("cut"),
            func.sum(told.c.back).label("money_back"),
            curable_kip.label("curable_kip"),
            unpaid.label("unpaid"),
        )
        .where(told.c.part.is_not(None))
        .group_by(told.c.facility)
        .subquery()
    )


def _letter_row(code: str, *counted: Any) -> LetterRow:
    *sums, lao, roman = counted
    return LetterRow(code, Name(lao, roman), *map(int, sums))
