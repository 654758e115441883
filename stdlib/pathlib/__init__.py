"""Paths as objects.

    >>> from pathlib import Path, PurePosixPath
    >>> p = PurePosixPath("/etc") / "init.d" / "apache2.conf"
    >>> p.parent, p.stem, p.suffix
    (PurePosixPath('/etc/init.d'), 'apache2', '.conf')
    >>> Path("/nowhere").exists()
    False

There are no Windows paths here.
"""

__all__ = ["UnsupportedOperation", "PurePath", "PurePosixPath", "Path", "PosixPath"]

from pathlib._pure import PurePath, PurePosixPath, UnsupportedOperation
from pathlib._local import Path, PosixPath
