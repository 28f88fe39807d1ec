"""Everything that can be pressed is pressed once: whatever comes has names, room, its own language and strong ink."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import LAO
from claims_desk.ui.frame import Frame
from claims_desk.ui.settings import Settings
from claims_desk.ui.settings_dialog import use_settings
from tests.sample_scans import pdf, picture
from tests.ui.walker.deeds import deeds, every_kind_of_dialog, long_work, of_a_denied_claim, of_the_window
from tests.ui.walker.filled_office import EVERYTHING
from tests.ui.walker.painted import badly_painted, cut_cells
from tests.ui.walker.test_walk import SMALL, Open, open_window, wrong

__all__ = ["open_window"]
EVERYBODY = (EVERYTHING, *Role)


@pytest.fixture
def open_scanned(open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Who attaches scans finds a page the first time, then a paper of two pages, and so on."""
    page, paper = tmp_path / "page.png", tmp_path / "paper.pdf"
    page.write_bytes(picture())
    paper.write_bytes(pdf("1", "2"))
    files = cycle((page, paper))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: ([str(next(files))], ""))
    return open_window


def everything(frame: Frame) -> Iterator[tuple[str, QWidget]]:
    yield from of_a_denied_claim(frame)  # while a bundle is open
    yield from deeds(frame)
    yield from of_the_window(frame)
    yield from long_work(frame)


@pytest.mark.parametrize("who", EVERYBODY)
def test_whatever_a_press_brings_up_is_whole_in_lao_on_a_small_screen(open_scanned: Open, who: str) -> None:
    frame = open_scanned(who, Settings(language=LAO, text_size="largest"))
    use_settings(frame.desk.settings)
    frame.resize(*SMALL)
    faults: dict[str, str] = {}
    kinds: set[type[QWidget]] = set()
    for where, window in everything(frame):
        kinds.add(type(window))
        for fault in (*wrong(window, LAO), *cut_cells(window), *badly_painted(window, 4.5)):
            faults.setdefault(fault, where)
    assert [f"{where}: {fault}" for fault, where in faults.items()] == []
    assert QMessageBox not in kinds
    if who == EVERYTHING:
        assert {kind.__name__ for kind in every_kind_of_dialog() - kinds} == set()
    assert not any(issubclass(kind, QDialog) and kind.__module__.startswith("PySide6") for kind in kinds)
