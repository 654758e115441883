"""Running other programs: run(), Popen and what is made of them.

The child between fork and exec is C (_subprocess.spawn); pipes, text, communicate() and errors are here.
"""

import _subprocess
import errno
import io
import os
import sys
import time
import warnings

__all__ = ["Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput", "getoutput", "check_output", "run",
           "CalledProcessError", "DEVNULL", "SubprocessError", "TimeoutExpired", "CompletedProcess"]

PIPE = -1
STDOUT = -2
DEVNULL = -3

_PIPE_CHUNK = 32768
_STAGE_CHDIR, _STAGE_PREEXEC = 2, 4     # of _subprocess.spawn()


# -- Errors and results -----------------------------------------------------------------------------------------------

class SubprocessError(Exception):
    pass


def _stdout_of_output(cls):
    """stdout is another name of output."""
    def set_output(self, value):
        self.output = value

    cls.stdout = property(lambda self: self.output, set_output)
    return cls


@_stdout_of_output
class CalledProcessError(SubprocessError):
    """check was asked for, and the program's exit status is not 0."""

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr

    def __str__(self):
        if self.returncode and self.returncode < 0:
            import signal
            try:
                return f"Command '{self.cmd}' died with {signal.Signals(-self.returncode)!r}."
            except ValueError:
                return f"Command '{self.cmd}' died with unknown signal {-self.returncode}."
        return f"Command '{self.cmd}' returned non-zero exit status {self.returncode}."


@_stdout_of_output
class TimeoutExpired(SubprocessError):
    """The program did not end in time."""

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"


class CompletedProcess:
    """A program that has ended: args, returncode, and what was captured."""

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr

    def __repr__(self):
        facts = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        if self.stdout is not None:
            facts.append(f"stdout={self.stdout!r}")
        if self.stderr is not None:
            facts.append(f"stderr={self.stderr!r}")
        return f"{type(self).__name__}({', '.join(facts)})"

    __class_getitem__ = classmethod(type(list[int]))

    def check_returncode(self):
        """Raise CalledProcessError if the exit status is not 0."""
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


# -- Convenience ------------------------------------------------------------------------------------------------------

def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    """Run a program and wait for its end: a CompletedProcess."""
    if input is not None:
        if kwargs.get("stdin") is not None:
            raise ValueError("stdin and input arguments may not both be used.")
        kwargs["stdin"] = PIPE
    if capture_output:
        if kwargs.get("stdout") is not None or kwargs.get("stderr") is not None:
            raise ValueError("stdout and stderr arguments may not be used with capture_output.")
        kwargs["stdout"] = kwargs["stderr"] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except TimeoutExpired:
            process.kill()
            process.wait()
            raise
        except:
            process.kill()
            raise
        returncode = process.poll()
        if check and returncode:
            raise CalledProcessError(returncode, process.args, output=stdout, stderr=stderr)
    return CompletedProcess(process.args, returncode, stdout, stderr)


def call(*popenargs, timeout=None, **kwargs):
    """Run a program and wait for its end: the exit status."""
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout=timeout)
        except:
            process.kill()
            raise


def check_call(*popenargs, **kwargs):
    """As call(), but an exit status that is not 0 raises CalledProcessError."""
    returncode = call(*popenargs, **kwargs)
    if returncode:
        command = kwargs.get("args")
        raise CalledProcessError(returncode, popenargs[0] if command is None else command)
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    """What the program writes to stdout; CalledProcessError if its exit status is not 0."""
    for name in "stdout", "check":
        if name in kwargs:
            raise ValueError(f"{name} argument not allowed, it will be overridden.")
    if "input" in kwargs and kwargs["input"] is None:
        text = kwargs.get("universal_newlines") or kwargs.get("text") or kwargs.get("encoding") or kwargs.get("errors")
        kwargs["input"] = "" if text else b""
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def getstatusoutput(cmd, *, encoding=None, errors=None):
    """(exit status, output) of a shell command; the last newline is dropped."""
    try:
        data = check_output(cmd, shell=True, text=True, stderr=STDOUT, encoding=encoding, errors=errors)
        status = 0
    except CalledProcessError as exc:
        data = exc.output
        status = exc.returncode
    return status, data.removesuffix("\n")


def getoutput(cmd, *, encoding=None, errors=None):
    """The output of a shell command, whatever its exit status."""
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


