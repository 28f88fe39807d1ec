"""The fields of one row of a register, made from what the import declares of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from claims_desk.domain.columns import Cell
from claims_desk.domain.messages import Message, say
from claims_desk.imports.columns import LARGEST_WHOLE, Column, Type
from claims_desk.imports.kinds import Kind
from claims_desk.queries.register_lists import RegisterRow
from claims_desk.queries.row_timelines import HeldRow
from claims_desk.services.register_rows import SPAN
from claims_desk.ui.desk import Desk
from claims_desk.ui.look_ups import LookUp, LookUps
from claims_desk.ui.registers.columns import column_named
from claims_desk.ui.registers.words import WORDS, code_words
from claims_desk.ui.widgets import (
    Choice,
    ChoiceEdit,
    CodeEdit,
    DateEdit,
    Edit,
    Field,
    MoneyEdit,
    NumberEdit,
    TextEdit,
    YesNoEdit,
)

_LIST_HINT: Final = say("Several with ; between them.")
_TITLES: Final[Mapping[str, Message]] = {
    "name_lo": say("Name in Lao"),
    "name_en": say("Name in Roman letters"),
    "title_lo": say("Name in Lao"),
    "title_en": say("Name in Roman letters"),
    "province_code": say("Province"),
    "bank_account_name": say("Name of the account"),
}
_LISTED_AS: Final[Mapping[str, str]] = {
    "name": "parameter",
    "district_code": "district",
    "bank_code": "bank",
    "bank_account": "account",
    "active_from": "valid_from",
    "active_to": "valid_to",
}
_HELP: Final[Mapping[Type, Message]] = {
    Type.KIP: say("Whole kip: 30.000 and 30000 are the same."),
    Type.WHOLE: say("A whole number; blank where there is none."),
    Type.QUANTITY: say("A number; a comma or a point before the part: 2,5."),
    Type.PERCENT: say("A whole number from 0 to 100."),
    Type.ONE_OF: say("F2 shows what can stand here."),
    Type.CODE: say("The code as the office writes it; the rules compare it letter by letter."),
    Type.TEXT: say("As it is to stand on the screen and on paper."),
    Type.LIST: say("Codes with ; between them; blank for none."),
    Type.DAY: say("A day such as 10/3/2026, or t for today. An end left blank means until further notice."),
    Type.YES_NO: say("Y for yes, N for no."),
}
_WIDTHS: Final[Mapping[Type, int]] = {
    Type.KIP: 14,
    Type.WHOLE: 8,
    Type.PERCENT: 8,
    Type.ONE_OF: 22,
    Type.CODE: 14,
    Type.DAY: 11,
    Type.YES_NO: 8,
}


def key_of(kind: Kind, row: RegisterRow) -> dict[str, str]:
    """The key of a row of the list."""
    return {name: str(row[_LISTED_AS.get(name, name)] or "") for name in kind.key}


def value_names(kind: Kind) -> tuple[str, ...]:
    """The columns of a kind that are neither key nor days."""
    return tuple(name for name in kind.names if name not in (*kind.key, *SPAN))


def words_of(column: str, value: Any) -> Cell:
    """A value of a row as it is read."""
    if column == "name":
        return code_words("meaning", value)
    return code_words(column, value) if column in WORDS else value


class RowFields:
    """A field a column, in the order of the kind; `typed` is what the service reads."""

    def __init__(self, desk: Desk, kind: Kind, names: tuple[str, ...]) -> None:
        self._look_ups, self._today = LookUps(desk), desk.today
        columns = {column.name: column for column in kind.columns}
        self.fields = {name: self._field(columns[name]) for name in names}

    def show(self, row: HeldRow) -> None:
        """Show the values of a row."""
        for name, field in self.fields.items():
            value = row.values[name]
            assert isinstance(field.edit, Edit)
            field.edit.set_value(None if value == "" else value)

    def typed(self) -> dict[str, str]:
        """What stands in the fields; blank where nothing does."""
        return {name: _written(field) for name, field in self.fields.items()}

    def _field(self, column: Column) -> Field:
        width = _WIDTHS.get(column.type, 22)
        title = _TITLES.get(column.name) or column_named(_LISTED_AS.get(column.name, column.name)).title
        hint = _LIST_HINT if column.type is Type.LIST else None
        edit = self._edit(column)
        return Field(
            title,
            edit,
            name=column.name,
            width=width,
            required=column.required,
            hint=hint,
            help_text=_HELP[column.type],
            grows=int(column.type in (Type.TEXT, Type.LIST)),
        )

    def _edit(self, column: Column) -> Edit[Any]:
        if column.type is Type.ONE_OF:
            return ChoiceEdit([Choice(code, code, _word(column.name, code)) for code in column.allowed])
        if column.type is Type.KIP:
            return MoneyEdit()
        if column.type is Type.WHOLE:
            return NumberEdit(highest=LARGEST_WHOLE)
        if column.type is Type.YES_NO:
            return YesNoEdit()
        if column.type is Type.DAY:
            return DateEdit(today=self._today)
        look_up = self._look_up_of(column.name)
        return CodeEdit(look_up) if look_up else TextEdit()

    def _look_up_of(self, name: str) -> LookUp | None:
        look_ups = self._look_ups
        known: dict[str, LookUp] = {
            "scheme": look_ups.schemes,
            "facility_code": look_ups.facilities,
            "case_group": look_ups.case_groups,
            **dict.fromkeys(("item_code", "first_item", "second_item"), look_ups.items),
        }
        return known.get(name)


def _word(column: str, code: str) -> Message:
    return WORDS[column].get(code, Message(code))


def _written(field: Field) -> str:
    value = field.edit.value() if isinstance(field.edit, Edit) else None
    return "" if value is None else str(value)
