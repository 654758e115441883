"""python -m unittest: the test program as a command."""

import sys

if sys.argv[0].endswith("__main__.py"):
    # The usage text shows what can be typed.
    import os.path
    executable = os.path.basename(sys.executable or "python")
    sys.argv[0] = executable + " -m unittest"
    del os

__unittest = True

from .main import main

main(module=None)
