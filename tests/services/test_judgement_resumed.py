"""A run of judgement that is cancelled or killed loses nothing: the next one goes on, and the end is the same."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from sqlalchemy import func, select, update

from claims_desk.domain.codes import ClaimState
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimDecision
from claims_desk.models.database import Database
from claims_desk.services import judgement
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.verify import verify
from tests.services.test_judgement import decided, varied_claims
from tests.small_office import People, open_small_office

CHUNK = 7
KILLED_WHILE_WRITING = """
import os, signal, sys
from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.models.database import Database
from claims_desk.services import judgement

address, clerk, chunk, kept = sys.argv[1:]
write, started = judgement.write_judgements, []

def write_and_die(work, judged):
    write(work, judged)
    started.append(len(judged))
    if len(started) > int(kept):
        os.kill(os.getpid(), signal.SIGKILL)

judgement.write_judgements, judgement.CHUNK = write_and_die, int(chunk)
judgement.adjudicate(Database.open(address), Actor(int(clerk), "noy", frozenset({Role.CLERK})))
"""


@pytest.fixture
def people(db: Database, monkeypatch: pytest.MonkeyPatch) -> People:
    """The office with sixty keyed claims that bear on one another."""
    monkeypatch.setattr(judgement, "CHUNK", CHUNK)
    people = open_small_office(db)
    for claim in varied_claims():
        key_claim(db, people.noy, claim, None)
    return people


def count(db: Database, kind: type, *where: object) -> int:
    with db.session() as session:
        return session.execute(select(func.count()).select_from(kind).where(*where)).scalar_one()


def judged_again_in_one_go(db: Database, people: People) -> list[tuple[object, ...]]:
    with db.session() as session:
        session.execute(update(ClaimRow).values(state=ClaimState.KEYED))
        session.commit()
    assert adjudicate(db, people.noy).judged == len(varied_claims())
    return decided(db)


def test_cancelled_after_every_thousand_it_ends_as_a_run_in_one_go(db: Database, people: People) -> None:
    judged: list[int] = []
    while (report := adjudicate(db, people.noy, cancelled=iter([False, True]).__next__)).judged:
        judged += report.claim_ids
    assert judged == sorted(set(judged))
    assert len(judged) == count(db, ClaimDecision) == len(varied_claims())
    in_parts = decided(db)
    assert judged_again_in_one_go(db, people) == in_parts


def test_killed_in_the_middle_of_a_thousand_it_is_finished_by_the_next_run(db: Database, people: People) -> None:
    address = db.engine.url.render_as_string(hide_password=False)
    for kept in (0, 2, 1):
        before = count(db, ClaimDecision)
        words = (sys.executable, "-c", KILLED_WHILE_WRITING, address, str(people.noy.user_id), str(CHUNK), str(kept))
        assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
        assert count(db, ClaimDecision) == before + kept * CHUNK
        assert count(db, ClaimRow, ClaimRow.state != ClaimState.KEYED) == before + kept * CHUNK
    assert [finding for finding in verify(db) if finding.faults] == []
    assert adjudicate(db, people.noy).judged == len(varied_claims()) - 3 * CHUNK
    assert count(db, ClaimDecision) == len(varied_claims())
    in_parts = decided(db)
    assert judged_again_in_one_go(db, people) == in_parts
