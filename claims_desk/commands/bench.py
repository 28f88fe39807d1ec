"""`claims-desk bench`: the performance table."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from claims_desk.commands.console import tell
from claims_desk.domain.messages import tr

if TYPE_CHECKING:
    from claims_desk.bench.stage import Stage


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
        if stage.db.is_sqlite:
            _tell_keying(stage)
        stage.db.close()
    tell(tr("Peak memory: {megabytes} MB.", megabytes=peak_megabytes()))


def _tell_keying(stage: Stage) -> None:
    from claims_desk.bench.keying import key_forms
    from claims_desk.bench.table import line

    keyed, measures = key_forms(stage)
    for measured in measures:
        tell(line(measured))
    tell(
        tr(
            "An inpatient form of {lines} lines takes {keys} keys: {letters} of its text and {beyond} beyond it.",
            lines=keyed.lines,
            keys=keyed.keys,
            letters=keyed.letters,
            beyond=keyed.beyond_text,
        )
    )
