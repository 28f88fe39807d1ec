"""Judges the form while it is typed: in the background, the newest question alone counts."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from claims_desk.domain.errors import UserError
from claims_desk.domain.facts import Claim
from claims_desk.queries.member_card import MemberCard, card_of
from claims_desk.services.judgement import Preview, preview
from claims_desk.ui.background import Latest
from claims_desk.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of the claim as typed, and the card of its member where one is known."""

    preview: Preview
    card: MemberCard | None


class LiveJudge(QObject):
    """`judged` carries the answer to the last claim asked about; `failed` why there is none."""

    judged = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._latest: Latest[Claim, Judged] = Latest(self, self._judge, self._answer, self._refuse)

    def ask(self, claim: Claim) -> None:
        """Judge a claim; an answer still on its way is dropped."""
        self._latest.ask(claim)

    def drop(self) -> None:
        """Want no answer any more."""
        self._latest.drop()

    def _judge(self, claim: Claim) -> Judged:
        db = self._desk.db
        found = preview(db, claim, self._desk.registers.current(), self._desk.blind_for)
        return Judged(found, db.read(card_of, found.case, self._desk.blind_for))

    def _answer(self, judged: Judged) -> None:
        self.judged.emit(judged)

    def _refuse(self, problem: UserError) -> None:
        self.failed.emit(problem)
