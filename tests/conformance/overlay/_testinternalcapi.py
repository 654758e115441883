"""A stand-in for _testinternalcapi: what it tells is CPython's own business."""
import unittest


def has_inline_values(obj):
    raise unittest.SkipTest("CPython's object layout")


def get_config():
    return {}


def hamt():
    raise unittest.SkipTest("CPython's trie as an object of its own")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise unittest.SkipTest(f"needs _testinternalcapi.{name}")
