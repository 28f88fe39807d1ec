"""Judgement: of the one claim under a clerk's fingers, and of all that waits."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import UNJUDGED, ClaimState, Decision, Role
from claims_desk.domain.facts import Claim, EarlierClaim
from claims_desk.domain.judgement import Case, Judgement
from claims_desk.domain.registers import Registers
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimDecision, Verification
from claims_desk.models.database import Database
from claims_desk.queries.earlier import as_judged
from claims_desk.queries.facts import load_cases, load_claims, load_registers
from claims_desk.queries.keys import ID, key_table
from claims_desk.queries.office import registers_version
from claims_desk.queries.verifications import OPEN_DIFFERENCE, awaits_second
from claims_desk.rules.engine import judge
from claims_desk.services.decisions import STATE_OF, digest_of_results, write_judgements
from claims_desk.services.deed import Deed, deed

CHUNK = 1000
_OBJECTS_OF_A_CHUNK = 200_000
AGAIN = (*UNJUDGED, ClaimState.PENDED)  # a pended claim is judged again when somebody asks for it by its id

Judged = tuple[Claim, Judgement]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a claim would be judged now, and on what facts."""

    case: Case
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class AdjudicationReport:
    """How many claims were judged, and how; `claim_ids` in the order they were keyed."""

    judged: int
    accepted: int
    pended: int
    denied: int
    claim_ids: tuple[int, ...]


def preview(db: Database, claim: Claim, registers: Registers, blind_for: int | None = None) -> Preview:
    """Judge a claim without keeping anything; one that is not saved yet is judged after all that are.

    What is said of claims the clerk `blind_for` may have to key a second time tells nothing that was keyed of them.
    """
    case = db.read(load_cases, [claim], registers)[0]
    case = replace(case, earlier=tuple(_as_shown(row, claim, blind_for) for row in case.earlier))
    return Preview(case, judge(case))


def _as_shown(row: EarlierClaim, mine: Claim, blind_for: int | None) -> EarlierClaim:
    """An earlier claim for the eyes of one user; a blind one keeps its form number only where his form has it too."""
    if not row.blind:
        return row
    if blind_for in (None, row.keyed_by):
        return replace(row, blind=False)
    same = (row.form_no, row.facility_code) == (mine.form_no, mine.facility_code)
    return row if same else replace(row, form_no="")


def adjudicate(
    db: Database,
    actor: Actor,
    claim_ids: Collection[int] | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    each: Callable[[Claim, Judgement], None] | None = None,
) -> AdjudicationReport:
    """Judge all that is keyed or corrected, or of `claim_ids` what is, pended ones too; in the order of keying.

    A thousand at a time are kept for good: cancelled in between, the rest waits for the next run. Claims drawn for
    a second keying wait for it, those in which it differs until a third person has decided, those a supervisor
    returned until they are corrected.
    `progress(done, of)` counts claims, `each` is told every claim once its judgement is kept.
    Raises Refused without the role.
    """
    actor.must(Role.CLERK, Role.SUPERVISOR)
    waiting = db.read(waiting_claims, claim_ids)
    run = _Run(db, actor, UNJUDGED if claim_ids is None else AGAIN)
    counts: Counter[Decision] = Counter()
    done: list[int] = []
    for start in range(0, len(waiting), CHUNK):
        if cancelled is not None and cancelled():
            break
        with _garbage_looked_for_seldom():
            judged = run.judge(waiting[start : start + CHUNK])
        counts.update(judgement.decision for _, judgement in judged)
        done.extend(claim.id for claim, _ in judged)
        if each is not None:
            for claim, judgement in judged:
                each(claim, judgement)
        if progress is not None:
            progress(min(start + CHUNK, len(waiting)), len(waiting))
    return AdjudicationReport(
        len(done), counts[Decision.ACCEPT], counts[Decision.PEND], counts[Decision.DENY], tuple(done)
    )


