"""A denied claim is only read; restoring it asks in which open bundle of its facility the corrected form lies."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from claims_desk.domain.codes import ClaimState, SubmissionState
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Claim, Submission
from claims_desk.queries.claim_opened import ClaimOpened, claim_opened
from claims_desk.queries.claims import claims
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.review import deny_claim
from claims_desk.services.submissions import BundleForm, receive_submission
from claims_desk.ui.key.restore_dialog import RestoreDialog
from tests.small_office import form
from tests.ui.key.conftest import Clerk

F9, ESC, ENTER, D = Qt.Key.Key_F9, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_D
CONTROL = Qt.KeyboardModifier.ControlModifier
MAY = date(2026, 5, 1)


def denied(clerk: Clerk, submission_id: int | None) -> int:
    """A claim the supervisor denied, open in Key."""
    key = key_claim(clerk.db, clerk.people.noy, form("000412", facility_code="DH1"), submission_id)
    adjudicate(clerk.db, clerk.people.noy)
    deny_claim(clerk.db, clerk.people.seng, key, clerk.db.read(claim_opened, key).version, "nothing is readable")
    clerk.sit_down()
    clerk.open("claim", key)
    return key


def later_bundle(clerk: Clerk, facility: str = "DH1") -> int:
    counts = BundleForm(
        facility_code=facility, month=MAY, received_on=date(2026, 6, 2), forms=1, kip=25_000, form_numbers=412
    )
    return receive_submission(clerk.db, clerk.people.noy, counts)


def shut(clerk: Clerk, submission_id: int) -> None:
    """Close a bundle past its totals, which is another test's business."""
    with clerk.db.session() as session:
        session.get_one(Submission, submission_id).state = SubmissionState.CLOSED
        session.commit()


def dialogs(clerk: Clerk) -> list[RestoreDialog]:
    return [each for each in clerk.pane.window().findChildren(RestoreDialog) if each.isVisible()]


def press_there(key: Qt.Key) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def come_back(clerk: Clerk) -> None:
    """The dialog is closed; without a screen nobody gives the window the keyboard again."""
    clerk.settle()
    clerk.wait_for_keyboard()


def kept(clerk: Clerk) -> list[ClaimOpened]:
    rows = clerk.db.read(claims, PageWanted()).rows
    return [clerk.db.read(claim_opened, row.id) for row in rows]


def test_a_denied_claim_is_only_read_and_offers_to_restore_it(clerk: Clerk) -> None:
    denied(clerk, clerk.receive())
    price = clerk.pane.price
    assert "is denied and stays as it is" in clerk.told()
    assert price.again_button.isVisible()
    assert price.again_button.text() == "Restore as a new claim   Ctrl+D"
    assert clerk.focus() is price.again_button
    assert (price.decision.text(), price.payable.plain) == ("Denied", "–")
    assert not any(one.isVisible() for one in (price.save_button, price.repeat_button))
    for field in ("form_no", "care_type", "signed", "visit_from", "diagnosis_main", "documents_seen"):
        before = clerk.text(field)
        clerk.go_to(field)
        clerk.press(Qt.Key.Key_7, Qt.Key.Key_N, Qt.Key.Key_Down, Qt.Key.Key_Backspace, Qt.Key.Key_F2)
        assert clerk.text(field) == before
    clerk.go_to("form_no")
    clerk.press(ENTER)
    assert clerk.at() == "scheme"  # the keyboard still goes through
    clerk.pane.sheet.grid.setFocus()
    clerk.press(Qt.Key.Key_Delete, Qt.Key.Key_9, ENTER)
    assert clerk.focus() is price.again_button
    clerk.pane.keying.save()  # as from Ctrl+K
    clerk.settle()
    assert "is denied and stays as it is" in clerk.told()
    assert [row.claim.form_no for row in kept(clerk)] == ["000412"]


