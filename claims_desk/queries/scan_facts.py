"""What rule X05 needs: which pages a claim has attached, and which earlier claims have one of them too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.facts import Claim, EarlierClaim
from claims_desk.domain.scans import ScanPage
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimScan
from claims_desk.queries.earlier import COLUMNS
from claims_desk.queries.keys import ID, TEXT, key_table
from claims_desk.queries.scans import pages_of_claims
from claims_desk.queries.verifications import under_second_keying


def with_scans(session: Session, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with the pages they have attached. One statement."""
    found = pages_of_claims(session, [claim.id for claim in claims])
    return [
        replace(claim, scans=tuple(page.key for page in found[claim.id])) if claim.id in found else claim
        for claim in claims
    ]


@dataclass(frozen=True, slots=True)
class SharedScans:
    """Claims by the pages they have attached, in the order they were keyed, and the place of each in that order."""

    by_page: Mapping[str, Sequence[EarlierClaim]]
    place: Mapping[int, int]

    def added_to(self, claim: Claim, earlier: tuple[EarlierClaim, ...]) -> tuple[EarlierClaim, ...]:
        """The earlier claims of `claim`, with the pages they share; those that bear on it by nothing else come last."""
        before = self._before(claim) if claim.scans and self.by_page else {}
        if not before:
            return earlier
        known = tuple(replace(row, scans=before.pop(row.id).scans) if row.id in before else row for row in earlier)
        return known + tuple(before.values())

    def _before(self, claim: Claim) -> dict[int, EarlierClaim]:
        shared: dict[int, list[str]] = defaultdict(list)
        rows: dict[int, EarlierClaim] = {}
        for page in claim.scans:
            for row in self.by_page.get(page, ()):
                if self._comes_before(row.id, claim.id):
                    shared[row.id].append(page)
                    rows[row.id] = row
        return {key: replace(rows[key], scans=tuple(shared[key])) for key in sorted(rows, key=self.place.__getitem__)}

    def _comes_before(self, other: int, claim: int) -> bool:
        if claim in self.place:
            return self.place[other] < self.place[claim]
        return not claim or other < claim  # a page just being attached is not kept yet: ids ascend as claims are keyed


def load_shared(session: Session, claims: Sequence[Claim]) -> SharedScans:
    """Every claim that has a page of one of `claims` attached. One statement."""
    pages = sorted({tuple(key.split("/")) for claim in claims for key in claim.scans})
    keys = key_table(session, {"sha256": TEXT, "page_no": ID}, [(sha256, int(number)) for sha256, number in pages])
    blind = under_second_keying().label("blind")
    query = (
        select(ClaimScan.sha256, ClaimScan.page_no, blind, *(ClaimRow.__table__.c[name] for name in COLUMNS))
        .join_from(keys, ClaimScan, (ClaimScan.sha256 == keys.c.sha256) & (ClaimScan.page_no == keys.c.page_no))
        .join(ClaimRow, ClaimRow.id == ClaimScan.claim_id)
        .order_by(ClaimRow.keyed_at, ClaimRow.id)
    )
    by_page: dict[str, list[EarlierClaim]] = defaultdict(list)
    place: dict[int, int] = {}
    for sha256, page_no, is_blind, *row in session.execute(query):
        other = _stranger(row, is_blind)
        place.setdefault(other.id, len(place))
        by_page[ScanPage(sha256, page_no).key].append(other)
    return SharedScans(by_page, place)


def _stranger(row: Sequence[Any], is_blind: bool) -> EarlierClaim:
    """The claim without person, money and lines: it bears on another by its paper alone."""
    return EarlierClaim(**dict(zip(COLUMNS, row, strict=True)), person_no="", blind=bool(is_blind))
