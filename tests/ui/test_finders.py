from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.messages import say
from claims_desk.models.database import Database
from claims_desk.services.batches import make_batches
from claims_desk.ui.commands_here import rank, views_elsewhere
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.find_anything import FindDialog
from claims_desk.ui.finders import FINDERS, claims_found
from claims_desk.ui.pane import Command
from claims_desk.ui.panes import PANES
from claims_desk.ui.settings import Settings
from tests.payable import closed_bundle, open_treasury
from tests.ui.conftest import Settle, type_keys


def office(db: Database) -> Desk:
    people = open_treasury(db)
    make_batches(db, people.staff.seng, closed_bundle(db, people, 411, 412))
    return Desk(db, Actor(people.staff.seng.user_id, "seng", frozenset(Role)), Settings())


@pytest.mark.parametrize(
    ("typed", "pane", "what"),
    [
        ("000412", "review", "claim"),
        ("10-2026-0001", "receive", "bundle"),
        ("ແກ້ວມະນີ", "registers", "member"),
        ("HC1", "registers", "facility"),
        ("vang vieng hea", "registers", "facility"),
        ("ວັງວຽງ", "receive", "bundle"),
        ("vang vieng hea", "batches", "batch"),
        ("ບຸນມີ", "review", "claim"),
    ],
)
def test_anything_is_found_by_its_number_or_its_name(db: Database, typed: str, pane: str, what: str) -> None:
    desk = office(db)
    found = [(thing.place.pane, thing.place.what) for finder in FINDERS for thing in finder(desk, typed)]
    assert (pane, what) in found


def test_enter_on_what_was_found_goes_to_its_place(db: Database, qtbot: QtBot, settle: Settle) -> None:
    desk, parent, went = office(db), QWidget(), list[Place]()
    desk.went.connect(went.append)
    qtbot.addWidget(parent)
    parent.show()
    dialog = FindDialog(parent, desk, [], ["review", "receive"])
    dialog.open()
    type_keys(dialog.search, "000412")
    dialog.search.search_now()
    settle()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert [(place.pane, place.what) for place in went] == [("review", "claim")]


def test_what_opens_in_a_pane_the_user_may_not_use_is_not_offered(db: Database, qtbot: QtBot, settle: Settle) -> None:
    desk, parent = office(db), QWidget()
    qtbot.addWidget(parent)
    dialog = FindDialog(parent, desk, [], ["review"])
    type_keys(dialog.search, "10-2026-0001")
    dialog.search.search_now()
    settle()
    assert dialog.list.count() == 0


@pytest.mark.parametrize(
    ("typed", "shown", "at"),
    [
        ("vouchers", "Vouchers", 0),
        ("ໃບສັ່ງຈ່າຍ", "Vouchers", 0),
        ("save", "Save and next", 0),
        ("ບັນທຶກ", "Save and next", 0),
        ("f9", "Save and next", 0),
        ("trail aud", "Audit trail", 2),
        ("zzz", "Audit trail", None),
    ],
)
def test_commands_are_found_in_either_language_by_their_key_and_by_words_in_any_order(
    typed: str, shown: str, at: int | None
) -> None:
    desk = Desk(None, Actor(1, "seng", frozenset(Role)), Settings())  # type: ignore[arg-type]
    saving = Command(say("Save and next"), lambda: None, "F9")
    (command,) = [each for each in (saving, *views_elsewhere(desk, PANES)) if each.title.text("en") == shown]
    assert rank(command, typed) == at


def test_the_short_form_number_stands_before_what_begins_so(db: Database) -> None:
    desk = office(db)
    assert claims_found(desk, "412")[0].place.text == "000412"
    assert claims_found(desk, "0004")
