"""What a measured command answers, and what is said of it."""

from __future__ import annotations

import sys

import peak
import pytest


def test_the_commands_own_exit_code_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert peak.main([sys.executable, "-c", "raise SystemExit(3)"]) == 3
    assert "peak memory" in capsys.readouterr().out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_memory_of_processes_started_by_the_command_counts(capsys: pytest.CaptureFixture[str]) -> None:
    inner = "import time; held = bytearray(150_000_000); time.sleep(1)"
    peak.main([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"])
    assert int(capsys.readouterr().out.split("peak memory ")[1].split()[0]) > 140
