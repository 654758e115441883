"""A stand-in for doctest: finds the examples in docstrings and in __test__, runs and compares them."""
import io
import re
import sys
import traceback
import types
import unittest

ELLIPSIS = 1
NORMALIZE_WHITESPACE = 2
IGNORE_EXCEPTION_DETAIL = 4
DONT_ACCEPT_TRUE_FOR_1 = 8
DONT_ACCEPT_BLANKLINE = 16
SKIP = 32
REPORT_UDIFF = REPORT_CDIFF = REPORT_NDIFF = REPORT_ONLY_FIRST_FAILURE = 0
_FLAGS = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, int)}

_EXAMPLE = re.compile(r"^(?P<indent> *)>>>(?P<first>(?: .*)?)\n(?P<more>(?:(?P=indent)\.\.\.(?: .*)?\n)*)"
                      r"(?P<want>(?:(?! *$)(?! *>>>).+\n)*)", re.M)
_OPTION = re.compile(r"#\s*doctest:\s*([^\n]*)")
_RAISED = re.compile(r"^Traceback \((?:most recent call last|innermost last)\):\n(?:[^\w\n].*\n|\n)*(?P<msg>\w+.*)", re.S)


class Example:
    def __init__(self, source, want, flags, lineno=0):
        self.source, self.want, self.flags, self.lineno = source, want, flags, lineno


class DocTest:
    def __init__(self, examples, globs, name, filename, lineno=0, docstring=None):
        self.examples, self.globs, self.name, self.filename = examples, dict(globs), name, filename
        self.lineno, self.docstring = lineno, docstring


class DocTestParser:
    def get_examples(self, text, name="<string>"):
        examples = []
        for found in _EXAMPLE.finditer(text.expandtabs() + "\n"):
            if found["first"].strip().startswith("#") or not (found["first"].strip() or found["more"]):
                continue    # nothing to run: a comment or a blank
            cut = len(found["indent"])
            source = found["first"][1:] + "\n"
            source += "".join(line[cut + 4:] + "\n" for line in found["more"].splitlines())
            want = "".join(line[cut:] + "\n" for line in found["want"].splitlines())
            flags = {}
            for option in _OPTION.findall(source):
                for word in option.replace(",", " ").split():
                    flags[_FLAGS[word[1:]]] = word[0] == "+"
            examples.append(Example(source, want, flags, text[:found.start()].count("\n")))
        return examples

    def get_doctest(self, text, globs, name, filename, lineno):
        return DocTest(self.get_examples(text, name), globs, name, filename, lineno, text)


def _matches(want, got, flags):
    if want == got:
        return True
    if not flags & DONT_ACCEPT_BLANKLINE:
        want = re.sub(r"(?m)^<BLANKLINE>\s*?$", "", want)
        got = re.sub(r"(?m)^[^\S\n]+$", "", got)
        if want == got:
            return True
    if not flags & DONT_ACCEPT_TRUE_FOR_1 and (want, got) in (("1\n", "True\n"), ("0\n", "False\n")):
        return True
    if flags & NORMALIZE_WHITESPACE:
        want, got = " ".join(want.split()), " ".join(got.split())
        if want == got:
            return True
    if flags & ELLIPSIS:
        parts = want.split("...")
        if len(parts) == 1 or not got.startswith(parts[0]) or not got.endswith(parts[-1]):
            return False
        at, end = len(parts[0]), len(got) - len(parts[-1])
        for part in parts[1:-1]:
            at = got.find(part, at, end)
            if at < 0:
                return False
            at += len(part)
        return at <= end
    return False


def _without_detail(message):
    head = message.split("\n", 1)[0].split(":", 1)[0]
    return head.rpartition(".")[2]


def _check(example, printed, raised, flags):
    wanted = _RAISED.match(example.want)
    if raised is None:
        return wanted is None and _matches(example.want, printed, flags)
    if wanted is None:
        return False
    message = "".join(traceback.format_exception_only(type(raised), raised))
    if isinstance(raised, SyntaxError):
        message = message[message.index(type(raised).__name__):] if type(raised).__name__ in message else message
    if _matches(wanted["msg"], message, flags):
        return True
    return bool(flags & IGNORE_EXCEPTION_DETAIL) and _without_detail(wanted["msg"]) == _without_detail(message)


