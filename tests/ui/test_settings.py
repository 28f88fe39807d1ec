from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims_desk.domain.errors import UserError
from claims_desk.ui.settings import Settings, load_settings, save_settings


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    kept = Settings(
        language="en", separator=",", text_size="large", contrast="high", lock_minutes=25, last_user="ນ້ອຍ", sound=True
    )
    save_settings(kept, tmp_path / "sub" / "settings.json")
    assert load_settings(tmp_path / "sub" / "settings.json") == kept
    assert [path.name for path in (tmp_path / "sub").iterdir()] == ["settings.json"]


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '"x"'])
def test_a_damaged_file_gives_the_shipped_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text, encoding="utf-8")
    assert load_settings(tmp_path / "settings.json") == Settings()


def test_what_makes_no_sense_or_is_unknown_is_left_out(tmp_path: Path) -> None:
    written = {"language": "th", "separator": ";", "text_size": 4, "lock_minutes": 0, "last_user": "noy", "new": 1}
    (tmp_path / "settings.json").write_text(json.dumps(written), encoding="utf-8")
    assert load_settings(tmp_path / "settings.json") == Settings(lock_minutes=1, last_user="noy")


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError):
        save_settings(Settings(), tmp_path / "file" / "settings.json")


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    save_settings(Settings(), tmp_path / "settings.json")
    assert (tmp_path / "settings.json").stat().st_mode & 0o077 == 0
