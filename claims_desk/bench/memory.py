"""The most memory this process has held."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_megabytes() -> int:
    """Megabytes of resident memory at the peak; 0 where the system does not tell."""
    if _STATUS.exists():  # what `getrusage` tells of a started process counts the one that started it
        return int(re.findall(r"VmHWM:\s+(\d+) kB", _STATUS.read_text())[0]) // 1_000
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1_000_000 if sys.platform == "darwin" else 1_000)
