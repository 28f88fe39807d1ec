"""What was keyed twice before the errors were counted is counted when the database is brought up."""

from __future__ import annotations

import json

from sqlalchemy import text

from claims_desk.models.database import Database
from claims_desk.services.schema import migrating
from tests.migrations.test_steps import go, revisions

AFTER = "2026_11_26_second_keying"
ONE = {"field": "member_no", "first": "1", "second": "2"}
DIFFERENCES = {
    1: ([], None),
    2: ([ONE | {"chosen": "2", "erred": "first"}, ONE | {"chosen": "3", "erred": "both"}], 9),
    3: ([ONE | {"chosen": None, "erred": None}], None),
}


def fill(db: Database) -> None:
    with migrating(db) as connection:
        for key in (7, 8, 9):
            connection.execute(
                text(
                    "INSERT INTO users (id, version, name, password_hash, failed_attempts, created_at)"
                    " VALUES (:id, 1, :name, 'x', 0, '2026-01-01 00:00:00')"
                ),
                {"id": key, "name": f"user {key}"},
            )
        connection.execute(
            text(
                "INSERT INTO office (id, code, created_at, registers_version, is_demo)"
                " VALUES (1, '1003', '2026-01-01 00:00:00', 1, false)"
            )
        )
        blank = ("scheme", "member_no", "patient_name", "patient_folded", "phone", "sex", "care_type", "case_group")
        more = ("referred_from", "referral_no", "documents_seen", "exemption_claimed", "outcome", "diagnosis_main")
        rest = (*blank, *more, "diagnosis_2", "diagnosis_3", "diagnosis_4")
        for key, (found, resolved_by) in DIFFERENCES.items():
            connection.execute(
                text(
                    f"INSERT INTO claims (id, version, form_no, facility_code, emergency, state, keyed_by, keyed_at,"
                    f" {', '.join(rest)}) VALUES (:id, 1, 'F', 'HC1', false, 'KEYED', 7, '2026-01-01 00:00:00',"
                    f" {', '.join(repr('') for _ in rest)})"
                ),
                {"id": key},
            )
            connection.execute(
                text(
                    "INSERT INTO verifications (id, claim_id, verified_by, verified_at, fields_compared, differences,"
                    " resolved_by) VALUES (:id, :id, 8, '2026-01-02 00:00:00', 23, :found, :resolved)"
                ),
                {"id": key, "found": json.dumps(found), "resolved": resolved_by},
            )


def test_errors_of_settled_second_keyings_are_counted_and_open_ones_stay_open(empty_db: Database) -> None:
    before = revisions()[revisions().index(AFTER) - 1]
    go(empty_db, "upgrade", before)
    fill(empty_db)
    go(empty_db, "upgrade", AFTER)
    with empty_db.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT id, keyed_by, first_errors, second_errors FROM verifications ORDER BY id")
        ).all()
        secret = connection.execute(text("SELECT draw_secret FROM office")).scalar_one()
    assert [tuple(row) for row in rows] == [(1, 7, 0, 0), (2, 7, 2, 1), (3, 7, None, None)]
    assert len(secret) == 64
    go(empty_db, "downgrade", before)
    with empty_db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM verifications")).scalar_one() == 3
