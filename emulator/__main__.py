"""Run the emulator as a program: `python -m emulator --port 8081`."""

import argparse
import asyncio
import signal
import sys

from emulator.api import Emulator
from emulator.clock import Clock, SystemClock, VirtualClock
from emulator.coverage import coverage_table
from emulator.server import EmulatorServer


def arguments() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(
        prog="emulator", description="A Telegram Bot API on this machine."
    )
    parser.add_argument(
        "--port", type=int, default=8081, help="TCP port on 127.0.0.1; 0 takes a free one"
    )
    parser.add_argument(
        "--token", action="append", default=[], help="register a bot; may be repeated"
    )
    parser.add_argument("--seed", type=int, default=0, help="decides everything that looks random")
    parser.add_argument("--limits", action="store_true", help="enforce Telegram's sending rates")
    parser.add_argument(
        "--start",
        type=float,
        help="unix second at which a clock starts that only /sim/clock/advance moves",
    )
    parser.add_argument(
        "--coverage", action="store_true", help="print which methods work and leave"
    )
    return parser


async def serve(options: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    clock: Clock = SystemClock() if options.start is None else VirtualClock(options.start)
    emulator = Emulator(clock=clock, seed=options.seed)
    emulator.limits.enabled = options.limits
    for number, token in enumerate(options.token, start=1):
        emulator.add_bot(f"Bot {number}", f"emulated_{number}_bot", token=token)
    ended = asyncio.Event()
    for end in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(end, ended.set)
    async with EmulatorServer(emulator, port=options.port) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await ended.wait()


def main() -> None:
    """Run the command line."""
    options = arguments().parse_args()
    if options.coverage:
        sys.stdout.write(coverage_table())
        return
    asyncio.run(serve(options))


if __name__ == "__main__":
    main()
