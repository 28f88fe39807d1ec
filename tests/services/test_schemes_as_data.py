"""Schemes are rows: a new one from file to voucher, a member who moves to another, a newborn on the mother's number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from claims_desk.domain.codes import Decision
from claims_desk.domain.facts import Claim
from claims_desk.models import Batch, FindingRow, Voucher
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimDecision as DecisionRow
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_registers
from claims_desk.queries.results import result_rows
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.claims import key_claim
from claims_desk.services.imports import import_table
from claims_desk.services.judgement import adjudicate, preview
from claims_desk.services.submissions import BundleForm, close_submission, receive_submission
from claims_desk.services.users import sign_in
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers
from tests.conftest import PASSWORD
from tests.payable import Treasury, open_treasury
from tests.small_office import DAY, MONTH, form, line

Bring = Callable[..., None]
NEW = "GARM"  # garment workers: a scheme no program has heard of
FILES = {
    "schemes": f"""code,name_lo,name_en,payer_order,waiting_days,referral_levels,exempt_categories,fund
{NEW},ກອງທຶນ ກຳມະກອນ,Garment workers,5,30,DH,POOR,GARMENT""",
    "members": "person_no,name_lo,name_en,sex,birth_date\nP8,ດາວ,Dao,F,1999-01-01\nP9,ມີ,Mee,F,1999-02-01",
    "coverages": f"""scheme,member_no,person_no,valid_from,valid_to,option
{NEW},G-1,P1,2026-01-01,,
{NEW},G-8,P8,2026-01-01,,BLUE
{NEW},G-9,P9,2026-03-01,,RED""",
    "exemptions": "person_no,category,valid_from,evidence\nP8,POOR,2026-01-01,Village list",
    "contracts": f"facility_code,scheme,valid_from\nHC1,{NEW},2026-01-01\nDH1,{NEW},2026-01-01",
    "payment_methods": f"""scheme,level,care_type,valid_from,method
{NEW},HC,OPD,2026-01-01,FEE
{NEW},DH,OPD,2026-01-01,CAPITATION
{NEW},DH,DELIVERY,2026-01-01,CASE""",
    "prices": f"""item_code,scheme,level,valid_from,price
