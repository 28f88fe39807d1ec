"""Claims and their lines out of a file: evidence that is added to and never overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ClaimState, SubmissionState
from claims_desk.domain.dates import utc_now
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Message, say
from claims_desk.imports.good_rows import ParsedRow
from claims_desk.imports.kinds import kind_named
from claims_desk.imports.parsing import RowProblem
from claims_desk.models import Claim, ClaimLine, Submission
from claims_desk.models.bulk import insert_values
from claims_desk.models.ids import take_ids
from claims_desk.services.deed import Deed
from claims_desk.services.draws import Drawing, Form, imports_are_drawn
from claims_desk.services.import_plan import Plan, Values, Write, among, chunks
from claims_desk.services.import_targets import storing

FormKey = tuple[str, str]  # facility and form number
Rows = Sequence[ParsedRow]
FORM: Final = ("facility_code", "form_no")
_CLAIMS: Final = Claim.metadata.tables["claims"]
_LINES: Final = ClaimLine.metadata.tables["claim_lines"]
_CLAIM_COLUMNS: Final = tuple(name for name in kind_named("claims").names if name != "submission")
_DRAWN: Final = ("id", "submission_id", "facility_code", "form_no", "scheme", "claimed_total")
_LINE_COLUMNS: Final = tuple(n for n in kind_named("claim_lines").names if n not in ("form_no", "facility_code"))


def _form(values: Mapping[str, Any]) -> FormKey:
    return values["facility_code"], values["form_no"]


# --- claims ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bundle:
    id: int
    open: bool


claims_as_kept: Final = storing(_CLAIMS, _CLAIM_COLUMNS)


class ClaimPlanner:
    """Plans claims: a row equal in every column to a known claim is unchanged; one that differs is a new claim.

    The bundles named in `rows`, which are those of the whole file, stay locked.
    """

    def __init__(self, session: Session, rows: Iterable[ParsedRow]) -> None:
        self._session = session
        self._bundles = _bundles(session, rows)

    def plan(self, rows: Rows) -> Plan:
        """What bringing some of the rows in would do."""
        plan = Plan()
        known = _known_claims(self._session, {_form(row.values) for row in rows})
        for row in rows:
            number = row.values["submission"]
            bundle = self._bundles.get(str(number)) if number is not None else None
            if number is not None and bundle is None:
                reason = say("There is no bundle with this number: receive it first, or leave the field empty.")
                plan.problems.append(RowProblem(row.row_no, "submission", str(number), reason))
                continue
            values = claims_as_kept(row.values) | {"submission_id": bundle.id if bundle else None}
            if (content := tuple(values.values())) in known[_form(values)]:
                plan.unchanged += 1
            elif bundle is not None and not bundle.open:
                reason = say("This bundle is closed: its claims were counted and agree with its totals.")
                plan.problems.append(RowProblem(row.row_no, "submission", str(number), reason))
            else:
                known[_form(values)].add(content)
                plan.added.append(values)
        return plan


def _bundles(session: Session, rows: Iterable[ParsedRow]) -> dict[str, _Bundle]:
    numbers = {str(row.values["submission"]) for row in rows if row.values["submission"] is not None}
    found = {}
    for some in chunks(sorted(numbers)):
        query = select(Submission.number, Submission.id, Submission.state).where(Submission.number.in_(some))
        # Locked in one order: nobody closes a bundle while claims go into it.
        for number, key, state in session.execute(query.order_by(Submission.number).with_for_update(key_share=True)):
            found[number] = _Bundle(key, state == SubmissionState.OPEN)
    return found


def _known_claims(session: Session, forms: Iterable[FormKey]) -> dict[FormKey, set[tuple[Any, ...]]]:
    names = (*_CLAIM_COLUMNS, "submission_id")
    place = among([_CLAIMS.c.facility_code, _CLAIMS.c.form_no], forms)
    known: dict[FormKey, set[tuple[Any, ...]]] = defaultdict(set)
    for row in session.execute(select(*(_CLAIMS.c[name] for name in names)).where(place)):
        known[row.facility_code, row.form_no].add(tuple(row))
    return known


@contextmanager
def claim_writing(work: Deed) -> Iterator[Write]:
    """Adds planned claims as keyed by the actor, in the order of the file; draws among them where the office does."""
    session, now = work.session, utc_now()
    drawing = Drawing(work) if imports_are_drawn(work) else None

    def write(plan: Plan) -> None:
        for values, fresh in zip(plan.added, take_ids(session, len(plan.added)), strict=True):
            values.update(
                id=fresh,
                version=1,
                patient_folded=fold(values["patient_name"])[:200],
                state=ClaimState.KEYED,
                keyed_by=work.actor.user_id,
                keyed_at=now,
            )
        insert_values(session, _CLAIMS, plan.added)
        if drawing:
            drawing.draw(Form(*(values[name] for name in _DRAWN)) for values in plan.added)

    yield write
    if drawing and drawing.drawn:
        counts = {"claims": drawing.drawn, "chosen": drawing.chosen}
        work.record("claim.draw", "verification_draws", after=counts)


# --- lines ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Owner:
    """The newest claim of a facility and form number, and the lines it has."""

    id: int
    keyed: bool
    lines: dict[int, Values]


def plan_lines(session: Session, rows: Rows) -> Plan:
    """Lines go to the newest claim of their facility and form number, while it waits to be judged."""
    plan = Plan()
    store = storing(_LINES, _LINE_COLUMNS)
    owners = _owners(session, {_form(row.values) for row in rows})
    for row in rows:
        owner = owners.get(_form(row.values))
        if owner is None:
            reason = say("There is no claim of this facility and form number: import the claims first.")
            plan.problems.append(_form_problem(row, reason))
            continue
        values = store(row.values) | {"claim_id": owner.id}
        old = owner.lines.get(values["line_no"])
        if old == values:
            plan.unchanged += 1
        elif not owner.keyed:
            reason = say("This claim is judged already: its lines change by a correction only.")
            plan.problems.append(_form_problem(row, reason))
        else:
            (plan.added if old is None else plan.changed).append(values)
    return plan


def _form_problem(row: ParsedRow, reason: Message) -> RowProblem:
    return RowProblem(row.row_no, "form_no", str(row.values["form_no"]), reason)


def _owners(session: Session, forms: Iterable[FormKey]) -> dict[FormKey, _Owner]:
    newest = (
        select(func.max(_CLAIMS.c.id))
        .where(among([_CLAIMS.c.facility_code, _CLAIMS.c.form_no], forms))
        .group_by(_CLAIMS.c.facility_code, _CLAIMS.c.form_no)
    )
    query = select(Claim.facility_code, Claim.form_no, Claim.id, Claim.state).where(Claim.id.in_(newest))
    locked = query.order_by(Claim.id).with_for_update(key_share=True)  # nobody judges them while lines go in
    owners = {
        (facility, form): _Owner(key, state == ClaimState.KEYED, {})
        for facility, form, key, state in session.execute(locked)
    }
    by_id = {owner.id: owner for owner in owners.values()}
    names = (*_LINE_COLUMNS, "claim_id")
    lines = select(*(_LINES.c[name] for name in names)).where(_LINES.c.claim_id.in_(list(by_id)))
    for row in session.execute(lines):
        values = dict(zip(names, row, strict=True))
        by_id[values["claim_id"]].lines[values["line_no"]] = values
    return owners


def write_lines(session: Session, plan: Plan) -> None:
    """Add and change lines, all that a file has for some claims; these get a new version."""
    insert_values(session, _LINES, plan.added)
    known = (_LINES.c.claim_id == bindparam("known_claim")) & (_LINES.c.line_no == bindparam("known_line"))
    if plan.changed:
        rows = [
            {**values, "known_claim": values["claim_id"], "known_line": values["line_no"]} for values in plan.changed
        ]
        session.connection().execute(_LINES.update().where(known), rows)
    touched = sorted({values["claim_id"] for values in (*plan.added, *plan.changed)})
    session.execute(update(Claim).where(Claim.id.in_(touched)).values(version=Claim.version + 1))
