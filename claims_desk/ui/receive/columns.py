"""The columns of the list of bundles, and a difference in words."""

from __future__ import annotations

from claims_desk.domain.codes import SubmissionState
from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.dates import format_month
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import SUBMISSION_STATES
from claims_desk.domain.totals import Totals
from claims_desk.queries.submissions import SubmissionRow
from claims_desk.ui.theme import Tone


def standing_words(row: SubmissionRow) -> Message:
    """Where a bundle stands: closed, ready to be closed, or what keeps it from agreeing, the weightiest first."""
    if row.state == SubmissionState.CLOSED:
        return SUBMISSION_STATES[row.state]
    if not row.keyed.forms:
        return say("not begun")
    return _gap_words(row.difference)


def _gap_words(gap: Totals) -> Message:
    if gap.forms == -1:
        return say("1 form short")
    if gap.forms:
        forms = abs(gap.forms)
        return (
            say("{count:kip} forms short", count=forms) if gap.forms < 0 else say("{count:kip} too many", count=forms)
        )
    if gap.kip:
        kip = abs(gap.kip)
        return say("{kip:kip} kip short", kip=kip) if gap.kip < 0 else say("{kip:kip} kip over", kip=kip)
    return say("form numbers differ") if gap.form_numbers else say("ready to close")


def standing_tone(row: SubmissionRow) -> Tone:
    """Good where it agrees, quiet where nobody began, else bad."""
    if row.state == SubmissionState.CLOSED or row.keyed == row.counted:
        return Tone.GOOD
    return Tone.BAD if row.keyed.forms else Tone.NEUTRAL


BUNDLES: tuple[Column[SubmissionRow], ...] = (
    Column("number", say("Bundle"), lambda row: row.number, width=15),
    Column("facility", say("Facility"), lambda row: row.facility, width=18),
    Column("month", say("Month"), lambda row: format_month(row.month), align=Align.RIGHT, width=8),
    Column("received_on", say("Received"), lambda row: row.received_on, Format.DAY, align=Align.RIGHT, width=10),
    Column("forms", say("Forms"), lambda row: f"{row.keyed.forms} / {row.counted.forms}", align=Align.RIGHT, width=8),
    Column("kip", say("Kip"), lambda row: row.counted.kip, Format.KIP, width=11),
    Column("state", say("Status"), standing_words, width=15),
)
