"""A context manager that swallows a group when every leaf of it is transient."""


class TransientError(Exception):
    pass


class ManagedResource:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        if isinstance(exc_val, ExceptionGroup):
            # Can inspect, filter, or suppress
            _, remaining = exc_val.split(TransientError)
            if remaining is None:
                return True  # Suppress all (only transient errors)
        return False


with ManagedResource():
    raise ExceptionGroup("all transient", [TransientError("a"), ExceptionGroup("deep", [TransientError("b")])])
print("suppressed")

try:
    with ManagedResource():
        raise ExceptionGroup("mixed", [TransientError("a"), ValueError("lasting")])
except* ValueError as eg:
    print("lasting:", repr(eg))
except* TransientError as eg:
    print("transient:", repr(eg))
