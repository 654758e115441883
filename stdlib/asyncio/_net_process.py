"""Child processes of a loop: their transport, the pipes to them, and hearing of their end (a pidfd that becomes readable)."""

import _subprocess
import _uv
import os
import subprocess

from . import events, protocols, transports
from ._net_pipes import connect_read_pipe, connect_write_pipe
from .log import logger


class _PipeProtocol(protocols.BaseProtocol):
    """Of the pipe to descriptor fd of a child: passes on to the child's protocol."""

    def __init__(self, process, fd):
        self.process = process
        self.fd = fd
        self.pipe = None
        self.disconnected = False

    def __repr__(self):
        return f"<{self.__class__.__name__} fd={self.fd} pipe={self.pipe!r}>"

    def connection_made(self, transport):
        self.pipe = transport

    def connection_lost(self, exc):
        self.disconnected = True
        self.process._pipe_lost(self.fd, exc)
        self.process = None

    def pause_writing(self):
        self.process._protocol.pause_writing()

    def resume_writing(self):
        self.process._protocol.resume_writing()


class WriteSubprocessPipeProto(_PipeProtocol):
    pass


class ReadSubprocessPipeProto(_PipeProtocol, protocols.Protocol):

    def data_received(self, data):
        self.process._call(self.process._protocol.pipe_data_received, self.fd, data)


class _UnixSubprocessTransport(transports.SubprocessTransport):

    __module__ = "asyncio.unix_events"

    def __init__(self, loop, protocol, args, shell, stdin, stdout, stderr, waiter, extra=None, **kwargs):
        super().__init__(extra)
        self._loop = loop
        self._protocol = protocol
        self._closed = self._finished = False
        self._proc = self._pid = self._returncode = None
        self._exit_waiters = []
        self._pending_calls = []        # for the protocol, until connection_made() is on its way
        self._pipes = {fd: None for fd, what in enumerate((stdin, stdout, stderr)) if what == subprocess.PIPE}
        try:
            self._proc = subprocess.Popen(args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr, bufsize=0, **kwargs)
        except:
            self.close()
            raise
        self._pid = self._proc.pid
        self._extra["subprocess"] = self._proc
        self._watch_child()
        if loop.get_debug():
            logger.debug("process %r created: pid %s", args if isinstance(args, (bytes, str)) else args[0], self._pid)
        loop.create_task(self._connect_pipes(waiter))

    def __repr__(self):
        facts = [self.__class__.__name__]
        if self._closed:
            facts.append("closed")
        if self._pid is not None:
            facts.append(f"pid={self._pid}")
        if self._returncode is not None:
            facts.append(f"returncode={self._returncode}")
        else:
            facts.append("not started" if self._pid is None else "running")
        for fd, name in enumerate(("stdin", "stdout", "stderr")):
            if self._pipes.get(fd) is not None:
                facts.append(f"{name}={self._pipes[fd].pipe}")
        return f"<{' '.join(facts)}>"

    # -- The child ------------------------------------------------------------------------------------------------

    def _watch_child(self):
        try:
            fd = _subprocess.pidfd(self._pid)
        except ProcessLookupError:
            fd = -1
        if fd >= 0:
            _uv.add_reader(self._loop, fd, events.Handle(self._child_ended, (fd,), self._loop, None))
        else:
            self._loop.run_in_executor(None, self._wait_in_thread)

    def _child_ended(self, fd):
        _uv.remove_reader(self._loop, fd)
        os.close(fd)
        self._process_exited(self._proc.wait())

    def _wait_in_thread(self):
        returncode = self._proc.wait()
        self._loop.call_soon_threadsafe(self._process_exited, returncode)

    def _process_exited(self, returncode):
        if self._loop.get_debug():
            logger.info("%r exited with return code %r", self, returncode)
        self._returncode = returncode
        self._call(self._protocol.process_exited)
        self._try_finish()

    async def _wait(self):
        if self._returncode is not None:
            return self._returncode
        waiter = self._loop.create_future()
        self._exit_waiters.append(waiter)
        return await waiter

    def get_pid(self):
        return self._pid

    def get_returncode(self):
        return self._returncode

    def send_signal(self, signal):
        if self._proc is None:
            raise ProcessLookupError()
        try:
            os.kill(self._proc.pid, signal)
        except ProcessLookupError:
            pass

    def terminate(self):
        self.send_signal(15)

    def kill(self):
        self.send_signal(9)

    # -- Pipes and the protocol -----------------------------------------------------------------------------------

    def get_pipe_transport(self, fd):
        return self._pipes[fd].pipe if fd in self._pipes else None

    async def _connect_pipes(self, waiter):
        loop, process = self._loop, self._proc
        try:
            if process.stdin is not None:
                _, self._pipes[0] = await connect_write_pipe(loop, lambda: WriteSubprocessPipeProto(self, 0), process.stdin)
            for fd, file in (1, process.stdout), (2, process.stderr):
                if file is not None:
                    _, self._pipes[fd] = await connect_read_pipe(loop, lambda: ReadSubprocessPipeProto(self, fd), file)
            loop.call_soon(self._protocol.connection_made, self)
            for callback, args in self._pending_calls:
                loop.call_soon(callback, *args)
            self._pending_calls = None
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            if waiter is not None and not waiter.cancelled():
                waiter.set_exception(exc)
        else:
            if waiter is not None and not waiter.cancelled():
                waiter.set_result(None)

    def _call(self, callback, *args):
        if self._pending_calls is not None:
            self._pending_calls.append((callback, args))
        else:
            self._loop.call_soon(callback, *args)

    def _pipe_lost(self, fd, exc):
        self._call(self._protocol.pipe_connection_lost, fd, exc)
        self._try_finish()

    def _try_finish(self):
        """The connection is lost when the process has ended and all pipes are closed."""
        if self._returncode is None or self._finished:
            return
        if all(pipe is not None and pipe.disconnected for pipe in self._pipes.values()):
            self._finished = True
            self._call(self._call_connection_lost, None)

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            for waiter in self._exit_waiters:
                if not waiter.cancelled():
                    waiter.set_result(self._returncode)
            self._exit_waiters = []
            self._proc = None
            self._protocol = None

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closed

    def close(self):
        """Close the pipes; a process that still runs is killed."""
        if self._closed:
            return
        self._closed = True
        for pipe in self._pipes.values():
            if pipe is not None:
                pipe.pipe.close()
        process = self._proc
        if process is not None and self._returncode is None:
            if self._loop.get_debug():
                logger.warning("Close running child process: kill %r", self)
            try:
                os.kill(process.pid, 9)         # not reaped: that is for who hears of its end
            except (ProcessLookupError, PermissionError):
                pass

    def __del__(self):
        if not self._closed:
            from warnings import warn
            warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            if not self._loop.is_closed():
                self.close()


