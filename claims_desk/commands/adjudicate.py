"""claims-desk adjudicate."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import typer

from claims_desk.commands.console import progress, tell
from claims_desk.commands.who import signed_in
from claims_desk.domain.messages import say, tr
from claims_desk.exports.results import ResultFiles
from claims_desk.models.refusals import told_plainly
from claims_desk.services.judgement import adjudicate as adjudicate_claims


def adjudicate(
    out: Path | None = typer.Option(
        None, metavar="DIR", help=tr("Write results.csv and findings.csv of every claim judged into this folder.")
    ),
) -> None:
    """Judge all that is keyed or corrected."""
    with signed_in() as (db, actor), told_plainly():
        files = ResultFiles(out) if out is not None else nullcontext()
        with progress(tr("Adjudicating")) as told, files as written:
            each = written.add if written is not None else None
            report = adjudicate_claims(db, actor, progress=told, each=each)
    tell(
        say(
            "Adjudicated {judged} claims: {accepted} accepted, {pended} pended, {denied} denied.",
            judged=report.judged,
            accepted=report.accepted,
            pended=report.pended,
            denied=report.denied,
        )
    )
    if out is not None:
        tell(say("Results and findings are in {folder}.", folder=out))
