"""Tariffs that contradict themselves, forms of 5,000 lines, days of other centuries, amounts no budget has.

Each gets a finding or a clear refusal, never a crash.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from claims_desk.domain.codes import ClaimState, Decision
from claims_desk.domain.errors import UserError
from claims_desk.domain.facts import Claim, Line
from claims_desk.domain.judgement import Judgement
from claims_desk.domain.months import Months
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimDecision, ClaimLine, FindingRow, Office, Price
from claims_desk.models.database import Database
from claims_desk.queries.audit import audit_entries
from claims_desk.queries.batches import batches
from claims_desk.queries.claims import claims
from claims_desk.queries.facts import load_registers
from claims_desk.queries.members import members
from claims_desk.queries.submissions import submissions
from claims_desk.queries.vouchers import vouchers
from claims_desk.services.claims import correct_claim, key_claim, void_claim
from claims_desk.services.imports import ImportReport, import_table
from claims_desk.services.judgement import adjudicate, preview
from claims_desk.services.printing import print_letter
from claims_desk.services.submissions import BundleForm, receive_submission
from claims_desk.services.users import sign_in
from tests.conftest import PASSWORD
from tests.small_office import DAY, MONTH, People, form, line, open_small_office

MANY = 5_000
CLAIMS = (
    "form_no,facility_code,scheme,member_no,patient_name,sex,birth_date,care_type,visit_from,diagnosis_main,"
    "documents_seen,signed,copay_collected,claimed_total,received_date\n"
)
LINES = "form_no,facility_code,line_no,item_code,quantity,unit_price\n"
PRICES = "item_code,scheme,level,valid_from,valid_to,price\n"

Bring = Callable[[str, str], ImportReport]


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def bring(db: Database, people: People, tmp_path: Path) -> Bring:
    """Imports a table, claims as a clerk and the rest as the administrator."""
    admin = sign_in(db, "admin", PASSWORD)

    def bring(kind: str, text: str) -> ImportReport:
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        return import_table(db, people.noy if kind.startswith("claim") else admin, kind, path)

    return bring


def reasons(report: ImportReport) -> list[str]:
    return [str(problem.reason) for problem in report.problems]


def seen(db: Database, claim: Claim) -> Judgement:
    return preview(db, claim, db.read(load_registers)).judgement


def counts(db: Database, *tables: type) -> list[int]:
    with db.session() as session:
        return [session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def test_prices_of_overlapping_days_are_refused_whole(db: Database, bring: Bring) -> None:
    before = counts(db, Price)
    report = bring("prices", PRICES + "CONS,NHI,PH,2026-01-01,,1\nCONS,NHI,PH,2026-06-01,2026-06-30,2\n")
    assert not report.done
    assert report.rejected
    assert counts(db, Price) == before
    assert reasons(bring("prices", PRICES + "CONS,NHI,HC,2026-01-01,,1\n"))


@pytest.mark.parametrize("order", [1, -1])
def test_of_prices_that_contradict_each_other_in_the_database_the_one_that_began_later_counts(
    db: Database, people: People, order: int
) -> None:
    key = {"item_code": "CONS", "scheme": "NHI", "level": "HC"}
    rows = [Price(valid_from=date(2026, month, 1), price=kip, **key) for month, kip in ((1, 14_000), (2, 13_000))]
    with db.session() as session:
        for row in rows[::order]:
            session.add(row)
            session.flush()
        session.execute(update(Office).values(registers_version=Office.registers_version + 1))
        session.commit()
    assert seen(db, form("F-1")).lines[0].allowed == 13_000
    key_claim(db, people.noy, form("F-1"), None)
    assert adjudicate(db, people.noy).accepted == 1


def many_lines() -> tuple[Line, ...]:
    """5,000 lines: every tenth above the tariff, limits of the year passed, one item asked for again and again."""
    return tuple(
        line(n, ("CONS", "PARA", "XRAY")[n % 3], 1, (15_000, 5_000, 60_000)[n % 3] + (n % 10 == 0), DAY)
        for n in range(1, MANY + 1)
    )


def test_a_claim_of_five_thousand_lines_is_keyed_judged_corrected_and_told(
    db: Database, people: People, tmp_path: Path
) -> None:
    counted = BundleForm(facility_code="HC1", month=MONTH, received_on=date(2026, 4, 2), forms=1, kip=1, form_numbers=1)
    bundle = receive_submission(db, people.noy, counted)
    lines = many_lines()
    total = int(sum(row.claimed for row in lines))
    claim = form("F-1", lines=lines, claimed_total=total - 1)
    shown = seen(db, claim)
    claim_id = key_claim(db, people.noy, claim, bundle)
    assert adjudicate(db, people.noy).pended == 1
    correct_claim(db, people.kham, claim_id, None, form("F-1", lines=lines, claimed_total=total))
    assert adjudicate(db, people.noy).accepted == 1
    with db.session() as session:
        kept = session.execute(select(ClaimDecision.allowed).where(ClaimDecision.current)).scalar_one()
        told = session.execute(select(func.count()).select_from(FindingRow).join(ClaimDecision).where(
            ClaimDecision.current, FindingRow.code == "T05")).scalar_one()  # fmt: skip
    assert (kept, told) == (shown.allowed, MANY // 10)
    assert kept == 1666 * 15_000 + 20 * 5_000 + 1667 * 60_000
    if db.is_sqlite:  # the paper is the same
        path = print_letter(db, "HC1", Months.of(MONTH), tmp_path, on=DAY, language="lo", signed_by="ສົມພອນ")
        assert path.read_bytes().startswith(b"%PDF")


def test_a_claim_of_five_thousand_lines_is_imported_and_bars_the_next(
    db: Database, people: People, bring: Bring
) -> None:
    head = "NHI,N-1,ບຸນມີ,M,1980-05-01,OPD,{day},J06.9,ID,yes,5000,{total},2026-04-02\n"
    rows = [f"{form_no},HC1,{n},{('CONS', 'PARA', 'XRAY')[n % 3]},1,{(15000, 5000, 60000)[n % 3]}\n"
            for form_no in ("A", "B") for n in range(1, MANY + 1)]  # fmt: skip
    total = 1666 * 15_000 + 1667 * 5_000 + 1667 * 60_000
    first, second = (head.format(day=day, total=total) for day in ("2026-03-10", "2026-03-11"))
    assert bring("claims", CLAIMS + "A,HC1," + first + "B,HC1," + second).done
    assert bring("claim_lines", LINES + "".join(rows)).added == 2 * MANY
    assert adjudicate(db, people.noy).accepted == 2
    with db.session() as session:
        found = session.execute(
            select(ClaimDecision.allowed).join(ClaimRow, ClaimRow.id == ClaimDecision.claim_id).order_by(ClaimRow.id)
        )
        assert list(found.scalars()) == [1666 * 15_000 + 20 * 5_000 + 1667 * 60_000, 1666 * 15_000]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("1899-03-10", "The year 1899 is not possible: write one from 1900 to 2200."),
        ("10/3/2569", "2569 is a year of the Buddhist era: write 2026."),
        ("2026-02-30", "This is no day: write day/month/year or year-month-day."),
        ("9999-12-31", "The year 9999 is not possible: write one from 1900 to 2200."),
    ],
)
def test_days_of_other_centuries_are_told_at_import_with_their_row(
    db: Database, bring: Bring, day: str, reason: str
) -> None:
    report = bring("claims", CLAIMS + f"A,HC1,NHI,N-1,x,M,{day},OPD,{day},J06.9,ID,yes,0,0,{day}\n")
    assert [(problem.column, str(problem.reason)) for problem in report.problems] == [
        (name, reason) for name in ("birth_date", "visit_from", "received_date")
    ]
    assert counts(db, ClaimRow) == [0]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("visit_from", date(1899, 12, 31)),
        ("visit_to", date(2569, 3, 10)),
        ("birth_date", date(1, 1, 1)),
        ("received_date", date.max),
        ("referral_date", date(2569, 3, 10)),
    ],
)
def test_days_of_other_centuries_are_refused_when_keyed(db: Database, people: People, name: str, day: date) -> None:
    with pytest.raises(UserError, match=name) as refused:
        key_claim(db, people.noy, form("F-1", **{name: day}), None)
    if day.year == 2569:
        assert "write 2026" in str(refused.value.advice)
    assert counts(db, ClaimRow, ClaimLine) == [0, 0]


def test_a_line_of_another_century_is_refused_and_the_claim_stays_as_it_was(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    with pytest.raises(UserError, match="service_date"):
        correct_claim(db, people.kham, claim_id, None, form("F-1", lines=(line(1, "CONS", 1, 1, date(2569, 3, 10)),)))
    assert counts(db, ClaimRow, ClaimLine) == [1, 2]


@pytest.mark.parametrize("kip", ["1.000.000.000.000", "1000000000000000", "9" * 30, "9" * 5_000])
def test_amounts_no_budget_has_are_told_at_import(db: Database, bring: Bring, kip: str) -> None:
    report = bring("prices", PRICES + f"CONS,NHI,PH,2026-01-01,,{kip}\n")
    assert not report.done
    assert report.problems[0].column == "price"
    report = bring("claims", CLAIMS + f"A,HC1,NHI,N-1,x,M,1980-05-01,OPD,2026-03-10,J06.9,ID,yes,0,{kip},2026-04-02\n")
    assert report.problems[0].column == "claimed_total"
    if len(kip) < 40:
        assert reasons(report) == ["No amount is above 999.999.999.999 kip."]


def test_amounts_beyond_what_a_database_holds_are_refused_when_keyed(db: Database, people: People) -> None:
    for kip in (10**15 + 1, 2**63, -(2**64), 10**40):
        with pytest.raises(UserError, match="larger than any amount"):
            key_claim(db, people.noy, form("F-1", claimed_total=kip), None)
        with pytest.raises(UserError, match="larger than any amount"):
            key_claim(db, people.noy, form("F-1", lines=(line(1, "CONS", 1, kip),)), None)
    assert counts(db, ClaimRow) == [0]


def test_sums_beyond_sixty_four_bits_are_findings(db: Database, people: People, bring: Bring) -> None:
    assert bring("prices", PRICES + "CONS,SASS,HC,2024-01-01,2024-12-31,999999999999\n").done
    with db.session() as session:
        session.execute(update(Price).where(Price.item_code == "CONS").values(price=999_999_999_999))
        session.execute(update(Office).values(registers_version=Office.registers_version + 1))
        session.commit()
    greedy = tuple(line(n, "CONS", 999_999, 10**15) for n in range(1, 1_001))
    large = tuple(line(n, "CONS", 1, 999_999_999_999) for n in range(1, 1_001))
    forms = [form("F-1", lines=greedy), form("F-2", lines=large, member_no="N-2", claimed_total=10**15 - 1_000)]
    shown = [seen(db, claim) for claim in forms]
    ids = [key_claim(db, people.noy, claim, None) for claim in forms]
    adjudicate(db, people.noy)
    assert {found.code for found in shown[0].findings} >= {"T06", "A06"}
    assert (shown[0].decision, shown[0].allowed) == (Decision.PEND, 0)
    with db.session() as session:
        rows = session.execute(select(ClaimDecision.claim_id, ClaimDecision.allowed).order_by(ClaimDecision.claim_id))
        assert [tuple(row) for row in rows] == [(ids[0], 0), (ids[1], 999_999_999_999_000)]
    sentence = next(str(found.message) for found in shown[0].findings if found.code == "T06")
    assert sentence == "CONS Consultation: 999999 times 1.000.000.000.000.000 kip is more than any amount can be."


anything = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc"), max_codepoint=0x1FFF), max_size=12)
any_day = st.none() | st.dates()
any_kip = st.none() | st.integers(-(10**30), 10**30)


@st.composite
def wild_forms(draw: st.DrawFn) -> Claim:
    """A form with anything in its fields that a program can hold."""
    lines = tuple(
        Line(
            line_no=number,
            item_code=draw(st.sampled_from(["CONS", "PARA", "XRAY", ""]) | anything),
            service_date=draw(any_day),
            quantity=draw(st.none() | st.decimals() | st.integers().map(Decimal)),
            unit_price=draw(any_kip),
        )
        for number in range(1, draw(st.integers(0, 4)) + 1)
    )
    days = {name: draw(any_day) for name in ("birth_date", "visit_from", "visit_to", "referral_date", "received_date")}
    kips = {name: draw(any_kip) for name in ("claimed_total", "copay_collected")}
    words = {
        "scheme": draw(st.sampled_from(["NHI", "SASS", ""]) | anything),
        "member_no": draw(st.sampled_from(["N-1", "N-2", "N-4", ""]) | anything),
        "facility_code": draw(st.sampled_from(["HC1", "DH1"]) | anything),
        "care_type": draw(st.sampled_from(["OPD", "IPD", "DELIVERY", "PNC", ""])),
        "patient_name": draw(anything),
        "phone": draw(anything),
        "diagnosis_main": draw(st.sampled_from(["J06.9", "O80"]) | anything),
        "referred_from": draw(st.sampled_from(["HC2", "DH1", ""]) | anything),
    }
    return form("F-1", lines=lines, **days, **kips, **words)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(claim=wild_forms())
def test_whatever_is_typed_the_window_gets_findings_in_both_languages(
    db: Database, people: People, claim: Claim
) -> None:
    judged = seen(db, claim)
    assert 0 <= judged.payable <= judged.allowed <= 4 * 999_999_999_999
    for message in [found.message for found in judged.findings] + list(judged.explanation):
        assert message.text("lo")
        assert message.text("en")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(claim=wild_forms())
def test_whatever_is_typed_is_kept_and_judged_or_refused_in_a_sentence(
    db: Database, people: People, claim: Claim
) -> None:
    try:
        claim_id = key_claim(db, people.noy, claim, None)
    except UserError as refused:
        assert str(refused)
        return
    assert adjudicate(db, people.noy, [claim_id]).judged == 1
    with db.session() as session:
        assert session.get_one(ClaimRow, claim_id).state in (ClaimState.PENDED, ClaimState.DENIED, ClaimState.ACCEPTED)


@pytest.mark.parametrize("sign", ["\0", "\ud800", "ກ\udfff"])
def test_what_is_no_letter_is_refused_in_a_sentence_wherever_it_is_typed(
    db: Database, people: People, sign: str
) -> None:
    kept = key_claim(db, people.noy, form("F-1"), None)
    for deed in (
        lambda: key_claim(db, people.noy, form("F-2", patient_name=f"ນ້ອຍ{sign}"), None),
        lambda: key_claim(db, people.noy, form("F-2", lines=(line(1, f"CONS{sign}", 1, 15000),)), None),
        lambda: void_claim(db, people.kham, kept, None, f"twice{sign}"),
    ):
        with pytest.raises(UserError, match="no letter"):
            deed()
    with db.session() as session:
        assert session.execute(select(func.count()).select_from(ClaimRow)).scalar_one() == 1


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
@pytest.mark.parametrize("listed", [claims, members, submissions, vouchers, batches, audit_entries])
def test_a_list_searched_for_what_is_no_letter_tells_so_or_finds_nothing(
    db: Database, people: People, listed: Callable[..., Page[Any]], sign: str
) -> None:
    try:
        assert db.read(listed, PageWanted(search=f"ZZZ{sign}")).rows == ()
    except UserError as refused:
        assert "no letter" in str(refused)
