"""The door: the one place that reads the clock and the arguments. ``nakoming`` and ``python -m monitor`` come here."""

import sys
from datetime import UTC, datetime

from monitor.commands import run
from monitor.commands.door import Door


def clock() -> datetime:
    return datetime.now(UTC)


def main() -> None:
    sys.exit(run(sys.argv[1:], Door(clock=clock)))


if __name__ == "__main__":
    main()
