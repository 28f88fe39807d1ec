"""What is said and installed where Qt's system libraries are missing."""

from __future__ import annotations

import shutil

import pytest
from system_libraries import advice, missing_in, packages_for

LDD = """
\tlinux-vdso.so.1 (0x00007ffe)
\tlibEGL.so.1 => not found
\tlibxcb-cursor.so.0 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
"""


def test_missing_libraries_lead_to_their_packages() -> None:
    assert packages_for(missing_in(LDD)) == ["libegl1", "libxcb-cursor0"]


def test_who_may_not_install_is_given_the_whole_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/apt-get")
    assert "run “sudo apt-get install libegl1 libxcb-cursor0” and try again" in advice(missing_in(LDD))


def test_a_library_of_no_known_package_is_named_itself() -> None:
    assert "libnew.so.7" in advice({"libnew.so.7"})
