"""Second keying: what waits for it, and what it found that a third person decides."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from claims_desk.domain import facts
from claims_desk.domain.codes import UNJUDGED, ClaimState
from claims_desk.domain.messages import Name
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.second_keying import Difference
from claims_desk.models import Claim, ClaimDecision, Facility, Submission, Verification, VerificationDraw
from claims_desk.queries.claim_facts import load_claims
from claims_desk.queries.keys import ID, key_table
from claims_desk.queries.matching import begins
from claims_desk.queries.paging import Sorts, fetch_page

OPEN_DIFFERENCE = and_(Verification.differences != "[]", Verification.resolved_by.is_(None))


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A claim that waits for a second keying: only what names the paper, nothing a blind keying could copy.

    Facility, month and day of receipt are the bundle's as counted at the door; None for a claim without a bundle.
    """

    claim_id: int
    form_no: str
    submission_id: int | None
    bundle: str
    facility: Name | None
    month: date | None
    received_on: date | None
    keyed_at: datetime


@dataclass(frozen=True, slots=True)
class BundleToVerify:
    """A bundle with forms that wait for a second keying; `submission_id` None: forms without a bundle."""

    submission_id: int | None
    bundle: str
    facility: Name | None
    forms: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class ToResolve:
    """A claim two clerks keyed differently."""

    id: int
    claim_id: int
    form_no: str
    bundle: str
    facility: Name | None
    verified_at: datetime
    differences: tuple[Difference, ...]


UNDECIDED = (*UNJUDGED, ClaimState.VOID)
"""The states of claims that may have no decision."""

SORTS: Sorts = {"form_no": Claim.form_no, "bundle": Submission.number, "keyed_at": Claim.keyed_at}


WITHOUT_BUNDLE = 0
TO_VERIFY = (
    *(Claim.id, Claim.form_no, Claim.submission_id, Submission.number, Facility.name_lo, Facility.name_en),
    *(Submission.month, Submission.received_on, Claim.keyed_at),
)


def awaits_second() -> ColumnElement[bool]:
    """A claim drawn for a second keying that nobody has keyed again yet, and no supervisor has let go."""
    twice = exists().where(Verification.claim_id == VerificationDraw.claim_id)
    waits = exists().where(
        VerificationDraw.claim_id == Claim.id, VerificationDraw.chosen, VerificationDraw.released_by.is_(None), ~twice
    )
    return waits.correlate(Claim)


def under_second_keying() -> ColumnElement[bool]:
    """A claim drawn for a second keying, or keyed twice, that is not judged yet: to come, differing and agreeing alike.

    Whatever is said of such claims to clerks is said of all of them, so that nobody learns which differ.
    """
    drawn = exists().where(
        VerificationDraw.claim_id == Claim.id, VerificationDraw.chosen, VerificationDraw.released_by.is_(None)
    )
    verified = exists().where(Verification.claim_id == Claim.id)
    judged = exists().where(ClaimDecision.claim_id == Claim.id)
    twice = (drawn.correlate(Claim) | verified.correlate(Claim)) & ~judged.correlate(Claim)
    return Claim.state.in_(UNDECIDED) & twice  # of most claims the state alone says that they are judged


def hidden_from(user_id: int) -> ColumnElement[bool]:
    """A claim a clerk may have to key blind, or has: what another keyed of it is not shown to him."""
    return under_second_keying() & (Claim.keyed_by != user_id)


def to_verify(
    session: Session, wanted: PageWanted, user_id: int | None, submission_id: int | None = None
) -> Page[ToVerify]:
    """A page of claims a user may key a second time, bundle by bundle in the order of the forms; of one bundle alone.

    None of his own; with None for the user those of everybody. `submission_id` WITHOUT_BUNDLE asks for loose forms.
    """
    query = select(*TO_VERIFY)
    if submission_id is not None:
        loose = submission_id == WITHOUT_BUNDLE
        query = query.where(Claim.submission_id.is_(None) if loose else Claim.submission_id == submission_id)
    if wanted.search.strip():
        query = query.where(begins(session, Claim.form_no, wanted.search.strip()))
    sorted_by = wanted if wanted.sort else replace(wanted, sort="bundle")
    return fetch_page(session, _awaiting(query, user_id), sorted_by, _to_verify, sorts=SORTS, tie=Claim.form_no)


