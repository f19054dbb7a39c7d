"""Holds the invented names of the demo: plants for families, first names for people; no full name of anybody."""

from __future__ import annotations

from typing import Final

_PLANTS = """
Ahorn Anemone Bellis Birkelund Blåklokke Brombær Bøgeskov Egekrat Engblomme Enebær Fyrretræ Gyvel Hassel Havtorn
Hyben Hyld Iris Kastanje Kløver Kornblomst Lavendel Lind Lyng Lærkespore Mjødurt Mos Myrte Okseøje Perikon Pil
Primula Ranunkel Rønnebær Skovmærke Strandkål Syren Valmue
"""
_GROWN_UPS = """
Ali Amina Anders Birgit Camilla Dorte Emil Fatima Freja Hanne Henrik Ibrahim Ida Jesper Karim Kasper Katrine Lars
Leila Lone Mads Majbritt Mette Mikkel Nadia Niels Pernille Rasmus Rikke Samir Sanne Signe Simon Søren Tina Tomasz
Trine Yusuf
"""
_CHILDREN = """
Adam Agnes Alma Amir Anton Asta Aya Bertram Carl Clara Elias Ella Emma Felix Filip Frida Gustav Hassan Isak Johan
Josefine Karla Laura Liv Lucas Luna Magnus Malthe Nora Olivia Oscar Oskar Sofia Storm Theo Vera Victor William
Yasmin Zoe
"""

PLANTS: Final = tuple(_PLANTS.split())
GROWN_UPS: Final = tuple(_GROWN_UPS.split())
CHILDREN: Final = tuple(_CHILDREN.split())
