"""Holds who may do what and the proof of what was done: access, audit, logins, headers; no use case."""
