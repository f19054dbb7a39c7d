"""Holds the demo agency: invented families by seed, and how they are stored; no use case and no screen."""

from backend.demo.agency import seed, seed_demo
from backend.demo.caseload import Plan, families
from backend.demo.loading import load
from backend.demo.rows import Crew
from backend.demo.staff import PIN, DemoLogin, logins

__all__ = ["PIN", "Crew", "DemoLogin", "Plan", "families", "load", "logins", "seed", "seed_demo"]
