"""What a database refuses is told in a sentence, and as what it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from claims_desk.domain.errors import UserError
from claims_desk.models.database import Database
from claims_desk.models.refusals import told_plainly


def test_two_who_wait_for_each_other_are_not_told_that_the_server_is_gone(new_postgres):
    db = Database.open(new_postgres(True))
    start = Barrier(2)

    def cross(first: str, second: str) -> str:
        try:
            with told_plainly(), db.engine.begin() as connection:
                connection.execute(text(f"UPDATE {first} SET id = id"))
                start.wait()
                connection.execute(text(f"UPDATE {second} SET id = id"))
        except UserError as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(cross, ("office", "users"), ("users", "office")))
    db.close()
    assert answers[1] == "done" or answers[0] == "done"
    assert any("at the same moment" in answer for answer in answers)


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_bug_in_a_statement_stays_a_bug(request, engine):
    db = Database.open(request.getfixturevalue(f"new_{engine}")(True))
    with pytest.raises(Exception, match="no_such_column") as bug, told_plainly(), db.engine.begin() as connection:
        connection.execute(text("SELECT no_such_column FROM office"))
    db.close()
    assert not isinstance(bug.value, UserError)
