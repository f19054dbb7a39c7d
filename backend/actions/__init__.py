"""Holds the use cases: one verb a function, one transaction, one audit entry; no HTTP and no HTML."""
