"""Compile the texts before a wheel is packed or the tree is installed, so that no shipped program lacks its Lao."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTexts(BuildHookInterface[Any]):
    """Writes `claims_desk.mo` into the tree; the wheel takes it along as an artifact."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, before any file is collected. Raises TextFault where a translation is wrong."""
        scripts = Path(self.root) / "scripts"
        sys.path.insert(0, str(scripts))
        from compile_texts import compile_texts  # the build runs this file alone, without its folder on the path

        compile_texts(Path(self.root) / "claims_desk" / "resources" / "locale" / "lo")
