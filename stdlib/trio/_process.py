"""Processes.

    result = await trio.run_process(["ls", "-l"], capture_stdout=True)
    print(result.stdout)

    async with trio.open_nursery() as nursery:
        process = await nursery.start(trio.run_process, ["sleep", "10"])    # runs beside us; cancelling kills it
"""

import os
import subprocess
import warnings

import _subprocess

from ._core import CancelScope, open_nursery, running_engine
from ._errors import BrokenResourceError
from ._fd_stream import FdStream
from ._generic import StapledStream
from ._status import TASK_STATUS_IGNORED
from ._sync import Lock
from ._timeouts import sleep

__all__ = ["Process", "open_process", "run_process"]

GRACE_SECONDS = 5  # between SIGTERM and SIGKILL
_TEXT_OPTIONS = ("universal_newlines", "text", "encoding", "errors", "bufsize")


class Process:
    """A child process; open_process() and run_process() make them.  Closing its streams is the owner's business."""

    def __init__(self, *, popen=None, stdin=None, stdout=None, stderr=None):
        if popen is None:
            raise TypeError("trio.Process has no public constructor; use trio.lowlevel.open_process()")
        self._popen = popen
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.stdio = StapledStream(stdin, stdout) if stdin is not None and stdout is not None else None
        self.args = popen.args
        self._wait_lock = Lock()
        self._pidfd = _pidfd(popen.pid)

    def __repr__(self):
        code = self.returncode
        if code is None:
            status = f"running with PID {self.pid}"
        elif code < 0:
            status = f"exited with signal {-code}"
        else:
            status = f"exited with status {code}"
        return f"<trio.Process {self.args!r}: {status}>"

    def __del__(self):
        self._close_pidfd()

    @property
    def pid(self):
        return self._popen.pid

    @property
    def returncode(self):
        """The exit status, -N after signal N, None while it runs."""
        code = self._popen.poll()
        if code is not None:
            self._close_pidfd()
        return code

    def poll(self):
        """returncode."""
        return self.returncode

    def _close_pidfd(self):
        fd, self._pidfd = getattr(self, "_pidfd", None), None
        if fd is not None:
            os.close(fd)

    async def wait(self):
        """Wait until the process has ended; its exit status."""
        async with self._wait_lock:
            if self.returncode is None:
                await self._until_dead()
                self._popen.wait()
                self._close_pidfd()
        return self._popen.returncode

    async def _until_dead(self):
        if self._pidfd is not None:
            from ._io import wait_readable
            await wait_readable(self._pidfd)
            return
        from .to_thread import run_sync
        await run_sync(os.waitid, os.P_PID, self.pid, os.WEXITED | os.WNOWAIT, abandon_on_cancel=True)

    def send_signal(self, sig):
        self._popen.send_signal(sig)

    def terminate(self):
        self._popen.terminate()

    def kill(self):
        self._popen.kill()


def _pidfd(pid):
    # Readable when the process has ended; None where there is no such thing.
    try:
        fd = _subprocess.pidfd(pid)
    except OSError:
        return None
    return None if fd < 0 else fd


# ---- starting --------------------------------------------------------------------------------------------------------------


def _judge(command, options):
    for key in _TEXT_OPTIONS:
        if options.get(key):
            raise TypeError("trio.Process only supports communicating over unbuffered byte streams; "
                            f"the '{key}' option is not supported")
    if isinstance(command, (str, bytes)) and not options.get("shell"):
        raise TypeError("command must be a sequence (not a string or bytes) if shell=False on UNIX systems")
    if not isinstance(command, (str, bytes, os.PathLike)) and options.get("shell"):
        raise TypeError("command must be a string or bytes (not a sequence) if shell=True on UNIX systems")


class _Pipes:
    """Our ends as streams, the child's as descriptors that are closed once it has them."""

    def __init__(self):
        self.streams = {}
        self.childs = []

    def out_of(self, want, name):
        if want != subprocess.PIPE:
            return want
        ours, theirs = os.pipe()
        return self._keep(name, ours, theirs)

    def into(self, want, name):
        if want != subprocess.PIPE:
            return want
        theirs, ours = os.pipe()
        return self._keep(name, ours, theirs)

    def _keep(self, name, ours, theirs):
        self.childs.append(theirs)
        self.streams[name] = FdStream(ours)
        return theirs

    def close_childs(self):
        while self.childs:
            os.close(self.childs.pop())

    def close_ours(self):
        for stream in self.streams.values():
            stream.close()


