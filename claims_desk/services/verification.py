"""Verification: a claim keyed a second time, blind, by another clerk; a third person decides where they differ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import InvalidOperation

from sqlalchemy import select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import UNJUDGED, Role
from claims_desk.domain.dates import utc_now
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import say
from claims_desk.domain.second_keying import Difference, differences, errors_of, fields_compared, with_values
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import Verification
from claims_desk.models.database import Database
from claims_desk.queries.claim_facts import load_claims
from claims_desk.services.claims import replace_form
from claims_desk.services.deed import Deed, deed
from claims_desk.services.hands import correctors
from claims_desk.services.work_days import count_form


@dataclass(frozen=True, slots=True)
class VerificationOutcome:
    """Whether both keyings agree; where they do not, neither clerk is told in what."""

    id: int
    agreed: bool
    fields_compared: int


def second_key(db: Database, actor: Actor, claim_id: int, claim: Claim) -> VerificationOutcome:
    """Compare a second keying with what stands; a difference keeps the claim from adjudication until it is resolved.

    Raises Refused for whoever keyed or corrected the claim, UserError once it is judged or was keyed twice already.
    """
    with deed(db, actor, Role.CLERK) as work:
        row = work.get(ClaimRow, claim_id)
        _refuse_own(work, row)
        _need_fresh(work, row)
        first = load_claims(work.session, [claim_id])[0]
        found = differences(first, claim)
        verification = Verification(
            claim_id=claim_id,
            keyed_by=row.keyed_by,
            verified_by=actor.user_id,
            verified_at=utc_now(),
            fields_compared=fields_compared(first, claim),
            differences=_json(found),
            first_errors=None if found else 0,
            second_errors=None if found else 0,
        )
        work.session.add(verification)
        work.session.flush()
        # Not whether they differ: whoever reads the trail may be one of the two.
        work.record("claim.verify", verification, after={"claim": claim_id, "fields": verification.fields_compared})
        count_form(work)
        return VerificationOutcome(verification.id, not found, verification.fields_compared)


def resolve(db: Database, actor: Actor, verification_id: int, chosen: Mapping[str, str]) -> None:
    """Decide every difference by the paper: `chosen` names each field and what the paper says, as texts.

    Texts are as in the difference: days in ISO form, kip ungrouped. Raises Refused for the two who keyed it,
    UserError where a field is left open, a text cannot stand in its field, it is decided already, or the claim can no
    longer be corrected so.
    """
    with deed(db, actor, Role.SUPERVISOR) as work:
        verification = work.get(Verification, verification_id)
        row = work.get(ClaimRow, verification.claim_id)
        _refuse_the_two(work, row, verification)
        found = open_differences(verification)
        _need_all(found, chosen)
        before = load_claims(work.session, [row.id])[0]
        after = _corrected(before, {name: chosen[name] for name in (one.field for one in found)})
        decided = [difference.decided(chosen[difference.field]) for difference in found]
        verification.differences = _json(decided)
        verification.first_errors = errors_of(decided, "first")
        verification.second_errors = errors_of(decided, "second")
        verification.resolved_by, verification.resolved_at = actor.user_id, utc_now()
        if after != before:
            replace_form(work, row, before, after)
        work.record("claim.resolve", verification, after={"claim": row.id, "decided": [asdict(one) for one in decided]})


def open_differences(verification: Verification) -> list[Difference]:
    """The differences nobody has decided yet. Raises UserError where there are none."""
    found = [Difference(**one) for one in json.loads(verification.differences)]
    if not found or verification.resolved_by is not None:
        raise UserError(say("Nothing of this claim waits to be resolved."), say("Refresh the list and choose another."))
    return found


def _corrected(before: Claim, chosen: Mapping[str, str]) -> Claim:
    try:
        return with_values(before, chosen)
    except (ValueError, InvalidOperation) as error:
        raise UserError(
            say("One of the values chosen cannot stand in its field."),
            say("Choose one of the two, or type what the paper says."),
        ) from error


def _need_all(found: list[Difference], chosen: Mapping[str, str]) -> None:
    missing = [difference.field for difference in found if difference.field not in chosen]
    if missing:
        raise UserError(
            say("{count} differences are not decided yet.", count=len(missing)),
            say("Choose what the paper says for every one of them."),
        )


def _refuse_own(work: Deed, row: ClaimRow) -> None:
    if work.actor.user_id in {row.keyed_by, *_correctors(work, row)}:
        raise Refused(
            say("{name} keyed claim {form} and may not verify it.", name=work.actor.name, form=row.form_no),
            say("Another clerk keys it a second time."),
        )


def _refuse_the_two(work: Deed, row: ClaimRow, verification: Verification) -> None:
    if work.actor.user_id in {row.keyed_by, verification.verified_by, *_correctors(work, row)}:
        raise Refused(
            say("{name} keyed claim {form} and may not resolve it.", name=work.actor.name, form=row.form_no),
            say("A third person looks at the paper and decides."),
        )


def _correctors(work: Deed, row: ClaimRow) -> set[int]:
    return correctors(work.session, select(ClaimRow.id).where(ClaimRow.id == row.id))


def _need_fresh(work: Deed, row: ClaimRow) -> None:
    if row.state not in UNJUDGED:
        raise UserError(
            say("Claim {form} is adjudicated already.", form=row.form_no),
            say("A second keying comes before adjudication."),
        )
    if work.session.execute(select(Verification.id).where(Verification.claim_id == row.id)).first():
        raise UserError(
            say("Claim {form} has been keyed twice already.", form=row.form_no),
            say("Refresh the list and choose another."),
        )


def _json(found: list[Difference]) -> str:
    return json.dumps([asdict(difference) for difference in found], ensure_ascii=False)
