"""A stand-in for pydoc: no help is written here."""
import unittest


class Helper:
    def __init__(self, input=None, output=None):
        raise unittest.SkipTest("needs pydoc")


def __getattr__(name):
    raise unittest.SkipTest(f"needs pydoc.{name}") if not name.startswith("__") else AttributeError(name)
