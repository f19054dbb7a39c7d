"""Tests that every value object is frozen and small, and that the package offers what it names."""

import dataclasses
import importlib
import inspect
import pkgutil

import pytest

import backend.scoring

MODULES = [
    importlib.import_module(f"backend.scoring.{found.name}")
    for found in pkgutil.iter_modules(backend.scoring.__path__)
    if found.name != "__main__"
]
VALUE_OBJECTS = sorted(
    {
        found
        for module in MODULES
        for _, found in inspect.getmembers(module, inspect.isclass)
        if dataclasses.is_dataclass(found) and found.__module__.startswith("backend.scoring")
    },
    key=lambda found: found.__name__,
)


def test_all_value_objects_are_found() -> None:
    assert [found.__name__ for found in VALUE_OBJECTS] == [
        "Band", "Box", "Calendar", "Column", "Course", "Curve", "Dot", "EndLabel", "Ground", "Judged", "LineEnd",
        "Parameters", "Picture", "Point", "Scale", "Scored", "Trajectory",
    ]  # fmt: skip


@pytest.mark.parametrize("value_object", VALUE_OBJECTS)
def test_a_value_object_is_frozen_and_has_no_room_for_more(value_object: type) -> None:
    blank = object.__new__(value_object)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(blank, dataclasses.fields(value_object)[0].name, 1)
    assert not hasattr(blank, "__dict__")


def test_every_name_the_package_offers_is_there() -> None:
    assert [name for name in backend.scoring.__all__ if not hasattr(backend.scoring, name)] == []


def test_every_public_function_and_class_says_what_it_is() -> None:
    offered = [getattr(backend.scoring, name) for name in backend.scoring.__all__]
    assert [thing for thing in offered if callable(thing) and not inspect.getdoc(thing)] == []
