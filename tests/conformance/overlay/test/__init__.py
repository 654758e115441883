"""The staged package of test files.  unittest.mock is not part of Skein; a small stand-in is."""
import sys

try:
    import unittest.mock
except ImportError:
    import _mock
    sys.modules["unittest.mock"] = sys.modules["unittest"].mock = _mock
