"""What a quarter would have cost under a change: asked for with progress, shown by scheme and level."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.columns import Align, Cell, Column, Format
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_kip, format_tenths
from claims_desk.domain.quarters import Quarter, quarter_of
from claims_desk.domain.terms import DECISIONS, LEVELS
from claims_desk.services.what_if import ChangedClaim, Compared, WhatIf
from claims_desk.ui.background import IsCancelled, Report
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import (
    Button,
    Choice,
    ChoiceEdit,
    MessageStrip,
    RowsModel,
    Table,
    Tone,
    Words,
    show_progress,
)

QUARTERS_BACK: Final = 8
QUARTER_HELP: Final = say("The claims of this quarter are judged twice, as things stand and changed; nothing is kept.")
REASON_HELP: Final = say("Words another person understands a year from now. They stay in the audit trail.")
Work = Callable[[Report, IsCancelled], WhatIf | None]
_LEVEL_NAMES: Final = {level.value: words for level, words in LEVELS.items()}
_ALL: Final = say("All")


def quarter_choice(today: date) -> ChoiceEdit[Quarter]:
    """A field for the quarter to try a change on: the one before today's, or one of those before it."""
    quarters = quarter_of(today).before.and_before(QUARTERS_BACK)
    return ChoiceEdit([Choice(quarter, str(quarter), _days(quarter)) for quarter in quarters], must_choose=True)


def _days(quarter: Quarter) -> Message:
    return say("{first} to {last}", first=quarter.first, last=quarter.last)


def ask_what_if(owner: QWidget, work: Work, strip: MessageStrip) -> None:
    """Compare in the background with progress and Cancel, then show the outcome over `owner`; refusals in `strip`."""

    def done(outcome: WhatIf | None) -> None:
        if outcome is None:
            strip.tell(say("Stopped; nothing was changed."), Tone.INFO)
        else:
            WhatIfDialog(owner, outcome).open()

    show_progress(owner, say("Judging the quarter's claims twice"), work, done, strip.tell_refusal)


def _turned(now: int, then: int) -> str:
    return format_kip(now) if now == then else f"{format_kip(now)} → {format_kip(then)}"


def _share(row: Compared) -> Cell:
    """The difference in percent of what is payable now, to a tenth, reckoned in whole numbers."""
    if not row.now.payable:
        return None
    tenths = abs(row.difference) * 1000 // row.now.payable
    return f"{'+' if row.difference > 0 and tenths else ''}{format_tenths(tenths if row.difference > 0 else -tenths)} %"


def _count(key: str, title: Message, of: Callable[[Compared], str], width: int = 13) -> Column[Compared]:
    return Column(key, title, of, align=Align.RIGHT, width=width)


def _kip(key: str, title: Message, of: Callable[[Compared], int], width: int = 13) -> Column[Compared]:
    return Column(key, title, of, Format.KIP, width=width)


LINES: Final[tuple[Column[Compared], ...]] = (
    Column("scheme", say("Scheme"), lambda row: row.scheme or _ALL, width=7),
    Column("level", say("Level"), lambda row: _LEVEL_NAMES.get(row.level, row.level), width=15),
    _count("accepted", say("Accepted"), lambda row: _turned(row.now.accepted, row.then.accepted), 17),
    _count("pended", say("Pended"), lambda row: _turned(row.now.pended, row.then.pended)),
    _count("denied", say("Denied"), lambda row: _turned(row.now.denied, row.then.denied)),
    _kip("allowed", say("Allowed ±"), lambda row: row.then.allowed - row.now.allowed, 12),
    _kip("copay", say("Co-payment ±"), lambda row: row.then.copay - row.now.copay, 12),
    _kip("now", say("Payable now"), lambda row: row.now.payable),
    _kip("then", say("Payable then"), lambda row: row.then.payable),
    _kip("difference", say("Difference"), lambda row: row.difference),
    Column("share", say("Percent"), _share, align=Align.RIGHT, width=7),
)
CHANGED: Final[tuple[Column[ChangedClaim], ...]] = (
    Column("form_no", say("Form number"), lambda row: row.form_no, width=14),
    Column("facility", say("Facility"), lambda row: row.facility_code, width=12),
    Column("scheme", say("Scheme"), lambda row: row.scheme, width=8),
    Column("decision_now", say("Decision now"), lambda row: DECISIONS[row.decision_now], width=14),
    Column("decision_then", say("Decision then"), lambda row: DECISIONS[row.decision_then], width=14),
    Column("now", say("Payable now"), lambda row: row.payable_now, Format.KIP, width=15),
    Column("then", say("Payable then"), lambda row: row.payable_then, Format.KIP, width=15),
    Column("copay", say("Co-payment ±"), lambda row: row.copay_then - row.copay_now, Format.KIP, width=15),
    Column("difference", say("Difference"), lambda row: row.difference, Format.KIP, width=15),
)


