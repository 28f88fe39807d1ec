"""The most memory this process has held."""

from __future__ import annotations

import sys


def peak_megabytes() -> int:
    """Megabytes of resident memory at the peak; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1_000_000 if sys.platform == "darwin" else 1_000)
