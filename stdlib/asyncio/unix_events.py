"""The event loop of this system: networking, signals, and the policy that makes such loops."""

__all__ = ("SelectorEventLoop", "DefaultEventLoopPolicy", "EventLoop")

import sys

from . import base_events, coroutines, events, selector_events


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):

    def __init__(self, selector=None, *, _engine=None):
        super().__init__(selector, _engine=_engine)
        self._signal_handlers = {}

    def close(self):
        super().close()
        if self._signal_handlers and not sys.is_finalizing():
            for sig in list(self._signal_handlers):
                self.remove_signal_handler(sig)

    # -- Signals ------------------------------------------------------------------------------------------------------

    def add_signal_handler(self, sig, callback, *args):
        """Calls callback(*args) in the loop when the signal comes. In the main thread only."""
        import signal
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        try:
            signal.signal(sig, self._on_signal)
            signal.siginterrupt(sig, False)
        except ValueError as exc:
            raise RuntimeError(str(exc)) from None      # not in the main thread
        except OSError as exc:
            import errno
            if exc.errno == errno.EINVAL:
                raise RuntimeError(f"sig {sig} cannot be caught") from None
            raise
        if sig not in self._signal_handlers:
            self._engine.hold(1)        # waiting for a signal is no deadlock
        self._signal_handlers[sig] = handle

    def _on_signal(self, sig, frame):
        self._handle_signal(sig)

    def _handle_signal(self, sig):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return
        if handle._cancelled:
            self.remove_signal_handler(sig)
        else:
            self._engine.call_soon_threadsafe(handle._callback, *handle._args, context=handle.get_context())

    def remove_signal_handler(self, sig):
        """True: there was one; the signal's default action is back."""
        import signal
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        self._engine.hold(-1)
        try:
            signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        except OSError as exc:
            import errno
            if exc.errno == errno.EINVAL:
                raise RuntimeError(f"sig {sig} cannot be caught") from None
            raise
        return True

    def _check_signal(self, sig):
        import signal
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):

    _loop_factory = _UnixSelectorEventLoop


SelectorEventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
EventLoop = SelectorEventLoop
