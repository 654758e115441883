"""`except Exception` also catches groups; asking for the group first tells its members apart.

The coroutines never wait for anything, so a plain send() runs them: no event loop is needed.
"""


class log:
    @staticmethod
    def error(text):
        print(text)


async def taskgroup_operation(error):
    raise error


async def old(error):
    # This existing code now catches ExceptionGroups too
    try:
        await taskgroup_operation(error)
    except Exception as e:
        log.error(f"Failed: {e}")  # Logs the group, not individual errors


async def new(error):
    try:
        await taskgroup_operation(error)
    except ExceptionGroup as eg:
        for exc in eg.exceptions:
            log.error(f"Failed: {exc}")
    except Exception as e:
        log.error(f"Failed: {e}")


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


group = ExceptionGroup("unhandled errors in a TaskGroup", [ValueError("first"), OSError("second")])
run(old(group))
run(new(group))
run(new(RuntimeError("just one")))
