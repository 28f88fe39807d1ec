"""The columns of every register, in words the office reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from claims_desk.domain.columns import Cell, Column, Format
from claims_desk.domain.geography import districts
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.terms import SEXES
from claims_desk.queries.listed_registers import REGISTERS
from claims_desk.queries.members import MemberFound
from claims_desk.queries.register_lists import RegisterRow
from claims_desk.ui.registers.words import PARAMETERS, WORDS, code_words

Value = Callable[[RegisterRow], Cell]


def district_name(code: str) -> Name | str:
    """A district by name; its code where nobody knows it."""
    district = districts().get(code)
    return district.name if district else code


def _district(row: RegisterRow) -> Cell:
    return district_name(str(row["district"]))


def _percent(row: RegisterRow) -> Cell:
    return f"{row['percent']} %" if row["percent"] not in ("", "0", None) else ""


def _meaning(row: RegisterRow) -> Cell:
    return PARAMETERS.get(str(row["parameter"]))


_OWN_WAYS: Final[Mapping[str, Value]] = {"district": _district, "percent": _percent, "meaning": _meaning}


def _value(key: str) -> Value:
    if key in _OWN_WAYS:
        return _OWN_WAYS[key]
    if key in WORDS:
        return lambda row: code_words(key, row[key])
    return lambda row: _yes_no(row[key])


def _yes_no(value: Cell) -> Cell:
    if isinstance(value, bool):
        return say("Yes") if value else None
    return value


def _column(key: str, title: Message, width: int, form: Format = Format.TEXT) -> Column[RegisterRow]:
    return Column(key, title, _value(key), form, width=width)


_COLUMNS: Final[Mapping[str, Column[RegisterRow]]] = {
    column.key: column
    for column in (
        _column("code", say("Code"), 9),
        _column("name", say("Name"), 30),
        _column("title", say("Name"), 60),
        _column("scheme", say("Scheme"), 7),
        _column("level", say("Level"), 16),
        _column("valid_from", say("From"), 10, Format.DAY),
        _column("valid_to", say("To"), 10, Format.DAY),
        _column("member_no", say("Member number"), 16),
        _column("person_no", say("Person number"), 12),
        _column("person", say("Name"), 22),
        _column("relation", say("Place in household"), 16),
        _column("status", say("Status"), 12),
        _column("category", say("Reason"), 16),
        _column("evidence", say("Evidence"), 40),
        _column("district", say("District"), 14),
        _column("bank", say("Bank"), 7),
        _column("account", say("Account"), 16),
        _column("catchment", say("Catchment"), 9, Format.KIP),
        _column("facility_code", say("Facility"), 10),
        _column("facility", say("Name of facility"), 34),
        _column("payer_order", say("Pays in turn"), 8, Format.COUNT),
        _column("waiting_days", say("Waiting days"), 8, Format.COUNT),
        _column("referral_levels", say("Referral needed at"), 24),
        _column("exempt_categories", say("Exempt from co-payment"), 30),
        _column("fund", say("Fund"), 10),
        _column("kind", say("Kind"), 10),
        _column("care_types", say("Only for"), 18),
        _column("sex", say("Sex"), 7),
        _column("age_min", say("Age from"), 6, Format.COUNT),
        _column("age_max", say("Age to"), 6, Format.COUNT),
        _column("max_per_day", say("A day"), 6, Format.COUNT),
        _column("max_per_year", say("A year"), 6, Format.COUNT),
        _column("min_interval_days", say("Days apart"), 7, Format.COUNT),
        _column("extra", say("Extra item"), 7),
        _column("excluded", say("Not covered"), 7),
        _column("item_code", say("Item"), 10),
        _column("item", say("Name of item"), 30),
        _column("price", say("Price"), 10, Format.KIP),
        _column("first_item", say("Beside this item"), 14),
        _column("second_item", say("falls away"), 14),
        _column("care_type", say("Care"), 18),
        _column("diagnosis_prefixes", say("Diagnoses that begin with"), 34),
        _column("case_group", say("Case group"), 10),
        _column("group", say("Name of case group"), 30),
        _column("amount", say("Amount"), 14, Format.KIP),
        _column("amount_per_year", say("Kip a head and year"), 16, Format.KIP),
        _column("method", say("Paid by"), 20),
        _column("percent", say("Percent"), 8),
        _column("period", say("Counted over"), 22),
        _column("parameter", say("Code"), 20),
        _column("meaning", say("Parameter"), 40),
        _column("value", say("Value"), 12),
    )
}
COLUMN_TITLES: Final[Mapping[str, Message]] = {key: column.title for key, column in _COLUMNS.items()}
_FIRST: Final[Mapping[str, tuple[str, ...]]] = {"parameters": ("meaning",)}


def columns_of(register: str) -> tuple[Column[RegisterRow], ...]:
    """The columns of a register, in the order its query declares them."""
    return tuple(_COLUMNS[key] for key in (*_FIRST.get(register, ()), *REGISTERS[register].columns))


def column_named(key: str) -> Column[RegisterRow]:
    """The column of that name, as the registers show it."""
    return _COLUMNS[key]


MEMBERS: Final[tuple[Column[MemberFound], ...]] = (
    Column("name", say("Name"), lambda row: row.name.lao or row.name.roman, width=20),
    Column("roman", say("Name in Roman letters"), lambda row: row.name.roman, width=22),
    Column("sex", say("Sex"), lambda row: SEXES.get(row.sex), width=6),
    Column("birth_date", say("Born"), lambda row: row.birth_date, Format.DAY, width=10),
    Column("numbers", say("Member number"), lambda row: row.numbers[0][1] if row.numbers else None, width=16),
    Column("village", say("Village"), lambda row: row.village, width=16),
    Column("district", say("District"), lambda row: district_name(row.district_code), width=12),
    Column("family_book_no", say("Family book"), lambda row: row.family_book_no, width=13),
    Column("person_no", say("Person number"), lambda row: row.person_no, width=11),
)
