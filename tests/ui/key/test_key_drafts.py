from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import user_data_path
from PySide6.QtCore import Qt

from claims_desk.models.database import Database
from claims_desk.services.claims import key_claim
from claims_desk.services.drafts import Draft, DraftBox
from tests.small_office import People, form
from tests.ui.key.conftest import Clerk
from tests.ui.key.keeper import TYPED

ROOT = Path(__file__).resolve().parents[3]
F9 = Qt.Key.Key_F9


def program(what: str, db: Database, people: People) -> subprocess.Popen[str]:
    url = db.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.ui.key.keeper", what, url, str(people.noy.user_id)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name == "nt", reason="a process is killed otherwise there")
def test_what_was_typed_comes_back_after_the_program_is_killed(db: Database, people: People, clerk: Clerk) -> None:
    clerk.receive("HC1")
    with program("key", db, people) as keying:
        assert keying.stdout is not None
        assert keying.stdout.readline() == "typed\n"
        keying.kill()
    with program("look", db, people) as looking:
        assert looking.stdout is not None
        found = json.loads(looking.stdout.readline())
    assert {name: found[name] for name in TYPED} == TYPED
    assert [(row["item_code"], row["quantity"]) for row in found["lines"]] == [("CONS", "2")]
    assert found["bundle"]
    assert "came back" in found["told"].replace("\u200b", "")


def test_a_saved_form_does_not_come_back(clerk: Clerk) -> None:
    clerk.receive("HC1")
    clerk.sit_down()
    clerk.type("000001", "nhi")
    clerk.press(F9, F9)
    clerk.sit_down()
    assert clerk.told() == ""
    assert clerk.text("form_no") == ""


def test_an_unfinished_form_comes_back_after_a_correction_in_between(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1")
    claim = key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    clerk.sit_down()
    clerk.type("000001", "nhi")
    clerk.open("claim", claim)
    clerk.go_to("phone")
    clerk.type("02012345678")
    clerk.press(F9)
    assert (clerk.text("form_no"), clerk.text("scheme")) == ("000001", "NHI")
    assert "came back" in clerk.told()


def test_an_unfinished_correction_comes_back_when_its_claim_is_opened(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1")
    claim = key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    clerk.sit_down()
    clerk.open("claim", claim)
    clerk.go_to("phone")
    clerk.type("02012345678")
    clerk.sit_down()
    assert clerk.text("phone") == "02012345678"
    assert clerk.text("patient_name") == "ບຸນມີ"
    clerk.press(F9)
    with clerk.db.session() as session:
        from claims_desk.queries.claim_opened import claim_opened

        assert claim_opened(session, claim).claim.phone == "02012345678"


def test_a_draft_whose_bundle_and_claim_are_gone_comes_back_as_a_new_form(clerk: Clerk) -> None:
    """As after an older backup was restored."""
    typed = {"fields": {"form_no": "000099", "scheme": "NHI"}}
    box = DraftBox(user_data_path("claims-desk", appauthor=False) / "drafts")
    box.save(
        Draft(user="noy", database=clerk.db.place, typed=typed, submission_id=1, claim_id=2, version=3, key="a" * 32)
    )
    clerk.receive("HC1")
    clerk.sit_down()
    assert (clerk.text("form_no"), clerk.text("scheme")) == ("000099", "NHI")
    assert "came back" in clerk.told()
    clerk.press(F9, F9)
    assert clerk.text("form_no") == "000100"
