"""Claims as the rules see them: the form as it was keyed, with its lines and its bundle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.facts import Claim, Line, Submission
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimLine
from claims_desk.models import Submission as SubmissionRow
from claims_desk.queries.keys import ID, key_table
from claims_desk.queries.registers_facts import codes

PLAIN_FIELDS: Final = (
    *("form_no", "facility_code", "scheme", "member_no", "patient_name", "phone", "sex", "birth_date", "care_type"),
    *("visit_from", "visit_to", "case_group", "diagnosis_main", "diagnosis_2", "diagnosis_3", "diagnosis_4"),
    *("referred_from", "referral_date", "referral_no", "emergency", "signed", "exemption_claimed", "copay_collected"),
    *("claimed_total", "received_date", "outcome"),
)  # the same in the table and in the facts
_FIELDS: Final = ("id", *PLAIN_FIELDS, "copied_from")
_CLAIMS: Final = ClaimRow.__table__
_LINES: Final = ClaimLine.__table__
_BUNDLES: Final = SubmissionRow.__table__
_COLUMNS: Final = tuple(_CLAIMS.c[name] for name in _FIELDS)
_BUNDLE: Final = (_BUNDLES.c.number, _BUNDLES.c.facility_code, _BUNDLES.c.month)
_LINE: Final = tuple(
    _LINES.c[name] for name in ("claim_id", "line_no", "item_code", "service_date", "quantity", "unit_price")
)
_WIDTH: Final = len(_FIELDS)


def load_claims(session: Session, ids: Iterable[int]) -> list[Claim]:
    """The claims of `ids` in the order they were keyed; ids that are not there are left out. Two statements."""
    keys = key_table(session, {"id": ID}, [(claim_id,) for claim_id in ids])
    query = (
        select(*_COLUMNS, _CLAIMS.c.documents_seen, *_BUNDLE)
        .join(keys, keys.c.id == _CLAIMS.c.id)
        .outerjoin(_BUNDLES, _BUNDLES.c.id == _CLAIMS.c.submission_id)
        .order_by(_CLAIMS.c.keyed_at, _CLAIMS.c.id)
    )
    lines = _lines(session, keys)
    return [_claim(row, lines) for row in session.execute(query).all()]


@lru_cache(maxsize=4096)
def quantity_of(written: str | None) -> Decimal | None:
    """The quantity a line holds as text; None where it is blank or no number."""
    try:
        return Decimal(written) if written else None
    except InvalidOperation:
        return None


def _lines(session: Session, keys: Any) -> Mapping[int, list[Line]]:
    query = select(*_LINE).join(keys, keys.c.id == _LINES.c.claim_id).order_by(_LINES.c.claim_id, _LINES.c.line_no)
    found: dict[int, list[Line]] = defaultdict(list)
    for claim_id, line_no, item_code, service_date, quantity, unit_price in session.execute(query).all():
        found[claim_id].append(
            Line(
                line_no=line_no,
                item_code=item_code,
                service_date=service_date,
                quantity=quantity_of(quantity),
                unit_price=unit_price,
            )
        )
    return found


def _claim(row: Sequence[Any], lines: Mapping[int, list[Line]]) -> Claim:
    documents, number, facility_code, month = row[_WIDTH:]
    return Claim(
        **dict(zip(_FIELDS, row[:_WIDTH], strict=True)),
        documents_seen=codes(documents),
        submission=Submission(number=number, facility_code=facility_code, month=month) if number else None,
        lines=tuple(lines.get(row[0], ())),
    )
