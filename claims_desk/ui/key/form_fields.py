"""The fields of the paper form, in the paper's order: this one list makes the edits, reads and fills them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims_desk.domain.messages import Message, say
from claims_desk.ui.key.edits import CareEdit, PapersEdit, QuantityEdit, SexEdit
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.paper_form import LABELS
from claims_desk.ui.widgets import CodeEdit, DateEdit, Edit, MoneyEdit, TextEdit, YesNoEdit

LONGEST_CODE, LONGEST_NAME = 40, 200
StartDay = Callable[[], date | None]
Maker = Callable[[LookUps, StartDay], Edit[Any]]


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: its name in `facts.Claim`, what it is called, the edit, its width in characters, what blank means.

    `grows` is its share of the spare room; without the `required` ones a claim pends.
    """

    name: str
    make: Maker
    width: int
    help_text: Message
    blank: Any = ""
    grows: int = 0
    required: bool = False

    @property
    def label(self) -> Message:
        """What the paper calls it."""
        return LABELS[self.name]


def _text(longest: int) -> Maker:
    def make(_look_ups: LookUps, _start: StartDay) -> Edit[Any]:
        edit = TextEdit()
        edit.setMaxLength(longest)
        return edit

    return make


def _number(_look_ups: LookUps, _start: StartDay) -> Edit[Any]:
    edit = TextEdit(is_code=True)
    edit.setMaxLength(LONGEST_CODE)
    return edit


def _code(which: Callable[[LookUps], Callable[[str], Any]]) -> Maker:
    def make(look_ups: LookUps, _start: StartDay) -> Edit[Any]:
        edit = CodeEdit(which(look_ups))
        edit.setMaxLength(LONGEST_CODE)
        return edit

    return make


def _care(look_ups: LookUps, _start: StartDay) -> Edit[Any]:
    edit = CareEdit(look_ups.care_types)
    edit.setMaxLength(LONGEST_CODE)
    return edit


def _day(_look_ups: LookUps, start: StartDay) -> Edit[Any]:
    return DateEdit(start=start)


def _own_day(_look_ups: LookUps, _start: StartDay) -> Edit[Any]:
    return DateEdit()


def _money(_look_ups: LookUps, _start: StartDay) -> Edit[Any]:
    return MoneyEdit()


def _yes_no(_look_ups: LookUps, _start: StartDay) -> Edit[Any]:
    return YesNoEdit()


DAY_HELP = say("A day such as 10/3/2026; 10/3 for this year, t for today, +2 for two days after the first day.")
OWN_DAY_HELP = say("A day such as 10/3/2026; 10/3 for this year, t for today, -1 for yesterday: counted from today.")
LINE_DAY_HELP = say("A day such as 10/3/2026; 10/3 for this year, t for today, +1 for the day after the line above.")
DIAGNOSIS_HELP = say("An ICD-10 code, with or without its dot, or part of the disease's name.")

FIELDS: tuple[FormField, ...] = (
    FormField(
        "form_no", _number, 8, say("The number printed on the form."),
        required=True,
    ),
    FormField(
        "scheme", _code(lambda found: found.schemes), 6,
        say("The scheme that shall pay: NHI, SASS and so on. F2 lists them."), required=True,
    ),
    FormField(
        "member_no", _code(lambda found: found.members), 15,
        say("The number on the member's card. Or type part of the name in either script, a birth date, a family "
            "book or a village, and choose the member."),
        required=True,
    ),
    FormField(
        "patient_name", _text(LONGEST_NAME), 15,
        say("The name as it stands on the form, in Lao or Roman letters. It is compared with the register."), grows=1,
    ),
    FormField(
        "sex", lambda _found, _start: SexEdit(), 3, say("F or M, as the form says: one key answers."),
    ),
    FormField(
        "birth_date", _own_day, 10, say("The day of birth on the form, such as 14/2/1994."), blank=None
    ),
    FormField("phone", _number, 12, say("The patient's phone number, if there is one.")),
    FormField(
        "care_type", _care, 8,
        say("OPD outpatient, IPD inpatient, DELIVERY, ANC before birth, PNC after birth: the first letter and Enter, "
            "or go straight on with the first day."),
        required=True,
    ),
    FormField("visit_from", _own_day, 10, OWN_DAY_HELP, blank=None, required=True),
    FormField("visit_to", _day, 10, DAY_HELP, blank=None),
    FormField(
        "case_group", _code(lambda found: found.case_groups), 9,
        say("What an inpatient case or a delivery is paid as: type its code or part of its name."),
    ),
    FormField(
        "diagnosis_main", _code(lambda found: found.diagnoses), 9, DIAGNOSIS_HELP, grows=1,
        required=True,
    ),
    FormField("diagnosis_2", _code(lambda found: found.diagnoses), 6, DIAGNOSIS_HELP),
    FormField("diagnosis_3", _code(lambda found: found.diagnoses), 6, DIAGNOSIS_HELP),
    FormField("diagnosis_4", _code(lambda found: found.diagnoses), 6, DIAGNOSIS_HELP),
    FormField(
        "referred_from", _code(lambda found: found.facilities), 12,
        say("The facility that sent the patient: its code or part of its name."), grows=1,
    ),
    FormField("referral_date", _day, 10, DAY_HELP, blank=None),
    FormField("referral_no", _number, 13, say("The number on the referral paper.")),
    FormField(
        "emergency", _yes_no, 7, say("Y if the form is marked as an emergency."), blank=False
    ),
    FormField(
        "documents_seen", lambda _found, _start: PapersEdit(), 18,
        say("Which papers the facility saw: 1 or I for the ID card, 2 or F for the family book, 3 or M for the member "
            "card, 0 for none. Several with a space between."),
        blank=(), grows=1,
    ),
    FormField(
        "signed", _yes_no, 7, say("Y if the patient and the facility have signed."), blank=None
    ),
    FormField(
        "exemption_claimed", _code(lambda found: found.exemptions), 10,
        say("The reason on the form for paying no co-payment: poor, monk, pregnant or under five. Blank for none."),
        grows=2,
    ),
    FormField(
        "copay_collected", _money, 11,
        say("What the patient paid at the facility, in kip."), blank=None, grows=3,
    ),
    FormField(
        "claimed_total", _money, 11,
        say("The total at the foot of the form, in kip."), blank=None, required=True, grows=3,
    ),
    FormField(
        "received_date", _day, 10, say("The day the office received the form: the bundle's."),
        blank=None, required=True,
    ),
)  # fmt: skip

FACILITY = FormField(
    "facility_code", _code(lambda found: found.facilities), 12,
    say("The facility whose name stands at the head of the form: its code or part of its name."),
    required=True, grows=1,
)  # fmt: skip
"""Not typed in Key, where the bundle says it; typed where a form is keyed blind."""


@dataclass(frozen=True, slots=True)
class LineField:
    """A cell of a line: its name in `facts.Line`, what it is called, and the edit."""

    name: str
    label: Message
    make: Maker
    help_text: Message


LINE_FIELDS: tuple[LineField, ...] = (
    LineField(
        "item_code", say("Code"), _code(lambda found: found.items),
        say(
"The item's code or part of its name; Enter takes the first of the "
"list. A blank row and Enter leave the lines."
),
    ),
    LineField("service_date", say("Date"), _day, LINE_DAY_HELP),
    LineField(
        "quantity", say("Quantity"), lambda _found, _start: QuantityEdit(),
        say("How many, as the form says. A part of one is written 2,5."),
    ),
    LineField(
        "unit_price", say("Price claimed"), _money, say("The price of one, in kip, as the form claims it."),
    ),
)  # fmt: skip
