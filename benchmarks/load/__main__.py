"""``python -m benchmarks.load writers | kill | fuzz``; each says more with ``--help``."""

from __future__ import annotations

import sys
from importlib import import_module

COMMANDS = ("writers", "kill", "fuzz")


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(f"python -m benchmarks.load {' | '.join(COMMANDS)}", file=sys.stderr)
        return 2
    status: int = import_module(f"benchmarks.load.{sys.argv[1]}").main(sys.argv[2:])
    return status


if __name__ == "__main__":
    sys.exit(main())
