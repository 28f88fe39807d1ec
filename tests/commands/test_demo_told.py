from __future__ import annotations

import sys
from pathlib import Path

import pytest

from claims_desk.commands import demo


@pytest.mark.parametrize(("searched", "told"), [(True, "claims-desk"), (False, ".venv/bin/claims-desk")])
def test_the_demo_names_its_program_so_that_the_line_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, searched: bool, told: str
) -> None:
    program = tmp_path / ".venv/bin/claims-desk"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(program.parent) if searched else str(tmp_path))
    monkeypatch.setattr(sys, "argv", [".venv/bin/claims-desk", "demo"])
    assert demo.program_called() == told