# -- The loop's methods -----------------------------------------------------------------------------------------------

async def _start(loop, protocol_factory, args, shell, stdin, stdout, stderr, options):
    for name, allowed in ("universal_newlines", False), ("bufsize", 0), ("text", None), ("encoding", None), ("errors", None):
        value = options.pop(name, allowed)
        if value if allowed is False or name == "text" else value != allowed:
            raise ValueError(f"{name} must be {'False' if name == 'text' else allowed}")
    protocol = protocol_factory()
    waiter = loop.create_future()
    transport = _UnixSubprocessTransport(loop, protocol, args, shell, stdin, stdout, stderr, waiter, **options)
    try:
        await waiter
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException:
        transport.close()
        await transport._wait()
        raise
    if loop.get_debug():
        logger.info("%s %r: %r", "run shell command" if shell else "execute program", args if shell else args[0], transport)
    return transport, protocol


async def subprocess_shell(loop, protocol_factory, cmd, *, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, shell=True, **kwargs):
    if not isinstance(cmd, (bytes, str)):
        raise ValueError("cmd must be a string")
    if not shell:
        raise ValueError("shell must be True")
    return await _start(loop, protocol_factory, cmd, True, stdin, stdout, stderr, kwargs)


async def subprocess_exec(loop, protocol_factory, program, *args, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, shell=False, **kwargs):
    if shell:
        raise ValueError("shell must be False")
    return await _start(loop, protocol_factory, (program, *args), False, stdin, stdout, stderr, kwargs)
