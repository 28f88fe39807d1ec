"""Second keyings whose counted errors are not what their differences and decisions make."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.messages import Message, say
from claims_desk.domain.second_keying import Difference, errors_of
from claims_desk.models import Claim, Verification

Faults = Iterator[Message]
Errors = tuple[int | None, int | None]
_AT_ONCE = 1000


def verifications_off_their_differences(session: Session) -> Faults:
    """Second keyings by whose errors a clerk is measured, though what was found and decided says otherwise."""
    columns = (Verification.differences, Verification.resolved_by, Verification.first_errors)
    query = select(Claim.form_no, *columns, Verification.second_errors).join(Claim, Claim.id == Verification.claim_id)
    for form_no, written, resolved_by, first, second in session.execute(query.order_by(Verification.id)).yield_per(
        _AT_ONCE
    ):
        try:
            found = [Difference(**one) for one in json.loads(written)]
        except (ValueError, TypeError):
            yield say("what the second keying of form {form} found cannot be read", form=form_no)
            continue
        yield from _wrongly_blamed(form_no, found)
        right = _errors(found, is_open=resolved_by is None)
        if (first, second) != right:
            yield say(
                "the second keying of form {form} counts {first} and {second} errors, its decisions make {right_first}"
                " and {right_second}",
                form=form_no,
                first=_shown(first),
                second=_shown(second),
                right_first=_shown(right[0]),
                right_second=_shown(right[1]),
            )


def _wrongly_blamed(form_no: str, found: list[Difference]) -> Faults:
    for one in found:
        if one.erred != (one.decided(one.chosen).erred if one.chosen is not None else None):
            yield say(
                "the second keying of form {form} blames the wrong clerk for {field}", form=form_no, field=one.field
            )


def _errors(found: list[Difference], *, is_open: bool) -> Errors:
    """What must be counted of both; nothing yet while a difference waits for the third person."""
    if found and (is_open or any(one.chosen is None for one in found)):
        return None, None
    return errors_of(found, "first"), errors_of(found, "second")


def _shown(errors: int | None) -> int | str:
    return "–" if errors is None else errors