def test_it_is_restored_in_a_later_bundle_of_its_facility_and_nothing_is_told_of_it(clerk: Clerk) -> None:
    first = clerk.receive()
    key = denied(clerk, first)
    shut(clerk, first)
    later_bundle(clerk, "HC1")
    later = later_bundle(clerk)
    clerk.press(D, modifier=CONTROL)
    (dialog,) = dialogs(clerk)
    assert [row.id for row in dialog.table.rows_model.rows] == [later]
    press_there(ENTER)
    come_back(clerk)
    assert clerk.pane.bundle.bundle is not None
    assert clerk.pane.bundle.bundle.id == later
    assert "Restored as a new claim" in clerk.told()
    assert clerk.at() == "form_no"
    assert clerk.text("received_date") == "2/4/2026"
    assert clerk.codes() == ["P01"]
    assert not clerk.pane.other.isVisible()
    assert not clerk.pane.price.again_button.isVisible()
    clerk.go_to("phone")
    clerk.type("02055512345")
    clerk.press(F9)
    old, new = sorted(kept(clerk), key=lambda row: row.claim.id)
    assert (old.claim.id, old.state) == (key, ClaimState.DENIED)
    assert (new.copied_from, new.submission_id, new.claim.phone) == (key, later, "02055512345")


def test_the_newest_bundle_stands_first_and_esc_leaves_the_denied_claim_as_it_is(clerk: Clerk) -> None:
    first = clerk.receive()
    denied(clerk, first)
    later = later_bundle(clerk)
    clerk.press(D, modifier=CONTROL)
    (dialog,) = dialogs(clerk)
    assert [row.id for row in dialog.table.rows_model.rows] == [later, first]
    press_there(ESC)
    clerk.settle()
    assert clerk.pane.price.again_button.isVisible()
    assert clerk.text("form_no") == "000412"


def test_without_an_open_bundle_it_is_told_what_to_do(clerk: Clerk) -> None:
    first = clerk.receive()
    denied(clerk, first)
    shut(clerk, first)
    clerk.press(D, modifier=CONTROL)
    assert dialogs(clerk) == []
    assert "No bundle of DH1 is open" in clerk.told()
    assert "bundle of one" in clerk.told()
    assert clerk.pane.price.again_button.isVisible()


def test_in_its_own_bundle_it_is_told_that_the_denied_one_is_to_be_void(clerk: Clerk) -> None:
    denied(clerk, clerk.receive())
    clerk.press(D, modifier=CONTROL)
    press_there(F9)
    come_back(clerk)
    assert "void the denied one" in clerk.told()
    assert clerk.codes() == ["P01"]


def test_a_restored_form_comes_back_after_a_power_cut_as_restored(clerk: Clerk) -> None:
    denied(clerk, clerk.receive())
    clerk.press(D, modifier=CONTROL)
    press_there(ENTER)
    come_back(clerk)
    assert clerk.pane.may_close()
    clerk.sit_down()
    assert clerk.text("form_no") == "000412"
    assert "A05" not in clerk.codes()
    assert not clerk.pane.other.isVisible()


def test_the_next_form_is_typed_into_as_ever(clerk: Clerk) -> None:
    bundle = clerk.receive()
    denied(clerk, bundle)
    clerk.open("claim", key_claim(clerk.db, clerk.people.noy, form("000500", facility_code="DH1"), bundle))
    assert clerk.pane.price.save_button.isVisible()
    clerk.go_to("phone")
    clerk.type("02055512345")
    assert clerk.text("phone") == "02055512345"
    clerk.press(D, modifier=CONTROL)
    assert "A new form with the same values" in clerk.told()
    assert dialogs(clerk) == []


def test_a_claim_in_a_batch_is_only_read_too_and_may_be_copied(clerk: Clerk) -> None:
    bundle = clerk.receive()
    key = key_claim(clerk.db, clerk.people.noy, form("000412", facility_code="DH1"), bundle)
    with clerk.db.session() as session:
        session.get_one(Claim, key).state = ClaimState.BATCHED
        session.commit()
    clerk.sit_down()
    clerk.open("claim", key)
    assert clerk.pane.price.again_button.text() == "Copy the claim into a new form   Ctrl+D"
    assert not clerk.pane.price.save_button.isVisible()
    clerk.press(D, modifier=CONTROL)
    assert "A new form with the same values" in clerk.told()
    assert clerk.text("form_no") == ""
