"""A program killed at any moment of keying loses nothing that was left a second before."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import pytest
from platformdirs import user_data_path
from sqlalchemy import select

from claims_desk.models import Claim, ClaimLine
from claims_desk.models.database import Database
from claims_desk.services.drafts import DraftBox
from tests.small_office import People
from tests.ui.key.conftest import Clerk
from tests.ui.key.test_key_drafts import ROOT

Left = tuple[str, str, str, float]  # form number, field, text, the moment it was left
FEW = ((0.4, 1.6, 2.9, 4.3), 3.0)  # seconds keyed, seconds granted: other tests want the machine too
HUNDRED = (tuple(random.Random(11).uniform(0.1, 8.0) for _ in range(100)), 1.0)
SAMPLES = [pytest.param(*FEW, id="few"), pytest.param(*HUNDRED, id="hundred", marks=pytest.mark.soak)]


@pytest.mark.skipif(os.name == "nt", reason="a process is killed otherwise there")
@pytest.mark.parametrize(("moments", "granted"), SAMPLES)
def test_every_field_left_before_is_found_after_a_kill(
    db: Database, people: People, clerk: Clerk, moments: tuple[float, ...], granted: float
) -> None:
    clerk.receive("HC1", forms=500)
    held = 0
    for keyed in moments:
        left, killed_at = keyed_and_killed(db, people, keyed)
        owed = [row for row in left if row[3] < killed_at - granted]
        found = found_again(db)
        lost = [row for row in owed if not kept(found, row)]
        assert lost == []
        held += len(owed)
        begin_anew(db)
    assert held > 0


def keyed_and_killed(db: Database, people: People, seconds: float) -> tuple[list[Left], float]:
    url = db.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.ui.key.steady_keyer", url, str(people.noy.user_id)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        time.sleep(seconds)
        killed_at = time.time()
        program.kill()
        rows = [json.loads(line) for line in program.stdout if line.endswith("\n")]
    return [(form_no, name, text, at) for form_no, name, text, at in rows], killed_at


Found = dict[str, list[dict[str, str]]]  # by form number, what stands on the drafts and claims of it


def found_again(db: Database) -> Found:
    found: Found = defaultdict(list)
    for draft in box().drafts("noy", db.identity):
        fields, lines = draft.typed["fields"], draft.typed["lines"]
        texts = {name: str(content) for name, content in fields.items()}
        cells = {f"{row} {name}": str(text) for row, line in enumerate(lines) for name, text in line.items()}
        found[texts["form_no"]].append(texts | cells)
    with db.session() as session:
        for claim in session.execute(select(Claim)).scalars():
            texts = {name: str(value) for name, value in vars(claim).items()}
            cells = {
                f"{row} {name}": str(getattr(line, name)) for row, line in enumerate(claim.lines) for name in CELLS
            }
            found[claim.form_no].append(texts | cells)
    return found


CELLS = [column.name for column in ClaimLine.__table__.columns]


def kept(found: Found, row: Left) -> bool:
    form_no, name, text, _at = row
    return any(plain(each.get(name, "")) == plain(text) for each in found[form_no])


def plain(text: str) -> str:
    """A text without what the form puts into it: 25.000 is 25000, 10/3/2026 is 2026-03-10."""
    day = text.split("/")
    iso = f"{day[2]}-{int(day[1]):02d}-{int(day[0]):02d}" if len(day) == 3 else text
    return iso.replace(".", "").replace(",", "").casefold()


def begin_anew(db: Database) -> None:
    """The next try begins on an empty table again."""
    for draft in box().drafts("noy", db.identity):
        box().discard(draft.key)
    with db.session() as session:
        for claim in session.execute(select(Claim)).scalars():
            claim.form_no = f"before-{claim.id}"
        session.commit()


def box() -> DraftBox:
    return DraftBox(Path(user_data_path("claims-desk", appauthor=False)) / "drafts")
