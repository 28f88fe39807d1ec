"""What the lists' own columns are put together from: ids first, the rest for the page alone."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.paging import PageWanted
from claims_desk.models.database import Database
from claims_desk.queries.claims import SORTS, ClaimsWanted, claims
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from tests.small_office import form, open_small_office


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_pages_of_every_order_lie_end_to_end_and_keep_count_and_kip(db: Database, sort: str) -> None:
    people = open_small_office(db)
    for number in range(5):
        key_claim(db, people.noy, form(f"A-{number}", signed=number % 2 == 0), None)
    adjudicate(db, people.noy)
    key_claim(db, people.noy, form("B-1"), None)
    for falls in (False, True):
        whole = db.read(claims, PageWanted(sort=sort, descending=falls), ClaimsWanted())
        pages = [
            db.read(claims, PageWanted(sort=sort, descending=falls, offset=at, limit=2), ClaimsWanted())
            for at in range(0, 6, 2)
        ]
        assert [row for page in pages for row in page.rows] == list(whole.rows)
        assert len(whole.rows) == 6
        assert {(page.count, page.kip) for page in pages} == {(6, sum(row.claimed for row in whole.rows))}


def test_a_reason_is_looked_up_by_claim_and_not_read_for_every_claim_anew(db: Database) -> None:
    """SQLite once read all findings of a code for each pended claim: minutes among many."""
    if not db.is_sqlite:
        pytest.skip("PostgreSQL plans by what stands in the tables")
    asked = "EXISTS (SELECT 1 FROM findings f WHERE f.decision_id = d.id AND f.code = 'M01')"
    plan = "EXPLAIN QUERY PLAN SELECT c.id FROM claims c JOIN decisions d ON d.claim_id = c.id AND d.current = 1 WHERE"
    with db.session() as session:
        steps = [row[3] for row in session.execute(text(f"{plan} c.state = '{ClaimState.PENDED}' AND {asked}"))]
    assert any("code=? AND decision_id=?" in step for step in steps)


def test_the_servers_compiler_does_not_stand_before_a_list(db: Database) -> None:
    if db.is_sqlite:
        pytest.skip("SQLite has none")
    with db.session() as session:
        assert session.execute(text("SHOW jit")).scalar_one() == "off"
