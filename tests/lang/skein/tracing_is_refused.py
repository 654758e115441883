# What this interpreter can't trace it says so.
import faulthandler, io, tracemalloc
print(tracemalloc.is_tracing(), tracemalloc.get_object_traceback(1), faulthandler.is_enabled())     # -> False None False
tracemalloc.start()             # raises NotImplementedError: tracemalloc.start(): this interpreter can't trace memory allocations
tracemalloc.take_snapshot()     # raises RuntimeError: the tracemalloc module must be tracing memory allocations to take a snapshot
faulthandler.enable()           # raises NotImplementedError: faulthandler.enable(): this interpreter has no handler for fatal errors
out = io.StringIO()
def where(): faulthandler.dump_traceback(out, all_threads=False)
where()
print(out.getvalue().splitlines()[0], out.getvalue().splitlines()[1].endswith(" in where"))     # -> Stack (most recent call first): True