class DocTestRunner:
    def __init__(self, checker=None, verbose=None, optionflags=0):
        self.optionflags = optionflags
        self.failures = self.tries = 0

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        report = []
        old_stdout, old_hook = sys.stdout, sys.displayhook
        sys.displayhook = sys.__displayhook__
        try:
            for number, example in enumerate(test.examples):
                flags = self.optionflags
                for flag, on in example.flags.items():
                    flags = flags | flag if on else flags & ~flag
                if flags & SKIP:
                    continue
                self.tries += 1
                sys.stdout, raised = io.StringIO(), None
                try:
                    exec(compile(example.source, f"<doctest {test.name}[{number}]>", "single"), test.globs)
                except KeyboardInterrupt:
                    raise
                except BaseException as error:
                    raised = error
                printed, sys.stdout = sys.stdout.getvalue(), old_stdout
                if printed and not printed.endswith("\n"):
                    printed += "\n"     # what is wanted always ends so
                if not _check(example, printed, raised, flags):
                    self.failures += 1
                    if raised is not None:
                        printed += "".join(traceback.format_exception(raised))
                    report.append(f"Failed example:\n    {example.source}Expected:\n{example.want}Got:\n{printed}")
        finally:
            sys.stdout, sys.displayhook = old_stdout, old_hook
        for text in report:
            (out or sys.stdout.write)(text)
        return TestResults(self.failures, self.tries)


class TestResults(tuple):
    def __new__(cls, failed, attempted):
        return super().__new__(cls, (failed, attempted))

    failed = property(lambda self: self[0])
    attempted = property(lambda self: self[1])


class DocTestFinder:
    def __init__(self, *args, **kwargs):
        pass

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        name = name or obj.__name__
        globs = dict(vars(sys.modules[obj.__module__]) if globs is None and hasattr(obj, "__module__")
                     else globs if globs is not None else vars(obj))
        globs.update(extraglobs or {})
        tests, seen = [], set()

        def add(text, where):
            test = DocTestParser().get_doctest(text, globs, where, name, 0)
            if test.examples:
                tests.append(test)

        def visit(thing, where):
            if id(thing) in seen:
                return
            seen.add(id(thing))
            text = getattr(thing, "__doc__", None)
            if isinstance(text, str):
                add(text, where)
            if isinstance(thing, type):
                for key, value in vars(thing).items():
                    if isinstance(value, (staticmethod, classmethod)):
                        value = value.__func__
                    if isinstance(value, (types.FunctionType, type, property)):
                        visit(value, f"{where}.{key}")

        visit(obj, name)
        if isinstance(obj, types.ModuleType):
            for key, value in list(vars(obj).items()):
                if isinstance(value, (types.FunctionType, type)) and value.__module__ == obj.__name__:
                    visit(value, f"{name}.{key}")
            for key, value in getattr(obj, "__test__", {}).items():
                if isinstance(value, str):
                    add(value, f"{name}.__test__.{key}")
                else:
                    visit(value, f"{name}.__test__.{key}")
        return sorted(tests, key=lambda test: test.name)


class DocTestCase(unittest.TestCase):
    def __init__(self, test, optionflags=0, setUp=None, tearDown=None, checker=None):
        super().__init__()
        self._dt_test, self._flags, self._set_up, self._tear_down = test, optionflags, setUp, tearDown

    def setUp(self):
        if self._set_up:
            self._set_up(self._dt_test)

    def tearDown(self):
        if self._tear_down:
            self._tear_down(self._dt_test)

    def runTest(self):
        report = []
        DocTestRunner(optionflags=self._flags).run(self._dt_test, out=report.append)
        if report:
            raise self.failureException("Failed doctest test for %s\n%s" % (self._dt_test.name, "\n".join(report)))

    def id(self):
        return self._dt_test.name

    def __repr__(self):
        parts = self._dt_test.name.split(".")
        return "%s (%s)" % (parts[-1], ".".join(parts[:-1]))

    __str__ = __repr__

    def shortDescription(self):
        return "Doctest: " + self._dt_test.name


def _calling_module():
    return sys.modules[sys._getframe(2).f_globals["__name__"]]


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, optionflags=0, **options):
    if module is None:
        module = _calling_module()
    elif isinstance(module, str):
        module = __import__(module, fromlist=["*"])
    suite = unittest.TestSuite()
    for test in DocTestFinder().find(module, module.__name__, globs=globs, extraglobs=extraglobs):
        suite.addTest(DocTestCase(test, optionflags, **options))
    return suite


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, **options):
    runner = DocTestRunner(optionflags=optionflags)
    module = m or sys.modules["__main__"]
    for test in DocTestFinder().find(module, name or module.__name__, globs=globs):
        runner.run(test)
    return TestResults(runner.failures, runner.tries)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    for test in DocTestFinder().find(f, name, globs=globs):
        DocTestRunner(optionflags=optionflags).run(test)
