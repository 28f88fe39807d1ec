"""How everybody keys: for supervisors and auditors all clerks, for a clerk himself."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_tenths
from claims_desk.domain.sampling import ALL
from claims_desk.queries.figures import PACE_DAYS, ClerkFigures, clerk_figures
from claims_desk.ui.desk import Desk
from claims_desk.ui.widgets import EmptyState, ShortList, Words


def share_words(row: ClerkFigures) -> Message:
    """The share of a clerk's claims that is keyed again today."""
    if row.newcomer_left:
        return say("all, {count} forms more", count=row.newcomer_left)
    if row.share >= ALL:
        return say("all")
    return say("{share} %", share=format_tenths(row.share))


def _errors_words(row: ClerkFigures) -> str | None:
    measured = row.measured
    return format_tenths(round(10_000 * measured.errors / measured.fields)) if measured.fields else None


FIGURES: tuple[Column[ClerkFigures], ...] = (
    Column("clerk", say("Clerk"), lambda row: row.clerk, width=14),
    Column("forms", say("Forms, {days} days", days=PACE_DAYS), lambda row: row.pace.forms, Format.KIP, width=6),
    Column("keys", say("Keys an hour"), lambda row: row.pace.keys_an_hour, Format.KIP, width=6),
    Column("claims", say("Keyed twice"), lambda row: row.measured.claims, Format.KIP, width=6),
    Column("fields", say("Fields compared"), lambda row: row.measured.fields, Format.KIP, width=6),
    Column("errors", say("Errors"), lambda row: row.measured.errors, Format.KIP, width=4),
    Column("per_thousand", say("Per 1,000 fields"), _errors_words, align=Align.RIGHT, width=6),
    Column("share", say("Keyed again today"), share_words, align=Align.RIGHT, width=12),
)


class FiguresView(QWidget):
    """A row a clerk, with what the columns mean beneath."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.sees_all = desk.actor.may(Role.SUPERVISOR, Role.AUDITOR)
        empty = EmptyState(say("No figures yet"), say("Once a form was keyed in Key (Alt+3), its clerk stands here."))
        self.figures: ShortList[ClerkFigures] = ShortList(say("Figures of the clerks"), FIGURES, empty)
        self.list, self.model = self.figures.table, self.figures.model
        head = self.list.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        note = say(
            "An error counts once a third person has decided by the paper. Whoever keys sees the figures of last night."
            " The share keyed again follows the errors in a clerk's last forms; of a newcomer's forms all are."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.figures, 1)
        column.addWidget(Words(note, "muted", wraps=True))

    def enter(self) -> None:
        """Bring the keyboard to the figures."""
        self.list.setFocus()

    def refresh(self) -> None:
        """Count again."""
        actor = self.desk.actor
        live, only = not actor.may(Role.CLERK), None if self.sees_all else actor.user_id
        self.desk.read(self, self.figures.show_rows, clerk_figures, self.desk.today(), live=live, only=only)
