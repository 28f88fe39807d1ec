"""What is shipped runs from an empty folder with a bare environment: the wheel, and the folder that needs no Python."""

from __future__ import annotations

import csv
import subprocess
import sys
import sysconfig
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.package

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "shipped"
FACILITIES = "code,name_lo,name_en,level,province_code,district_code\nH1003,ໂຮງໝໍ,Vang Vieng,DH,10,1003\n"
CLAIMS = "form_no,facility_code,care_type,visit_from\n17,H1003,OPD,2026-09-01\n"
MINUTE = 60


@dataclass
class Program:
    """A shipped program, started the way a stranger's PC would: nothing of this repository is in its reach."""

    command: list[str]
    place: Path

    def environment(self, user: str) -> dict[str, str]:
        """The few variables a user sets, and a home with nothing in it."""
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.place),
            "QT_QPA_PLATFORM": "offscreen",
            "CLAIMS_DESK_DB": str(self.place / "office.db"),
            "CLAIMS_DESK_USER": user,
            "CLAIMS_DESK_PASSWORD": f"{user} at Vang Vieng",
            "CLAIMS_DESK_NEW_PASSWORD": "clerk at Vang Vieng",
        }

    def run(self, *words: str, user: str = "admin") -> str:
        """Standard output of a command that must end well."""
        done = subprocess.run(
            [*self.command, *words],
            cwd=self.place,
            env=self.environment(user),
            capture_output=True,
            timeout=2 * MINUTE,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built now."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=5 * MINUTE)
    (built,) = place.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The wheel's command in an environment that has the program from the wheel and its libraries, no more."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    packages = next(home.glob("lib/python*/site-packages"))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    return [str(home / "bin" / "python"), "-m", "claims_desk"]


@pytest.fixture(scope="module")
def folder() -> list[str]:
    """The program of the folder, built now."""
    build = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", str(BUILD)]
    build += ["--workpath", str(BUILD / "work"), str(ROOT / "installer" / "claims_desk.spec")]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT, timeout=10 * MINUTE)
    return [str(BUILD / "claims-desk" / "claims-desk")]


@pytest.fixture(params=["installed", "folder"])
def program(request: pytest.FixtureRequest, tmp_path: Path) -> Program:
    """Each of the two in an empty folder."""
    place = tmp_path / "empty"
    place.mkdir()
    return Program(request.getfixturevalue(request.param), place)


def test_the_wheel_carries_all_that_the_program_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "claims_desk/resources/locale/lo/claims_desk.mo" in names
    assert "claims_desk/resources/fonts/NotoSansLao-Regular.ttf" in names
    assert any(name.startswith("claims_desk/migrations/versions/2026") for name in names)
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "claims_desk" / "resources").rglob("*.csv")}
    assert there <= names
    assert not [name for name in names if name.startswith(("tests/", "scripts/"))]


def test_a_claim_is_judged_from_an_empty_folder_and_the_window_opens(program: Program) -> None:
    program.run("init", "--office", "1003")
    (program.place / "facilities.csv").write_text(FACILITIES, encoding="utf-8")
    (program.place / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    program.run("import", "facilities", "facilities.csv")
    program.run("user", "add", "clerk", "--roles", "clerk")
    program.run("import", "claims", "claims.csv", user="clerk")
    program.run("adjudicate", "--out", "judged", user="clerk")
    with (program.place / "judged" / "results.csv").open(encoding="utf-8-sig") as stream:
        (result,) = csv.DictReader(stream)
    assert (result["form_no"], result["facility_code"]) == ("17", "H1003")
    findings = (program.place / "judged" / "findings.csv").read_text(encoding="utf-8-sig")
    assert any("\u0e80" < letter < "\u0eff" for letter in findings), "the findings are not told in Lao"
    assert stays_open(program)


def stays_open(program: Program) -> bool:
    """Whether the window stands for two seconds without a complaint."""
    complaints = program.place / "complaints.txt"
    with complaints.open("wb") as stream:
        window = subprocess.Popen(program.command, cwd=program.place, env=program.environment("admin"), stderr=stream)
        time.sleep(2)
        stands = window.poll() is None
        window.kill()
        window.wait()
    assert "Traceback" not in complaints.read_text()
    return stands
