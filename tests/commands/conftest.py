"""The commands as a user types them: exit code, answer, and what stands on standard error."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from claims_desk.__main__ import main


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@pytest.fixture
def desk(capfd, monkeypatch):
    """Runs a command as the administrator, unless somebody else is named; no text of an error is a traceback."""

    def run(*words, user="admin", password="Vang Vieng 2026", **environment):
        monkeypatch.setenv("CLAIMS_DESK_USER", user)
        monkeypatch.setenv("CLAIMS_DESK_PASSWORD", password)
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        capfd.readouterr()
        code = main([str(word) for word in words])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Said(code, out, err)

    return run


@pytest.fixture
def office(new_sqlite, monkeypatch):
    """The address of an office's file, which every command works on."""
    url = new_sqlite(True)
    monkeypatch.setenv("CLAIMS_DESK_DB", url)
    return url
