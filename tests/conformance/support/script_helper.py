"""test.support.script_helper: running the interpreter itself on a piece of code."""
import collections
import os
import sys
import unittest

from .os_helper import temp_dir, unlink


class _PythonRunResult(collections.namedtuple("_PythonRunResult", ("rc", "out", "err"))):
    def fail(self, cmd_line):
        raise AssertionError("Process return code is %s\ncommand line: %r\n\nstdout:\n%s\nstderr:\n%s"
                             % (self.rc, cmd_line, self.out.decode("utf-8", "replace"),
                                self.err.decode("utf-8", "replace")))


def interpreter_requires_environment():
    return False


def _quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def run_python_until_end(*args, **env):
    """Through a shell with files for its streams, as long as there is no subprocess module."""
    if not hasattr(os, "system"):
        raise unittest.SkipTest("needs subprocess")
    cwd = env.pop("__cwd", None)
    env.pop("__isolated", None)
    env.pop("__cleanenv", None)
    with temp_dir() as place:
        out, err = os.path.join(place, "out"), os.path.join(place, "err")
        words = [_quoted(sys.executable)] + [_quoted(a) for a in args]
        settings = "".join(f"{name}={_quoted(value)} " for name, value in env.items())
        change = f"cd {_quoted(cwd)} && " if cwd else ""
        status = os.system(f"{change}{settings}{' '.join(words)} </dev/null >{_quoted(out)} 2>{_quoted(err)}")
        with open(out, "rb") as file:
            printed = file.read()
        with open(err, "rb") as file:
            complained = file.read()
    return _PythonRunResult(os.waitstatus_to_exitcode(status), printed, complained), words


def assert_python_ok(*args, **env):
    result, words = run_python_until_end(*args, **env)
    if result.rc:
        result.fail(words)
    return result


def assert_python_failure(*args, **env):
    result, words = run_python_until_end(*args, **env)
    if not result.rc:
        result.fail(words)
    return result


def spawn_python(*args, **kwargs):
    raise unittest.SkipTest("needs subprocess")


kill_python = run_test_script = spawn_python


def make_script(script_dir, script_basename, source, omit_suffix=False):
    path = os.path.join(script_dir, script_basename if omit_suffix else script_basename + os.extsep + "py")
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)
    return path


def make_pkg(pkg_dir, init_source=""):
    os.mkdir(pkg_dir)
    return make_script(pkg_dir, "__init__", init_source)
