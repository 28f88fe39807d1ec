from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from tests.ui.conftest import type_keys
from tests.ui.key.conftest import Clerk
from tests.ui.key.test_key_lines import at_the_lines, cell, rows

ENTER, DELETE, F3, Y, Z = Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_F3, Qt.Key.Key_Y, Qt.Key.Key_Z
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def undo(clerk: Clerk, times: int = 1) -> None:
    clerk.press(*[Z] * times, modifier=CONTROL)


def redo(clerk: Clerk, times: int = 1) -> None:
    clerk.press(*[Y] * times, modifier=CONTROL)


@pytest.fixture
def new_form(clerk: Clerk) -> Clerk:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive("HC1"))
    return clerk


def test_a_field_that_was_left_is_taken_back_from_anywhere_in_the_form(new_form: Clerk) -> None:
    clerk = new_form
    clerk.type("000001", "nhi", "N-1", "Noy")
    clerk.go_to("claimed_total")
    undo(clerk)
    assert (clerk.at(), clerk.text("patient_name"), clerk.text("member_no")) == ("patient_name", "", "N-1")
    undo(clerk)
    assert (clerk.at(), clerk.text("member_no")) == ("member_no", "")
    clerk.press(Z, modifier=CONTROL | SHIFT)
    redo(clerk)
    assert (clerk.at(), clerk.text("member_no"), clerk.text("patient_name")) == ("patient_name", "N-1", "Noy")


def test_what_is_being_typed_is_taken_back_by_the_field_itself_first(new_form: Clerk) -> None:
    clerk = new_form
    clerk.type("000001", "nhi")
    clerk.go_to("patient_name")
    type_keys(clerk.focus(), "Kham")
    undo(clerk)
    assert (clerk.at(), clerk.text("patient_name"), clerk.text("scheme")) == ("patient_name", "", "NHI")
    undo(clerk)
    assert (clerk.at(), clerk.text("scheme")) == ("scheme", "")


def test_a_scheme_that_came_with_the_member_goes_with_him(new_form: Clerk) -> None:
    clerk = new_form
    clerk.go_to("member_no")
    clerk.type("N-1")
    assert clerk.text("scheme") == "NHI"
    undo(clerk)
    assert (clerk.text("scheme"), clerk.text("member_no")) == ("", "")
    redo(clerk)
    assert (clerk.text("scheme"), clerk.text("member_no")) == ("NHI", "N-1")


def test_a_day_that_cannot_be_read_comes_back_as_it_was_typed(new_form: Clerk) -> None:
    clerk = new_form
    clerk.go_to("visit_from")
    clerk.type("31/2/2026")
    undo(clerk)
    assert clerk.text("visit_from") == ""
    redo(clerk)
    assert clerk.text("visit_from") == "31/2/2026"
    assert "is no day" in clerk.under("visit_from")


