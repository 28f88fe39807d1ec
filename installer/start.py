"""Where the shipped program begins; without words after its name it opens the window."""

from __future__ import annotations

import sys

from claims_desk.__main__ import main

sys.exit(main())
