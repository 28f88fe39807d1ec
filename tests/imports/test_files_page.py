"""The page on files says what the program does."""

from __future__ import annotations

from pathlib import Path

from claims_desk.imports.description import describe_kinds

PAGE = Path(__file__).resolve().parents[2] / "docs" / "files.md"


def test_the_columns_on_the_page_are_those_of_the_program() -> None:
    """When this fails: put what `describe_kinds()` says below the page's last heading of second level."""
    _, _, columns = PAGE.read_text(encoding="utf-8").partition("codes of kinds above it.\n\n")
    assert columns.strip() == describe_kinds().strip()
