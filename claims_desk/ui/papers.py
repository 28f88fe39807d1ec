"""Where printed papers go, and how they are shown."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_documents_path
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def paper_folder() -> Path:
    """The folder of printed papers: `Claims Desk` in the user's documents."""
    return user_documents_path() / "Claims Desk"


def show_paper(path: Path) -> None:
    """Open a paper in the PC's own viewer, from which it is printed."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
