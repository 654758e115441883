"""BaseEventLoop: a native engine with the manners of asyncio's event loop.

The engine (`_tasks.Loop`, attribute `_engine`) keeps the ready queue and the timers and runs the steps of tasks; here
is what programs see of it: the debug checks, the exception handler, executors, the care for asynchronous generators.
Networking comes with selector_events.BaseSelectorEventLoop.
"""

__all__ = ("BaseEventLoop", "Server")

import sys

import _tasks
from _tasks import spawn as _spawn
from _weakref import ref

from . import coroutines, events, futures, tasks
from .coroutines import _CoroutineType
from .log import logger

_get_ident = None       # of _thread, when debug mode needs it


def __getattr__(name):
    if name == "Server":
        from ._net import Server
        return Server
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _format_handle(handle):
    owner = getattr(getattr(handle, "_callback", None), "__self__", None)
    return repr(owner) if isinstance(owner, tasks.Task) else str(handle)


def _run_until_complete_cb(fut):
    if not fut.cancelled() and isinstance(fut.exception(), (SystemExit, KeyboardInterrupt)):
        return      # it is leaving the loop by itself already
    futures._get_loop(fut).stop()


class _AsyncGens:
    """The started asynchronous generators of a loop, in the order they were started; none is kept alive by this."""

    def __init__(self):
        self._refs = {}

    def add(self, agen):
        key, refs = id(agen), self._refs
        refs[key] = ref(agen, lambda _: refs.pop(key, None))

    def discard(self, agen):
        self._refs.pop(id(agen), None)

    def take_all(self):
        found = [agen for r in self._refs.values() if (agen := r()) is not None]
        self._refs.clear()
        return found

    def __len__(self):
        return len(self._refs)


