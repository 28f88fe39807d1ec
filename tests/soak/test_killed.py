"""A process killed at any moment leaves the database whole: all of its deed or nothing, and the next run goes on."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from claims_desk.domain.codes import ClaimState, Role
from claims_desk.models import AuditEntry, Claim, Member, VoucherCounter
from claims_desk.models.database import Database
from claims_desk.services.users import add_user, sign_in
from claims_desk.services.verify import verify
from claims_desk.services.vouchers import certify_voucher, prepare_vouchers
from tests.conftest import PASSWORD
from tests.payable import open_treasury
from tests.services.test_vouchers import DAY, approved

SHORT = ((0.9,), 3_000)
LONG = (tuple(random.Random(7).uniform(0.3, 6.0) for _ in range(12)), 30_000)
SAMPLES = [pytest.param(*SHORT, id="short"), pytest.param(*LONG, id="long", marks=pytest.mark.soak)]
POST = """
import sys
from datetime import date
from claims_desk.models.database import Database
from claims_desk.services.users import sign_in
from claims_desk.services.vouchers import post_voucher
db = Database.open(sys.argv[1])
for key in sys.argv[3:]:
    post_voucher(db, sign_in(db, "poster", sys.argv[2]), int(key), on=date(2026, 5, 4))
"""


@dataclass(frozen=True)
class Killed:
    """Commands on one database in processes of their own, killed after some seconds or left to end."""

    url: str

    def run(self, *words: str, user: str, after: float | None = None) -> int | None:
        acting = {"CLAIMS_DESK_DB": self.url, "CLAIMS_DESK_USER": user, "CLAIMS_DESK_PASSWORD": PASSWORD}
        with subprocess.Popen(
            [sys.executable, *words],
            env={**os.environ, **acting},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(after or 300)
            process.kill()
        return None


@pytest.fixture(params=["sqlite", "postgres"])
def url(request):
    return request.getfixturevalue(f"new_{request.param}")(True)


@pytest.fixture
def office(url):
    database = Database.open(url)
    yield database
    database.close()


def count(db, kind, *where):
    return db.read(lambda session: session.execute(select(func.count()).select_from(kind).where(*where)).scalar_one())


def is_whole(db):
    return [finding.faults for finding in verify(db) if finding.faults] == []


@pytest.mark.parametrize(("moments", "rows"), SAMPLES)
def test_an_import_killed_goes_in_whole_or_not_at_all(office, url, tmp_path, moments, rows):
    table = tmp_path / "members.csv"
    people = "".join(f"P{n:06},ນ້ອຍ {n},F,1980-01-12\n" for n in range(rows))
    table.write_text("person_no,name_lo,sex,birth_date\n" + people, encoding="utf-8")
    words = ("-m", "claims_desk", "import", "members", str(table))
    for after in moments:
        Killed(url).run(*words, user="admin", after=after)
        imports = count(office, AuditEntry, AuditEntry.action == "import.members")
        assert count(office, Member) == (rows if imports else 0)
        assert is_whole(office)
    assert Killed(url).run(*words, user="admin") == 0
    assert count(office, Member) == rows


@pytest.mark.parametrize(("moments", "rows"), SAMPLES)
def test_a_run_of_judgement_killed_is_finished_by_the_next(office, url, tmp_path, moments, rows):
    open_treasury(office)
    add_user(office, sign_in(office, "admin", PASSWORD), "keyer", PASSWORD, [Role.CLERK])
    table = tmp_path / "claims.csv"
    forms = "".join(f"{n:06},HC1,NHI,N-1,OPD\n" for n in range(1, rows + 1))
    table.write_text("form_no,facility_code,scheme,member_no,care_type\n" + forms, encoding="utf-8")
    assert Killed(url).run("-m", "claims_desk", "import", "claims", str(table), user="keyer") == 0
    for after in moments:
        Killed(url).run("-m", "claims_desk", "adjudicate", user="keyer", after=after)
        assert count(office, Claim, Claim.state != ClaimState.KEYED) % 1_000 == 0
        assert is_whole(office)
    assert Killed(url).run("-m", "claims_desk", "adjudicate", user="keyer") == 0
    assert count(office, Claim, Claim.state == ClaimState.KEYED) == 0


@pytest.mark.parametrize(("moments", "rows"), SAMPLES)
def test_posting_killed_leaves_no_gap_in_the_numbers(office, url, moments, rows):
    people = open_treasury(office)
    add_user(office, sign_in(office, "admin", PASSWORD), "poster", PASSWORD, [Role.ACCOUNTANT])
    keys = []
    for form_no in range(1, rows // 1_000 + 1):
        approved(office, people, form_no)
        keys += prepare_vouchers(office, people.mai)
        certify_voucher(office, people.tou, keys[-1])
    for after in (*moments, None):
        left = [str(key) for key in keys[posted(office) :]]
        Killed(url).run("-c", POST, url, PASSWORD, *left, user="poster", after=after)
        assert is_whole(office)
    assert posted(office) == len(keys)


def posted(db):
    year = select(VoucherCounter.last_number).where(VoucherCounter.fiscal_year == DAY.year)
    return db.read(lambda session: session.execute(year).scalar_one_or_none() or 0)
