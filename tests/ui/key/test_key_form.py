from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt

from claims_desk.domain import facts
from claims_desk.models import Claim as ClaimRow
from claims_desk.queries.claim_opened import ClaimOpened, claim_opened
from claims_desk.services.claims import correct_claim, key_claim
from tests.small_office import form, line
from tests.ui.conftest import type_keys
from tests.ui.key.conftest import Clerk

ENTER, F3, F6, F9 = Qt.Key.Key_Return, Qt.Key.Key_F3, Qt.Key.Key_F6, Qt.Key.Key_F9
CONTROL = Qt.KeyboardModifier.ControlModifier


def all_claims(clerk: Clerk) -> list[ClaimOpened]:
    with clerk.db.session() as session:
        ids = [row.id for row in session.query(ClaimRow).order_by(ClaimRow.id)]
        return [claim_opened(session, key) for key in ids]


def key_inpatient_form(clerk: Clerk) -> None:
    """A whole stay, from the form number to the button under the lines."""
    clerk.type("000412", "nhi", "N-2", "ນ້ອຍ ແກ້ວ")
    clerk.type("f")  # answers and moves on by itself: the Enter out of habit passes over nothing
    clerk.type("3/2/1985", "020 5555 1234")
    clerk.type("ipd", "10/3/2026", "+2", "", "j069", "", "", "")
    clerk.type("hc1", "9/3/2026", "R-77")
    clerk.type("", "i f")
    clerk.type("y", "poor", "0", "45.000")
    clerk.type("")  # the day of receipt is the bundle's
    clerk.type("cons", "", "1", "15.000")
    clerk.type("para", "11/3/2026", "6", "5.000")
    clerk.press(ENTER)


INPATIENT_LINES = (
    facts.Line(line_no=1, item_code="CONS", service_date=date(2026, 3, 10), quantity=Decimal(1), unit_price=15_000),
    facts.Line(line_no=2, item_code="PARA", service_date=date(2026, 3, 11), quantity=Decimal(6), unit_price=5_000),
)


def test_a_whole_inpatient_form_is_keyed_with_the_keyboard_alone(clerk: Clerk) -> None:
    clerk.sit_down()
    bundle = clerk.receive()
    clerk.open("bundle", bundle)
    key_inpatient_form(clerk)
    assert clerk.focus() is clerk.pane.price.save_button
    clerk.press(ENTER)
    (kept,) = all_claims(clerk)
    assert kept.claim == facts.Claim(
        id=kept.claim.id,
        form_no="000412",
        facility_code="DH1",
        scheme="NHI",
        member_no="N-2",
        patient_name="ນ້ອຍ ແກ້ວ",
        phone="020 5555 1234",
        sex="F",
        birth_date=date(1985, 2, 3),
        care_type="IPD",
        visit_from=date(2026, 3, 10),
        visit_to=date(2026, 3, 12),
        diagnosis_main="J06.9",
        referred_from="HC1",
        referral_date=date(2026, 3, 9),
        referral_no="R-77",
        documents_seen=("ID", "FAMILY_BOOK"),
        signed=True,
        exemption_claimed="POOR",
        copay_collected=0,
        claimed_total=45_000,
        received_date=date(2026, 4, 2),
        submission=kept.claim.submission,
        lines=INPATIENT_LINES,
    )
    assert kept.submission_id == bundle


