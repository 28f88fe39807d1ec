"""What was decided of claims, as the rows of `results.csv` and `findings.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from claims_desk.models import Claim, ClaimDecision, FindingRow
from claims_desk.queries.keys import ID, key_table

CHUNK = 5000
Row = tuple[Any, ...]


def result_rows(session: Session, claim_ids: Iterable[int]) -> Iterator[Row]:
    """form_no, facility_code, decision, method, allowed, copay_due, payable of each claim's current decision.

    In the order the claims were keyed within each few thousand; amounts in kip.
    """
    columns = select(
        Claim.form_no,
        Claim.facility_code,
        ClaimDecision.decision,
        ClaimDecision.method,
        ClaimDecision.allowed,
        ClaimDecision.copay_due,
        ClaimDecision.payable,
    ).join_from(Claim, ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
    return _streamed(session, columns, claim_ids)


def finding_rows(session: Session, claim_ids: Iterable[int]) -> Iterator[Row]:
    """form_no, facility_code, line_no, code, severity, message_en, message_lo, fix_en, fix_lo of every finding.

    `line_no` is empty text for a finding on the claim.
    """
    columns = (
        select(
            Claim.form_no,
            Claim.facility_code,
            FindingRow.line_no,
            FindingRow.code,
            FindingRow.severity,
            FindingRow.message_en,
            FindingRow.message_lo,
            FindingRow.fix_en,
            FindingRow.fix_lo,
        )
        .join_from(Claim, ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
        .join(FindingRow, FindingRow.decision_id == ClaimDecision.id)
    )
    for row in _streamed(session, columns, claim_ids, FindingRow.position):
        yield (*row[:2], "" if row[2] is None else row[2], *row[3:])


def _streamed(
    session: Session, columns: Select[*tuple[Any, ...]], claim_ids: Iterable[int], *then: Any
) -> Iterator[Row]:
    waiting = iter(claim_ids)
    while chunk := list(islice(waiting, CHUNK)):
        yield from _chunk(session, columns, chunk, then)


def _chunk(
    session: Session, columns: Select[*tuple[Any, ...]], ids: Sequence[int], then: Sequence[Any]
) -> Iterator[Row]:
    keys = key_table(session, {"id": ID}, [(claim_id,) for claim_id in ids])
    query = columns.join(keys, keys.c.id == Claim.id).order_by(Claim.keyed_at, Claim.id, *then)
    return (tuple(row) for row in session.execute(query))
