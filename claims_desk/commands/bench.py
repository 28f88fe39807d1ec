"""`claims-desk bench`: the performance table."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from claims_desk.commands.console import tell
from claims_desk.domain.messages import tr


def bench(
    members: int = typer.Option(1_000_000, min=10_000, help=tr("How many members.")),
    claims: int = typer.Option(100_000, min=1_000, help=tr("How many claims.")),
    server: str = typer.Option(
        "", metavar="URL", help=tr("Measure what is judged on an empty PostgreSQL database instead of a file.")
    ),
) -> None:
    """Measure the product beside bare code that does the same work in the same run."""
    from claims_desk.bench.measures import measure_all
    from claims_desk.bench.memory import peak_megabytes
    from claims_desk.bench.stage import set_stage
    from claims_desk.bench.table import heading, line

    with TemporaryDirectory() as scratch:
        stage = set_stage(Path(scratch), members, claims, server)
        tell(heading())
        for measured in measure_all(stage):
            tell(line(measured))
        stage.db.close()
    tell(tr("Peak memory: {megabytes} MB.", megabytes=peak_megabytes()))
