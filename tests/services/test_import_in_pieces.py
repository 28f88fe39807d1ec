"""An import in pieces of any size does what an import in one go does, on both engines; stopped, it leaves nothing."""

from __future__ import annotations

import json
from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from claims_desk.domain.codes import Role
from claims_desk.domain.errors import UserError
from claims_desk.models import AuditEntry, Claim, ClaimLine, Coverage, Member, MemberWord
from claims_desk.queries.index_health import members_off_the_index
from claims_desk.services import import_plan, imports
from claims_desk.services.import_plan import whole_keys
from claims_desk.services.imports import import_table
from claims_desk.services.users import change_roles, sign_in

SCHEMES = "code,name_en,payer_order\nNHI,National,90\n"
MEMBERS = "person_no,name_lo,name_en,sex,birth_date,village\n"
COVERS = "scheme,member_no,person_no,valid_from,valid_to,status\n"
CLAIMS = "form_no,facility_code,patient_name,claimed_total\n"
LINES = "form_no,facility_code,line_no,item_code,quantity\n"
ONE_GO = 1_000_000
FACILITIES = count(1)

NUMBERS = st.integers(1, 6)
NAMES = st.sampled_from(["ນາງ ນ້ອຍ", "ບຸນມີ ວົງສາ", "ນ້ຳ", ""])
DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 20))
MEMBER_ROWS = st.builds("P{},{},{},{},1980-01-12,{}".format, NUMBERS, NAMES, NAMES, st.sampled_from("FMX"), NAMES)
STATUS = st.sampled_from(["", "ACTIVE"])
COVER_ROWS = st.builds("NHI,N-{},P{},{},{},{}".format, st.integers(1, 2), NUMBERS, DAYS, DAYS | st.just(""), STATUS)
CLAIM_ROWS = st.builds("{},DH,{},{}".format, NUMBERS, NAMES, st.integers(0, 3))
LINE_ROWS = st.builds("{},DH,{},X,{}".format, NUMBERS, st.integers(1, 3), st.integers(1, 2))


def files_of(rows):
    return st.lists(rows, max_size=12)


@pytest.fixture
def actor(db):
    change_roles(db, sign_in(db, "admin", "Vang Vieng 2026"), "admin", [Role.ADMINISTRATOR, Role.CLERK])
    return sign_in(db, "admin", "Vang Vieng 2026")


@pytest.fixture
def bring(db, actor, tmp_path, monkeypatch):
    def import_text(kind, head, rows, size=1_000, **options):
        monkeypatch.setattr(imports, "whole_keys", lambda every, key: whole_keys(every, key, size))
        path = tmp_path / f"{kind}.csv"
        path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return import_table(db, actor, kind, path, **options)

    return import_text


def held(db, kind, *without):
    names = [column.name for column in kind.__table__.c if column.name not in without]
    columns = [kind.__table__.c[name] for name in names]
    return sorted(db.read(lambda session: [repr(row) for row in session.execute(select(*columns)).all()]))


def emptied(db):
    with db.session() as session:
        for kind in (Coverage, MemberWord, Member):
            session.execute(kind.__table__.delete())
        session.commit()


def told(report):
    problems = [(one.row_no, one.column, one.value, one.reason.text("en")) for one in report.problems]
    return report.done, report.added, report.changed, report.unchanged, report.rejected, problems


def register_twice(bring, files, size):
    members, more, covers, other = files
    yield told(bring("members", MEMBERS, members, size, partial=True))
    yield told(bring("members", MEMBERS, more, size, dry_run=True))
    yield told(bring("members", MEMBERS, more, size, partial=True))
    yield told(bring("coverages", COVERS, covers, size, partial=True))
    yield told(bring("coverages", COVERS, other, size))


def evidence_twice(bring, files, facility, size):
    files = [[row.replace(",DH,", f",{facility},") for row in rows] for rows in files]
    claims, more, lines, other = files
    yield told(bring("claims", CLAIMS, claims, size, partial=True))
    yield told(bring("claims", CLAIMS, more, size))
    yield told(bring("claim_lines", LINES, lines, size, partial=True))
    yield told(bring("claim_lines", LINES, other, size))


GENERATED = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@GENERATED
@given(
    files=st.tuples(files_of(MEMBER_ROWS), files_of(MEMBER_ROWS), files_of(COVER_ROWS), files_of(COVER_ROWS)),
    size=st.integers(1, 5),
)
def test_a_register_comes_in_the_same_in_pieces_of_any_size(db, bring, files, size):
    bring("schemes", SCHEMES, [])
    outcomes = []
    for pieces in (ONE_GO, size):
        emptied(db)
        said = [*register_twice(bring, files, pieces)]
        assert db.read(lambda session: list(members_off_the_index(session))) == []
        outcomes.append((said, held(db, Member, "id"), held(db, Coverage, "id")))
    assert outcomes[0] == outcomes[1]