def test_the_next_form_begins_with_what_is_the_same_and_the_next_number(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    key_inpatient_form(clerk)
    clerk.press(F9)
    assert (clerk.text("form_no"), clerk.text("scheme"), clerk.text("care_type")) == ("000413", "NHI", "IPD")
    assert clerk.text("received_date") == "2/4/2026"
    assert clerk.text("member_no") == clerk.text("patient_name") == ""
    assert clerk.at() == "form_no"
    assert clerk.pane.bundle.bundle is not None
    assert clerk.pane.bundle.bundle.keyed.forms == 1
    clerk.go_to("diagnosis_main")
    clerk.press(F3)
    assert clerk.text("diagnosis_main") == "J06.9"


def test_a_wrong_day_is_told_in_words_and_does_not_trap(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.go_to("visit_from")
    clerk.type("31/2/2026")
    assert clerk.at() == "visit_to"
    assert "is no day" in clerk.under("visit_from")
    assert clerk.text("visit_from") == "31/2/2026"
    clerk.press(F9)
    assert "cannot be read" in clerk.told()
    assert clerk.at() == "visit_from"
    assert not all_claims(clerk)


def test_findings_come_without_moving_the_focus_and_f6_leads_to_their_field(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("000001", "nhi", "N-3", "ແກ້ວມະນີ")
    clerk.type("m")
    clerk.go_to("birth_date")
    clerk.type("31/12/1990", "", "opd", "10/3/2026")
    assert clerk.at() == "visit_to"
    assert "M05" in clerk.codes()
    assert "sex" in clerk.under("sex").lower()
    assert clerk.pane.member.title.text() == "ແກ້ວມະນີ"
    wanted = [found.code for found in clerk.pane.findings.shown].index("M05")
    clerk.press(*[F6] * (wanted + 1))
    assert clerk.at() == "sex"


def test_nothing_is_found_of_fields_nobody_has_been_in(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    assert clerk.codes() == []
    clerk.type("000001", "nhi")
    assert "A01" not in clerk.codes()


def test_blank_fields_are_shown_before_a_form_is_saved_with_them(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("000001", "nhi")
    clerk.press(F9)
    assert clerk.at() == "member_no"
    assert "blank" in clerk.told()
    assert not all_claims(clerk)
    clerk.press(F9)
    assert [kept.claim.form_no for kept in all_claims(clerk)] == ["000001"]


def test_a_form_number_used_already_is_told_at_the_field(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1")
    key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    clerk.sit_down()
    clerk.open("bundle", bundle)
    clerk.type("000007", "nhi", "N-3")
    clerk.go_to("visit_from")
    clerk.type("12/3/2026")
    assert "A05" in clerk.codes()
    assert "000007" in clerk.under("form_no")


def test_the_same_person_on_the_same_day_is_told_at_the_day(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1")
    key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    clerk.sit_down()
    clerk.open("bundle", bundle)
    clerk.type("000008", "nhi", "N-1", "ບຸນມີ")
    clerk.go_to("care_type")
    clerk.type("opd", "10/3/2026")
    assert "X01" in clerk.codes()
    assert "000007" in clerk.under("visit_from")


def test_a_member_is_found_by_part_of_the_name_and_brings_his_scheme(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("000001", "", "keom")
    assert clerk.text("member_no") == "N-3"
    assert clerk.text("scheme") == "NHI"


def test_without_a_bundle_a_form_is_not_saved(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.go_to("form_no")
    clerk.type("000001")
    clerk.press(F9)
    assert "bundle" in clerk.told()
    assert not all_claims(clerk)


def test_enter_on_the_bundle_goes_on_in_the_form_also_past_what_is_told(clerk: Clerk) -> None:
    clerk.receive("DH1")
    clerk.receive("HC1")
    clerk.sit_down()
    clerk.go_to("form_no")
    clerk.type("000001")
    clerk.press(F9)
    assert clerk.told()
    clerk.type("hc1")
    assert clerk.pane.bundle.bundle is not None
    assert clerk.at() == "form_no"
    assert clerk.text("form_no") == "000001"


def test_the_only_open_bundle_is_taken_by_itself(clerk: Clerk) -> None:
    bundle = clerk.receive()
    clerk.sit_down()
    assert clerk.pane.bundle.bundle is not None
    assert clerk.pane.bundle.bundle.id == bundle
    assert clerk.at() == "form_no"


def test_a_claim_is_corrected_in_its_place(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1")
    claim = key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    clerk.sit_down()
    clerk.open("claim", claim)
    assert clerk.text("patient_name") == "ບຸນມີ"
    clerk.go_to("phone")
    clerk.type("02012345678")
    clerk.press(F9)
    (kept,) = all_claims(clerk)
    assert kept.claim.phone == "02012345678"
    assert kept.claim.lines == form("000007").lines
    assert kept.state == "CORRECTED"
    assert clerk.text("patient_name") == ""


def test_who_is_overtaken_keeps_his_typing_and_sees_what_stands_now(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1")
    claim = key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    clerk.sit_down()
    clerk.open("claim", claim)
    clerk.go_to("phone")
    clerk.type("02012345678")
    correct_claim(clerk.db, clerk.people.kham, claim, None, form("000007", phone="02099999999"))
    clerk.press(F9)
    assert clerk.text("phone") == "02012345678"
    assert "02099999999" in clerk.under("phone")
    assert "Somebody else" in clerk.told()
    assert all_claims(clerk)[0].claim.phone == "02099999999"
    clerk.press(F9)
    assert all_claims(clerk)[0].claim.phone == "02012345678"


def test_a_copy_is_a_new_claim_linked_to_the_one_it_came_from(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1")
    claim = key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    clerk.sit_down()
    clerk.open("claim", claim)
    clerk.press(Qt.Key.Key_D, modifier=CONTROL)
    assert clerk.at() == "form_no"
    clerk.type("000008")
    clerk.press(F9)
    first, second = all_claims(clerk)
    assert (first.claim.form_no, second.claim.form_no) == ("000007", "000008")
    assert second.copied_from == first.claim.id
    assert [row.item_code for row in second.claim.lines] == ["CONS", "PARA"]


def test_lines_keep_the_numbers_they_were_kept_under(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1")
    lines = (line(2, "CONS", 1, 15_000), line(5, "PARA", 2, 5_000))
    claim = key_claim(clerk.db, clerk.people.noy, form("000007", lines=lines), bundle)
    clerk.sit_down()
    clerk.open("claim", claim)
    clerk.go_to("phone")
    clerk.type("02012345678")
    clerk.press(F9)
    assert [row.line_no for row in all_claims(clerk)[0].claim.lines] == [2, 5]


def test_enter_takes_what_is_typed_and_no_row_of_the_list_for_an_older_text(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("000412", "nhi")
    type_keys(clerk.focus(), "N-")
    clerk.settle()  # the list stands open with N-1 marked
    type_keys(clerk.focus(), "2")
    clerk.press(ENTER)
    assert clerk.text("member_no") == "N-2"