def one_to_verify(session: Session, claim_id: int, user_id: int) -> ToVerify | None:
    """One claim that waits for a second keying by this user; None where it no longer does."""
    found = session.execute(_awaiting(select(*TO_VERIFY), user_id).where(Claim.id == claim_id)).first()
    return _to_verify(*found) if found else None


def bundles_to_verify(session: Session, user_id: int | None) -> tuple[BundleToVerify, ...]:
    """The bundles in which claims wait for a second keying by this user, or by anybody, the oldest first."""
    oldest = func.min(Claim.keyed_at)
    columns = (Claim.submission_id, Submission.number, Facility.name_lo, Facility.name_en)
    query = _awaiting(select(*columns, func.count(Claim.id), oldest), user_id).group_by(*columns).order_by(oldest)
    return tuple(
        BundleToVerify(key, number or "", Name(lao, roman) if number else None, forms, since)
        for key, number, lao, roman, forms, since in session.execute(query)
    )


def count_to_verify(session: Session, user_id: int | None) -> int:
    """How many claims wait for a second keying by this user, or by anybody."""
    waiting: int = session.execute(_awaiting(select(func.count(Claim.id)), user_id)).scalar_one()
    return waiting


def count_to_resolve(session: Session, user_id: int) -> int:
    """How many claims two others keyed differently."""
    differing: int = session.execute(_differing(select(func.count(Verification.id)), user_id)).scalar_one()
    return differing


def awaiting_among(session: Session, claim_ids: Collection[int] | None = None) -> int:
    """How many claims, of `claim_ids` or of all, adjudication passes over because their second keying is to come.

    Those that differ are not counted: the number is told to clerks.
    """
    query = select(func.count(Claim.id)).where(Claim.state.in_(UNJUDGED), awaits_second())
    if claim_ids is not None:
        keys = key_table(session, {"id": ID}, [(claim_id,) for claim_id in claim_ids])
        query = query.join(keys, keys.c.id == Claim.id)
    return session.execute(query).scalar_one()


def to_resolve(session: Session, wanted: PageWanted, user_id: int) -> Page[ToResolve]:
    """A page of claims keyed differently by two others, void ones left out, the oldest first."""
    columns = (Verification, Claim.form_no, Submission.number, Facility.name_lo, Facility.name_en)
    query = _differing(select(*columns), user_id)
    return fetch_page(session, query, wanted, _to_resolve, sorts=SORTS, tie=Verification.id)


def first_keying(session: Session, claim_id: int) -> facts.Claim:
    """What the first clerk keyed: the claim as it stands until the third person has decided."""
    return load_claims(session, [claim_id])[0]


def _awaiting(query: Select[*tuple[Any, ...]], user_id: int | None) -> Select[*tuple[Any, ...]]:
    query = _in_bundle(query.select_from(Claim)).where(Claim.state.in_(UNJUDGED), awaits_second())
    if user_id is None:
        return query
    return query.where(*_not_by(user_id))


def _differing(query: Select[*tuple[Any, ...]], user_id: int) -> Select[*tuple[Any, ...]]:
    joined = _in_bundle(query.select_from(Verification).join(Claim, Claim.id == Verification.claim_id))
    others = (*_not_by(user_id), Verification.verified_by != user_id)
    return joined.where(OPEN_DIFFERENCE, Claim.state != ClaimState.VOID, *others)


def _in_bundle(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.outerjoin(Submission, Submission.id == Claim.submission_id).outerjoin(
        Facility, Facility.code == Submission.facility_code
    )


def _not_by(user_id: int) -> tuple[ColumnElement[bool], ...]:
    return Claim.keyed_by != user_id, Claim.corrected_by.is_(None) | (Claim.corrected_by != user_id)


def _to_verify(
    claim_id: int, form_no: str, submission_id: int | None, bundle: str | None, lao: str, roman: str, *when: Any
) -> ToVerify:
    facility = Name(lao, roman) if bundle else None
    return ToVerify(claim_id, form_no, submission_id, bundle or "", facility, *when)


def _to_resolve(row: Verification, form_no: str, bundle: str | None, lao: str, roman: str) -> ToResolve:
    return ToResolve(
        id=row.id,
        claim_id=row.claim_id,
        form_no=form_no,
        bundle=bundle or "",
        facility=Name(lao, roman) if bundle else None,
        verified_at=row.verified_at,
        differences=tuple(Difference(**one) for one in json.loads(row.differences)),
    )
