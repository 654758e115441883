"""Abstract base classes of containers; see _collections_abc.

    >>> from collections.abc import Iterable
    >>> isinstance([], Iterable)
    True
"""

from _collections_abc import *
from _collections_abc import __all__
from _collections_abc import _CallableGenericAlias
