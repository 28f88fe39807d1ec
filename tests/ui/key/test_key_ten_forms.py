"""Moments at which somebody who keyed ten forms with the keyboard alone had to stop and think."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import update

from claims_desk.models import CaseGroup, Item
from claims_desk.services.claims import key_claim
from claims_desk.ui.widgets import CodeEdit, HouseDialog
from tests.small_office import form, line
from tests.ui.conftest import type_keys
from tests.ui.key.conftest import Clerk

F2, F9 = Qt.Key.Key_F2, Qt.Key.Key_F9
CONTROL = Qt.KeyboardModifier.ControlModifier


def begin(clerk: Clerk) -> None:
    """A form of an insured man, up to the kind of care."""
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("000412", "nhi", "N-1", "ບຸນມີ", "m", "1/5/1980", "")
    assert clerk.at() == "care_type"


def test_an_extra_item_is_a_step_of_the_price_so_that_the_steps_add_up(clerk: Clerk) -> None:
    with clerk.db.session() as session:
        session.execute(update(Item).where(Item.code == "XRAY").values(extra=True))
        session.commit()
    begin(clerk)
    clerk.type("delivery", "10/3/2026", "", "n01", "o800")
    clerk.pane.sheet.grid.enter()
    clerk.settle()
    clerk.type("cons", "", "1", "15000", "xray", "", "2", "60000")
    said = clerk.pane.price.steps.plain
    assert "Lines paid: 120.000 · Case rate N01 at DH from 1/1/2025: 450.000 · " in said
    assert "Payable: 570.000 - 0 = 570.000" in said


def test_the_steps_of_a_denied_claim_add_up_too(clerk: Clerk) -> None:
    with clerk.db.session() as session:
        session.execute(update(Item).where(Item.code == "XRAY").values(extra=True))
        session.commit()
    values = {"facility_code": "DH1", "care_type": "DELIVERY", "case_group": "N01", "diagnosis_main": "O80.0"}
    first = form("000410", member_no="N-2", lines=(), **values)
    key_claim(clerk.db, clerk.people.noy, first, clerk.receive())
    again = replace(first, form_no="000411", lines=(line(1, "XRAY", 2, 60_000),))
    claim = key_claim(clerk.db, clerk.people.noy, again, clerk.receive())
    clerk.sit_down()
    clerk.open("claim", claim)
    assert "X01" in clerk.codes()
    said = clerk.pane.price.steps.plain
    assert "Lines paid: 120.000 · " in said
    assert "Payable: 570.000 - 0 = 570.000" in said


def test_what_was_told_of_a_form_goes_with_it(clerk: Clerk) -> None:
    begin(clerk)
    clerk.type("opd", "no day")
    clerk.press(F9)
    assert "cannot be read" in clerk.told()
    clerk.press(Qt.Key.Key_N, modifier=CONTROL)
    dialog = clerk.pane.findChild(HouseDialog)
    assert dialog is not None
    QTest.keyClick(dialog.do_button, Qt.Key.Key_Return)
    clerk.settle()
    assert clerk.text("member_no") == ""
    assert not clerk.pane.strip.isVisible()


def test_no_step_tells_of_lines_that_the_case_rate_pays_for(clerk: Clerk) -> None:
    begin(clerk)
    clerk.type("delivery", "10/3/2026", "", "n01", "o800")
    clerk.pane.sheet.grid.enter()
    clerk.settle()
    clerk.type("cons", "", "1", "15000")
    assert "Lines paid" not in clerk.pane.price.steps.plain


def test_the_number_of_a_twin_is_typed_over_the_one_proposed(clerk: Clerk) -> None:
    begin(clerk)
    clerk.press(F9, F9)
    assert (clerk.at(), clerk.text("form_no")) == ("form_no", "000413")
    clerk.press(Qt.Key.Key_D, modifier=CONTROL)
    assert (clerk.at(), clerk.text("form_no"), clerk.text("member_no")) == ("form_no", "000413", "N-1")
    type_keys(clerk.focus(), "000500")
    assert clerk.text("form_no") == "000500"


@pytest.mark.parametrize(
    ("care", "day", "taken"), [("i", "4/3/2026", "IPD"), ("opd", "4/3/2026", "OPD"), ("d", "໔/໓/2026", "DELIVERY")]
)
def test_the_first_day_may_follow_the_letter_of_the_care_at_once(clerk: Clerk, care: str, day: str, taken: str) -> None:
    begin(clerk)
    type_keys(clerk.focus(), care)
    for figure in day:
        type_keys(clerk.focus(), figure)
    clerk.press(Qt.Key.Key_Return)
    assert (clerk.text("care_type"), clerk.text("visit_from"), clerk.at()) == (taken, "4/3/2026", "visit_to")


def test_the_care_carried_over_stays_where_the_day_is_typed_at_once(clerk: Clerk) -> None:
    begin(clerk)
    clerk.type("opd")
    clerk.go_to("care_type")
    for figure in "4/3":
        type_keys(clerk.focus(), figure)
    assert (clerk.text("care_type"), clerk.text("visit_from"), clerk.at()) == ("OPD", "4/3", "visit_from")


def test_a_figure_in_a_blank_or_unknown_kind_of_care_stays_there(clerk: Clerk) -> None:
    begin(clerk)
    type_keys(clerk.focus(), "4")
    assert (clerk.text("care_type"), clerk.at()) == ("4", "care_type")


def test_the_case_group_of_the_diagnosis_stands_first_in_the_list(clerk: Clerk) -> None:
    with clerk.db.session() as session:
        groups = {"M01": "A09", "M02": "A97", "Z09": "J06;J07"}
        session.add_all(
            CaseGroup(code=code, name_lo=code, name_en=code, care_type="IPD", diagnosis_prefixes=begins)
            for code, begins in groups.items()
        )
        session.commit()
    begin(clerk)
    edit = clerk.pane.sheet.form.edit("case_group")
    assert isinstance(edit, CodeEdit)
    clerk.go_to("case_group")
    clerk.press(F2)
    assert edit.marked() is not None
    assert edit.marked().code != "Z09"  # type: ignore[union-attr]
    clerk.go_to("diagnosis_main")
    clerk.type("j069")
    clerk.go_to("case_group")
    clerk.press(F2)
    assert edit.marked().code == "Z09"  # type: ignore[union-attr]
