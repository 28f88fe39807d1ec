"""The facts of claims: the same few statements for the one under a clerk's fingers and for ten thousand in a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from claims_desk.domain.facts import Claim
from claims_desk.domain.judgement import Case
from claims_desk.domain.registers import Registers
from claims_desk.queries import claim_facts
from claims_desk.queries.earlier import load_past
from claims_desk.queries.people_facts import load_people
from claims_desk.queries.registers_facts import load_registers
from claims_desk.queries.scan_facts import load_shared, with_scans

__all__ = ["load_cases", "load_claims", "load_registers"]


def load_claims(session: Session, ids: Iterable[int]) -> list[Claim]:
    """The claims of `ids` in the order they were keyed, with the pages attached. Three statements."""
    return with_scans(session, claim_facts.load_claims(session, ids))


def load_cases(session: Session, claims: Sequence[Claim], registers: Registers) -> list[Case]:
    """The cases of `claims`, in their order; how many statements it takes does not depend on how many there are.

    Earlier claims are those keyed before; for a claim not yet saved (id 0) all there are. Of the past comes what a
    rule can use: of the persons what has a day in the calendar years of the claim's days, or in the longest interval
    of an item before them; claims of the same facility and form number, of the same patient at the facility on the
    same day, and those with one of the pages attached.
    """
    people = load_people(session, [(claim.scheme, claim.member_no) for claim in claims])
    past = load_past(session, claims, registers, people)
    shared = load_shared(session, claims)
    return [
        people.case(claim, registers, shared.added_to(claim, before.claims), before.proposed)
        for claim, before in zip(claims, past, strict=True)
    ]
