"""A database keeps its name on this PC as long as it is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims_desk.models.database import Database


def test_an_open_database_keeps_its_identity_wherever_the_program_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    db = Database.open("sqlite:///office.db")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert Path(db.identity) == (tmp_path / "office.db").resolve()
    db.close()
