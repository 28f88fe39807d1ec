"""What the program brings along: used, written down with its licence, and pinned by hash without naming a server."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHIPPED = [re.split(r"[\[<>=;]", line)[0] for line in PROJECT["dependencies"]]
FOR_WORK = [re.split(r"[\[<>=;]", line)[0] for line in PROJECT["optional-dependencies"]["dev"]]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def plain(name: str) -> str:
    return name.lower().replace("_", "-")


@cache
def imported(folder: str) -> set[str]:
    """The distributions that are imported anywhere in a folder of the repository."""
    modules: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.partition(".")[0])
    known = packages_distributions()
    return {plain(name) for module in modules for name in known.get(module, [])}


@pytest.mark.parametrize("name", sorted({*SHIPPED} - {"psycopg", "uharfbuzz"}))
def test_a_shipped_library_is_used_by_the_program(name: str) -> None:
    # psycopg and uharfbuzz are loaded by SQLAlchemy and ReportLab, never by name
    assert plain(name) in imported("claims_desk")


def test_every_library_that_is_imported_is_declared() -> None:
    declared = {plain(name) for name in [*SHIPPED, "claims-desk", "shiboken6"]}
    assert imported("claims_desk") <= declared
    assert imported("tests") | imported("scripts") <= declared | {plain(name) for name in FOR_WORK}


@pytest.mark.parametrize("name", sorted({*SHIPPED, *FOR_WORK}))
def test_a_library_is_written_down_with_its_licence(name: str) -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = [
        row
        for row in page.splitlines()
        if row.startswith("|") and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", row)
    ]
    assert len(rows) == 1


@pytest.mark.parametrize("name", sorted({*SHIPPED, *FOR_WORK}))
def test_a_library_is_pinned_with_hashes(name: str) -> None:
    entry = re.search(rf"^{re.escape(plain(name))}==(.+?)(?=^\S|\Z)", LOCK, re.MULTILINE | re.DOTALL)
    assert entry is not None
    assert "--hash=sha256:" in entry[1]


def test_the_lock_file_names_no_server() -> None:
    assert "://" not in LOCK


def test_the_lock_file_knows_windows_too() -> None:
    assert re.search(r"^pefile==.* ; sys_platform == 'win32'", LOCK, re.MULTILINE)
