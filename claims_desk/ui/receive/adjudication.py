"""Adjudication as the window starts it: with progress, a way to stop, and the outcome in words."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.queries.verifications import awaiting_among
from claims_desk.services.judgement import AdjudicationReport, adjudicate
from claims_desk.ui.background import IsCancelled, Report
from claims_desk.ui.desk import Desk
from claims_desk.ui.widgets import MessageStrip, Tone, show_progress


def adjudicate_all(desk: Desk, owner: QWidget, strip: MessageStrip) -> None:
    """Judge all that is keyed or corrected."""
    adjudicate_some(desk, owner, strip, None)


def adjudicate_some(desk: Desk, owner: QWidget, strip: MessageStrip, claim_ids: Collection[int] | None) -> None:
    """Judge the claims of `claim_ids`, or with None all that waits; stopped in between, what was judged is kept."""
    db, actor = desk.db, desk.actor

    def work(report: Report, cancelled: IsCancelled) -> tuple[AdjudicationReport, int]:
        outcome = adjudicate(db, actor, claim_ids, progress=report, cancelled=cancelled)
        return outcome, db.read(awaiting_among, claim_ids)

    def done(answer: tuple[AdjudicationReport, int]) -> None:
        outcome, passed_over = answer
        words = outcome_words(outcome)
        if passed_over:
            words = say("{outcome} Waiting for a second keying: {count:kip}.", outcome=words, count=passed_over)
        strip.tell(words, Tone.GOOD if outcome.judged else Tone.INFO)
        desk.changed.emit(frozenset({"claims"}))

    show_progress(owner, say("Adjudicating"), work, done, strip.tell_refusal)


def outcome_words(outcome: AdjudicationReport) -> Message:
    """What came out of a run."""
    if not outcome.judged:
        return say("No claim waits to be adjudicated.")
    return say(
        "{judged:kip} claims adjudicated: {accepted:kip} accepted, {pended:kip} pended, {denied:kip} denied.",
        judged=outcome.judged,
        accepted=outcome.accepted,
        pended=outcome.pended,
        denied=outcome.denied,
    )
