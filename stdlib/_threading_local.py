"""The same class as threading.local, under the name that programs of old import."""

__all__ = ["local"]

from _thread import _local as local
