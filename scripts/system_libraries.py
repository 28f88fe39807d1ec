"""See to it that Qt finds the system libraries it needs on Linux.

    python scripts/system_libraries.py

Root on Debian or Ubuntu: installs the missing packages. Anybody else: one sentence that names the command. Nothing is
missing: silent.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

# What the window, its platforms (xcb, wayland, offscreen) and its fonts link to, and the Debian package of each.
PACKAGES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
NEEDED_MODULES: Final = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport")
PLUGINS: Final = ("platforms/libqxcb.so", "platforms/libqoffscreen.so")


def linked_files(qt: Path) -> list[Path]:
    """The files of PySide6 that the program loads: its modules and the platforms of its window."""
    modules = [qt / f"{name}.abi3.so" for name in NEEDED_MODULES]
    plugins = [qt / "Qt" / "plugins" / name for name in PLUGINS]
    return [path for path in modules + plugins if path.exists()]


def missing_in(ldd_output: str) -> set[str]:
    """The libraries that `ldd` did not find."""
    return set(re.findall(r"^\s*(\S+) => not found", ldd_output, re.MULTILINE))


def missing_libraries(files: Iterable[Path]) -> set[str]:
    """The system libraries that `files` need and this machine lacks."""
    missing: set[str] = set()
    for path in files:
        seen = subprocess.run(["ldd", str(path)], capture_output=True, text=True, check=False)
        missing |= missing_in(seen.stdout)
    return missing


def packages_for(libraries: Iterable[str]) -> list[str]:
    """Debian's packages that hold `libraries`."""
    return sorted({PACKAGES[name] for name in libraries if name in PACKAGES})


def advice(libraries: set[str]) -> str:
    """The one sentence for somebody who is not root, or whose system is not Debian's."""
    named = ", ".join(sorted(libraries))
    packages = packages_for(libraries)
    if not packages:
        return f"The window needs these system libraries, which are missing: {named}. Install them and try again."
    command = f"sudo apt-get install {' '.join(packages)}"
    if shutil.which("apt-get"):
        return f"The window needs system libraries that are missing ({named}): run “{command}” and try again."
    return f"The window needs these system libraries: {named}. Install them (on Debian: {command}) and try again."


def install(packages: list[str]) -> bool:
    """Have apt-get install `packages`; False where it could not."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing system libraries for the window: {' '.join(packages)}", flush=True)
    commands = (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages])
    return all(
        subprocess.run(["apt-get", *words], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for words in commands
    )


def main() -> int:
    """0 where Qt's libraries are all there, or are now; otherwise one sentence and 1."""
    spec = find_spec("PySide6")
    if not sys.platform.startswith("linux") or spec is None or spec.origin is None or not shutil.which("ldd"):
        return 0
    files = linked_files(Path(spec.origin).parent)
    missing = missing_libraries(files)
    packages = packages_for(missing)
    if packages and os.geteuid() == 0 and shutil.which("apt-get") and install(packages):
        missing = missing_libraries(files)
    if missing:
        print(advice(missing), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
