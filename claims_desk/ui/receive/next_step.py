"""What is to be done next with a bundle, in words and as a deed."""

from __future__ import annotations

from enum import StrEnum

from claims_desk.domain.codes import SubmissionState
from claims_desk.domain.messages import Message, say
from claims_desk.queries.bundle_work import BundleWork
from claims_desk.queries.submissions import SubmissionRow
from claims_desk.ui.bundle_gap import difference_words


class Step(StrEnum):
    """The deed that comes next."""

    KEY = "key"
    COMPARE = "compare"
    CLOSE = "close"
    ADJUDICATE = "adjudicate"
    NOTHING = "nothing"


def next_step(row: SubmissionRow, work: BundleWork | None) -> Step:
    """What comes next; `work` is None while it is not known yet."""
    if row.state == SubmissionState.CLOSED:
        return Step.ADJUDICATE if work is not None and work.waiting else Step.NOTHING
    if row.keyed == row.counted:
        return Step.CLOSE
    return Step.KEY if row.difference.forms < 0 else Step.COMPARE


def step_words(row: SubmissionRow, step: Step) -> Message | None:
    """What comes next in words, with what does not agree and by how much; None where nothing is left to do."""
    if step is Step.KEY:
        return _to_key(row)
    if step is Step.COMPARE:
        return say(
            "{differences} Compare with the paper: mend the form that is wrong, or count again by hand and mend the"
            " totals (F4).",
            differences=difference_words(row.difference),
        )
    if step is Step.CLOSE:
        return say("Counted and keyed agree. Next: close the bundle (F9).")
    return say("Next: adjudicate its claims (F8).") if step is Step.ADJUDICATE else None


def _to_key(row: SubmissionRow) -> Message:
    gap = row.difference
    if not row.keyed.forms:
        return say("Next: key its forms (F7).")
    if gap.forms == -1 and gap.kip <= 0 and gap.form_numbers < 0:
        return say(
            "Next: key the form that lacks (F7). By the count it has number {number} and {kip:kip} kip.",
            number=-gap.form_numbers,
            kip=-gap.kip,
        )
    return say("Next: key the forms that lack (F7): {count:kip}.", count=-gap.forms)