class BaseEventLoop(events.AbstractEventLoop):

    _engine = None
    _default_executor = None
    _executor_shutdown_called = False
    _exception_handler = None
    _task_factory = None
    _asyncgens_shutdown_called = False
    _old_agen_hooks = None
    _origin_depth = None        # sys.get_coroutine_origin_tracking_depth() before debug mode changed it
    _thread_id = None
    slow_callback_duration = 0.1

    def __init__(self, *, _engine=None):
        self._engine = _tasks.Loop("asyncio") if _engine is None else _engine
        self._engine.owner = self
        self._engine.exception_hook = self._on_engine_error
        self._engine.plain_create_task = BaseEventLoop.create_task      # asyncio.create_task() needn't call it then
        self._asyncgens = _AsyncGens()
        self._debug = False
        self.set_debug(coroutines._is_debug_mode())

    def __repr__(self):
        return (f"<{type(self).__name__} running={self.is_running()} closed={self.is_closed()} "
                f"debug={self.get_debug()}>")

    # -- Running ------------------------------------------------------------------------------------------------------

    def _check_closed(self):
        if self._engine.is_closed():
            raise RuntimeError("Event loop is closed")

    def _check_running(self):
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if events._get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def _run_forever_setup(self):
        self._check_closed()
        self._check_running()
        self._set_coroutine_origin_tracking(self._debug)
        if self._debug:
            self._thread_id = _ident()
        self._old_agen_hooks = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook)

    def _run_forever_cleanup(self):
        self._thread_id = None
        self._set_coroutine_origin_tracking(False)
        hooks, self._old_agen_hooks = self._old_agen_hooks, None
        if hooks is not None:
            sys.set_asyncgen_hooks(firstiter=hooks.firstiter, finalizer=hooks.finalizer)

    def run_forever(self):
        self._run_forever_setup()
        try:
            self._engine.run()
        finally:
            self._run_forever_cleanup()

    def run_until_complete(self, future):
        """Runs until the future, or the task for the coroutine, is done; its result or error is ours."""
        self._check_closed()
        self._check_running()
        made_here = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if made_here:
            future._log_destroy_pending = False     # if the loop is stopped early it is we who report
        future.add_done_callback(_run_until_complete_cb)
        try:
            self.run_forever()
        except:
            if made_here and future.done() and not future.cancelled():
                future.exception()                  # it is in flight already: nobody needs to hear of it again
            raise
        finally:
            future.remove_done_callback(_run_until_complete_cb)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def _run_once(self):
        """One pass of the ready queue."""
        self._engine.stop()
        self._engine.run()

    def stop(self):
        self._engine.stop()

    def close(self):
        """Drops all callbacks; the default executor is shut down without waiting. A second call does nothing."""
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        if self._debug:
            logger.debug("Close %r", self)
        self._engine.close()
        self._executor_shutdown_called = True
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    def is_closed(self):
        return self._engine.is_closed()

    def is_running(self):
        return self._engine.is_running()

    def __del__(self):
        engine = self._engine
        if engine is not None and not engine.is_closed():
            from warnings import warn
            warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
            if not engine.is_running():
                self.close()

    # -- Callbacks ----------------------------------------------------------------------------------------------------

    def time(self):
        return self._engine.time()

    def call_soon(self, callback, *args, context=None):
        if self._debug:
            self._check_call(callback, "call_soon")
            return _from_caller(self._engine.call_soon(callback, *args, context=context))
        return self._engine.call_soon(callback, *args, context=context)

    def call_soon_threadsafe(self, callback, *args, context=None):
        if self._debug:
            self._check_callback(callback, "call_soon_threadsafe")
            return _from_caller(self._engine.call_soon_threadsafe(callback, *args, context=context))
        return self._engine.call_soon_threadsafe(callback, *args, context=context)

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        timer = self.call_at(self.time() + delay, callback, *args, context=context)
        return _from_caller(timer) if self._debug else timer

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        if self._debug:
            self._check_call(callback, "call_at")
            return _from_caller(self._engine.call_at(when, callback, *args, context=context))
        return self._engine.call_at(when, callback, *args, context=context)

    def _check_call(self, callback, method):
        self._check_closed()
        self._check_thread()
        self._check_callback(callback, method)

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f"a callable object was expected by {method}(), got {callback!r}")

    def _check_thread(self):
        if self._thread_id is not None and self._thread_id != _ident():
            raise RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one")

    def _timer_handle_cancelled(self, handle):
        """The engine forgets a cancelled timer by itself."""

    # -- Futures and tasks --------------------------------------------------------------------------------------------

    def create_future(self):
        return self._engine.create_future()

    def create_task(self, coro, *, name=None, context=None):
        factory = self._task_factory
        if factory is None:
            if type(coro) is _CoroutineType and not self._debug and (name is None or type(name) is str):
                return _spawn(self._engine, coro, None, None, name, context)     # the common case, without ceremony
            self._check_closed()
            task = tasks.Task(coro, loop=self, name=name, context=context)
            return _from_caller(task) if self._debug else task
        self._check_closed()
        # A factory may be older than the parameter context.
        task = factory(self, coro) if context is None else factory(self, coro, context=context)
        if name is not None:
            task.set_name(name)
        return task

    def set_task_factory(self, factory):
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory
        self._engine.plain_create_task = BaseEventLoop.create_task if factory is None else None

    def get_task_factory(self):
        return self._task_factory

    # -- Asynchronous generators --------------------------------------------------------------------------------------

    def _asyncgen_firstiter_hook(self, agen):
        if self._asyncgens_shutdown_called:
            from warnings import warn
            warn(f"asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call",
                 ResourceWarning, source=self)
        self._asyncgens.add(agen)

    def _asyncgen_finalizer_hook(self, agen):
        self._asyncgens.discard(agen)
        if not self.is_closed():
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        """Closes all asynchronous generators that are suspended somewhere."""
        self._asyncgens_shutdown_called = True
        closing = self._asyncgens.take_all()
        if not closing:
            return
        results = await tasks.gather(*[agen.aclose() for agen in closing], return_exceptions=True)
        for result, agen in zip(results, closing):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    "message": f"an error occurred during closing of asynchronous generator {agen!r}",
                    "exception": result,
                    "asyncgen": agen,
                })

    # -- Executors ----------------------------------------------------------------------------------------------------

    def _check_default_executor(self):
        if self._executor_shutdown_called:
            raise RuntimeError("Executor shutdown has been called")

    def run_in_executor(self, executor, func, *args):
        """A future for func(*args), called in a thread of the executor; None is the default one, made when needed."""
        self._check_closed()
        if self._debug:
            self._check_callback(func, "run_in_executor")
        if executor is None:
            executor = self._default_executor
            self._check_default_executor()
            if executor is None:
                from concurrent.futures import ThreadPoolExecutor
                executor = self._default_executor = ThreadPoolExecutor(thread_name_prefix="asyncio")
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        from concurrent.futures import ThreadPoolExecutor
        if not isinstance(executor, ThreadPoolExecutor):
            raise TypeError("executor must be ThreadPoolExecutor instance")
        self._default_executor = executor

    async def shutdown_default_executor(self, timeout=None):
        """Waits until the default executor's threads have ended, at most timeout seconds."""
        self._executor_shutdown_called = True
        executor = self._default_executor
        if executor is None:
            return
        import threading
        from .timeouts import timeout as limit
        ended = self.create_future()
        thread = threading.Thread(target=self._do_shutdown, args=(ended,))
        thread.start()
        try:
            async with limit(timeout):
                await ended
        except TimeoutError:
            from warnings import warn
            warn(f"The executor did not finishing joining its threads within {timeout} seconds.",
                 RuntimeWarning, stacklevel=2)
            executor.shutdown(wait=False)
        else:
            thread.join()

    def _do_shutdown(self, future):
        """In a thread of its own: joins the executor's threads."""
        try:
            self._default_executor.shutdown(wait=True)
            if not self.is_closed():
                self.call_soon_threadsafe(futures._set_result_unless_cancelled, future, None)
        except Exception as exc:
            if not self.is_closed() and not future.cancelled():
                self.call_soon_threadsafe(future.set_exception, exc)

    # -- Errors that nobody else can get ------------------------------------------------------------------------------

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Writes the context to the log."""
        message = context.get("message") or "Unhandled exception in event loop"
        error = context.get("exception")
        exc_info = False if error is None else (type(error), error, error.__traceback__)
        lines = [message]
        for key in sorted(context):
            if key in ("message", "exception"):
                continue
            value = context[key]
            if key == "source_traceback":
                value = f"Object created at (most recent call last):\n{_stack_text(value)}"
            elif key == "handle_traceback":
                value = f"Handle created at (most recent call last):\n{_stack_text(value)}"
            else:
                value = repr(value)
            lines.append(f"{key}: {value}")
        logger.error("\n".join(lines), exc_info=exc_info)

    def call_exception_handler(self, context):
        """Tells the exception handler; no error of a handler gets out of here."""
        if self._exception_handler is None:
            self._call_default_handler(context, "Exception in default exception handler")
            return
        try:
            about = next((context[key] for key in ("task", "future", "handle") if context.get(key) is not None), None)
            ctx = about.get_context() if hasattr(about, "get_context") else None
            if ctx is not None and hasattr(ctx, "run"):
                ctx.run(self._exception_handler, self, context)
            else:
                self._exception_handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._call_default_handler(
                {"message": "Unhandled error in exception handler", "exception": exc, "context": context},
                "Exception in default exception handler while handling an unexpected error in custom exception handler")

    def _call_default_handler(self, context, failure):
        try:
            self.default_exception_handler(context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            logger.error(failure, exc_info=True)

    def _on_engine_error(self, context):
        """The engine tells of an error. A handler sees what a callback raised as the exception that is being handled."""
        error = context.get("exception")
        if "handle" not in context or error is None:
            self.call_exception_handler(context)
            return
        traceback = error.__traceback__
        try:
            raise error
        except BaseException:
            error.__traceback__ = traceback
            self.call_exception_handler(context)

    # -- Debug mode ---------------------------------------------------------------------------------------------------

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled
        self._engine.debug = bool(enabled)
        if self.is_running():
            self.call_soon_threadsafe(self._set_coroutine_origin_tracking, enabled)

    def _report_slow(self, entry, seconds):
        """The engine's debug mode: one callback, or one step of a task, kept all others waiting."""
        logger.warning("Executing %s took %.3f seconds", _format_handle(entry), seconds)

    def _set_coroutine_origin_tracking(self, enabled):
        if bool(enabled) == (self._origin_depth is not None):
            return
        if enabled:
            from .constants import DEBUG_STACK_DEPTH
            self._origin_depth = sys.get_coroutine_origin_tracking_depth()
            sys.set_coroutine_origin_tracking_depth(DEBUG_STACK_DEPTH)
        else:
            sys.set_coroutine_origin_tracking_depth(self._origin_depth)
            self._origin_depth = None


def _ident():
    global _get_ident
    if _get_ident is None:
        try:
            from _thread import get_ident as _get_ident
        except ImportError:     # built without threads
            def _get_ident():
                return 1
    return _get_ident()


def _from_caller(made):
    """Debug mode: a handle or task shows where the program, not this package, made it."""
    if made._source_traceback:
        del made._source_traceback[-1]
    return made


def _stack_text(stack):
    import traceback
    return "".join(traceback.format_list(stack)).rstrip()
