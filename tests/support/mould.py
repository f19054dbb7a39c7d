"""Holds a process that has read the server's code once, and forks each server from itself; it serves nothing itself.

Run as a program it takes its orders from a socket, each with a pipe whose other end closes when that server is gone.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LARGEST = 65_536  # bytes of one order


@dataclass
class Forked:
    """A server that was forked; it can be waited for as a subprocess.Popen can."""

    pid: int
    alive: int

    def wait(self, timeout: float) -> None:
        """Waits until the server and its workers are gone; raises subprocess.TimeoutExpired."""
        if self.alive >= 0:
            if not select.select([self.alive], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("a forked server", timeout)
            os.close(self.alive)
            self.alive = -1

    def send_signal(self, number: int) -> None:
        """Sends a signal to the server, unless it is gone."""
        if self.alive >= 0 and not select.select([self.alive], [], [], 0)[0]:
            os.kill(self.pid, number)


@dataclass(frozen=True)
class Mould:
    """The way to the process that forks."""

    orders: socket.socket

    def fork(self, environment: dict[str, str], log: Path) -> Forked:
        """Starts one server that writes to a log."""
        alive, held = os.pipe()
        order = json.dumps({"environment": environment, "log": str(log)}).encode()
        socket.send_fds(self.orders, [order], [held])
        os.close(held)
        return Forked(int(self.orders.recv(LARGEST)), alive)


@contextmanager
def a_mould() -> Iterator[Mould]:
    """Starts the process that forks, and ends it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.support.mould", str(theirs.fileno())]
    with ours, subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()]) as process:
        theirs.close()
        yield Mould(ours)
        ours.close()
        process.wait()


@pytest.fixture(scope="session")
def mould() -> Iterator[Mould]:
    """The process that forks the servers of this test process."""
    with a_mould() as found:
        yield found


def read_the_code() -> None:
    """Imports all that a server imports when it starts, and so runs nothing of it."""
    for name in ("api", "commands", "pages", "telling", "serve"):
        import_module(f"backend.{name}")
    for name in ("gunicorn.workers.gthread", "sqlalchemy.dialects.postgresql.psycopg", "psycopg"):
        import_module(name)


def become(order: Mapping[str, Any]) -> None:
    """Makes this process what `python -m backend.serve` would be: its session, environment, log and arguments."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(order["environment"])
    for path, flags, number in ((os.devnull, os.O_RDONLY, 0), (order["log"], os.O_WRONLY | os.O_APPEND, 1)):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    os.dup2(1, 2)
    sys.argv[:] = ["backend.serve"]


def main() -> object:
    """Forks a server for each order, until nobody gives orders any more."""
    read_the_code()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody needs to reap a server that is gone
    with socket.socket(fileno=int(sys.argv[1])) as orders:
        while (received := socket.recv_fds(orders, LARGEST, 1))[0]:
            if os.fork() == 0:
                become(json.loads(received[0]))
                orders.send(str(os.getpid()).encode())
                orders.close()
                return import_module("backend.serve").main()
            os.close(received[1][0])
    return None


if __name__ == "__main__":
    main()
