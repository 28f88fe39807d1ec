"""The next form begins with what the office chose to carry over."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from claims_desk.models import Office, Parameter
from claims_desk.queries.bundle_work import bundle_work
from claims_desk.ui.desk import Place
from tests.ui.conftest import type_keys
from tests.ui.key.conftest import Clerk

F3, F9 = Qt.Key.Key_F3, Qt.Key.Key_F9
SHIFT = Qt.KeyboardModifier.ShiftModifier


def key_one(clerk: Clerk) -> None:
    """The least of a form, saved with what is missing."""
    clerk.type("000412", "nhi", "N-2", "ນ້ອຍ")
    clerk.go_to("care_type")
    clerk.type("opd", "10/3/2026")
    clerk.press(F9, F9)


def test_usually_scheme_and_kind_of_care_are_carried_over(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    key_one(clerk)
    assert (clerk.text("scheme"), clerk.text("care_type")) == ("NHI", "OPD")
    assert (clerk.text("visit_from"), clerk.text("member_no")) == ("", "")
    clerk.go_to("visit_from")
    clerk.press(F3)
    assert clerk.text("visit_from") == "10/3/2026"


def test_an_office_chooses_other_fields(clerk: Clerk) -> None:
    with clerk.db.session() as session:
        row = {"name": "carried_fields", "scheme": "", "value": "visit_from", "valid_from": date(2025, 1, 1)}
        session.add(Parameter(**row))
        session.execute(update(Office).values(registers_version=Office.registers_version + 1))
        session.commit()
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    key_one(clerk)
    assert (clerk.text("scheme"), clerk.text("visit_from")) == ("", "10/3/2026")


def key_alone(clerk: Clerk, total: str) -> None:
    """A form with a number and a total, saved with all that is missing."""
    clerk.go_to("form_no")
    clerk.type("6")
    clerk.go_to("claimed_total")
    clerk.type(total)
    clerk.press(F9, F9)


def test_the_last_form_of_a_bundle_that_agrees_says_to_close_it(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive(forms=1))
    key_alone(clerk, "75.000")
    assert "agree with the count. Shift+F9, then F9 closes the bundle." in clerk.told()


def test_the_field_a_form_was_saved_from_is_not_told_blank_in_the_next(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("6")
    clerk.go_to("claimed_total")
    type_keys(clerk.focus(), "25.000")
    clerk.press(F9, F9)
    assert clerk.at() == "form_no"
    assert clerk.text("claimed_total") == ""
    assert clerk.codes() == []
    type_keys(clerk.focus(), "9")
    assert clerk.text("form_no") == "9"


def test_saving_once_more_in_a_full_bundle_says_again_what_closes_it(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive(forms=1))
    key_alone(clerk, "75.000")
    clerk.pane.strip.hide()
    clerk.press(F9, F9)
    assert "Shift+F9, then F9 closes the bundle." in clerk.told()


def test_one_key_leads_from_the_last_form_back_to_its_bundle(clerk: Clerk, qtbot: QtBot) -> None:
    clerk.sit_down()
    bundle = clerk.receive(forms=1)
    clerk.open("bundle", bundle)
    key_alone(clerk, "75.000")
    with qtbot.waitSignal(clerk.desk.went) as went:
        clerk.press(F9, modifier=SHIFT)
    assert went.args == [Place("receive", "bundle", bundle)]


def test_the_last_form_of_a_bundle_that_differs_says_by_how_much(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive(forms=1))
    key_alone(clerk, "74.000")
    told = clerk.told()
    assert told.startswith("All forms are keyed, but: 1.000 kip less are keyed than counted. Shift+F9 shows")
    assert "sum of the form numbers" not in told


def test_a_full_bundle_that_agrees_once_a_form_is_mended_says_so(clerk: Clerk) -> None:
    clerk.sit_down()
    bundle = clerk.receive(forms=1)
    clerk.open("bundle", bundle)
    key_alone(clerk, "74.000")
    (claim,) = clerk.db.read(bundle_work, bundle).to_judge
    clerk.open("claim", claim)
    clerk.go_to("claimed_total")
    clerk.type("75.000")
    clerk.press(F9)
    assert "agree with the count" in clerk.told()