CONS,{NEW},HC,2026-01-01,14000
PARA,{NEW},HC,2026-01-01,4000""",
    "case_rates": f"case_group,scheme,level,valid_from,amount\nN01,{NEW},DH,2026-01-01,600000",
    "copayments": f"""scheme,level,care_type,valid_from,amount,percent
{NEW},HC,OPD,2026-01-01,1000,10
{NEW},DH,DELIVERY,2026-01-01,50000,""",
    "ceilings": f"scheme,care_type,period,valid_from,amount\n{NEW},ANY,YEAR,2026-01-01,610000",
    "visit_limits": f"scheme,care_type,valid_from,max_per_year\n{NEW},DELIVERY,2026-01-01,1",
    "parameters": f"name,scheme,valid_from,value\nsubmission_days,{NEW},2026-01-01,60",
}


@pytest.fixture
def office(db: Database) -> Treasury:
    return open_treasury(db)


@pytest.fixture
def bring(db: Database, office: Treasury, tmp_path: Path) -> Bring:
    """Imports a table as the administrator, whole or not at all."""
    admin = sign_in(db, "admin", PASSWORD)

    def bring(kind: str, text: str) -> None:
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        report = import_table(db, admin, kind, path)
        assert report.done, [str(problem.reason) for problem in report.problems]

    return bring


@pytest.fixture
def eighth(bring: Bring) -> None:
    """The registers of the small office with one more scheme, by import alone."""
    for kind, text in FILES.items():
        bring(kind, text)


def visit(form_no: str, **changes: object) -> Claim:
    """A visit of garment worker G-1 at the health centre, at its tariff: 22,000 kip, 3,200 of them his."""
    lines = (line(1, "CONS", 1, 15000), line(2, "PARA", 2, 4000))
    facts = {"scheme": NEW, "member_no": "G-1", "lines": lines, "claimed_total": 23000, "copay_collected": 3200}
    return form(form_no, **(facts | changes))


def birth(form_no: str, number: str, name: str, born: date, **changes: object) -> Claim:
    """A delivery of a garment worker at the district hospital, referred by the health centre."""
    facts = {
        "facility_code": "DH1", "member_no": number, "patient_name": name, "sex": "F", "birth_date": born,
        "care_type": "DELIVERY", "case_group": "N01", "diagnosis_main": "O80", "lines": (), "claimed_total": 600000,
        "copay_collected": 50000, "visit_to": DAY + timedelta(days=2), "referred_from": "HC1", "referral_date": DAY,
    }  # fmt: skip
    return visit(form_no, **(facts | changes))


def judged(db: Database, office: Treasury, *claims: Claim) -> dict[str, tuple[str, int, int, int, set[str]]]:
    """Decision, allowed, co-payment, payable and codes of each form once all are keyed and adjudicated."""
    for claim in claims:
        key_claim(db, office.staff.noy, claim, None)
    adjudicate(db, office.staff.noy)
    return results(db)


def results(db: Database) -> dict[str, tuple[str, int, int, int, set[str]]]:
    with db.session() as session:
        ids = session.execute(select(ClaimRow.id)).scalars().all()
        rows = list(result_rows(session, ids))
        found = select(ClaimRow.form_no, FindingRow.code).join_from(FindingRow, DecisionRow).join(ClaimRow)
        told = session.execute(found.where(DecisionRow.current)).all()
    return {
        row[0]: (row[2], row[4], row[5], row[6], {code for form_no, code in told if form_no == row[0]}) for row in rows
    }


@pytest.mark.usefixtures("eighth")
def test_an_eighth_scheme_is_judged_and_priced_by_its_rows(db: Database, office: Treasury) -> None:
    dao, mee = date(1999, 1, 1), date(1999, 2, 1)
    told = judged(
        db,
        office,
        visit("1"),
        birth("2", "G-8", "ດາວ", dao, referred_from="", referral_date=None, copay_collected=0),
        birth("3", "G-9", "ມີ", mee),
        birth("4", "G-8", "ດາວ", dao, visit_from=DAY + timedelta(days=9), visit_to=DAY + timedelta(days=9)),
        visit("5", received_date=DAY + timedelta(days=61), visit_from=DAY, visit_to=DAY, member_no="G-1"),
        form("6", visit_from=DAY + timedelta(days=1), visit_to=DAY + timedelta(days=1), lines=(), claimed_total=0),
    )
    assert told["1"] == (Decision.ACCEPT, 22000, 3200, 18800, {"T05"})
    assert told["2"] == (Decision.ACCEPT, 600000, 0, 600000, set())  # BLUE needs no referral, POOR pays nothing
    assert told["3"][0] == Decision.DENY
    assert told["3"][4] == {"M10"}  # covered for 9 days, 30 to wait
    assert told["4"][4] >= {"L07", "L04"}  # the second birth of the year, above the ceiling of the year
    assert told["5"][4] >= {"A04"}  # 60 days are its own, others have 90
    assert told["6"][4] >= {"M08"}  # P1 is covered by both, and the new scheme pays first


@pytest.mark.usefixtures("eighth")
def test_an_eighth_schemes_claims_go_on_to_a_posted_voucher(db: Database, office: Treasury) -> None:
    people = office.staff
    counted = BundleForm(
        facility_code="HC1", month=MONTH, received_on=date(2026, 4, 2), forms=1, kip=23000, form_numbers=1
    )
    bundle = receive_submission(db, people.noy, counted)
    key_claim(db, people.noy, visit("1"), bundle)
    adjudicate(db, people.noy)
    close_submission(db, people.noy, bundle)
    (batch,) = make_batches(db, people.noy, bundle)
    approve_batch(db, office.vanh, batch)
    (voucher,) = prepare_vouchers(db, office.mai)
    certify_voucher(db, office.tou, voucher)
    post_voucher(db, office.mai, voucher, on=date(2026, 4, 10))
    with db.session() as session:
        assert session.execute(select(Batch.scheme)).scalar_one() == NEW
        assert session.execute(select(Voucher.scheme, Voucher.amount)).one() == (NEW, 18800)


@pytest.mark.usefixtures("eighth")
def test_a_scheme_without_rows_is_told_by_findings(db: Database, office: Treasury, bring: Bring) -> None:
    bring("schemes", "code,name_en,payer_order\nBARE,Nothing said yet,1")
    bring("coverages", "scheme,member_no,person_no,valid_from\nBARE,B-8,P8,2026-01-01")
    told = judged(
        db,
        office,
        visit("1", scheme="BARE", member_no="B-8", patient_name="ດາວ", sex="", birth_date=None, copay_collected=0),
    )
    assert told["1"] == (Decision.DENY, 0, 0, 0, {"F03", "F04"})


def moved(bring: Bring) -> None:
    """P1 is covered by NHI until 14/3/2026 and by SASS from 15/3/2026 on."""
    bring("coverages", "scheme,member_no,person_no,valid_from,valid_to\nNHI,N-1,P1,2025-01-01,2026-03-14")
    bring("coverages", "scheme,member_no,person_no,valid_from\nSASS,S-1,P1,2026-03-15")


def on(day: int, form_no: str, **changes: object) -> Claim:
    """A visit of P1 on that day of March under NHI."""
    at = date(2026, 3, day)
    lines = (line(1, "CONS", 1, 15000, at), line(2, "PARA", 2, 5000, at))
    return form(form_no, **({"visit_from": at, "visit_to": at, "lines": lines} | changes))


def civil(day: int, form_no: str, **changes: object) -> Claim:
    """The same under SASS, where nothing is paid by the patient."""
    return on(day, form_no, **({"scheme": "SASS", "member_no": "S-1", "copay_collected": 0} | changes))


def test_a_member_who_moves_in_mid_month_is_paid_for_by_the_scheme_of_the_first_day(
    db: Database, office: Treasury, bring: Bring
) -> None:
    moved(bring)
    stay = {"care_type": "IPD", "visit_to": date(2026, 3, 18), "copay_collected": 0}
    told = judged(
        db,
        office,
        on(12, "1"),
        on(14, "2", **stay),
        civil(13, "3"),
        on(15, "4"),
        civil(19, "5"),
        civil(11, "6", **stay),
    )
    assert {key: row[0] for key, row in told.items()} == {
        "1": Decision.ACCEPT,
        "2": Decision.ACCEPT,
        "3": Decision.DENY,
        "4": Decision.DENY,
        "5": Decision.ACCEPT,
        "6": Decision.DENY,
    }
    # What is sent to the old scheme is told where it belongs.
    assert [told[key][4] for key in "345"] == [{"M02"}, {"M02", "M08", "X04"}, set()]
    assert told["6"][4] == {"M02", "X02"}  # a stay that begins before the new cover, and shares nights with the other
    assert (told["1"][3], told["5"][3]) == (20000, 25000)


def test_intervals_and_yearly_quantities_go_over_the_change_ceilings_do_not(
    db: Database, office: Treasury, bring: Bring
) -> None:
    moved(bring)
    bring("ceilings", "scheme,care_type,period,valid_from,amount\nNHI,ANY,YEAR,2025-01-01,100000\n"
          "SASS,ANY,YEAR,2025-01-01,100000")  # fmt: skip
    at, later = date(2026, 3, 10), date(2026, 3, 20)
    second = (line(1, "XRAY", 1, 60000, later), line(2, "PARA", 16, 5000, later))
    told = judged(
        db,
        office,
        on(10, "1", lines=(line(1, "XRAY", 1, 60000, at), line(2, "PARA", 6, 5000, at)), claimed_total=90000),
        civil(20, "2", lines=second, claimed_total=140_000),
    )
    assert told["1"][1] == 90000
    assert told["2"][1] == 14 * 5000  # 20 in the year less 6 before; of its ceiling nothing is used
    assert told["2"][4] == {"L01", "L02"}


def test_who_pays_first_changes_on_the_day_the_other_cover_begins(db: Database, office: Treasury, bring: Bring) -> None:
    bring("coverages", "scheme,member_no,person_no,valid_from\nSASS,S-1,P1,2026-03-15")
    told = judged(db, office, on(14, "1"), on(15, "2"), civil(16, "3"))
    assert [told[key][4] for key in "123"] == [set(), {"M08"}, set()]


CHILD = {"patient_name": "ລູກ ນາງ ນ້ອຍ", "sex": "M", "birth_date": DAY, "copay_collected": 0, "member_no": "N-2"}


def of_child(form_no: str, age: int = 0, **changes: object) -> Claim:
    """A visit of the newborn of Noy, whose number is N-2, so many days after birth."""
    at = DAY + timedelta(days=age)
    lines = (line(1, "CONS", 1, 15000, at), line(2, "PARA", 2, 5000, at))
    facts = CHILD | {"received_date": date(2026, 6, 1), "visit_from": at, "visit_to": at, "lines": lines}
    return form(form_no, **(facts | changes))


def test_a_newborn_on_the_mothers_number_is_judged_as_himself(db: Database, office: Treasury) -> None:
    bed = {"care_type": "IPD", "visit_from": DAY, "visit_to": DAY + timedelta(days=3), "copay_collected": 0}
    mother = form(
        "1", member_no="N-2", **(bed | {"care_type": "DELIVERY", "case_group": "N01", "diagnosis_main": "O80"})
    )
    told = judged(
        db,
        office,
        mother,
        of_child("2", **bed),
        of_child("3", **bed, patient_name="ລູກ ນາງ ນ້ອຍ 2"),
        of_child("4", **bed, sex="F"),
        of_child("5", **bed),
        of_child("6", 30),
        of_child("7", 31),
        form("8", member_no="N-2", visit_from=DAY + timedelta(days=30), visit_to=DAY + timedelta(days=30),
             received_date=date(2026, 6, 1), lines=(), claimed_total=0, copay_collected=0),
    )  # fmt: skip
    assert [told[key][0] for key in "1234"] == [Decision.ACCEPT] * 4
    assert told["5"][4] == {"X01", "X02"}  # the same boy in the same bed
    assert (told["6"][0], told["6"][3], told["6"][4]) == (Decision.ACCEPT, 25000, set())
    assert (told["7"][0], told["7"][4]) == (Decision.PEND, {"M06"})
    assert told["8"][4] == {"T14"}  # the mother's own visit of a day on which her child came


def test_the_days_of_a_newborn_are_a_dated_parameter(db: Database, office: Treasury, bring: Bring) -> None:
    bring("parameters", "name,valid_from,value\nnewborn_days,2026-01-01,60")
    told = judged(db, office, of_child("1", 60), of_child("2", 61))
    assert [told[key][4] for key in "12"] == [set(), {"M06"}]


def test_the_window_says_of_a_newborn_what_the_run_says(db: Database, office: Treasury) -> None:
    first, second = of_child("1"), of_child("2")
    key_claim(db, office.staff.noy, first, None)
    seen = preview(db, second, db.read(load_registers)).judgement
    assert {found.code for found in seen.findings} == {"X01"}
    twin = preview(db, replace(second, sex="F"), db.read(load_registers)).judgement
    assert twin.findings == ()
