"""Figures, pure: counts become shares with their intervals, by exact rules; no rows and no words."""

from backend.figures.intervals import FiguresError, Share, percent, wilson

__all__ = ["FiguresError", "Share", "percent", "wilson"]
