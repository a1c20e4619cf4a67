"""Run every bench/bench_<topic>.py and print its rows; `python -m bench heat` runs one topic."""

import importlib
import sys
from pathlib import Path


def main(topics):
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        topic = path.stem.removeprefix("bench_")
        if topics and topic not in topics:
            continue
        print(f"\n== {topic}")
        for row in importlib.import_module(f"bench.{path.stem}").run():
            values = row.items() if isinstance(row, dict) else enumerate(row)
            print(
                "  ".join(f"{key}: {value}" if isinstance(key, str) else str(value) for key, value in values)
            )


if __name__ == "__main__":
    main(sys.argv[1:])