class WhatIfDialog(QDialog):
    """The comparison: in a sentence, by scheme and level with the total, and the claims changed most."""

    def __init__(self, parent: QWidget, outcome: WhatIf) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = say("Quarter {quarter}: what would it have cost?", quarter=str(outcome.quarter))
        bind_text(self.setWindowTitle, title)
        self.outcome = outcome
        lines = (outcome.total, *outcome.lines) if outcome.lines else ()
        self.lines: Table[Compared] = Table(RowsModel(LINES, lines), say("By scheme and level"))
        self.changed: Table[ChangedClaim] = Table(RowsModel(CHANGED, outcome.most_changed), say("Claims changed most"))
        self._lay_out(title)
        self.resize(1340, 700)
        self.lines.setFocus()

    def _lay_out(self, title: Message) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        strip = MessageStrip()
        strip.tell(_in_short(self.outcome), Tone.INFO)
        for part in (Words(title, "title"), strip, self.lines):
            column.addWidget(part, 3 if part is self.lines else 0)
        column.addWidget(Words(_changed_words(self.outcome), "heading"))
        column.addWidget(self.changed, 2)
        column.addWidget(Words(_how(self.outcome), "muted", wraps=True))
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(Button(say("Close"), "Esc", self.reject))
        column.addLayout(foot)


def _in_short(outcome: WhatIf) -> Message:
    total = outcome.total
    if not total.now.claims:
        return say("There is no claim of that quarter.")
    paid, owed = _payable_words(total), total.then.copay - total.now.copay
    if owed == 0:
        return paid
    if owed > 0:
        return say("{payable} Patients would owe {owed:kip} kip more.", payable=paid, owed=owed)
    return say("{payable} Patients would owe {owed:kip} kip less.", payable=paid, owed=-owed)


def _payable_words(total: Compared) -> Message:
    values = {"claims": total.now.claims, "now": total.now.payable, "then": total.then.payable}
    if total.difference == 0:
        return say("{claims:kip} claims: {now:kip} kip payable, and the same under the change.", **values)
    values["difference"] = abs(total.difference)
    if total.difference > 0:
        return say("{claims:kip} claims: {now:kip} kip now, {then:kip} then: {difference:kip} kip more.", **values)
    return say("{claims:kip} claims: {now:kip} kip now, {then:kip} then: {difference:kip} kip less.", **values)


def _changed_words(outcome: WhatIf) -> Message:
    shown = len(outcome.most_changed)
    return say("{changed:kip} claims would change; the {shown} changed most:", changed=outcome.changed, shown=shown)


def _how(outcome: WhatIf) -> Message:
    how = say(
        "Both sides are judged by the rules alone: what supervisors decided counts in neither. Amounts are those of"
        " accepted and pended claims, these as if cured. Nothing was changed."
    )
    if outcome.tried_from is None:
        return how
    late = say("It begins after the quarter: it was tried as if it held from {day}.", day=outcome.tried_from)
    return say("{first} {second}", first=late, second=how)
