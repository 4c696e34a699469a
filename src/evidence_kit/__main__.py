"""``python -m evidence_kit``: the same door as the console script."""

from __future__ import annotations

from evidence_kit.cli.main import main

if __name__ == "__main__":
    main()
