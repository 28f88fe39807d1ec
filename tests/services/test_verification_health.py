"""Verify holds the errors counted of a second keying against what was found and decided."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from claims_desk.models import Verification
from claims_desk.models.database import Database
from claims_desk.queries.verification_health import verifications_off_their_differences
from claims_desk.services.claims import key_claim
from claims_desk.services.verification import resolve, second_key
from claims_desk.services.verify import verify
from tests.small_office import People, form, open_small_office

TITLE = "Second keyings against what was decided"


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def keyed(db: Database, people: People) -> dict[str, int]:
    """Three forms keyed twice: one agrees, one differs, of one a difference is decided against the second clerk."""
    found = {}
    for number, member in (("agrees", "N-1"), ("open", "N-2"), ("decided", "N-2")):
        claim_id = key_claim(db, people.noy, form(number), None)
        found[number] = second_key(db, people.kham, claim_id, form(number, member_no=member)).id
    resolve(db, people.seng, found["decided"], {"member_no": "N-1"})
    return found


def faults(db: Database) -> list[str]:
    return [str(fault) for fault in db.read(lambda session: list(verifications_off_their_differences(session)))]


def change(db: Database, key: int, **values: Any) -> None:
    with db.session() as session:
        session.execute(update(Verification).where(Verification.id == key).values(**values))
        session.commit()


def test_what_the_program_counts_agrees(db: Database, keyed: dict[str, int]) -> None:
    assert faults(db) == []
    (checked,) = [found for found in verify(db) if str(found.checked) == TITLE]
    assert checked.faults == ()


@pytest.mark.parametrize(
    ("which", "values", "said"),
    [
        ("agrees", {"first_errors": 1}, "form agrees counts 1 and 0 errors, its decisions make 0 and 0"),
        (
            "open",
            {"first_errors": 0, "second_errors": 0},
            "counts 0 and 0 errors, its decisions make – and –",
        ),
        ("decided", {"second_errors": 0}, "form decided counts 0 and 0 errors, its decisions make 0 and 1"),
        ("decided", {"first_errors": None, "second_errors": None}, "counts – and – errors, its decisions make 0 and 1"),
        ("decided", {"resolved_by": None}, "its decisions make – and –"),
        ("open", {"differences": "[]"}, "counts – and – errors, its decisions make 0 and 0"),
        ("open", {"differences": '[{"field": 1}]'}, "what the second keying of form open found cannot be read"),
    ],
)
def test_errors_counted_otherwise_are_told(
    db: Database, keyed: dict[str, int], which: str, values: dict[str, Any], said: str
) -> None:
    change(db, keyed[which], **values)
    (fault,) = faults(db)
    assert said in fault


def test_the_wrong_clerk_blamed_is_told(db: Database, keyed: dict[str, int]) -> None:
    with db.session() as session:
        written = session.get_one(Verification, keyed["decided"]).differences
    change(db, keyed["decided"], differences=written.replace('"second"}', '"first"}'), first_errors=1, second_errors=0)
    assert "form decided blames the wrong clerk for member_no" in faults(db)[0]
