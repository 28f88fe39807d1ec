"""What the fields of two keyings are called, how their texts are shown, and with which edit a third value is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.second_keying import as_text, as_value
from claims_desk.ui.key.form_fields import FACILITY, FIELDS, LINE_FIELDS
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.paper_form import LABELS
from claims_desk.ui.widgets import Edit

_FIELDS = {each.name: each for each in (FACILITY, *FIELDS)}
_CELLS = {each.name: each for each in LINE_FIELDS}


def field_label(name: str) -> Message:
    """What a field is called: `claimed_total`, or `lines.2.quantity` as a cell of line 2."""
    if not name.startswith("lines."):
        return LABELS[name]
    _, number, cell = name.split(".")
    return say("Line {number}: {cell}", number=number, cell=_CELLS[cell].label)


def shown_text(name: str, text: str) -> Message | str:
    """A text of a difference as it is read: days and kip in the house style, blank in words."""
    if not text:
        return say("blank")
    value = as_value(_plain(name), text)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, int):
        return format_kip(value)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return format_kip(int(value))
    return text


def edit_for(name: str, look_ups: LookUps) -> Edit[Any]:
    """The edit in which what the paper says is typed."""
    made_of = _CELLS[_plain(name)] if name.startswith("lines.") else _FIELDS[name]
    return made_of.make(look_ups, lambda: None)


def typed_text(edit: Edit[Any]) -> str:
    """What stands in an edit as a difference writes it; empty for a blank or unreadable one."""
    return as_text(edit.value())


def show_in(edit: Edit[Any], name: str, text: str) -> None:
    """Show a difference's text in its edit."""
    edit.set_value(as_value(_plain(name), text) if text else None)


def _plain(name: str) -> str:
    return name.rpartition(".")[2]
