"""How far the claims of one bundle are, which of them a run of adjudication would judge, and which look keyed wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.codes import UNJUDGED, ClaimState
from claims_desk.domain.totals import Totals
from claims_desk.domain.wrong_form import Suspect, suspects
from claims_desk.models import Claim
from claims_desk.queries.claim_facts import load_claims
from claims_desk.queries.verifications import under_second_keying

DECIDED = (ClaimState.ACCEPTED, ClaimState.BATCHED, ClaimState.APPROVED, ClaimState.VOUCHERED, ClaimState.PAID)

MOST_COMPARED = 2_000


@dataclass(frozen=True, slots=True)
class BundleWork:
    """Claims of a bundle by where they stand; `to_judge` are the ids of those waiting and pended."""

    waiting: int
    accepted: int
    pended: int
    denied: int
    to_judge: tuple[int, ...]


def bundle_work(session: Session, submission_id: int) -> BundleWork:
    """The work left in a bundle; all 0 where nothing is keyed."""
    query = select(Claim.id, Claim.state).where(Claim.submission_id == submission_id).order_by(Claim.keyed_at, Claim.id)
    rows = session.execute(query).all()
    counts = Counter(state for _, state in rows)
    return BundleWork(
        waiting=sum(counts[state] for state in UNJUDGED),
        accepted=sum(counts[state] for state in DECIDED),
        pended=counts[ClaimState.PENDED],
        denied=counts[ClaimState.DENIED],
        to_judge=tuple(key for key, state in rows if state in (*UNJUDGED, ClaimState.PENDED)),
    )


def suspected_forms(session: Session, submission_id: int, gap: Totals) -> list[Suspect]:
    """The forms of a bundle that explain alone why keyed less counted is `gap`, the likeliest first.

    In a bundle of more than 2,000 forms none is looked for. Claims under second keying are never named: nobody
    corrects them, and nothing of them is to be guessed from here.
    """
    query = select(Claim.id, under_second_keying()).where(
        Claim.submission_id == submission_id, Claim.state != ClaimState.VOID
    )
    blind = dict(session.execute(query).all())
    if len(blind) > MOST_COMPARED:
        return []
    found = suspects(load_claims(session, blind), gap)
    return [suspect for suspect in found if not blind[suspect.claim_id]]
