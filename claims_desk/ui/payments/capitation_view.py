"""The capitation run: a quarter of a scheme looked at facility by facility, then prepared as vouchers."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.columns import Column, Format
from claims_desk.domain.dates import format_month
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.quarters import Quarter, quarter_of
from claims_desk.domain.terms import level_name
from claims_desk.queries.capitation import CapitationRun, ShareRow, capitated_schemes, capitation_run
from claims_desk.services.capitation import prepare_capitation
from claims_desk.ui.desk import Desk
from claims_desk.ui.widgets import (
    Choice,
    ChoiceEdit,
    EmptyState,
    Field,
    MessageStrip,
    PrimaryButton,
    ShortList,
    Tone,
    Words,
    confirm,
)

QUARTERS_BACK = 8
MISSING_SHOWN = 2


def share_status(row: ShareRow) -> Message | str:
    """Whether a share is paid, can be, or why not."""
    if row.voucher == "–":
        return say("Not posted yet")
    return row.voucher or row.problem or say("to pay")


def share_tone(row: ShareRow) -> Tone:
    """The tone of its status."""
    if row.problem is not None:
        return Tone.BAD
    return Tone.GOOD if row.voucher else Tone.INFO


def missing_words(row: ShareRow) -> Message | str:
    """The months whose returns lack or are not closed, the first few by name."""
    months = [format_month(month) for month in row.missing]
    shown = ", ".join(months[:MISSING_SHOWN])
    more = len(months) - MISSING_SHOWN
    return say("{months} and {count} more", months=shown, count=more) if more > 0 else shown


SHARES: tuple[Column[ShareRow], ...] = (
    Column("code", say("Code"), lambda row: row.facility_code, width=7),
    Column("facility", say("Facility"), lambda row: row.facility, width=25),
    Column("level", say("Level"), lambda row: level_name(row.level), width=16),
    Column("catchment", say("Catchment"), lambda row: row.catchment, Format.KIP, width=8),
    Column("rate", say("Rate"), lambda row: row.rate, Format.KIP, width=8),
    Column("year_amount", say("The year"), lambda row: row.year_amount, Format.KIP, width=12),
    Column("amount", say("The quarter"), lambda row: row.amount, Format.KIP, width=12),
    Column("status", say("Status"), share_status, width=17),
    Column("missing", say("Returns not closed"), missing_words, width=18),
)


class CapitationView(QWidget):
    """Scheme and quarter above, the shares below; F9 prepares what can be paid."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self.run: CapitationRun | None = None
        self.scheme: ChoiceEdit[str] = ChoiceEdit([], must_choose=True)
        self.quarter = ChoiceEdit(_quarters(quarter_of(desk.today())), must_choose=True)
        empty = EmptyState(
            say("No share in this quarter"),
            say("An administrator brings in contracts, catchments and capitation rates (Registers, Ctrl+I)."),
        )
        self.list = ShortList(say("Capitation run"), SHARES, empty, kip_of=lambda row: row.amount, many=True)
        self.table, self.model = self.list.table, self.list.model
        self.table.badge("status", share_tone)
        self.total = Words("", "note")
        self.prepare_button = PrimaryButton(say("Prepare vouchers"), "F9", self.prepare)
        self._lay_out()
        self.prepare_button.setVisible(desk.actor.may(Role.ACCOUNTANT))
        for edit in (self.scheme, self.quarter):
            edit.typed.connect(self.load)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        which = say("The scheme that pays by head: the first letter or the arrows choose.")
        tools.addWidget(Field(say("Scheme"), self.scheme, name="scheme", width=26, help_text=which))
        when = say("The quarter that is paid: the arrows go to another.")
        tools.addWidget(Field(say("Quarter"), self.quarter, name="quarter", width=14, help_text=when))
        tools.addStretch()
        tools.addWidget(self.prepare_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(tools)
        column.addWidget(self.list, 1)
        column.addWidget(self.total)

    def refresh(self) -> None:
        """Ask for the schemes and the run again."""
        self.desk.read(self, self._offer, capitated_schemes)

    def load(self) -> None:
        """Look at the run of the scheme and quarter chosen."""
        scheme, quarter = self.scheme.value(), self.quarter.value()
        if scheme is not None and quarter is not None:
            self.desk.read(self, self._show, capitation_run, scheme, quarter, self.desk.today())

    def prepare(self) -> None:
        """Ask once, then prepare a voucher for every share that can be paid."""
        run = self.run
        if run is None or not run.payable:
            self.strip.tell(say("No share of this quarter can be put on a voucher."))
            return
        lacking = sum(bool(row.missing) for row in run.payable)
        what = say(
            "{count} vouchers over {kip:kip} kip are prepared; another accountant certifies them. Of these facilities"
            " {lacking} have returns that are missing or not closed.",
            count=len(run.payable),
            kip=run.total,
            lacking=lacking,
        )
        title = say("Capitation, quarter {quarter}", quarter=str(run.quarter))
        confirm(self, title, what, say("Prepare vouchers"), partial(self._prepare, run))

    def _prepare(self, run: CapitationRun) -> None:
        seen = {row.facility_code: row.amount for row in run.payable}
        work = partial(
            prepare_capitation,
            *(self.desk.db, self.desk.actor, run.scheme, run.quarter),
            on=self.desk.today(),
            previewed=seen,
        )
        self.desk.do(self, work, self._prepared, "vouchers", failed=self.strip.tell_refusal)

    def _prepared(self, made: list[int]) -> None:
        self.strip.tell(say("{count} vouchers were prepared.", count=len(made)), Tone.GOOD)

    def _offer(self, schemes: tuple[tuple[str, Name], ...]) -> None:
        chosen = self.scheme.value()
        self.scheme.set_choices([Choice(code, code, name) for code, name in schemes])
        if schemes and self.scheme.value() is None:
            self.scheme.set_value(chosen or schemes[0][0])
        self.load()

    def _show(self, run: CapitationRun) -> None:
        if (run.scheme, run.quarter) != (self.scheme.value(), self.quarter.value()):
            return
        self.run = run
        self.list.show_rows(run.rows)
        self.prepare_button.setEnabled(bool(run.payable))
        problems = sum(row.problem is not None for row in run.rows)
        self.total.say(
            say(
                "{count} facilities · {paid} on vouchers · {problems} with a problem"
                " · to prepare: {payable} for {kip:kip} kip",
                count=len(run.rows),
                paid=sum(bool(row.voucher) for row in run.rows),
                problems=problems,
                payable=len(run.payable),
                kip=run.total,
            )
        )


def _quarters(newest: Quarter) -> list[Choice[Quarter]]:
    """The quarter that runs and those before it."""
    return [Choice(quarter, str(quarter)) for quarter in newest.and_before(QUARTERS_BACK)]
