"""What fast fingers, a slow disk and spoilt files do to the Key pane."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event

import pytest
from platformdirs import user_data_path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from claims_desk.domain.scans import ScanPage
from claims_desk.queries.claim_opened import claim_opened
from claims_desk.services.claims import key_claim
from claims_desk.services.drafts import Draft, DraftBox
from claims_desk.ui import background, errors
from claims_desk.ui.key.pane import KeyPane
from claims_desk.ui.widgets import TextEdit
from tests.small_office import form
from tests.ui.conftest import type_keys
from tests.ui.key.conftest import Clerk

F9, ENTER = Qt.Key.Key_F9, Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier


def box() -> DraftBox:
    return DraftBox(Path(user_data_path("claims-desk", appauthor=False)) / "drafts")


def begun(clerk: Clerk) -> KeyPane:
    pane = clerk.sit_down()
    clerk.open("bundle", clerk.receive("HC1", forms=50))
    return pane


def strike(clerk: Clerk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(clerk.focus(), key, modifier)


def test_what_is_typed_after_enter_on_the_save_button_goes_into_the_next_form(clerk: Clerk) -> None:
    pane = begun(clerk)
    clerk.type("000001", "nhi", "n-1", "Noy")
    pane.sheet.visit_all()
    pane.price.take_keyboard()
    strike(clerk, ENTER)
    type_keys(clerk.focus(), "A7")
    strike(clerk, ENTER)
    type_keys(clerk.focus(), "sass")
    clerk.settle()
    assert clerk.text("form_no") == "A7"
    assert clerk.text("scheme") == "sass"


def test_a_copy_asked_for_while_a_form_is_saved_copies_that_form_and_leaves_no_draft_of_it(clerk: Clerk) -> None:
    pane = begun(clerk)
    clerk.type("000001", "nhi", "n-1", "Noy")
    pane.sheet.visit_all()
    strike(clerk, F9)
    strike(clerk, Qt.Key.Key_D, CONTROL)
    clerk.settle()
    assert (clerk.text("form_no"), clerk.text("patient_name")) == ("000002", "Noy")
    assert [draft.typed["fields"]["form_no"] for draft in box().drafts("noy", clerk.db.identity)] == ["000002"]


def test_a_copy_over_a_begun_form_leaves_no_draft_behind(clerk: Clerk) -> None:
    pane = begun(clerk)
    clerk.type("000001", "nhi", "n-1", "Noy")
    pane.sheet.visit_all()
    clerk.press(F9)
    clerk.type("", "", "n-2", "Keo")
    clerk.press(Qt.Key.Key_D, modifier=CONTROL)
    assert [draft.typed["fields"]["patient_name"] for draft in box().drafts("noy", clerk.db.identity)] == ["Noy"]


def test_a_form_is_on_disk_as_it_is_saved_however_long_that_takes(clerk: Clerk) -> None:
    pane = begun(clerk)
    clerk.type("000001", "nhi", "n-1")
    type_keys(clerk.focus(), "Noy")
    pane.sheet.visit_all()
    answer = Event()
    background.run(pane, answer.wait, lambda _none: None)
    strike(clerk, F9)
    background.finish_drafts()
    kept = [draft.typed["fields"].get("patient_name") for draft in box().drafts("noy", clerk.db.identity)]
    answer.set()
    clerk.settle()
    assert kept == ["Noy"]
    assert box().drafts("noy", clerk.db.identity) == []


SPOILT = {
    "a day that is none": {"fields": {"form_no": "000004", "visit_from": "31/2"}},
    "a number for a day": {"fields": {"form_no": "000004", "visit_from": 5}},
    "a text for a number": {"fields": {"form_no": "000004", "claimed_total": "much"}},
    "a list for a text": {"fields": {"form_no": "000004", "patient_name": [1, 2]}},
    "a text for papers": {"fields": {"form_no": "000004", "documents_seen": "ID", "emergency": "Y"}},
    "lines that are none": {"fields": {"form_no": "000004"}, "lines": [5, {"item_code": 7, "no": "x"}]},
    "lines as an object": {"fields": {"form_no": "000004"}, "lines": {"a": 1}},
    "scans that are none": {"fields": {"form_no": "000004"}, "scans": [5, ["x"], ["a" * 64, "1", "2"]]},
    "fields as a list": {"fields": ["form_no"], "visited": 5},
    "visited unknown": {"fields": {"form_no": "000004"}, "visited": [["a"], 5], "copied_from": "x"},
}


@pytest.mark.parametrize("typed", SPOILT.values(), ids=list(SPOILT))
def test_a_draft_of_another_shape_comes_back_as_far_as_it_can_be_read(clerk: Clerk, typed: dict[str, object]) -> None:
    clerk.receive("HC1", forms=50)
    box().save(Draft(user="noy", database=clerk.db.identity, typed=typed))
    clerk.sit_down()
    if isinstance(typed["fields"], dict):
        assert clerk.text("form_no") == "000004"
    clerk.go_to("patient_name")
    clerk.type("Keo")
    assert clerk.text("patient_name") == "Keo"
    clerk.press(F9, F9)


FIELDS = ("user", "database", "typed", "submission_id", "claim_id", "version", "saved_at", "key")


@pytest.mark.parametrize("field", FIELDS)
def test_a_draft_file_with_anything_in_it_never_stops_the_pane(clerk: Clerk, field: str) -> None:
    clerk.receive("HC1", forms=50)
    box().save(Draft(user="noy", database=clerk.db.identity, typed={"fields": {"form_no": "000005"}}))
    for content in (None, 5, [1], {"a": 1}, "\0x", 2**80, -1, "../../x"):
        good = box().save(Draft(user="noy", database=clerk.db.identity, typed={"fields": {"form_no": "000004"}}))
        path = box().folder / f"{good.key}.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), field: content}))
    clerk.sit_down()
    assert clerk.text("form_no") in ("000004", "000005", "")
    clerk.go_to("patient_name")
    clerk.type("Keo")
    assert clerk.text("patient_name") == "Keo"


def test_a_folder_and_random_bytes_among_the_drafts_are_passed_over(clerk: Clerk) -> None:
    clerk.receive("HC1", forms=50)
    box().save(Draft(user="noy", database=clerk.db.identity, typed={"fields": {"form_no": "000005"}}))
    (box().folder / "a.json").mkdir()
    (box().folder / "b.json").write_bytes(bytes(range(256)))
    (box().folder / "c.json").write_text("[" * 100_000)
    clerk.sit_down()
    assert clerk.text("form_no") == "000005"


def test_half_a_letter_is_kept_in_the_draft_too(clerk: Clerk) -> None:
    typed = {"fields": {"form_no": "000005", "patient_name": "\ud83d"}}
    box().save(Draft(user="noy", database=clerk.db.identity, typed=typed))
    assert box().drafts("noy", clerk.db.identity)[0].typed == typed


def test_what_is_typed_while_a_correction_is_saved_is_for_the_next_form(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1", forms=50)
    claim = key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    clerk.sit_down()
    clerk.open("claim", claim)
    clerk.go_to("phone")
    clerk.type("02012345678")
    strike(clerk, F9)
    type_keys(clerk.focus(), "A9")
    strike(clerk, F9)
    clerk.settle()
    assert (clerk.text("form_no"), clerk.text("patient_name"), clerk.pane.keying.corrects) == ("A9", "", False)


def test_a_mistake_of_the_program_while_saving_gives_the_keyboard_back(clerk: Clerk) -> None:
    pane = begun(clerk)
    clerk.type("000001", "nhi", "n-1", "Noy")
    pane.sheet.visit_all()
    with clerk.db.session() as session:
        session.execute(text("ALTER TABLE claims RENAME TO claims_gone"))
        session.commit()
    strike(clerk, F9)
    clerk.settle()
    assert errors._shown
    errors._shown.clear()
    while (shown := QApplication.activeModalWidget()) is not None:
        shown.close()
    pane.activateWindow()
    QApplication.processEvents()
    clerk.go_to("phone")
    clerk.type("020")
    assert (clerk.text("phone"), clerk.text("patient_name")) == ("020", "Noy")


def page(letter: str) -> ScanPage:
    return ScanPage(letter * 64)


def test_a_copy_keeps_the_scan_that_lies_beside_the_new_form(clerk: Clerk) -> None:
    pane = begun(clerk)
    clerk.type("000001", "nhi", "n-1", "Noy")
    pane.sheet.visit_all()
    clerk.press(F9)
    pane.keying.scans.attach([page("a")])
    clerk.press(Qt.Key.Key_D, modifier=CONTROL)
    assert clerk.text("patient_name") == "Noy"
    assert pane.keying.scans.pages == (page("a"),)


def test_a_page_taken_while_a_form_is_saved_still_waits(clerk: Clerk) -> None:
    pane = begun(clerk)
    scans = pane.keying.scans
    scans.split([page("a"), page("b")], 0)
    clerk.type("000001", "nhi", "n-1", "Noy")
    pane.sheet.visit_all()
    strike(clerk, F9)
    scans.take_next()
    clerk.settle()
    assert clerk.text("form_no") == "000002"
    assert scans.waiting() == (page("a"), page("b"))


def test_f9_pressed_again_while_a_form_is_saved_takes_no_later_page_with_it(clerk: Clerk) -> None:
    pane = begun(clerk)
    scans = pane.keying.scans
    scans.split([page("a"), page("b")], 0)
    clerk.type("000001", "nhi", "n-1", "Noy")
    pane.sheet.visit_all()
    strike(clerk, F9)
    scans.take_next()
    pane.keying.save()  # as from Ctrl+K
    clerk.settle()
    assert clerk.text("form_no") == "000002"
    assert scans.waiting() == (page("a"), page("b"))


def test_keys_held_while_saving_are_not_typed_into_another_pane(clerk: Clerk) -> None:
    pane = begun(clerk)
    clerk.type("000001", "nhi", "n-1", "Noy")
    pane.sheet.visit_all()
    elsewhere = TextEdit()
    elsewhere.show()
    strike(clerk, F9)
    type_keys(clerk.focus(), "A7")
    pane.hide()
    elsewhere.activateWindow()
    elsewhere.setFocus()
    clerk.settle()
    assert (elsewhere.text(), clerk.text("form_no")) == ("", "A7")


def test_a_correction_that_is_being_saved_is_not_thrown_away(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1", forms=50)
    claim = key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    pane = clerk.sit_down()
    clerk.open("claim", claim)
    strike(clerk, F9)
    strike(clerk, Qt.Key.Key_N, CONTROL)
    assert pane.keying.work.on_table.claim_id == claim
    clerk.settle()
    assert (clerk.text("form_no"), pane.keying.last) == ("", None)


def test_a_form_saved_while_a_claim_is_opened_leaves_that_claim_on_the_table_and_no_draft(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1", forms=50)
    claim = key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    pane = clerk.sit_down()
    clerk.open("bundle", bundle)
    clerk.type("000001", "nhi", "n-1", "Noy")
    pane.sheet.visit_all()
    opened = clerk.db.read(claim_opened, claim)
    strike(clerk, F9)
    pane.keying._opened(opened)  # asked for before, answered while the form is being saved
    clerk.settle()
    assert (pane.keying.work.on_table.claim_id, clerk.text("form_no")) == (claim, "000007")
    assert box().drafts("noy", clerk.db.identity) == []


def test_a_copy_asked_for_while_a_form_is_saved_is_forgotten_where_another_claim_came_onto_the_table(
    clerk: Clerk,
) -> None:
    bundle = clerk.receive("HC1", forms=50)
    claim = key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    pane = clerk.sit_down()
    clerk.open("bundle", bundle)
    clerk.type("000001", "nhi", "n-1", "Noy")
    pane.sheet.visit_all()
    clerk.press(F9)
    clerk.type("000002", "nhi", "n-1", "Kham")
    pane.sheet.visit_all()
    opened = clerk.db.read(claim_opened, claim)
    strike(clerk, F9)
    pane.copying.copy()  # as from Ctrl+K
    pane.keying._opened(opened)
    clerk.settle()
    clerk.press(F9)
    assert (clerk.text("form_no"), clerk.text("patient_name")) == ("", "")


def test_an_amount_of_thirteen_digits_is_told_for_what_it_is(clerk: Clerk) -> None:
    begun(clerk)
    clerk.go_to("claimed_total")
    clerk.type("1234567890123")
    assert clerk.under("claimed_total") == "No amount is above 999.999.999.999 kip."