def test_a_line_taken_out_comes_back_and_a_cell_has_its_text_of_before(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons", "", "1", "15000", "para", "", "2", "5000")
    clerk.pane.sheet.grid.go_to(0, "quantity")
    clerk.press(DELETE, modifier=CONTROL)
    assert [row[0] for row in rows(clerk)] == ["PARA"]
    undo(clerk)
    assert [row[0] for row in rows(clerk)] == ["CONS", "PARA"]
    assert cell(clerk) == (0, 0)
    undo(clerk)
    assert rows(clerk)[1] == ("PARA", "10/3/2026", "2", "")
    assert cell(clerk) == (1, 4)
    redo(clerk, 2)
    assert [row[0] for row in rows(clerk)] == ["PARA"]
    assert rows(clerk)[0][3] == "5.000"


def test_a_day_only_offered_in_a_cell_is_no_change(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons")
    assert cell(clerk) == (0, 2)
    undo(clerk)
    assert rows(clerk) == []
    undo(clerk)
    assert clerk.at() == "visit_from"
    redo(clerk, 2)
    assert rows(clerk) == [("CONS", "", "", "")]


def test_the_line_above_taken_by_f3_is_one_step(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons", "", "1", "15000")
    clerk.press(F3)
    undo(clerk)
    assert [row[0] for row in rows(clerk)] == ["CONS"]
    assert cell(clerk) == (1, 0)


def test_a_copied_form_is_one_step_and_the_draft_has_what_stands_there(new_form: Clerk) -> None:
    clerk = new_form
    clerk.type("000001", "nhi", "N-1", "Noy")
    clerk.press(Qt.Key.Key_F9)
    clerk.press(Qt.Key.Key_F9)
    assert clerk.text("patient_name") == ""
    clerk.press(Qt.Key.Key_D, modifier=CONTROL)
    assert clerk.text("patient_name") == "Noy"
    undo(clerk)
    assert (clerk.text("form_no"), clerk.text("patient_name")) == ("000002", "")
    redo(clerk)
    assert clerk.text("patient_name") == "Noy"
    draft = clerk.pane.keying._draft()
    assert draft is not None
    assert draft.typed["fields"]["patient_name"] == "Noy"


def test_a_form_that_was_saved_is_not_taken_back_into_the_next_one(new_form: Clerk) -> None:
    clerk = new_form
    clerk.type("000001", "nhi", "N-1", "Noy")
    clerk.press(Qt.Key.Key_F9)
    clerk.press(Qt.Key.Key_F9)
    undo(clerk, 3)
    assert (clerk.text("form_no"), clerk.text("member_no"), clerk.text("patient_name")) == ("000002", "", "")


FIELDS = {
    "form_no": st.sampled_from(["000001", "7", "A-12"]),
    "member_no": st.sampled_from(["N-1", "N-2", "nobody", ""]),
    "patient_name": st.sampled_from(["ນ້ອຍ", "Kham", ""]),
    "sex": st.sampled_from(["f", "m", "x"]),
    "care_type": st.sampled_from(["OPD", "ipd"]),
    "visit_from": st.sampled_from(["10/3/2026", "31/2/2026", "t", ""]),
    "visit_to": st.sampled_from(["+1", "12/3/2026"]),
    "emergency": st.sampled_from(["y", "n"]),
    "claimed_total": st.sampled_from(["15000", "1,5", ""]),
}
CELLS = {
    "item_code": st.sampled_from(["CONS", "para", "zz9"]),
    "service_date": st.sampled_from(["10/3/2026", "31/2"]),
    "quantity": st.sampled_from(["1", "2,5", "x"]),
    "unit_price": st.sampled_from(["15000", "5.000"]),
}
in_fields = st.one_of([st.tuples(st.just("field"), st.just(name), words) for name, words in FIELDS.items()])
in_cells = st.one_of(
    [st.tuples(st.just("cell"), st.tuples(st.integers(0, 3), st.just(name)), words) for name, words in CELLS.items()]
)
taken_out = st.tuples(st.just("out"), st.tuples(st.integers(0, 3), st.just("item_code")), st.just(""))


def do(clerk: Clerk, kind: str, where: str | tuple[int, str], words: str) -> None:
    """One change, made with keys, and left by Enter."""
    grid = clerk.pane.sheet.grid
    if isinstance(where, str):
        clerk.go_to(where)
        clerk.focus().clear()  # type: ignore[attr-defined]
        clerk.type(words)
        return
    row, name = where
    grid.go_to(min(row, grid.lines.rowCount() - 1), name)
    if kind == "out":
        clerk.press(DELETE, modifier=CONTROL)
    else:
        clerk.type(words)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.one_of(in_fields, in_cells, taken_out), max_size=8))
def test_as_many_undos_as_changes_give_the_first_form_again_and_redo_the_last(
    new_form: Clerk, changes: list[tuple[str, str | tuple[int, str], str]]
) -> None:
    clerk = new_form
    clerk.pane.keying.new_form("000009")
    clerk.settle()
    sheet = clerk.pane.sheet
    first = sheet.claim(), sheet.undo.take()
    for change in changes:
        do(clerk, *change)
    sheet.grid.put_down()
    last = sheet.claim(), sheet.undo.take()
    undo(clerk, 2 * len(changes) + 1)  # a cell filled and the offered day beside it may be two
    assert (sheet.claim(), sheet.undo.take()) == first
    redo(clerk, 2 * len(changes) + 1)
    assert (sheet.claim(), sheet.undo.take()) == last
    assert first[0].received_date == date(2026, 4, 2)
