from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt

from claims_desk.ui.key import pane as key_pane
from tests.ui.key.conftest import Clerk

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The papers that would be opened in the PC's viewer."""
    shown: list[Path] = []
    monkeypatch.setattr(key_pane, "paper_folder", lambda: tmp_path)
    monkeypatch.setattr(key_pane, "show_paper", shown.append)
    return shown


def text_of(paper: Path) -> str:
    document = pdfium.PdfDocument(paper)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def print_it(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_P, modifier=CONTROL)


def test_the_form_is_printed_as_it_stands_with_what_was_found(clerk: Clerk, papers: list[Path]) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive("HC1"))
    clerk.type("000001", "nhi", "N-1", "Somebody Else")
    clerk.go_to("care_type")
    clerk.type("opd", "31/2/2026")
    clerk.pane.sheet.grid.enter()
    clerk.type("cons", "10/3/2026", "1", "20000")
    print_it(clerk)
    (paper,) = papers
    assert paper.name == "claim-000001.pdf"
    said = text_of(paper)
    for words in ("000001", "N-1", "Somebody Else", "31/2/2026", "CONS", "Consultation", "20.000", "15.000", "T05"):
        assert words in said
    assert all(code in said for code in clerk.codes())


def test_an_empty_form_says_what_would_be_printed(clerk: Clerk, papers: list[Path]) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive("HC1"))
    print_it(clerk)
    assert papers == []
    assert "Nothing is keyed yet" in clerk.told()
