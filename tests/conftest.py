"""Holds how the whole suite runs; what tests may ask for is in tests/support, one noun a file."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = (
    "tests.support.databases",
    "tests.support.apps",
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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps the browser tests of one file in one process, so that they share its servers and browsers."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if "webkit" in names:
            item.add_marker(pytest.mark.xdist_group("webkit"))
        elif names & {"chromium", "live_server"}:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails a run in which anything was skipped: what was not tested did not pass."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