@contextmanager
def _garbage_looked_for_seldom() -> Iterator[None]:
    """Python looks through its objects each time there are 700 more; of a chunk's 200,000 none goes before its end."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS_OF_A_CHUNK, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def waiting_claims(session: Session, claim_ids: Collection[int] | None = None) -> list[int]:
    """The ids of what waits for adjudication, in the order of keying."""
    query = select(ClaimRow.id).where(_nobody_decides()).order_by(ClaimRow.keyed_at, ClaimRow.id)
    if claim_ids is None:
        return list(session.execute(query.where(ClaimRow.state.in_(UNJUDGED))).scalars())
    keys = key_table(session, {"id": ID}, [(claim_id,) for claim_id in claim_ids])
    asked = query.join(keys, keys.c.id == ClaimRow.id).where(ClaimRow.state.in_(AGAIN))
    return list(session.execute(asked).scalars())


def _nobody_decides() -> ColumnElement[bool]:
    """No person has the word on the claim: no second keying open, no supervisor who pended it."""
    differs = exists().where(Verification.claim_id == ClaimRow.id, OPEN_DIFFERENCE)
    returned = exists().where(
        ClaimDecision.claim_id == ClaimRow.id,
        ClaimDecision.current,
        ClaimDecision.reason != "",
        ClaimRow.state == ClaimState.PENDED,
    )
    return ~differs & ~returned & ~awaits_second()


@dataclass(slots=True)
class _Run:
    """One run of adjudication; it keeps the registers while nobody changes them."""

    db: Database
    actor: Actor
    states: Sequence[ClaimState]
    registers: Registers | None = None

    def judge(self, ids: Sequence[int]) -> list[Judged]:
        """Judge the claims of `ids` that still wait, and keep it, in one transaction."""
        with deed(self.db, self.actor, Role.CLERK, Role.SUPERVISOR) as work:
            claims = load_claims(work.session, _locked(work, ids, self.states))
            cases = load_cases(work.session, claims, self._current_registers(work.session))
            judged = list(judge_in_order(cases))
            write_judgements(work, judged)
            _note(work, judged)
            return judged

    def _current_registers(self, session: Session) -> Registers:
        if self.registers is None or self.registers.version != registers_version(session):
            self.registers = load_registers(session)
        return self.registers


def judge_in_order(cases: Sequence[Case]) -> Iterator[Judged]:
    """Judge cases in the order of keying, each knowing what was just decided of those before it."""
    done: dict[int, Judged] = {}
    for case in cases:
        done[case.claim.id] = (case.claim, judge(_as_it_stands(case, done)))
        yield done[case.claim.id]


def _as_it_stands(case: Case, done: Mapping[int, Judged]) -> Case:
    if not any(row.id in done for row in case.earlier):
        return case
    return replace(case, earlier=tuple(_judged_since(row, done.get(row.id)) for row in case.earlier))


def _judged_since(earlier: EarlierClaim, judged: Judged | None) -> EarlierClaim:
    if judged is None:
        return earlier
    claim, judgement = judged
    return as_judged(earlier, claim.lines, STATE_OF[judgement.decision], judgement)


def _locked(work: Deed, ids: Sequence[int], states: Sequence[ClaimState]) -> list[int]:
    keys = key_table(work.session, {"id": ID}, [(claim_id,) for claim_id in ids])
    query = select(ClaimRow.id).join(keys, keys.c.id == ClaimRow.id).where(ClaimRow.state.in_(states))
    work.session.execute(query.order_by(ClaimRow.id).with_for_update(of=ClaimRow, key_share=True))
    # Asked again once locked: a second keying or a supervisor may have come between.
    return list(work.session.execute(query.where(_nobody_decides()).order_by(ClaimRow.id)).scalars())


def _note(work: Deed, judged: Sequence[Judged]) -> None:
    counts = Counter(judgement.decision for _, judgement in judged)
    ids = [claim.id for claim, _ in judged]
    after = {
        "claims": len(judged),
        "first": min(ids, default=None),
        "last": max(ids, default=None),
        **{decision.value: counts[decision] for decision in Decision},
        "sha256": digest_of_results(judged),
    }
    work.record("claim.adjudicate", "claims", after=after)
