"""A newcomer proposed for the register, with what his form says already filled in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from claims_desk.domain.facts import Claim
from claims_desk.domain.geography import districts
from claims_desk.domain.messages import Message, say
from claims_desk.services.proposals import NewMember, propose_member
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.edits import SexEdit
from claims_desk.ui.look_ups import LookUps, entry, find
from claims_desk.ui.widgets import (
    Choice,
    CodeEdit,
    DateEdit,
    Edit,
    Field,
    FieldGrid,
    HouseDialog,
    MessageStrip,
    TextEdit,
    Words,
)

TITLE: Final = say("Propose a member")
HELP: Final[Mapping[str, Message]] = {
    "scheme": say("The scheme that covers him: NHI, SASS and so on. F2 lists them."),
    "member_no": say("The number on the card he showed, as it stands there."),
    "valid_from": say("The first day on which he is covered; by default the first day on the form."),
    "name_lo": say("The name in Lao letters, as on the form. One of the two names is enough."),
    "name_en": say("The name in Roman letters, as on the form. One of the two names is enough."),
    "sex": say("F or M, as the form says: one key answers."),
    "birth_date": say("The day of birth on the form, such as 14/2/1994."),
    "family_book_no": say("The number of the family book, if the form gives it."),
    "district_code": say("Where he lives: the code of the district or part of its name."),
    "village": say("The village where he lives, as on the form."),
}


class ProposeDialog(HouseDialog):
    """Who the newcomer is; F9 hands him to the administrator, the form is keyed on. `proposed` once he is."""

    proposed = Signal()

    def __init__(self, parent: QWidget, desk: Desk, claim: Claim) -> None:
        super().__init__(parent, TITLE, say("Propose"), "F9")
        self.desk, self.claim = desk, claim
        self.strip, self.grid = MessageStrip(), FieldGrid()
        self.setMinimumWidth(640)
        self._add_fields(LookUps(desk))
        self._fill()
        words = say("An administrator takes him into the register. Key on: the claim waits and is then judged again.")
        for part in (Words(words, "muted", wraps=True), self.strip, self.grid):
            self.body.addWidget(part)
        blank = [field for field in self.grid.fields if isinstance(field.edit, Edit) and field.edit.is_blank()]
        (blank or self.grid.fields)[0].edit.setFocus()

    def _add_fields(self, look_ups: LookUps) -> None:
        today = self.desk.today
        self.grid.add_row(
            _field(say("Scheme"), CodeEdit(look_ups.schemes), name="scheme", width=8, required=True),
            _field(say("Member number"), TextEdit(), name="member_no", width=18, required=True, grows=1),
            _field(say("Covered from"), DateEdit(today=today), name="valid_from", width=11, required=True),
        )
        self.grid.add_row(
            _field(say("Name in Lao"), TextEdit(), name="name_lo", width=20, grows=1),
            _field(say("Name in Roman letters"), TextEdit(), name="name_en", width=20, grows=1),
        )
        self.grid.add_row(
            _field(say("Sex"), SexEdit(), name="sex", width=4, required=True),
            _field(say("Born"), DateEdit(today=today), name="birth_date", width=11, required=True),
            _field(say("Family book"), TextEdit(), name="family_book_no", width=14, grows=1),
        )
        self.grid.add_row(
            _field(say("District"), CodeEdit(districts_found), name="district_code", width=12, grows=1),
            _field(say("Village"), TextEdit(), name="village", width=18, grows=1),
        )

    def _fill(self) -> None:
        claim = self.claim
        said: dict[str, Any] = {
            "scheme": claim.scheme,
            "member_no": claim.member_no,
            "valid_from": claim.visit_from,
            "name_lo" if _is_lao(claim.patient_name) else "name_en": claim.patient_name,
            "sex": claim.sex,
            "birth_date": claim.birth_date,
        }
        for name, value in said.items():
            self._edit(name).set_value(value or None)

    def accept(self) -> None:
        """Propose the newcomer; a refusal is told here and nothing typed is lost."""
        if not self.grid.all_good():
            return
        desk = self.desk
        said = {field.name: self._edit(field.name).value() for field in self.grid.fields}
        texts: dict[str, Any] = {name: "" if value is None else value for name, value in said.items()}
        newcomer = NewMember(**texts, form_no=self.claim.form_no, facility_code=self.claim.facility_code)
        work = partial(propose_member, desk.db, desk.actor, newcomer)
        desk.do(self, work, lambda _id: self._done(), "registers", failed=self.strip.tell_refusal)

    def _done(self) -> None:
        self.proposed.emit()
        super().accept()

    def _edit(self, name: str) -> Edit[Any]:
        field = self.grid.field(name)
        assert field is not None
        assert isinstance(field.edit, Edit)
        return field.edit


def _field(label: Message, edit: Edit[Any], *, name: str, **more: Any) -> Field:
    return Field(label, edit, name=name, help_text=HELP[name], **more)


def districts_found(text: str) -> list[Choice[str]]:
    """Districts by code or part of the name in either script."""
    return find((entry(code, row.name) for code, row in districts().items()), text)


def _is_lao(text: str) -> bool:
    return any("\u0e80" <= letter <= "\u0eff" for letter in text)
