"""Run a command; when it ends, say how long it took and how much memory it held at once with all it started.

    python scripts/peak.py COMMAND...

Ends with the command's own exit code. Memory is looked at five times a second, shared pages counted in each process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

POLL_SECONDS = 0.2


def resident_kib(root: int) -> int:
    """Memory now held by process `root` and all below it, in KiB; 0 where /proc does not tell."""
    held: dict[int, int] = {}
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            held[int(folder.name)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE") // 1024
            parents[int(folder.name)] = int(fields[1])
        except (OSError, IndexError):
            continue
    return sum(size for process, size in held.items() if _stands_below(process, root, parents))


def _stands_below(process: int, root: int, parents: dict[int, int]) -> bool:
    while process and process != root:
        process = parents.get(process, 0)
    return process == root


class Watch:
    """Looks at a process tree until told to stop; `peak` is the most it held at one look, in KiB."""

    def __init__(self, root: int) -> None:
        self.peak = 0
        self._root = root
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(POLL_SECONDS):
            self.peak = max(self.peak, resident_kib(self._root))


def _waited(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait()
    except KeyboardInterrupt:  # the command got it too, and answers it in its own way
        return process.wait()


def main(arguments: list[str]) -> int:
    """Run `arguments` and print one line about time and memory."""
    began = time.monotonic()
    with subprocess.Popen(arguments) as process:
        watch = Watch(process.pid)
        code = _waited(process)
        watch.stop()
    seconds = time.monotonic() - began
    print(f"{seconds:.1f} s, peak memory {watch.peak / 1024:.0f} MB (all processes together)", flush=True)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
