"""Running a program's main coroutine, and ending what it left behind."""

__all__ = ("Runner", "run")

from _skein import report_tasks

from . import coroutines, events, exceptions, tasks

_CREATED, _INITIALIZED, _CLOSED = "created", "initialized", "closed"


class Runner:
    """One loop and one context for several run() calls.

        with asyncio.Runner() as runner:
            runner.run(connect())
            runner.run(work())
    """

    def __init__(self, *, debug=None, loop_factory=None):
        self._state = _CREATED
        self._debug = debug
        self._loop_factory = loop_factory
        self._loop = None
        self._context = None
        self._interrupt_count = 0
        self._set_event_loop = False

    def __enter__(self):
        self._lazy_init()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def close(self):
        """Cancels the tasks that are left, closes asynchronous generators, the executor and the loop."""
        if self._state is not _INITIALIZED:
            return
        loop = self._loop
        try:
            _cancel_all_tasks(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
            from .constants import THREAD_JOIN_TIMEOUT
            loop.run_until_complete(loop.shutdown_default_executor(THREAD_JOIN_TIMEOUT))
        finally:
            if self._set_event_loop:
                events.set_event_loop(None)
            loop.close()
            self._loop = None
            self._state = _CLOSED

    def get_loop(self):
        self._lazy_init()
        return self._loop

    def run(self, coro, *, context=None):
        """Runs the coroutine; the loop stays for the next one. Ctrl-C cancels it and then is KeyboardInterrupt here."""
        if not coroutines.iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        self._lazy_init()
        if context is None:
            context = self._context
        task = self._loop.create_task(coro, context=context)
        interrupt = _Interrupt(self, task)
        self._interrupt_count = 0
        interrupt.install()
        try:
            return self._loop.run_until_complete(task)
        except exceptions.CancelledError:
            if self._interrupt_count > 0:
                uncancel = getattr(task, "uncancel", None)
                if uncancel is not None and uncancel() == 0:
                    raise KeyboardInterrupt()
            raise
        finally:
            interrupt.uninstall()

    def _lazy_init(self):
        if self._state is _CLOSED:
            raise RuntimeError("Runner is closed")
        if self._state is _INITIALIZED:
            return
        if self._loop_factory is None:
            self._loop = events.new_event_loop()
            if not self._set_event_loop:
                # once only: child watchers of a policy may hang on it
                events.set_event_loop(self._loop)
                self._set_event_loop = True
        else:
            self._loop = self._loop_factory()
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        from _contextvars import copy_context
        self._context = copy_context()
        self._state = _INITIALIZED


class _Interrupt:
    """SIGINT while a runner runs: the first cancels the main task, the next are KeyboardInterrupt where they hit."""

    def __init__(self, runner, task):
        self._runner = runner
        self._task = task
        self._signal = None     # the module, while our handler is installed
        self._reports = ()      # signals that print what every task waits for, unless the program wants them

    def install(self):
        try:
            import _signal
        except ImportError:
            return      # a host without signals
        if not events._in_main_thread() or _signal.getsignal(_signal.SIGINT) is not _signal.default_int_handler:
            return
        try:
            _signal.signal(_signal.SIGINT, self)
        except (ValueError, PermissionError):
            return      # the host has signals for itself
        self._signal = _signal
        self._reports = [n for n in (_signal.SIGQUIT, _signal.SIGUSR1) if _signal.getsignal(n) == _signal.SIG_DFL]
        for number in self._reports:
            _signal.signal(number, report_tasks)

    def uninstall(self):
        signal = self._signal
        if signal is not None and signal.getsignal(signal.SIGINT) is self:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in self._reports:
            if signal.getsignal(number) is report_tasks:
                signal.signal(number, signal.SIG_DFL)

    def __call__(self, signum, frame):
        runner, task = self._runner, self._task
        runner._interrupt_count += 1
        if runner._interrupt_count > 1 or task.done():
            raise KeyboardInterrupt()
        if type(task) is tasks.Task:
            task.cancel_with_reason("signal", "Ctrl-C")
        else:
            task.cancel()
        runner._loop.call_soon_threadsafe(_nothing)      # it may be waiting for events


def _nothing():
    pass


def run(main, *, debug=None, loop_factory=None):
    """Runs the coroutine main in a loop of its own and returns its result."""
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)


def _cancel_all_tasks(loop):
    """Cancels all unfinished tasks and waits for them; errors they raise meanwhile go to the exception handler."""
    left = tasks.all_tasks(loop)
    if not left:
        return
    # In the order of their creation, not of a set. Tasks of other makes come last.
    engine = getattr(loop, "_engine", None)
    order = {} if engine is None else {task: i for i, task in enumerate(engine.all_tasks())}
    left = sorted(left, key=lambda task: order.get(task, len(order)))
    for task in left:
        task.cancel()
    loop.run_until_complete(tasks.gather(*left, return_exceptions=True))
    for task in left:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                "message": "unhandled exception during asyncio.run() shutdown",
                "exception": task.exception(),
                "task": task,
            })