async def open_process(command, *, stdin=None, stdout=None, stderr=None, **options):
    """Start a process and return it; with subprocess.PIPE its streams are FdStreams."""
    _judge(command, options)
    if running_engine() is None:
        raise RuntimeError("must be called from async context")
    pipes = _Pipes()
    try:
        child_in = pipes.into(stdin, "stdin")
        child_out = pipes.out_of(stdout, "stdout")
        # The child's stderr may go where its stdout goes: subprocess sees to that.
        child_err = pipes.out_of(stderr, "stderr")
        popen = subprocess.Popen(command, stdin=child_in, stdout=child_out, stderr=child_err, **options)
    except BaseException:
        pipes.close_ours()
        raise
    finally:
        pipes.close_childs()
    return Process(popen=popen, **pipes.streams)


# ---- run_process() ----------------------------------------------------------------------------------------------------------


async def _deliver_cancel(process):
    # What cancelling does unless the caller says otherwise: ask, wait a little, kill.
    try:
        process.terminate()
        await sleep(GRACE_SECONDS)
        warnings.warn(RuntimeWarning(f"process {process!r} ignored SIGTERM for {GRACE_SECONDS} seconds. "
                                     "(Maybe you should pass a custom deliver_cancel?) Trying SIGKILL."))
        process.kill()
    except OSError as exc:
        warnings.warn(RuntimeWarning(f"tried to kill process {process!r}, but failed with: {exc!r}"))


def _judge_streams(stdin, capture_stdout, capture_stderr, options, task_status):
    if isinstance(stdin, str):
        raise UnicodeError("process stdin must be bytes, not str")
    if task_status is TASK_STATUS_IGNORED:
        for name, value in (("stdin", stdin), ("stdout", options.get("stdout")), ("stderr", options.get("stderr"))):
            if value is subprocess.PIPE:
                raise ValueError(f"{name}=subprocess.PIPE is only valid with nursery.start, since that's the only way to access the pipe; "
                                 "use nursery.start or pass the data you want to write directly")
    for name, capture in (("stdout", capture_stdout), ("stderr", capture_stderr)):
        if capture and name in options:
            raise ValueError(f"can't specify both {name} and capture_{name}")


async def _feed(stream, data):
    async with stream:
        try:
            await stream.send_all(data)
        except BrokenResourceError:
            pass  # it did not want to read it all


async def _collect(stream, chunks):
    async with stream:
        async for chunk in stream:
            chunks.append(chunk)


async def _end_process(process, nursery, deliver_cancel):
    # The block was left while the process ran: cancelled, or a stream failed.
    with CancelScope(shield=True):
        scope = CancelScope(shield=True)

        async def killer():
            with scope:
                await deliver_cancel(process)

        nursery.start_soon(killer)
        await process.wait()
        scope.cancel(reason="the process has ended")


async def run_process(command, *, stdin=b"", capture_stdout=False, capture_stderr=False, check=True, deliver_cancel=None,
                      task_status=TASK_STATUS_IGNORED, **options):
    """Run a process to its end: a subprocess.CompletedProcess, or CalledProcessError when it failed and check is true.

    stdin: bytes to feed it, or what subprocess takes.  When the call is cancelled, deliver_cancel(process) must make the
    process end; by default it gets SIGTERM, and SIGKILL five seconds later.
    """
    _judge_streams(stdin, capture_stdout, capture_stderr, options, task_status)
    data = stdin if isinstance(stdin, (bytes, bytearray, memoryview)) else None
    options["stdin"] = subprocess.PIPE if data is not None else stdin
    if capture_stdout:
        options["stdout"] = subprocess.PIPE
    if capture_stderr:
        options["stderr"] = subprocess.PIPE
    out, err = [], []
    process = await open_process(command, **options)  # outside the nursery: its errors come as they are
    async with open_nursery() as nursery:
        try:
            if data is not None:
                nursery.start_soon(_feed, process.stdin, data)
                process.stdin = process.stdio = None
            if capture_stdout:
                nursery.start_soon(_collect, process.stdout, out)
                process.stdout = process.stdio = None
            if capture_stderr:
                nursery.start_soon(_collect, process.stderr, err)
                process.stderr = None
            task_status.started(process)
            await process.wait()
        except BaseException:
            await _end_process(process, nursery, deliver_cancel or _deliver_cancel)
            raise
    stdout = b"".join(out) if capture_stdout else None
    stderr = b"".join(err) if capture_stderr else None
    if process.returncode and check:
        raise subprocess.CalledProcessError(process.returncode, process.args, output=stdout, stderr=stderr)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


Process.__module__ = run_process.__module__ = "trio"