def list2cmdline(seq):
    """A command line as Windows would take it."""
    return " ".join(_quote_for_windows(os.fsdecode(arg)) for arg in seq)


def _quote_for_windows(arg):
    quoted = []
    backslashes = 0
    for c in arg:
        if c == "\\":
            backslashes += 1
            continue
        quoted.append("\\" * (backslashes * 2 + 1 if c == '"' else backslashes) + c)
        backslashes = 0
    spaces = " " in arg or "\t" in arg or not arg
    quoted.append("\\" * (backslashes * 2 if spaces else backslashes))
    return f'"{"".join(quoted)}"' if spaces else "".join(quoted)


# -- Arguments of a new process ---------------------------------------------------------------------------------------

def _user_id(user):
    if user is None or isinstance(user, int):
        if user is not None and user < 0:
            raise ValueError(f"User ID cannot be negative, got {user}")
        return user
    if isinstance(user, str):
        return _id_from_file("/etc/passwd", user)
    raise TypeError("User must be a string or an integer")


def _group_id(group, what="Group"):
    if group is None or isinstance(group, int):
        if group is not None and group < 0:
            raise ValueError(f"Group ID cannot be negative, got {group}")
        return group
    if isinstance(group, str):
        return _id_from_file("/etc/group", group)
    raise TypeError(f"{what} must be a string or an integer, not {type(group)}")


def _id_from_file(path, name):
    with open(path) as f:
        for line in f:
            fields = line.split(":")
            if fields[0] == name:
                return int(fields[2])
    raise KeyError(name)


def _command(args, shell, executable):
    """(argument list, executable) of what Popen was given."""
    if isinstance(args, (str, bytes)):
        args = [args]
    elif isinstance(args, os.PathLike):
        if shell:
            raise TypeError("path-like args is not allowed when shell is true")
        args = [args]
    else:
        args = list(args)
    if shell:
        args = ["/bin/sh", "-c", *args]
        if executable:
            args[0] = executable
    if executable is None:
        executable = args[0]
    return args, executable


def _environment(env):
    if env is None:
        return None
    pairs = []
    for key, value in env.items():
        key = os.fsencode(key)
        if b"=" in key:
            raise ValueError("illegal environment variable name")
        pairs.append(key + b"=" + os.fsencode(value))
    return pairs


def _paths(executable, env):
    executable = os.fsencode(executable)
    if os.path.dirname(executable):
        return [executable]
    return [os.path.join(os.fsencode(directory), executable) for directory in os.get_exec_path(env)]


