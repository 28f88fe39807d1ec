"""A second clerk keys forms again without seeing the first keying."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from claims_desk.domain.actor import Actor
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Claim, Verification
from claims_desk.models.database import Database
from claims_desk.queries.verifications import to_resolve
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.verification import second_key
from claims_desk.ui.find_anything import FindDialog
from claims_desk.ui.speech import switch_language
from tests.conftest import NewDatabase
from tests.sampling import draw_all
from tests.small_office import People, form, open_small_office
from tests.ui.conftest import Settle
from tests.ui.verify.conftest import Seat, texts_in

F9 = Qt.Key.Key_F9
ALT = Qt.KeyboardModifier.AltModifier
Sit = Callable[..., Seat]
SitAt = Callable[[Database, Actor], Seat]


def verified(db: Database) -> list[tuple[str, str]]:
    with db.session() as session:
        query = select(Claim.form_no, Verification.differences).join(Claim, Claim.id == Verification.claim_id)
        return [(form_no, found) for form_no, found in session.execute(query.order_by(Verification.id))]


def test_two_forms_are_keyed_again_with_the_keyboard_alone(db: Database, people: People, bundle: int, sit: Sit) -> None:
    kham = sit(people.kham)
    kham.press(Qt.Key.Key_4, modifier=ALT)
    assert [row.forms for row in kham.pane.queue.model.rows] == [2]
    kham.press(F9)
    assert kham.pane.blind.title.text() == "Form 000001"
    assert kham.focus().objectName() == "facility_code"
    kham.key_form()
    assert kham.pane.blind.title.text() == "Form 000002"
    kham.type("hc1", "", "n-1")
    assert kham.focus().objectName() == "care_type"
    assert kham.pane.blind.sheet.form.edit("scheme").text() == "NHI"
    assert verified(db) == [("000001", "[]")]


def test_after_the_last_form_the_list_comes_back_and_the_claims_go_on(
    db: Database, people: People, bundle: int, sit: Sit
) -> None:
    kham = sit(people.kham)
    kham.go()
    kham.press(F9)
    for _ in range(2):
        kham.key_form()
    assert [found for _, found in verified(db)] == ["[]", "[]"]
    assert kham.pane._stack.currentWidget() is kham.pane.queue
    assert adjudicate(db, people.noy).judged == 2


def test_a_field_passed_over_is_shown_once_and_an_unreadable_one_always(
    db: Database, people: People, bundle: int, sit: Sit
) -> None:
    kham = sit(people.kham)
    kham.go()
    kham.press(F9)
    kham.type("hc1")
    kham.press(F9)
    assert "still blank" in kham.told()
    kham.pane.blind.sheet.form.go_to("visit_from")
    kham.type("31/2/2026")
    kham.press(F9)
    assert "cannot be read" in kham.told()
    assert verified(db) == []


def test_esc_leaves_the_form_on_disk_and_it_comes_back_in_another_window(
    db: Database, people: People, bundle: int, sit: Sit
) -> None:
    kham = sit(people.kham)
    kham.go()
    kham.press(F9)
    kham.type("hc1", "nhi", "n-1")
    kham.press(Qt.Key.Key_Escape)
    assert kham.pane._stack.currentWidget() is kham.pane.queue
    again = sit(people.kham)
    again.go()
    sheet = again.pane.blind.sheet
    assert again.pane._stack.currentWidget() is again.pane.blind
    assert (sheet.form.edit("scheme").text(), sheet.form.edit("member_no").text()) == ("NHI", "N-1")
    assert "came back" in again.told()


def test_a_draft_of_a_second_keying_never_opens_in_key(db: Database, people: People, bundle: int, sit: Sit) -> None:
    kham = sit(people.kham)
    kham.go()
    kham.press(F9)
    kham.type("hc1", "nhi", "n-1")
    again = sit(people.kham)
    again.press(Qt.Key.Key_3, modifier=ALT)
    key = again.frame.stack.current()
    assert key is not None
    assert "N-1" not in texts_in(key)


def test_a_form_somebody_else_keyed_meanwhile_is_refused_and_its_draft_goes(
    db: Database, people: People, bundle: int, sit: Sit
) -> None:
    kham = sit(people.kham)
    kham.go()
    kham.press(F9)
    first = kham.pane.blind.keying.paper
    assert first is not None
    kham.type("hc1", "nhi")
    second_key(db, people.dao, first.claim_id, form("000001"))
    kham.pane.blind.sheet.visit_all()
    kham.press(F9)
    assert "keyed twice already" in kham.told()
    again = sit(people.kham)
    again.go()
    assert again.pane.blind.keying.paper is None


def test_a_clerk_has_no_list_of_differences_and_sees_only_his_own_figures(
    db: Database, people: People, bundle: int, sit: Sit
) -> None:
    kham = sit(people.kham)
    pane = kham.go("differences")
    assert pane.switch.value() == "again"
    kham.go("figures")
    assert [row.clerk for row in pane.figures.model.rows] == ["kham"]
    assert "differences" not in kham.frame.stack.panes()[0].tiles  # type: ignore[attr-defined]


BLIND_PANES = ("home", "key", "verify", "find")  # Receive and Review speak of other things that differ


@pytest.mark.parametrize("language", ["en", "lo"])
def test_no_window_of_the_two_clerks_shows_the_other_keying_or_a_word_of_difference(
    db: Database, people: People, bundle: int, sit: Sit, settle: Settle, language: str
) -> None:
    kham = sit(people.kham)
    kham.go()
    kham.press(F9)
    kham.key_form("n-2", "3")
    assert db.read(to_resolve, PageWanted(), people.seng.user_id).count == 1
    switch_language(language)
    for seat, other in ((kham, "N-1"), (sit(people.noy), "N-2")):
        seen = read_all(seat, settle)
        told = [pane for pane, text in seen.items() if other in text]
        assert set(told) <= {"registers"}, "the other keying"  # every member stands there
        assert not [pane for pane in BLIND_PANES if re.search("differ|ແຕກຕ່າງ|ບໍ່ຄືກັນ|≠", seen[pane], re.IGNORECASE)]


def test_both_clerks_windows_are_the_same_to_the_letter_whether_their_keyings_agree_or_differ(
    new_sqlite: NewDatabase, sit_at: SitAt, settle: Settle
) -> None:
    """All that kham keyed again agreed, or half of it did not; then somebody adjudicates all that may be."""
    seen: dict[bool, list[dict[str, str]]] = {}
    for differs in (False, True):
        db = Database.open(new_sqlite(True))
        people = open_small_office(db)
        draw_all(db)
        for number in ("000001", "000002"):
            claim_id = key_claim(db, people.noy, form(number), None)
            second_key(db, people.kham, claim_id, form(number, member_no="N-2" if differs else "N-1"))
        seen[differs] = [read_all(sit_at(db, actor), settle) for actor in (people.noy, people.kham)]
        settle()
        db.close()
    assert seen[False] == seen[True]


def read_all(seat: Seat, settle: Settle) -> dict[str, str]:
    """What stands in every pane this user may open under each of its buttons, and in what Ctrl+K finds of the forms.

    Clocks and the database's place are left out.
    """
    read: dict[str, list[str]] = {kind.key: [] for kind in seat.frame.kinds}
    for key, texts in read.items():
        seat.frame._open_pane(key)
        settle()
        pane = seat.frame.stack.current()
        switch = getattr(pane, "filter", None) or getattr(pane, "switch", None)
        for value in switch._values if switch is not None else [None]:
            if switch is not None:
                switch.set_value(value)
                settle()
            assert pane is not None
            texts.append(texts_in(pane))
    read["status"] = [texts_in(seat.frame.status)]
    read["find"] = found_by_name(seat, settle)
    return {key: re.sub(r"\d\d:\d\d(:\d\d)?|claims\d+\.db", "", "\n".join(texts)) for key, texts in read.items()}


def found_by_name(seat: Seat, settle: Settle) -> list[str]:
    seat.frame.find_anything()
    dialog = seat.frame.findChild(FindDialog)
    assert dialog is not None
    found = []
    for text in ("0000", "N-"):
        dialog.search.setText(text)
        settle()
        rows = [dialog.list.item(number).text() for number in range(dialog.list.count())]
        found.append("\n".join([texts_in(dialog), *rows]))
    dialog.reject()
    return found
