"""Parsing the command line, running one command, and saying how it ended."""

import argparse
import json
import sys
import traceback
from collections.abc import Sequence

from .. import __version__
from ..errors import ArsenaalError, Cancelled
from .commands import COMMANDS, Command
from .console import Console

INTERRUPTED = 130


def parser() -> argparse.ArgumentParser:
    """The whole command line; ``--help`` of each command reads like a manual page."""
    root = argparse.ArgumentParser(
        prog="arsenaal",
        description="Heat, unsealing, hotspots and house visits for a city quarter.",
        epilog="A wijk is a folder with a wijk.toml. Begin with: arsenaal demo MAP, then arsenaal run MAP.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--version", action="version", version=f"arsenaal {__version__}")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        _add(commands, command)
    return root


def _add(commands: argparse._SubParsersAction, command: Command) -> None:
    entry = commands.add_parser(
        command.name,
        help=command.summary,
        description=f"{command.summary}\n\n{command.manual}".strip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.arguments(entry)
    entry.add_argument(
        "--json", action="store_true", help="print a machine-readable summary in place of text"
    )
    entry.add_argument(
        "-v", "--verbose", action="store_true", help="say more, and show where an error came from"
    )
    entry.set_defaults(run=command.run)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Arguments without the program's name; None takes the process' own.

    Returns:
        Exit code: 0 done, 1 the data or the request cannot be used, 2 wrong arguments, 3 QGIS is absent, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(
            errors="replace"
        )  # a Windows console that cannot show a sign must not stop the work
    args = parser().parse_args(argv)
    console = Console(quiet=args.json, verbose=args.verbose)
    try:
        outcome = args.run(args, console)
    except (KeyboardInterrupt, Cancelled):
        console.close()
        print("Stopped on request; nothing was changed.", file=sys.stderr)
        return INTERRUPTED
    except ArsenaalError as error:
        console.close()
        if args.verbose:
            traceback.print_exc()
        if args.json:
            print(
                json.dumps(
                    {"error": error.what, "where": error.where, "todo": error.todo}, ensure_ascii=False
                )
            )
        else:
            print(f"Error: {error.what}", file=sys.stderr)
            print(
                *(
                    f"  {label}: {text}"
                    for label, text in (("where", error.where), ("do", error.todo))
                    if text
                ),
                sep="\n",
                file=sys.stderr,
            )
        return getattr(error, "exit_code", 1)
    console.close()
    if args.json:
        print(json.dumps(outcome.summary, ensure_ascii=False, indent=2, default=str))
    else:
        print("\n".join(outcome.lines))
    return outcome.code
