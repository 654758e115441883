"""The text about an exception that ended a thread; called by _thread._excepthook()."""

import sys
from _thread import get_ident


def report(args):
    """Print it on sys.stderr, or on what that was when the thread was made."""
    if args.exc_type == SystemExit:
        return
    thread = args.thread
    stderr = sys.stderr
    if stderr is None:
        stderr = thread._stderr if thread is not None else None
        if stderr is None:
            return
    name = thread.name if thread is not None else get_ident()
    print(f"Exception in thread {name}:", file=stderr, flush=True)
    from traceback import print_exception
    print_exception(args.exc_type, args.exc_value, args.exc_traceback, file=stderr)
    stderr.flush()