@GENERATED
@given(
    files=st.tuples(files_of(CLAIM_ROWS), files_of(CLAIM_ROWS), files_of(LINE_ROWS), files_of(LINE_ROWS)),
    size=st.integers(1, 5),
)
def test_evidence_comes_in_the_same_in_pieces_of_any_size_and_in_the_order_of_its_file(db, bring, files, size):
    outcomes = []
    for pieces in (ONE_GO, size):
        facility = f"DH{next(FACILITIES)}"  # claims are never deleted
        said = [repr(one).replace(facility, "DH") for one in evidence_twice(bring, files, facility, pieces)]
        ours = Claim.facility_code == facility
        claims = select(Claim.form_no, Claim.patient_name, Claim.claimed_total, Claim.version).where(ours)
        lines = select(Claim.form_no, Claim.claimed_total, ClaimLine.line_no, ClaimLine.quantity).join(ClaimLine)
        in_order = claims.order_by(Claim.id), lines.where(ours).order_by(Claim.id, ClaimLine.line_no)
        with db.session() as session:
            outcomes.append((said, *(session.execute(query).all() for query in in_order)))
    assert outcomes[0] == outcomes[1]


def test_an_import_stopped_at_any_of_its_steps_leaves_nothing(db, bring):
    rows = [f"P{n},ນາງ ນ້ອຍ,Noy {n},F,1980-01-12," for n in range(5)]
    entries = len(held(db, AuditEntry))
    for last in range(1, 11):

        def stop(done, total, last=last):
            assert total == 10
            if done >= last:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            bring("members", MEMBERS, rows, 1, progress=stop)
        assert (held(db, Member), held(db, MemberWord), len(held(db, AuditEntry))) == ([], [], entries)
    assert bring("members", MEMBERS, rows, 1).added == 5


def test_a_row_refused_late_in_the_file_takes_back_what_went_before_it(db, bring):
    bring("schemes", SCHEMES, [])
    bring("members", MEMBERS, ["P1,ນ້ອຍ,Noy,F,1980-01-12,"])
    rows = [f"NHI,N-{n},P1,2025-01-01,," for n in range(4)] + ["NHI,N-9,P9,2025-01-01,,", "NHI,N-99,P1,2025-01-01,,"]
    report = bring("coverages", COVERS, rows, 1)
    assert told(report)[:5] == (False, 5, 0, 0, 1)
    assert [(one.row_no, one.column) for one in report.problems] == [(6, "person_no")]
    assert held(db, Coverage) == []


def test_an_import_in_pieces_leaves_one_entry_that_counts_them_all(db, bring):
    bring("members", MEMBERS, [f"P{n},ນ້ອຍ,Noy,F,1980-01-12," for n in range(5)], 2)
    query = select(AuditEntry.after).where(AuditEntry.action == "import.members")
    (after,) = db.read(lambda session: session.execute(query).scalars().all())
    assert json.loads(after)["added"] == 5
    assert db.read(lambda session: session.execute(select(func.count()).select_from(Member)).scalar_one()) == 5


@pytest.mark.parametrize("size", [1, 1_000])
def test_claims_that_differ_by_a_blank_for_a_default_are_counted_alike_tried_and_imported(db, bring, size):
    bring("schemes", SCHEMES, [])
    head = "form_no,facility_code,patient_name,claimed_total,emergency\n"
    rows = ["1,DH,Noy,5,no", "2,DH,Noy,5,", "3,DH,Noy,5,", "1,DH,Noy,5,"]
    tried = bring("claims", head, rows, size, dry_run=True)
    done = bring("claims", head, rows, size)
    assert told(tried)[1:] == told(done)[1:]
    assert (done.added, done.unchanged) == (3, 1)
    assert db.read(lambda session: session.execute(select(func.count()).select_from(Claim)).scalar_one()) == 3


def test_very_many_lines_of_one_form_are_refused_in_one_sentence_and_leave_nothing(db, bring):
    bring("claims", CLAIMS, ["1,DH,Noy,5"])
    rows = [f"1,DH,{n},X,1" for n in range(1, import_plan.MOST_OF_A_KEY + 2)]
    for dry_run in (True, False):
        with pytest.raises(UserError, match=r"^More than 10.000 rows of the file are of DH 1\."):
            bring("claim_lines", LINES, rows, dry_run=dry_run)
    assert held(db, ClaimLine) == []


def test_while_a_file_is_read_its_rows_are_told_and_it_can_be_stopped(db, bring):
    steps = []

    def stop(done, total):
        steps.append((done, total))
        if len(steps) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring("members", MEMBERS, [f"P{n},,Noy,F,1980-01-12," for n in range(3_000)], progress=stop)
    assert steps == [(1_000, 0), (2_000, 0)]
    assert held(db, Member) == []
