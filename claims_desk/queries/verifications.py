"""Second keying: what waits for it, what it found, and how often each clerk erred."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session, aliased, lazyload

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.second_keying import Difference
from claims_desk.models import Claim, Submission, User, Verification
from claims_desk.queries.earlier import UNJUDGED
from claims_desk.queries.paging import Sorts, fetch_page

FIRST = aliased(User)
SECOND = aliased(User)
OPEN_DIFFERENCE = and_(Verification.differences != "[]", Verification.resolved_by.is_(None))


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A claim that waits for a second keying: only what names the paper, nothing a blind keying could copy."""

    claim_id: int
    form_no: str
    bundle: str
    facility_code: str
    keyed_by: str
    keyed_at: datetime


@dataclass(frozen=True, slots=True)
class ToResolve:
    """A claim two clerks keyed differently."""

    id: int
    claim_id: int
    form_no: str
    bundle: str
    facility_code: str
    first: str
    second: str
    verified_at: datetime
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ClerkErrors:
    """How a clerk's keying compared: fields looked at, and those in which he erred."""

    clerk: str
    claims: int
    fields: int
    errors: int

    @property
    def per_thousand(self) -> int:
        """Errors per 1,000 fields."""
        return round(1000 * self.errors / self.fields) if self.fields else 0


SORTS: Sorts = {"form_no": Claim.form_no, "facility": Claim.facility_code, "keyed_at": Claim.keyed_at}


def to_verify(session: Session, wanted: PageWanted, user_id: int) -> Page[ToVerify]:
    """A page of claims a user may key a second time: not his own, not judged, not keyed twice; the oldest first."""
    twice = exists().where(Verification.claim_id == Claim.id)
    query = (
        select(Claim.id, Claim.form_no, Submission.number, Claim.facility_code, FIRST.name, Claim.keyed_at)
        .join(FIRST, FIRST.id == Claim.keyed_by)
        .outerjoin(Submission, Submission.id == Claim.submission_id)
        .where(Claim.state.in_(UNJUDGED), Claim.keyed_by != user_id, ~twice)
        .where(Claim.corrected_by.is_(None) | (Claim.corrected_by != user_id))
    )
    return fetch_page(session, query, wanted, _to_verify, sorts=SORTS, tie=Claim.id)


def to_resolve(session: Session, wanted: PageWanted, user_id: int) -> Page[ToResolve]:
    """A page of claims keyed differently by two others, void ones left out, the oldest first."""
    query = _verified().where(
        OPEN_DIFFERENCE,
        Claim.state != ClaimState.VOID,
        Claim.keyed_by != user_id,
        Claim.corrected_by.is_(None) | (Claim.corrected_by != user_id),
        Verification.verified_by != user_id,
    )
    return fetch_page(session, query, wanted, _to_resolve, sorts=SORTS, tie=Verification.id)


def clerk_errors(session: Session) -> tuple[ClerkErrors, ...]:
    """How each clerk's keying compared so far, by name; open differences are nobody's error yet."""
    claims: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    query = _verified().with_only_columns(
        FIRST.name, SECOND.name, Verification.fields_compared, Verification.differences
    )
    for first, second, compared, differences in session.execute(query):
        claims.update((first, second))
        fields.update({first: compared, second: compared})
        erred = [one["erred"] for one in json.loads(differences)]
        errors[first] += sum(one in ("first", "both") for one in erred)
        errors[second] += sum(one in ("second", "both") for one in erred)
    return tuple(ClerkErrors(name, claims[name], fields[name], errors[name]) for name in sorted(claims))


def _verified() -> Select[*tuple[Any, ...]]:
    return (
        select(Verification, Claim, Submission.number, FIRST.name, SECOND.name)
        .join(Claim, Claim.id == Verification.claim_id)
        .join(FIRST, FIRST.id == Claim.keyed_by)
        .join(SECOND, SECOND.id == Verification.verified_by)
        .outerjoin(Submission, Submission.id == Claim.submission_id)
        .options(lazyload(Claim.lines))
    )


def _to_verify(
    claim_id: int, form_no: str, bundle: str | None, facility_code: str, keyed_by: str, keyed_at: datetime
) -> ToVerify:
    return ToVerify(claim_id, form_no, bundle or "", facility_code, keyed_by, keyed_at)


def _to_resolve(row: Verification, claim: Claim, bundle: str | None, first: str, second: str) -> ToResolve:
    return ToResolve(
        id=row.id,
        claim_id=claim.id,
        form_no=claim.form_no,
        bundle=bundle or "",
        facility_code=claim.facility_code,
        first=first,
        second=second,
        verified_at=row.verified_at,
        differences=tuple(Difference(**one) for one in json.loads(row.differences)),
    )