class Popen:
    """A program that runs beside us."""

    _child_created = False      # for __del__ of what __init__ did not finish

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=True,
                 shell=False, cwd=None, env=None, universal_newlines=None, startupinfo=None, creationflags=0,
                 restore_signals=True, start_new_session=False, pass_fds=(), *, user=None, group=None, extra_groups=None,
                 encoding=None, errors=None, text=None, umask=-1, pipesize=-1, process_group=None):
        if bufsize is None:
            bufsize = -1
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        if startupinfo is not None:
            raise ValueError("startupinfo is only supported on Windows platforms")
        if creationflags != 0:
            raise ValueError("creationflags is only supported on Windows platforms")
        if pass_fds and not close_fds:
            warnings.warn("pass_fds overriding close_fds.", RuntimeWarning)
            close_fds = True
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError("Cannot disambiguate when both text and universal_newlines are supplied but different. "
                                  "Pass one or the other.")
        self.args = args
        self.stdin = self.stdout = self.stderr = None
        self.pid = self.returncode = None
        self.encoding = encoding
        self.errors = errors
        self.pipesize = pipesize
        self.text_mode = encoding or errors or text or universal_newlines
        self._communication_started = False
        self._input = None
        self._closed_child_pipe_fds = False
        if self.text_mode and bufsize == 1:
            line_buffering, bufsize = True, -1
        else:
            line_buffering = False
            if bufsize == 1:
                warnings.warn("line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
                              RuntimeWarning, stacklevel=2)
                bufsize = -1
        options = (close_fds, restore_signals, start_new_session, process_group, None if umask < 0 else umask,
                   _user_id(user), _group_id(group), _extra_groups(extra_groups), preexec_fn)
        with _Handles(stdin, stdout, stderr) as handles:
            self._open_files(handles, bufsize, line_buffering)
            try:
                self._start(args, executable, shell, cwd, env, handles.child, pass_fds, options)
            except:
                self._close_files()
                raise
            handles.keep_ours()

    def _open_files(self, handles, bufsize, line_buffering):
        to_child, from_child, errors = handles.ours
        if to_child != -1:
            self.stdin = io.open(to_child, "wb", bufsize)
            if self.text_mode:
                self.stdin = io.TextIOWrapper(self.stdin, encoding=self.encoding, errors=self.errors, write_through=True,
                                              line_buffering=line_buffering)
        for name, fd in ("stdout", from_child), ("stderr", errors):
            if fd != -1:
                file = io.open(fd, "rb", bufsize)
                if self.text_mode:
                    file = io.TextIOWrapper(file, encoding=self.encoding, errors=self.errors)
                setattr(self, name, file)

    def _close_files(self):
        for file in filter(None, (self.stdin, self.stdout, self.stderr)):
            try:
                file.close()
            except OSError:
                pass

    def _start(self, args, executable, shell, cwd, env, fds, pass_fds, options):
        args, executable = _command(args, shell, executable)
        shown = executable
        keep = tuple(sorted(map(int, pass_fds)))
        directory = None if cwd is None else os.fsencode(cwd)
        self.pid, stage, code = _subprocess.spawn(
            [os.fsencode(arg) for arg in args], _paths(executable, env), _environment(env), directory, fds, keep, *options)
        if self.pid:
            self._child_created = True
            return
        self.pid = None
        if stage == _STAGE_PREEXEC:
            raise SubprocessError("Exception occurred in preexec_fn.")
        if stage == _STAGE_CHDIR:
            shown = cwd
        raise OSError(code, os.strerror(code), shown)

    __class_getitem__ = classmethod(type(list[int]))

    def __repr__(self):
        shown = repr(list(self.args)) if not isinstance(self.args, (str, bytes, os.PathLike)) else repr(self.args)
        text = f"<{type(self).__name__}: returncode: {self.returncode} args: {shown}>"
        return text if len(text) <= 80 else text[:76] + "...>"

    @property
    def universal_newlines(self):
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, value):
        self.text_mode = bool(value)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        if self.stdout:
            self.stdout.close()
        if self.stderr:
            self.stderr.close()
        try:
            if self.stdin:
                self.stdin.close()
        finally:
            if exc_type is KeyboardInterrupt and self.returncode is None:
                # It has got the same Ctrl-C: a moment is enough for those that heed it.
                try:
                    self.wait(0.25)
                except TimeoutExpired:
                    pass
            else:
                self.wait()

    def __del__(self):
        if self._child_created and self.returncode is None:
            warnings.warn(f"subprocess {self.pid} is still running", ResourceWarning, source=self)
            self.poll()

    # -- Its end --------------------------------------------------------------------------------------------------

    def poll(self):
        """The exit status, or None while it runs."""
        if self.returncode is None:
            self._reap(os.WNOHANG)
        return self.returncode

    def _reap(self, flags):
        try:
            pid, status = os.waitpid(self.pid, flags)
        except ChildProcessError:
            self.returncode = 0         # somebody else has taken its status: nobody will ever know
            return
        if pid == self.pid:
            self.returncode = os.waitstatus_to_exitcode(status)

    def wait(self, timeout=None):
        """Wait for its end; the exit status."""
        if self.returncode is not None:
            return self.returncode
        if timeout is None:
            while self.returncode is None:
                self._reap(0)
            return self.returncode
        deadline = time.monotonic() + timeout
        fd = self._pidfd()
        try:
            while self.poll() is None:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutExpired(self.args, timeout)
                if fd >= 0:
                    _subprocess.poll([(fd, False)], left)
                else:
                    time.sleep(min(0.01, left))
        finally:
            if fd >= 0:
                os.close(fd)
        return self.returncode

    def _pidfd(self):
        try:
            return _subprocess.pidfd(self.pid)
        except OSError:
            return -1

    def send_signal(self, sig):
        """Send a signal, unless it has ended."""
        self.poll()
        if self.returncode is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass

    def terminate(self):
        self.send_signal(15)

    def kill(self):
        self.send_signal(9)

    # -- Talking to it --------------------------------------------------------------------------------------------

    def communicate(self, input=None, timeout=None):
        """Send input, read what comes until both are done, wait for the end: (stdout, stderr), None where there is no pipe."""
        if self._communication_started and input:
            raise ValueError("Cannot send input after starting communication")
        if self._communication_started is False:
            self._begin(input)
        deadline = None if timeout is None else time.monotonic() + timeout
        while self._moving:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise self._expired(timeout)
            for fd, writing in _subprocess.poll(list(self._moving), left):
                self._move(fd, writing)
        try:
            self.wait(None if deadline is None else max(0, deadline - time.monotonic()))
        except TimeoutExpired:
            raise self._expired(timeout) from None
        return self._collected()

    def _begin(self, input):
        self._communication_started = True
        self._out = {}                  # descriptor -> what came from it
        self._moving = {}               # (descriptor, writing) -> file
        if self.stdin:
            if self.text_mode and input:
                input = input.encode(self.stdin.encoding, self.stdin.errors)
            self._input = memoryview(input or b"").cast("B")
            try:
                self.stdin.flush()
            except BrokenPipeError:
                pass
            if input:
                os.set_blocking(self.stdin.fileno(), False)
                self._moving[self.stdin.fileno(), True] = self.stdin
            else:
                self._close_stdin()
        for file in self.stdout, self.stderr:
            if file and not file.closed:
                self._out[file] = []
                self._moving[file.fileno(), False] = file

    def _close_stdin(self):
        try:
            self.stdin.close()
        except BrokenPipeError:
            pass

    def _move(self, fd, writing):
        if writing:
            try:
                self._input = self._input[os.write(fd, self._input[:_PIPE_CHUNK]):]
            except BlockingIOError:
                return
            except BrokenPipeError:
                self._input = self._input[:0]
            if not self._input:
                del self._moving[fd, True]
                self._close_stdin()
            return
        data = os.read(fd, _PIPE_CHUNK)
        if data:
            self._out[self._moving[fd, False]].append(data)
        else:
            self._moving.pop((fd, False)).close()

    def _text(self, data, file):
        text = data.decode(file.encoding, file.errors)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _expired(self, timeout):
        raw = [b"".join(self._out[file]) or None if file in self._out else None for file in (self.stdout, self.stderr)]
        return TimeoutExpired(self.args, timeout, *raw)

    def _collected(self):
        results = []
        for file in self.stdout, self.stderr:
            data = b"".join(self._out[file]) if file in self._out else None
            if data is None and file is not None:
                data = b""
            results.append(self._text(data, file) if self.text_mode and data is not None else data)
        return tuple(results)


