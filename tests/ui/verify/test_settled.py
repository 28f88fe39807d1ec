"""A third person sees both keyings side by side and decides by the paper."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from claims_desk.models import Claim, Verification
from claims_desk.models.database import Database
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.verification import second_key
from claims_desk.ui.speech import switch_language
from claims_desk.ui.verify.decide_view import DecideView
from tests.small_office import People, form, line
from tests.ui.verify.conftest import Seat

F9, ENTER, ESC = Qt.Key.Key_F9, Qt.Key.Key_Return, Qt.Key.Key_Escape
Sit = Callable[..., Seat]


@pytest.fixture
def claim(db: Database, people: People) -> int:
    """One form noy and kham keyed differently in member, total and the quantity of line 2."""
    key = key_claim(db, people.noy, form("000001"), None)
    lines = (line(1, "CONS", 1, 15000), line(2, "PARA", 3, 5000))
    second_key(db, people.kham, key, form("000001", member_no="N-2", claimed_total=52000, lines=lines))
    return key


def view(seat: Seat) -> DecideView:
    seat.go("differences")
    return view_in(seat)


def view_in(seat: Seat) -> DecideView:
    found = seat.pane._views["differences"]
    assert isinstance(found, DecideView)
    return found


def shown(decide: DecideView, number: int) -> list[str]:
    model = decide.table.keyings
    return [str(model.index(number, column).data()) for column in range(model.columnCount())]


def erred(db: Database) -> dict[str, str]:
    with db.session() as session:
        found = json.loads(session.execute(select(Verification.differences)).scalar_one())
        return {one["field"]: one["erred"] for one in found}


def test_first_second_and_a_third_value_are_decided_with_the_keyboard_and_written_to_the_claim(
    db: Database, people: People, claim: int, sit: Sit
) -> None:
    seng = sit(people.seng)
    decide = view(seng)
    assert decide.table.hasFocus()
    seng.press(Qt.Key.Key_2, ENTER, Qt.Key.Key_3)
    seng.type("27000")
    seng.press(Qt.Key.Key_1, ENTER)
    assert decide.left_to_do.plain == "3 of 3 fields decided"
    seng.press(F9)
    with db.session() as session:
        row = session.get_one(Claim, claim)
        assert (row.member_no, row.claimed_total, row.lines[1].quantity) == ("N-2", 27000, "2")
    assert erred(db) == {"member_no": "first", "claimed_total": "both", "lines.2.quantity": "second"}
    assert adjudicate(db, people.noy).judged == 1


def test_both_keyings_stand_side_by_side_and_only_what_differs_is_marked(
    db: Database, people: People, claim: int, sit: Sit
) -> None:
    decide = view(sit(people.seng))
    rows = {row.name: number for number, row in enumerate(decide.table.keyings.rows)}
    assert shown(decide, rows["member_no"]) == ["≠ Member no.", "N-1", "N-2", "to decide: 1, 2 or 3"]
    assert shown(decide, rows["visit_from"]) == ["First day", "10/3/2026", "10/3/2026", ""]
    assert shown(decide, rows["claimed_total"])[1:3] == ["25.000", "52.000"]
    assert shown(decide, rows["lines.2.quantity"])[0] == "≠ Line 2: Quantity"
    marked = [name for name, number in rows.items() if shown(decide, number)[0].startswith("≠")]
    assert marked == ["member_no", "claimed_total", "lines.2.quantity"]
    bold = decide.table.keyings.index(rows["member_no"], 0).data(Qt.ItemDataRole.FontRole)
    assert bold.bold()
    switch_language("lo")
    assert "ເລກສະມາຊິກ" in shown(decide, rows["member_no"])[0]


def test_what_is_open_is_shown_before_anything_is_written(db: Database, people: People, claim: int, sit: Sit) -> None:
    seng = sit(people.seng)
    decide = view(seng)
    seng.press(Qt.Key.Key_1, F9)
    assert seng.told() == "2 fields are not decided yet."
    assert decide.table.keyings.rows[decide.table.currentIndex().row()].name == "claimed_total"
    assert erred(db)["member_no"] is None


def test_a_third_value_that_cannot_be_read_is_told_and_esc_takes_it_back(
    db: Database, people: People, claim: int, sit: Sit
) -> None:
    seng = sit(people.seng)
    decide = view(seng)
    seng.press(Qt.Key.Key_1, ENTER, Qt.Key.Key_3)
    seng.type("a lot")
    assert "a lot" in seng.told()
    assert len(decide.table.keyings.open_rows()) == 2
    seng.press(ESC)
    assert decide.table.hasFocus()
    assert len(decide.table.keyings.open_rows()) == 2


def test_an_open_edit_counts_when_f9_is_pressed_in_it(db: Database, people: People, claim: int, sit: Sit) -> None:
    seng = sit(people.seng)
    view(seng)
    seng.press(Qt.Key.Key_1, ENTER, Qt.Key.Key_1, ENTER, Qt.Key.Key_3, Qt.Key.Key_4, F9)
    with db.session() as session:
        assert session.get_one(Claim, claim).lines[1].quantity == "4"
    assert erred(db)["lines.2.quantity"] == "both"


def test_after_one_the_next_is_opened_and_after_the_last_nothing_is_left(
    db: Database, people: People, claim: int, sit: Sit
) -> None:
    other = key_claim(db, people.kham, form("000002"), None)
    second_key(db, people.noy, other, form("000002", scheme="SASS"))
    seng = sit(people.seng)
    decide = view(seng)
    seng.press(Qt.Key.Key_1, ENTER, Qt.Key.Key_1, ENTER, Qt.Key.Key_1, F9)
    assert decide.title.plain == "Form 000002"
    seng.press(Qt.Key.Key_1, F9)
    assert decide.listing.model.count == 0
    assert decide.side.currentIndex() == 0


def test_one_of_the_two_has_it_in_no_list(db: Database, people: People, sit: Sit) -> None:
    key = key_claim(db, people.noy, form("000001"), None)
    second_key(db, people.dao, key, form("000001", member_no="N-2"))
    dao = sit(people.dao)
    assert view(dao).listing.model.count == 0
    home = dao.frame.stack.panes()[0]
    assert home.tiles["differences"].accessibleName() == "Differences to settle: 0"  # type: ignore[attr-defined]


def test_home_s_tile_opens_what_is_to_be_settled_and_ctrl_k_knows_the_lists(
    db: Database, people: People, claim: int, sit: Sit
) -> None:
    seng = sit(people.seng)
    home = seng.frame.stack.panes()[0]
    tile = home.tiles["differences"]  # type: ignore[attr-defined]
    assert tile.accessibleName() == "Differences to settle: 1"
    seng.go("figures")
    seng.press(Qt.Key.Key_1, modifier=Qt.KeyboardModifier.AltModifier)
    tile.setFocus()
    seng.press(ENTER)
    assert view_in(seng).table.hasFocus()
    assert seng.pane.switch.value() == "differences"
    assert [command.title.text() for command in seng.pane.commands()] == ["To key again", "To settle", "Figures"]


def test_who_keys_nothing_again_begins_with_what_is_to_be_settled(
    db: Database, people: People, claim: int, sit: Sit
) -> None:
    assert sit(people.seng).go().switch.value() == "differences"
    assert sit(people.dao).go().switch.value() == "again"  # clerk and supervisor


def test_a_supervisor_lets_a_form_go_with_a_reason(db: Database, people: People, sit: Sit) -> None:
    key_claim(db, people.noy, form("000001"), None)
    seng = sit(people.seng)
    pane = seng.go("again")
    pane.queue.forms.table.selectRow(0)
    seng.press(Qt.Key.Key_R, modifier=Qt.KeyboardModifier.ControlModifier)
    seng.type_words("nobody is left to key it")
    assert "goes on without" in seng.told()
    assert adjudicate(db, people.noy).judged == 1


def test_a_supervisor_sees_every_clerk_s_figures(db: Database, people: People, claim: int, sit: Sit) -> None:
    pane = sit(people.seng).go("figures")
    assert [row.clerk for row in pane.figures.model.rows] == ["dao", "kham", "noy"]
    texts = [str(pane.figures.model.index(2, column).data()) for column in range(8)]
    assert texts[0] == "noy"
    assert texts[7].startswith("all, ")
