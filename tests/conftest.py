"""Holds how the whole suite runs; what tests may ask for is in tests/support, one noun a file."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = (
    "tests.support.databases",
    "tests.support.standing",
    "tests.support.apps",
    "tests.support.mould",
    "tests.support.servers",
    "tests.support.chromium",
    "tests.support.webkit",
)

settings.register_profile(
    "linjen",
    deadline=None,  # the cores are slow and shared
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("linjen")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Keeps the browser tests of one file in one process, so that they share its servers and browsers.

    What takes longest comes first, then those files, so that no process is left with much when the others are done.
    """
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if "webkit" in names:
            item.add_marker(pytest.mark.xdist_group("webkit"))
        elif names & {"chromium", "live_server"}:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    yield
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("heavy", "xdist_group")])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails a run in which anything was skipped: what was not tested did not pass."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
