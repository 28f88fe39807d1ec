"""`claims-desk demo`: the whole job on an invented province, and the papers it leaves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import typer
from rich.console import Console

from claims_desk.commands.console import tell, warn
from claims_desk.demo import staff
from claims_desk.domain.dates import office_today
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say, tr

OFFICE = "1000"  # the provincial office of Vientiane Province


def demo(
    folder: Path = typer.Option(..., "--dir", help=tr("Where the database and the papers go.")),
    claims: int = typer.Option(3_000, min=20, help=tr("How many claims.")),
    seed: int = typer.Option(1, help=tr("The same seed makes the same province.")),
    no_window: bool = typer.Option(False, "--no-window", help=tr("Do not open the window at the end.")),
) -> None:
    """Do the whole job on a fresh demo database and leave its papers in DIR."""
    started = monotonic()
    path = _fresh_database(folder)
    _work(path, folder, claims, seed, started)
    _pictures(path, folder / "screenshots")
    tell(
        tr(
            "Sign in as {names}; the password of all is “{password}”.",
            names=", ".join([*staff.ROLES, staff.ADMINISTRATOR]),
            password=staff.PASSWORD,
        )
    )
    tell(tr("Open its window any time: {program} --db {path}", program=program_called(), path=path))
    if not no_window and _has_screen():
        from claims_desk.app import run_window

        raise typer.Exit(run_window(f"sqlite:///{path}"))


def program_called() -> str:
    """How this program is called from here: by its own path where its folder is not searched for programs."""
    called = Path(sys.argv[0])
    return "claims-desk" if shutil.which("claims-desk") or called.stem != "claims-desk" else str(called)


def _fresh_database(folder: Path) -> Path:
    """The demo's own file, without what an earlier demo left; nothing else in the folder is touched."""
    path = folder / "demo.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder / "demo.db.scans", ignore_errors=True)
        for left in folder.glob("demo.db*"):
            left.unlink()
    except OSError as error:
        raise UserError(
            say("The demo cannot write into {folder}.", folder=folder),
            say("Close the demo's window, or name another folder with --dir."),
        ) from error
    return path


def _work(path: Path, folder: Path, claims: int, seed: int, started: float) -> None:
    from claims_desk.demo.office_day import work_through
    from claims_desk.demo.papers import print_papers
    from claims_desk.demo.summary import print_summary
    from claims_desk.demo.world import write_world
    from claims_desk.models.database import Database
    from claims_desk.services.office import set_up_office

    def step(name: str) -> None:
        tell(f"{monotonic() - started:6.1f} s  {name}")

    db = Database.open(str(path))
    set_up_office(db, office=OFFICE, administrator=staff.ADMINISTRATOR, password=staff.PASSWORD, demo=True)
    people = staff.hire(db)
    today = office_today()
    with TemporaryDirectory() as scratch:
        step(tr("an invented province: 50,000 members, tariffs, paper"))
        world = write_world(Path(scratch), claims=claims, seed=seed)
        day = work_through(db, people, world, today, step)
    step(tr("papers"))
    papers = print_papers(db, day, folder, today, people.dao.name)
    step(tr("done"))
    print_summary(Console(), db, day, papers)
    db.close()


def _pictures(path: Path, folder: Path) -> None:
    """Pictures of every pane, taken by a process of its own that needs no screen."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "claims_desk"]
    command = [*own, "--db", f"sqlite:///{path}", "pictures", "--dir", str(folder)]
    done = subprocess.run(command, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, check=False)  # noqa: S603
    if done.returncode:
        warn(tr("The pictures of the panes could not be taken."))


def _has_screen() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
