"""What goes wrong outside the program: one clear sentence, what to do, in both languages, nothing half-written."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from claims_desk.domain.messages import ENGLISH, LAO
from claims_desk.models.database import Database

EXAMPLES = Path(__file__).parents[1] / "examples"
MEMBERS = "person_no,name_lo,sex,birth_date,village\n"


def count_members(url):
    db = Database.open(url)
    with db.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM members").scalar_one()
    db.close()
    return found


def is_one_sentence(said, words):
    """Refused, on one line, in words that hold."""
    assert said.code == 1
    assert said.out == ""
    assert said.err.strip().count("\n") == 0
    assert words in said.err


@pytest.fixture
def both(desk):
    """The same command in both languages: refused alike, in other words; returns the English answer."""

    def run(*words, **options):
        english = desk(*words, CLAIMS_DESK_LANGUAGE=ENGLISH, **options)
        lao = desk(*words, CLAIMS_DESK_LANGUAGE=LAO, **options)
        assert lao.code == english.code == 1
        assert any("\u0e81" <= letter <= "\u0edf" for letter in lao.err)
        assert "Traceback" not in lao.err
        return english

    return run


def test_a_file_that_is_no_database(both, tmp_path):
    letter = tmp_path / "letter.db"
    letter.write_text("Dear Sir, " * 500)
    is_one_sentence(both("verify", "--db", letter), "not a database of Claims Desk")
    assert letter.read_text() == "Dear Sir, " * 500
    assert [path.name for path in tmp_path.glob("letter*")] == ["letter.db"]


def test_a_database_of_another_program(both, tmp_path):
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photos (id)")
    for words in (("verify",), ("init", "--office", "1003")):
        is_one_sentence(both(*words, "--db", path), "another program")


def test_a_database_that_is_not_there_is_not_made(both, tmp_path):
    is_one_sentence(both("verify", "--db", tmp_path / "none.db"), "There is no database")
    assert not (tmp_path / "none.db").exists()


def test_a_folder_that_is_not_there(both, tmp_path):
    is_one_sentence(both("init", "--office", "1003", "--db", tmp_path / "no" / "x.db"), "cannot be opened")


def test_an_address_that_is_none(both):
    is_one_sentence(both("verify", "--db", "mysql://x/y"), "not in “mysql://x/y”")
    is_one_sentence(both("verify", "--db", "post gres://"), "no database address")


def test_a_damaged_database(both, office):
    path = Database.file_of(office)
    whole = bytearray(path.read_bytes())
    whole[4_096 : len(whole) // 2] = b"\xff" * (len(whole) // 2 - 4_096)
    path.write_bytes(bytes(whole))
    is_one_sentence(both("verify"), "damaged")


@pytest.mark.parametrize("seed", range(4))
def test_bytes_changed_anywhere_in_the_file_are_damage_and_no_mistake_of_the_program(desk, office, seed):
    path, chance = Database.file_of(office), random.Random(seed)
    whole = bytearray(path.read_bytes())
    for _ in range(200):
        whole[chance.randrange(100, len(whole))] = chance.randrange(256)
    path.write_bytes(bytes(whole))
    said = desk("verify")
    assert said.code == 1
    assert "mistake of its own" not in said.err


def test_a_schema_that_is_no_text_is_damage(both, office):
    path = Database.file_of(office)
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE users", b"CREATE TABLE \xa6sers"))
    is_one_sentence(both("verify"), "damaged")


def test_a_newer_schema_than_the_program(both, office):
    with closing(sqlite3.connect(Database.file_of(office))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '2099_01_01'")
        connection.commit()
    for words in (("verify",), ("init", "--office", "1003")):
        is_one_sentence(both(*words), "newer Claims Desk")


def test_a_locked_database(both, office, tmp_path, monkeypatch):
    monkeypatch.setattr("claims_desk.models.database.PRAGMAS", ("busy_timeout=50", "foreign_keys=ON"))
    with closing(sqlite3.connect(Database.file_of(office), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        is_one_sentence(both("import", "schemes", EXAMPLES / "schemes.csv"), "busy")


def test_a_wrong_password(both, office):
    is_one_sentence(both("verify", password="wrong"), "Name or password is wrong.")


def test_a_role_he_does_not_hold(both, office):
    is_one_sentence(both("import", "claims", EXAMPLES / "claims.csv"), "needs the role clerk")
    is_one_sentence(both("adjudicate"), "needs the role clerk or supervisor")


@pytest.mark.parametrize("name", ["none.csv", "letter.txt", "empty.csv", "wrong.csv", "picture.csv", "broken.xlsx"])
def test_a_wrong_file(both, office, tmp_path, name):
    contents = {
        "letter.txt": b"dear",
        "empty.csv": b"",
        "wrong.csv": b"colour,size\nred,5\n",
        "picture.csv": b"\x89PNG\x00\x00\xff\xfe" * 50,
        "broken.xlsx": b"PK\x03\x04" + b"\x00" * 100,
    }
    if name in contents:
        (tmp_path / name).write_bytes(contents[name])
    said = both("import", "members", tmp_path / name)
    is_one_sentence(said, name)
    assert count_members(office) == 0


@pytest.fixture
def large_file(tmp_path):
    path = tmp_path / "members.csv"
    rows = "".join(f"P{n:06},ນາງ ນ້ອຍ {n},F,1980-01-12,{'x' * 150}\n" for n in range(20_000))
    path.write_text(MEMBERS + rows, encoding="utf-8")
    return path


def test_no_space_left_in_the_database(both, office, large_file, monkeypatch):
    monkeypatch.setattr(
        "claims_desk.models.database.PRAGMAS", ("journal_mode=WAL", "foreign_keys=ON", "max_page_count=900")
    )
    is_one_sentence(both("import", "members", large_file), "The disk is full; nothing was saved.")
    assert count_members(office) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are those of Unix")
def test_no_space_left_on_the_disk(office, large_file):
    """The process may write files of at most 3 MB: SQLite meets the end of the disk in the middle of the work."""
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000));"
        "from claims_desk.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    said = subprocess.run(
        [sys.executable, "-c", limited, "import", "members", str(large_file)],
        env={**os.environ, "CLAIMS_DESK_USER": "admin", "CLAIMS_DESK_PASSWORD": "Vang Vieng 2026"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert said.returncode == 1
    assert "disk" in said.stderr
    assert "Traceback" not in said.stderr
    assert count_members(office) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the full device is of Linux")
def test_an_answer_that_cannot_be_written(office):
    with Path("/dev/full").open("w") as full:
        said = run_apart(["verify"], stdout=full)
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "The disk is full" in said.stderr


def test_no_folder_for_the_users_own_file(tmp_path):
    (tmp_path / "file").write_text("")
    said = run_apart(["init", "--office", "1003"], XDG_DATA_HOME=str(tmp_path / "file" / "data"), CLAIMS_DESK_DB="")
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "could not be read or written" in said.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name of a file is text")
def test_a_file_whose_name_is_no_text(office, tmp_path):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/m\xff.csv")
    Path(name).write_text(MEMBERS + "P1,ນ້ອຍ,F,1980-01-12,x\n", encoding="utf-8")
    said = run_apart(["import", "members", name])
    assert (said.returncode, said.stderr) == (0, "")
    assert count_members(office) == 1


def run_apart(words, stdout=subprocess.PIPE, **environment):
    """The command in a process of its own, as the administrator."""
    acting = {"CLAIMS_DESK_USER": "admin", "CLAIMS_DESK_PASSWORD": "Vang Vieng 2026"}
    return subprocess.run(
        [sys.executable, "-m", "claims_desk", *words],
        env={**os.environ, **acting, **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        encoding="utf-8",
        timeout=120,
    )


def test_no_space_for_a_backup_leaves_no_half_file(both, office, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("claims_desk.services.safety_copy.os.fsync", full)
    is_one_sentence(both("backup", tmp_path / "b.db"), "The disk is full")
    assert [path.name for path in tmp_path.iterdir() if "b.db" in path.name] == []


def test_no_server(both):
    url = "postgresql://noy:secret@127.0.0.1:1/office"
    said = both("verify", "--db", url)
    is_one_sentence(said, "does not answer")
    assert "secret" not in said.err


def test_a_server_without_this_database_or_user(both, new_postgres):
    url = new_postgres(True)
    is_one_sentence(both("verify", "--db", url.replace("/test_", "/none_")), "refused the sign-in")


def test_a_mistake_of_the_program_is_told_with_a_report_and_no_traceback(desk, office, monkeypatch):
    def go_wrong(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("claims_desk.commands.verify.verify_database", go_wrong)
    said = desk("verify")
    is_one_sentence(said, "mistake of its own")
    report = Path(said.err.strip().rsplit(": ", 1)[1])
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")