def _extra_groups(groups):
    if groups is None:
        return None
    if isinstance(groups, str):
        raise TypeError("Groups must be a list, not a string")
    return tuple(_group_id(group, "Items in extra_groups") for group in groups)


class _Handles:
    """The descriptors of a new process: .child are its 0, 1, 2 (-1: inherited), .ours the other ends (-1: none)."""

    def __init__(self, stdin, stdout, stderr):
        self._close = []                # when the child has them
        self._owned = []                # our ends, until files own them
        try:
            first = self._one(stdin, reading=True)
            second = self._one(stdout)
            if stderr == STDOUT:
                third = (second[0] if second[0] != -1 else sys.__stdout__.fileno(), -1)
            else:
                third = self._one(stderr)
        except:
            self.__exit__()
            raise
        self.child = first[0], second[0], third[0]
        self.ours = first[1], second[1], third[1]

    def _one(self, what, reading=False):
        if what is None:
            return -1, -1
        if what == PIPE:
            r, w = os.pipe()
            theirs, ours = (r, w) if reading else (w, r)
            self._close.append(theirs)
            self._owned.append(ours)
            return theirs, ours
        if what == DEVNULL:
            fd = os.open(os.devnull, os.O_RDWR)
            self._close.append(fd)
            return fd, -1
        if isinstance(what, int):
            return what, -1
        return what.fileno(), -1

    def keep_ours(self):
        self._owned.clear()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        for fd in self._close:
            os.close(fd)
        self._close.clear()
        for fd in self._owned:
            try:
                os.close(fd)
            except OSError as e:
                if e.errno != errno.EBADF:      # a file had closed it
                    raise
        self._owned.clear()
