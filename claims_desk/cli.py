"""The program's commands put together; without one the window opens."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from claims_desk import __version__
from claims_desk.commands import adjudicate, bench, copies, demo, imports, office, pictures, users, verify
from claims_desk.commands.console import tell
from claims_desk.commands.who import choose_database, chosen_url
from claims_desk.domain.messages import tr

app = typer.Typer(
    help=tr("The workstation of a health insurance office. Without a command it opens the window."),
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    rich_markup_mode=None,
)
app.command("init", help=tr("Make or upgrade the database of an office."))(office.init)
app.add_typer(users.app, name="user", help=tr("Add, list and disable users, and change passwords."))
app.command("import", help=tr("Bring a table in from a CSV file or a workbook."))(imports.import_file)
app.command("adjudicate", help=tr("Judge all claims that are keyed or corrected."))(adjudicate.adjudicate)
app.command("verify", help=tr("Check the audit chain, control totals, voucher numbers and the database."))(
    verify.verify
)
app.command("demo", help=tr("Do the whole job on an invented province and leave its papers in a folder."))(demo.demo)
app.command("pictures", help=tr("Take a picture of every pane in both languages."))(pictures.pictures)
app.command("bench", help=tr("Measure the program beside bare code on this machine."))(bench.bench)
app.command("backup", help=tr("Make a consistent copy while people work."))(copies.backup)
app.command("restore", help=tr("Put a backup in the place of the database, which is kept beside it."))(copies.restore)


@app.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    db: str = typer.Option("", metavar="URL", help=tr("The database; else CLAIMS_DESK_DB, else the user's own file.")),
    version: bool = typer.Option(False, "--version", help=tr("Say the version and end.")),
) -> None:
    """Take the database's address; open the window where no command is given."""
    choose_database(db)
    if version:
        tell(f"claims-desk {__version__}")
    elif context.invoked_subcommand is None:
        from claims_desk.app import run_window

        raise typer.Exit(run_window(chosen_url()))


def database_first(words: Sequence[str]) -> list[str]:
    """The same command with `--db URL` in front, wherever it was written."""
    front: list[str] = []
    rest: list[str] = []
    left = list(words)
    while left:
        word = left.pop(0)
        if word == "--":
            return [*front, *rest, word, *left]
        if word.startswith("--db="):
            front = [word]
        elif word == "--db" and left:
            front = [word, left.pop(0)]
        else:
            rest.append(word)
    return [*front, *rest]
