"""Holds the real server that browser and durability tests talk to: a process of its own, to start, kill and restart."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.mould import Forked, Mould

ROOT = Path(__file__).parents[2]
STARTED_WITHIN, STOPPED_WITHIN = 120.0, 30.0  # seconds
PORTS = range(20_000, 32_000)  # below those that a system gives to connections
first = os.getpid() * 1_009 % len(PORTS)  # each test process begins elsewhere
untried: Iterator[int] = iter((*PORTS[first:], *PORTS[:first]))
INHERITED = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "VIRTUAL_ENV")


def free_port() -> int:
    """Gives a loopback port that nobody listens on; no connection is given it while its server is being restarted."""
    for port in untried:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is left")


@dataclass
class Server:
    """One `python -m backend.serve` on loopback, with its own folder; `environment` adds to its settings.

    `house` is the checkout that runs, such as a copy that a test has made into a newer version. With a mould it is
    forked from a process that has read the code of this one already, which spares most of the time of a start.
    """

    data: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | Forked | None = None
    house: Path = ROOT
    mould: Mould | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the server has printed so far, over all its starts."""
        return (self.data / "server.log").read_text(errors="replace")

    def start(self) -> Server:
        """Starts the process and comes back when it answers; raises RuntimeError with its log if it does not."""
        self.data.mkdir(parents=True, exist_ok=True)
        own = {"LINJEN_DATA": str(self.data), "HOST": "127.0.0.1", "PORT": str(self.port), "LINJEN_DEMO": "0"}
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self.process = self._launch(inherited | own | dict(self.environment), self.data / "server.log")
        self._wait_until_it_answers(self.process)
        return self

    def _launch(self, environment: dict[str, str], path: Path) -> subprocess.Popen[bytes] | Forked:
        with path.open("ab") as log:
            if self.mould:
                return self.mould.fork(environment, path)
            return subprocess.Popen(
                [sys.executable, "-m", "backend.serve"],
                cwd=self.house,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes] | Forked) -> None:
        deadline = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < deadline:
            if answers(f"{self.url}/healthz"):
                return
            try:
                process.wait(0.05)
                break
            except subprocess.TimeoutExpired:
                continue
        self.kill()
        raise RuntimeError(f"the server did not start:\n{self.log}")

    def stop(self) -> None:
        """Ends the process as an operator would, and waits for its end."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOPPED_WITHIN)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """Ends the process and its workers at once, as a power cut would."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(STOPPED_WITHIN)
        self.process = None


def answers(url: str) -> bool:
    """Says whether a server answers 200 at a URL within a second."""
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


StartServer = Callable[..., Server]


@pytest.fixture
def start_server(tmp_path: Path, mould: Mould) -> Iterator[StartServer]:
    """A function that starts one more server, `start_server(LINJEN_DEMO="1")`; without settings it has no agency."""
    started: list[Server] = []

    def start(**environment: str) -> Server:
        server = Server(tmp_path / f"server-{len(started) + 1}", environment, mould=mould)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def demo_data(mould: Mould, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server that loaded the demo agency and stopped; to be copied, not used."""
    server = Server(tmp_path_factory.mktemp("demo") / "data", {"LINJEN_DEMO": "1"}, mould=mould)
    server.start().stop()
    return server.data


@pytest.fixture(scope="module")
def live_server(demo_data: Path, mould: Mould, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo agency, shared by the tests of one file."""
    data = tmp_path_factory.mktemp("live") / "data"
    shutil.copytree(demo_data, data)
    server = Server(data, {"LINJEN_DEMO": "1"}, mould=mould).start()
    yield server
    server.stop()
