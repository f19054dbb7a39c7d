"""Holds the demo agency: invented families by seed, and how they are stored; no use case and no screen."""

from backend.demo.caseload import Plan, families
from backend.demo.rows import Crew, load
from backend.demo.seed import seed_agency, seed_demo
from backend.demo.staff import PIN, DemoLogin, logins

__all__ = ["PIN", "Crew", "DemoLogin", "Plan", "families", "load", "logins", "seed_agency", "seed_demo"]
