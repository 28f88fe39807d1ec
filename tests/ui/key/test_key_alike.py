"""A paper that is keyed already is told while it is typed, and the other claim stands beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from claims_desk.queries.claim_opened import claim_opened
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.review import deny_claim
from claims_desk.ui.key.other_claim import COMPARED
from tests.sampling import draw_all
from tests.small_office import form
from tests.ui.key.conftest import Clerk

F8, ESC, ENTER = Qt.Key.Key_F8, Qt.Key.Key_Escape, Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier
RECEIVED_LATE = date(2026, 5, 1)  # after the day of receipt of the bundle it lies in


def keyed(clerk: Clerk, form_no: str, **changes: object) -> int:
    """A claim of the bundle's facility that the clerk keyed before."""
    return key_claim(clerk.db, clerk.people.noy, form(form_no, facility_code="DH1", **changes), clerk.receive())


def told(clerk: Clerk) -> str:
    other = clerk.pane.other
    return other.told.plain if other.isVisible() else ""


def test_a_form_number_keyed_before_is_told_when_its_field_is_left(clerk: Clerk) -> None:
    clerk.sit_down()
    keyed(clerk, "000412")
    clerk.open("bundle", clerk.receive())
    clerk.type("000411")
    assert told(clerk) == ""
    clerk.go_to("form_no")
    clerk.type("000412")
    assert told(clerk) == "Form number 000412 of DH1 is keyed already. Outpatient, 10/3/2026."
    assert clerk.at() == "scheme"


def test_the_same_person_on_the_same_day_is_told_whatever_the_number_of_the_form(clerk: Clerk) -> None:
    clerk.sit_down()
    keyed(clerk, "000412")
    clerk.open("bundle", clerk.receive(facility="HC1"))
    clerk.type("77", "nhi", "N-1")
    assert told(clerk) == ""
    clerk.go_to("visit_from")
    clerk.type("11/3/2026")
    assert told(clerk) == ""
    clerk.go_to("visit_from")
    clerk.type("10/3/2026")
    assert told(clerk) == "The same person on the same day stands on form 000412 of DH1. Outpatient, 10/3/2026."


def test_one_key_sets_the_other_claim_beside_the_form_and_esc_takes_it_away(clerk: Clerk) -> None:
    clerk.sit_down()
    keyed(clerk, "000412", member_no="N-2", patient_name="ນ້ອຍ ແກ້ວ")
    clerk.open("bundle", clerk.receive())
    clerk.type("000412", "nhi", "N-3")
    at = clerk.at()
    clerk.press(F8)
    other = clerk.pane.other
    assert other.is_open
    assert not clerk.pane.member.isVisible()
    assert clerk.at() == at  # it never takes the focus
    shown = {
        name: (value.plain, value.property("tone")) for name, (_, value) in zip(COMPARED, other._cells, strict=True)
    }
    assert shown["form_no"][0] == "000412"
    assert shown["member_no"] == ("N-2", "bad")
    assert "Keyed by noy" in other.keyed.plain
    clerk.press(ESC)
    assert not other.is_open
    assert clerk.pane.member.isVisible()
    assert other.isVisible()
    assert clerk.text("member_no") == "N-3"


def test_a_void_claim_and_the_denied_one_this_is_restored_from_are_not_told(clerk: Clerk) -> None:
    clerk.sit_down()
    first = keyed(clerk, "000412", visit_from=None)
    adjudicate(clerk.db, clerk.people.seng)
    deny_claim(clerk.db, clerk.people.seng, first, clerk.db.read(claim_opened, first).version, "nothing is readable")
    clerk.open("claim", first)
    clerk.press(Qt.Key.Key_D, modifier=CONTROL)
    clerk.press(ENTER)
    assert "Restored" in clerk.told()
    assert told(clerk) == ""


def test_a_restored_claim_keeps_its_own_day_of_receipt_so_that_a_late_one_stays_late(clerk: Clerk) -> None:
    clerk.sit_down()
    late = keyed(clerk, "000412", visit_from=date(2025, 12, 1), visit_to=date(2025, 12, 1), received_date=RECEIVED_LATE)
    adjudicate(clerk.db, clerk.people.seng)
    clerk.open("claim", late)
    assert "A04" in clerk.codes()
    clerk.press(Qt.Key.Key_D, modifier=CONTROL)
    clerk.press(ENTER)
    assert clerk.text("received_date") == "1/5/2026"
    assert "A04" in clerk.codes()


def test_what_a_colleague_keyed_and_the_clerk_may_have_to_key_blind_is_told_but_not_shown(clerk: Clerk) -> None:
    draw_all(clerk.db)
    clerk.sit_down()
    key_claim(clerk.db, clerk.people.kham, form("000412", facility_code="DH1"), clerk.receive())
    clerk.open("bundle", clerk.receive())
    clerk.type("000412")
    clerk.press(F8)
    other = clerk.pane.other
    assert told(clerk) == "Form number 000412 of DH1 is keyed already."
    assert not other.is_open
    assert "not shown" in other.keyed.plain
    assert not any(value.isVisible() for _, value in other._cells)


def said(clerk: Clerk) -> str:
    """Every word the findings and the one line about the other claim say."""
    return "\n".join([told(clerk), *(f"{found.message}" for found in clerk.pane.findings.shown)])


def key_the_same_visit(clerk: Clerk, form_no: str) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type(form_no)
    clerk.go_to("scheme")
    clerk.type("nhi", "N-1")
    clerk.go_to("care_type")
    clerk.type("opd", "10/3/2026")


def test_findings_tell_nothing_that_was_keyed_of_a_claim_the_clerk_may_have_to_key_blind(clerk: Clerk) -> None:
    draw_all(clerk.db)
    key_claim(clerk.db, clerk.people.kham, form("000412", facility_code="DH1"), clerk.receive())
    key_the_same_visit(clerk, "000999")
    assert "X01" in clerk.codes()
    assert "a claim a colleague keyed" in said(clerk)
    assert "000412" not in said(clerk)
    clerk.go_to("form_no")
    clerk.type("000412")
    assert {"A05", "X01"} <= set(clerk.codes())
    (number,) = [f"{found.message}" for found in clerk.pane.findings.shown if found.code == "A05"]
    assert number.startswith("Number 000412 of DH1")
    assert not [word for word in ("10/3/2026", "N-1", "ບຸນມີ") if word in number]


def test_findings_of_ones_own_claims_say_all_whether_they_were_drawn_or_not(clerk: Clerk) -> None:
    draw_all(clerk.db)
    keyed(clerk, "000412")
    key_the_same_visit(clerk, "000999")
    assert "000412" in said(clerk)
    assert "10/3/2026" in told(clerk)
