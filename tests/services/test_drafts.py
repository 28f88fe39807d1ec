from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from claims_desk.domain.errors import UserError
from claims_desk.models.database import Database
from claims_desk.services.drafts import Draft, DraftBox

TYPED = {"form_no": "F-1", "visit_from": "31/2", "patient_name": "ບຸນມີ", "lines": [["CONS", "", "x"]]}


@pytest.fixture
def box(tmp_path: Path) -> DraftBox:
    return DraftBox(tmp_path / "drafts")


def draft(user: str = "noy", **typed: object) -> Draft:
    return Draft(user=user, database="office.db", typed=typed or TYPED)


def test_what_was_typed_comes_back_right_or_wrong(box: DraftBox) -> None:
    kept = box.save(Draft(user="noy", database="office.db", typed=TYPED, submission_id=7, claim_id=8, version=2))
    assert DraftBox(box.folder).drafts("noy", "office.db") == [kept]
    assert kept.typed == TYPED


def test_a_later_save_takes_the_place_of_the_earlier(box: DraftBox) -> None:
    first = draft(form_no="F")
    box.save(first)
    box.save(Draft(user="noy", database="office.db", typed={"form_no": "F-1"}, key=first.key))
    assert [kept.typed for kept in box.drafts("noy", "office.db")] == [{"form_no": "F-1"}]


def test_each_user_and_database_has_its_own(box: DraftBox) -> None:
    box.save(draft("noy"))
    box.save(draft("kham"))
    box.save(Draft(user="noy", database="other.db", typed=TYPED))
    assert len(box.drafts("noy", "office.db")) == 1
    assert box.drafts("seng", "office.db") == []


def test_two_files_of_one_name_share_no_draft(box: DraftBox, tmp_path: Path) -> None:
    here, there = (Database.open(str(tmp_path / folder / "office.db")) for folder in _made(tmp_path, "here", "there"))
    box.save(Draft(user="noy", database=here.identity, typed=TYPED))
    assert here.place == there.place
    assert len(box.drafts("noy", here.identity, here.place)) == 1
    assert box.drafts("noy", there.identity, there.place) == []


def test_a_draft_that_names_only_the_file_is_taken_over_when_it_is_kept_again(box: DraftBox, tmp_path: Path) -> None:
    here, there = (Database.open(str(tmp_path / folder / "office.db")) for folder in _made(tmp_path, "here", "there"))
    old = box.save(Draft(user="noy", database="office.db", typed=TYPED))
    assert box.drafts("noy", here.identity, here.place) == [old]
    box.save(replace(old, database=here.identity))
    assert [kept.key for kept in box.drafts("noy", here.identity, here.place)] == [old.key]
    assert box.drafts("noy", there.identity, there.place) == []


def test_drafts_follow_a_file_that_is_moved(box: DraftBox, tmp_path: Path) -> None:
    before, after = (tmp_path / folder / "office.db" for folder in _made(tmp_path, "before", "after"))
    old = Database.open(str(before))
    kept = box.save(Draft(user="noy", database=old.identity, typed=TYPED))
    old.close()
    before.rename(after)
    moved = Database.open(str(after))
    assert box.drafts("noy", moved.identity, moved.place) == [kept]


def _made(tmp_path: Path, *names: str) -> tuple[str, ...]:
    for name in names:
        (tmp_path / name).mkdir()
    return names


def test_a_draft_thrown_away_is_gone(box: DraftBox) -> None:
    kept = box.save(draft())
    box.discard(kept.key)
    box.discard(kept.key)
    assert box.drafts("noy", "office.db") == []


def test_a_damaged_file_is_put_aside_and_the_others_come(box: DraftBox) -> None:
    kept = box.save(draft())
    broken = box.folder / ("0" * 32 + ".json")
    broken.write_text('{"user": "noy", "typed"', encoding="utf-8")
    assert box.drafts("noy", "office.db") == [kept]
    assert broken.with_suffix(".damaged").exists()


def test_a_disk_that_takes_nothing_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file where the folder should be")
    with pytest.raises(UserError, match="could not be kept"):
        DraftBox(tmp_path / "drafts").save(draft())


def test_a_draft_survives_the_program_being_killed(box: DraftBox) -> None:
    typing = f"""
import itertools
from pathlib import Path
from claims_desk.services.drafts import Draft, DraftBox
box = DraftBox(Path({str(box.folder)!r}))
for n in itertools.count():
    box.save(Draft(user="noy", database="office.db", typed={{"n": n, "text": "ກ" * 20000}}, key="a" * 32))
    print(n, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", typing], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for line in program.stdout:
            if line.strip() == "20":
                program.send_signal(signal.SIGKILL)
                break
    (kept,) = box.drafts("noy", "office.db")
    assert kept.typed["n"] >= 20
    assert len(kept.typed["text"]) == 20000


def test_a_draft_the_disk_does_not_let_go_is_told(tmp_path: Path) -> None:
    box = DraftBox(tmp_path / "drafts")
    (box.folder / f"{'a' * 32}.json").mkdir(parents=True)
    with pytest.raises(UserError, match="stays on this PC"):
        box.discard("a" * 32)


def test_a_copy_of_a_draft_file_is_put_aside_and_the_draft_stays(tmp_path: Path) -> None:
    box = DraftBox(tmp_path / "drafts")
    kept = box.save(Draft(user="noy", database="here", typed={}))
    path = box.folder / f"{kept.key}.json"
    (box.folder / f"{kept.key} - Copy.json").write_bytes(path.read_bytes())
    assert box.drafts("noy", "here") == [kept]
    assert sorted(each.suffix for each in box.folder.iterdir()) == [".damaged", ".json"]
