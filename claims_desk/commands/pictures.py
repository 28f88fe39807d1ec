"""`claims-desk pictures`: a picture of every pane in both languages, for manuals and for checking by eye."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from claims_desk.commands.console import tell
from claims_desk.commands.who import office_database
from claims_desk.domain.messages import tr


def pictures(
    folder: Path = typer.Option(..., "--dir", help=tr("Where the pictures go.")),
    width: int = typer.Option(1366, min=880, help=tr("Width of the window in pixels.")),
    height: int = typer.Option(768, min=480, help=tr("Height of the window in pixels.")),
) -> None:
    """Take a picture of every pane of the window, in Lao and English."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from claims_desk.demo.pictures import take_pictures

    with office_database() as db:
        taken = take_pictures(db, folder, (width, height))
    tell(tr("{count} pictures stand in {folder}.", count=len(taken), folder=folder))
