"""Imports: whole or not at all, twice changes nothing, evidence never overwritten."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Role, SubmissionState
from claims_desk.domain.errors import Refused, UserError
from claims_desk.models import AuditEntry, Claim, ClaimLine, Coverage, Member, Price, Scheme, Submission
from claims_desk.queries.office import registers_version
from claims_desk.services.imports import import_table
from claims_desk.services.users import change_roles, sign_in

EXAMPLES = Path(__file__).parents[1] / "examples"
ORDER = (
    *("schemes", "facilities", "contracts", "members", "coverages", "items", "prices", "item_pairs", "case_groups"),
    *("case_rates", "payment_methods", "copayments", "visit_limits", "ceilings", "diagnoses", "parameters"),
    *("claims", "claim_lines"),
)
SCHEMES = "code,name_en,payer_order\nNHI,National,90\nSASS,Civil,10\n"
MEMBER = "person_no,name_lo,name_en,sex,birth_date,village\n"


@pytest.fixture
def actor(db):
    change_roles(db, sign_in(db, "admin", "Vang Vieng 2026"), "admin", [Role.ADMINISTRATOR, Role.CLERK])
    return sign_in(db, "admin", "Vang Vieng 2026")


@pytest.fixture
def bring(db, actor, tmp_path):
    def import_text(kind, text, **options):
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        return import_table(db, actor, kind, path, **options)

    return import_text


@pytest.fixture
def examples(db, actor):
    return [import_table(db, actor, kind, EXAMPLES / f"{kind}.csv") for kind in ORDER]


def counts(report):
    return report.added, report.changed, report.unchanged, report.rejected


def told(report):
    return [(problem.row_no, problem.column, str(problem.reason)) for problem in report.problems]


def rows(db, kind):
    return db.read(lambda session: session.execute(select(kind).order_by(*kind.__table__.primary_key)).scalars().all())


def count(db, kind):
    return db.read(lambda session: session.execute(select(func.count()).select_from(kind)).scalar_one())


def test_every_example_goes_in_and_a_second_time_changes_nothing(db, actor, examples):
    assert all(report.done and not report.rejected and report.added for report in examples)
    before = count(db, Claim), count(db, ClaimLine), db.read(registers_version)
    again = [import_table(db, actor, kind, EXAMPLES / f"{kind}.csv") for kind in ORDER]
    assert [counts(report) for report in again] == [(0, 0, report.added, 0) for report in examples]
    assert (count(db, Claim), count(db, ClaimLine), db.read(registers_version)) == before


def test_nobody_closes_a_bundle_or_judges_a_claim_while_an_import_works_on_it(db, bring, examples):
    if db.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    with db.session() as session:
        bundle = Submission(number="B-1", facility_code="HC1", month=date(2026, 3, 1), received_on=date(2026, 4, 1))
        bundle.received_by = session.execute(select(Claim.keyed_by).limit(1)).scalar_one()
        bundle.forms_counted = bundle.kip_counted = bundle.form_numbers_sum = 1
        session.add(bundle)
        session.commit()
    facility = rows(db, Claim)[0].facility_code
    free = []

    def look(done, total):
        with db.session() as session:
            bundles = select(Submission.id).with_for_update(skip_locked=True)
            claims = select(Claim.id).where(Claim.form_no == "N-9").with_for_update(skip_locked=True, of=Claim)
            free.append((len(session.execute(bundles).all()), len(session.execute(claims).all())))

    bring("claims", f"form_no,facility_code,submission\nN-9,{facility},B-1\n", progress=look)
    bring("claim_lines", f"form_no,facility_code,line_no,item_code\nN-9,{facility},1,X\n", progress=look)
    assert free[:2] == [(0, 0), (0, 0)]
    assert free[2:] == [(1, 0), (1, 0)]


def test_a_known_row_is_changed_and_its_version_goes_up(db, bring):
    bring("schemes", SCHEMES)
    report = bring("schemes", SCHEMES.replace("Civil", "Civil servants"))
    assert counts(report) == (0, 1, 1, 0)
    changed = {row.code: (row.name_en, row.version) for row in rows(db, Scheme)}
    assert changed == {"NHI": ("National", 1), "SASS": ("Civil servants", 2)}


def test_a_column_the_file_does_not_have_stays_as_it_was(db, bring):
    bring("members", MEMBER + "P1,ນາງ ນ້ອຍ,Noy,F,1980-01-12,ໂພນໄຊ\n")
    bring("members", "person_no,sex,birth_date,phone\nP1,F,1980-01-13,02055\n")
    (member,) = rows(db, Member)
    assert (member.name_lo, member.village, member.phone, member.birth_date.day) == ("ນາງ ນ້ອຍ", "ໂພນໄຊ", "02055", 13)


def test_a_blank_cell_of_a_column_the_file_has_empties_the_field(db, bring):
    bring("members", MEMBER + "P1,ນາງ ນ້ອຍ,Noy,F,1980-01-12,ໂພນໄຊ\n")
    bring("members", MEMBER + "P1,ນາງ ນ້ອຍ,Noy,F,1980-01-12,\n")
    assert rows(db, Member)[0].village == ""


def test_names_are_found_and_sorted_by_their_folded_forms(db, bring):
    bring("members", MEMBER + "P1,ນາງ ນ້ຳ,Náng Nam,F,1980-01-12,\n")
    bring("members", MEMBER + "P1,ນາງ ນໍ້າໃສ,Náng Namsai,F,1980-01-12,\n")
    (member,) = rows(db, Member)
    assert member.name_en_folded == "nang namsai"
    assert member.name_lo_folded
    assert member.name_key


def test_one_bad_row_keeps_the_whole_file_out_and_every_bad_row_is_told(db, bring):
    entries = count(db, AuditEntry)
    report = bring("schemes", SCHEMES + "X,,many\nY,Y,5\n")
    assert not report.done
    assert report.refused
    assert report.rejected == 1
    assert [(row, column) for row, column, _ in told(report)] == [(4, "name_en"), (4, "payer_order")]
    assert (count(db, Scheme), count(db, AuditEntry)) == (0, entries)


def test_partial_takes_the_good_rows_and_writes_the_others_with_their_reasons(db, bring):
    report = bring("schemes", SCHEMES + "X,X,many\n", partial=True)
    assert counts(report) == (2, 0, 0, 1)
    written = report.rejected_path.read_text(encoding="utf-8-sig").splitlines()
    assert report.rejected_path.name == "schemes-rejected.csv"
    assert written[0] == "code,name_en,payer_order,reason"
    assert written[1].startswith("X,X,many,")
    assert count(db, Scheme) == 2


def test_a_dry_run_tells_the_same_and_changes_nothing(db, bring):
    entries = count(db, AuditEntry)
    report = bring("schemes", SCHEMES + "X,X,many\n", dry_run=True)
    assert (counts(report), report.done) == ((2, 0, 0, 1), False)
    assert (count(db, Scheme), count(db, AuditEntry)) == (0, entries)


def test_a_code_that_stands_in_no_register_is_told_by_row_and_column(bring):
    bring("schemes", SCHEMES)
    report = bring("coverages", "scheme,member_no,person_no,valid_from\nNHI,N-1,P9,2025-01-01\nMIL,N-1,P9,2025-01-01\n")
    assert [(row, column) for row, column, _ in told(report)] == [(2, "person_no"), (3, "scheme"), (3, "person_no")]


def prices(*spans):
    return "item_code,scheme,level,valid_from,valid_to,price\n" + "".join(
        f"OPC,NHI,DH,{start},{end},{kip}\n" for start, end, kip in spans
    )


@pytest.fixture
def tariff(bring):
    bring("schemes", SCHEMES)
    bring("items", "code,kind,name_en\nOPC,SERVICE,Visit\n")
    bring("prices", prices(("2025-01-01", "", 20000)))


@pytest.mark.usefixtures("tariff")
def test_days_that_overlap_what_stands_in_the_register_are_refused(db, bring):
    report = bring("prices", prices(("2026-01-01", "", 25000)))
    assert told(report) == [(2, "valid_from", "The days overlap those of the same key from 1/1/2025 on.")]
    assert count(db, Price) == 1


@pytest.mark.usefixtures("tariff")
def test_a_file_may_close_the_old_days_and_open_new_ones_at_once(db, bring):
    report = bring("prices", prices(("2025-01-01", "2025-12-31", 20000), ("2026-01-01", "", 25000)))
    assert counts(report) == (1, 1, 0, 0)
    assert [(row.valid_from.year, row.valid_to) for row in rows(db, Price)] == [
        (2025, date(2025, 12, 31)),
        (2026, None),
    ]


@pytest.mark.usefixtures("tariff")
def test_a_row_refused_for_its_overlap_takes_with_it_what_counted_on_it(bring):
    bring("prices", prices(("2025-01-01", "2025-12-31", 20000), ("2026-01-01", "", 25000)))
    spans = (("2025-01-01", "2026-01-31", 20000), ("2026-02-01", "", 25000))
    assert [row for row, _, _ in told(bring("prices", prices(*spans), partial=True))] == [2, 3]


def test_an_import_leaves_one_audit_entry_with_counts_and_the_hash_of_the_file(db, bring):
    bring("schemes", SCHEMES)
    last = rows(db, AuditEntry)[-1]
    assert (last.action, last.record) == ("import.schemes", "schemes")
    assert '"added": 2' in last.after
    assert '"sha256": "' in last.after


def test_a_register_that_changed_has_a_new_version(db, bring):
    before = db.read(registers_version)
    bring("schemes", SCHEMES)
    bring("schemes", SCHEMES)
    assert db.read(registers_version) == before + 1


@pytest.mark.parametrize(("kind", "role"), [("schemes", Role.CLERK), ("claims", Role.ADMINISTRATOR)])
def test_clerks_import_claims_and_administrators_the_rest(db, actor, kind, role):
    with pytest.raises(Refused):
        import_table(db, Actor(actor.user_id, actor.name, frozenset({role})), kind, EXAMPLES / f"{kind}.csv")


def test_a_kind_nobody_knows_is_refused(db, actor):
    with pytest.raises(UserError, match="no kind of table"):
        import_table(db, actor, "patients", EXAMPLES / "claims.csv")


CLAIM = "form_no,facility_code,submission,patient_name,claimed_total\n"
LINES = "form_no,facility_code,line_no,item_code,quantity,unit_price\n"


def test_a_claim_that_differs_in_anything_is_a_new_claim(db, bring, actor):
    bring("claims", CLAIM + "1,DH1,,ນ້ອຍ,20000\n")
    report = bring("claims", CLAIM + "1,DH1,,ນ້ອຍ,20000\n1,DH1,,ນ້ອຍ,25000\n")
    assert counts(report) == (1, 0, 1, 0)
    first, second = sorted(rows(db, Claim), key=lambda claim: claim.id)
    assert (first.claimed_total, second.claimed_total) == (20000, 25000)
    assert (second.state, second.keyed_by, second.patient_folded) == (ClaimState.KEYED, actor.user_id, "ນ້ອຍ")


def test_lines_go_to_the_newest_claim_of_their_form(db, bring):
    bring("claims", CLAIM + "1,DH1,,ນ້ອຍ,20000\n1,DH1,,ນ້ອຍ,25000\n")
    report = bring("claim_lines", LINES + "1,DH1,1,OPC,1.5,20000\n1,DH2,1,OPC,1,20000\n", partial=True)
    assert counts(report) == (1, 0, 0, 1)
    (line,) = rows(db, ClaimLine)
    assert (line.claim_id, line.quantity) == (max(claim.id for claim in rows(db, Claim)), "1.5")


def test_a_line_is_changed_while_its_claim_waits_and_then_no_more(db, bring):
    bring("claims", CLAIM + "1,DH1,,ນ້ອຍ,20000\n")
    bring("claim_lines", LINES + "1,DH1,1,OPC,1,20000\n")
    assert counts(bring("claim_lines", LINES + "1,DH1,1,OPC,2,20000\n")) == (0, 1, 0, 0)
    assert rows(db, Claim)[0].version == 3
    with db.session() as session:
        session.execute(update(Claim).values(state=ClaimState.ACCEPTED))
        session.commit()
    assert counts(bring("claim_lines", LINES + "1,DH1,1,OPC,2,20000\n")) == (0, 0, 1, 0)
    refused = bring("claim_lines", LINES + "1,DH1,1,OPC,3,20000\n1,DH1,2,OPC,3,20000\n")
    assert [row for row, _, _ in told(refused)] == [2, 3]


@pytest.fixture
def bundle(db, actor, examples):
    with db.session() as session:
        row = Submission(
            number="B-1",
            facility_code="DH1",
            month=date(2026, 3, 1),
            received_on=date(2026, 4, 1),
            received_by=actor.user_id,
            forms_counted=1,
            kip_counted=1,
            form_numbers_sum=1,
        )
        session.add(row)
        session.commit()
        return row.id


def test_a_claim_goes_into_its_bundle_by_number(db, bring, bundle):
    report = bring("claims", CLAIM + "1,DH1,B-1,ນ້ອຍ,20000\n2,DH1,B-9,ນ້ອຍ,20000\n", partial=True)
    assert counts(report) == (1, 0, 0, 1)
    assert told(report)[0][:2] == (3, "submission")
    assert bundle in {claim.submission_id for claim in rows(db, Claim)}


def test_a_closed_bundle_takes_no_more_claims_but_knows_those_it_has(db, bring, bundle):
    bring("claims", CLAIM + "1,DH1,B-1,ນ້ອຍ,20000\n")
    with db.session() as session:
        session.execute(update(Submission).values(state=SubmissionState.CLOSED))
        session.commit()
    report = bring("claims", CLAIM + "1,DH1,B-1,ນ້ອຍ,20000\n2,DH1,B-1,ນ້ອຍ,20000\n")
    assert (report.unchanged, [row for row, _, _ in told(report)]) == (1, [3])


def test_progress_is_told_up_to_the_end(bring):
    steps = []
    bring("schemes", SCHEMES, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (4, 4)
    assert steps == sorted(steps)


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
COVERS = st.lists(
    st.tuples(st.sampled_from(["N-1", "N-2"]), DAYS, st.none() | DAYS, st.sampled_from(["ACTIVE", "SUSPENDED", ""])),
    min_size=1,
    max_size=8,
)


def covers(drawn):
    head = "scheme,member_no,person_no,valid_from,valid_to,status\n"
    return head + "".join(f"NHI,{no},P1,{start},{end or ''},{status}\n" for no, start, end, status in drawn)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=COVERS, second=COVERS)
def test_whatever_two_files_say_no_days_overlap_and_the_same_again_changes_nothing(db, bring, first, second):
    bring("schemes", SCHEMES)
    bring("members", MEMBER + "P1,ນ້ອຍ,Noy,F,1980-01-12,\n")
    for drawn in (first, second):
        done = bring("coverages", covers(drawn), partial=True)
        again = bring("coverages", covers(drawn), partial=True)
        assert (again.added, again.changed, again.rejected) == (0, 0, done.rejected)
    standing = sorted(rows(db, Coverage), key=lambda row: (row.member_no, row.valid_from))
    for one, other in pairwise(standing):
        assert one.member_no != other.member_no or (one.valid_to or date.max) < other.valid_from
