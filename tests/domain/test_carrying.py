from __future__ import annotations

from datetime import date

import pytest

from claims_desk.domain.carrying import MAY_BE_CARRIED, USUAL, carried_fields
from claims_desk.domain.facts import Claim, Parameter
from claims_desk.domain.registers import Registers, parameters

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def test_fields_are_listed_in_any_case_with_blanks_and_once() -> None:
    assert carried_fields(" Scheme; visit_from ;scheme;") == ("scheme", "visit_from")
    assert carried_fields("none") == ()


@pytest.mark.parametrize("value", ["member_no", "scheme;form_no", "none;scheme", "claimed_total"])
def test_who_the_patient_is_and_what_is_claimed_are_never_carried(value: str) -> None:
    with pytest.raises(ValueError, match=r"member_no|form_no|none|claimed_total"):
        carried_fields(value)


def test_each_is_a_field_of_the_form() -> None:
    assert set(MAY_BE_CARRIED) <= set(Claim.__dataclass_fields__)


def test_an_office_chooses_from_a_day_on() -> None:
    row = Parameter(name="carried_fields", scheme="", value="visit_from", valid_from=APRIL, valid_to=None)
    held = Registers(parameters=parameters([row]))
    assert held.carried_fields(MARCH) == USUAL
    assert held.carried_fields(APRIL) == ("visit_from",)
