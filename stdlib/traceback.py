"""Tracebacks: taken apart, formatted and printed.

    >>> import traceback
    >>> try:
    ...     {}["key"]
    ... except KeyError as error:
    ...     print("".join(traceback.format_exception_only(error)), end="")
    KeyError: 'key'

FrameSummary is one entry, StackSummary a list of them, TracebackException all
that is printed about an exception. They hold text only: no frame, no object
of the program stays alive through them. The interpreter prints uncaught
errors with its own code, to the same result.
"""

__all__ = [
    "extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack",
    "format_tb", "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb",
    "clear_frames", "FrameSummary", "StackSummary", "TracebackException", "walk_stack", "walk_tb",
]

import itertools
import linecache
import sys

import _tb_carets
from _collections_abc import Sequence
import _tb_suggest
from _tb_suggest import distance as _levenshtein_distance


class _Implicit:
    """Stands for an argument that was not given, also in signatures."""

    def __repr__(self):
        return "<implicit>"


_MISSING = _Implicit()
_RECURSIVE_CUTOFF = 3   # so many equal lines of a recursion are printed

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"


# ---- the functions most programs use ---------------------------------------------

def print_list(extracted_list, file=None):
    """Print what extract_tb() or extract_stack() gave."""
    if file is None:
        file = sys.stderr
    for item in StackSummary.from_list(extracted_list).format():
        print(item, file=file, end="")


def format_list(extracted_list):
    """The same as a list of strings, each with its newlines."""
    return StackSummary.from_list(extracted_list).format()


def print_tb(tb, limit=None, file=None):
    """Print the entries of a traceback."""
    print_list(extract_tb(tb, limit=limit), file=file)


def format_tb(tb, limit=None):
    """The entries of a traceback as strings."""
    return extract_tb(tb, limit=limit).format()


def extract_tb(tb, limit=None):
    """The entries of a traceback as a StackSummary."""
    return StackSummary._extract(_extended_tb(tb), limit=limit)


def _parse_value_tb(exc, value, tb):
    """Both forms of call: f(exc) and the old f(type, value, tb)."""
    if (value is _MISSING) != (tb is _MISSING):
        raise ValueError("Both or neither of value and tb must be given")
    if value is tb is _MISSING:
        if exc is not None:
            if isinstance(exc, BaseException):
                return exc, exc.__traceback__
            raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
        return None, None
    return value, tb


def print_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, file=None, chain=True, **kwargs):
    """Print an exception, its traceback and, if chain, what led to it."""
    colorize = kwargs.get("colorize", False)
    value, tb = _parse_value_tb(exc, value, tb)
    te = TracebackException(type(value), value, tb, limit=limit, compact=True)
    te.print(file=file, chain=chain, colorize=colorize)


def _print_exception_bltin(exc, file=None, /):
    """What sys.excepthook does, for whoever replaces it."""
    if file is None:
        file = sys.stderr if sys.stderr is not None else sys.__stderr__
    import _colorize
    colorize = _colorize.can_colorize(file=file)
    return print_exception(exc, file=file, colorize=colorize)


def format_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, chain=True, **kwargs):
    """What print_exception() prints, as a list of strings."""
    colorize = kwargs.get("colorize", False)
    value, tb = _parse_value_tb(exc, value, tb)
    te = TracebackException(type(value), value, tb, limit=limit, compact=True)
    return list(te.format(chain=chain, colorize=colorize))


def format_exception_only(exc, /, value=_MISSING, *, show_group=False, **kwargs):
    """The last part only: type and message, notes, and for a group its members."""
    colorize = kwargs.get("colorize", False)
    if value is _MISSING:
        value = exc
    te = TracebackException(type(value), value, None, compact=True)
    return list(te.format_exception_only(show_group=show_group, colorize=colorize))


def print_exc(limit=None, file=None, chain=True):
    """Print the exception being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The same as one string."""
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Print the last uncaught exception of an interactive session."""
    if not hasattr(sys, "last_exc") and not hasattr(sys, "last_type"):
        raise ValueError("no last exception")
    if hasattr(sys, "last_exc"):
        print_exception(sys.last_exc, limit=limit, file=file, chain=chain)
    else:
        print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def print_stack(f=None, limit=None, file=None):
    """Print the call stack, from the outermost call to here (or to frame f)."""
    if f is None:
        f = sys._getframe().f_back
    print_list(extract_stack(f, limit=limit), file=file)


def format_stack(f=None, limit=None):
    """The same as a list of strings."""
    if f is None:
        f = sys._getframe().f_back
    return format_list(extract_stack(f, limit=limit))


def extract_stack(f=None, limit=None):
    """The same as a StackSummary."""
    if f is None:
        f = sys._getframe().f_back
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def clear_frames(tb):
    """Clear the local variables of all frames of a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass    # still running
        tb = tb.tb_next


# ---- walking -----------------------------------------------------------------------

def walk_stack(f):
    """Iterate over (frame, line number) from frame f outwards."""
    if f is None:
        f = sys._getframe().f_back.f_back.f_back.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """Iterate over (frame, line number) of a traceback, towards the error."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _extended_tb(tb):
    """The same with positions: (frame, (line, end line, column, end column))."""
    while tb is not None:
        positions = _positions_at(tb.tb_frame.f_code, tb.tb_lasti)
        if positions[0] is None:
            positions = (tb.tb_lineno,) + positions[1:]
        yield tb.tb_frame, positions
        tb = tb.tb_next


def _positions_at(code, lasti):
    if lasti < 0:
        return None, None, None, None
    return next(itertools.islice(code.co_positions(), lasti // 2, None), (None, None, None, None))


# ---- one entry -----------------------------------------------------------------------

class FrameSummary:
    """File, line and function of one entry, with the source if it is known.

    Behaves as the tuple (filename, lineno, name, line). The source is read at
    the first look at `line`; lookup_line=True reads it at once.
    """

    __slots__ = ("filename", "lineno", "end_lineno", "colno", "end_colno", "name", "_lines", "_lines_dedented",
                 "locals", "_code")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None,
                 colno=None, end_colno=None, **kwargs):
        self.filename = filename
        self.lineno = lineno
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self.name = name
        self._code = kwargs.get("_code")
        self._lines = line
        self._lines_dedented = None
        if lookup_line:
            self.line
        self.locals = None if not locals else {
            key: _safe_string(value, "local", func=repr) for key, value in locals.items()}

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (self.filename == other.filename and self.lineno == other.lineno
                    and self.name == other.name and self.locals == other.locals)
        if isinstance(other, tuple):
            return (self.filename, self.lineno, self.name, self.line) == other
        return NotImplemented

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    def __len__(self):
        return 4

    def _set_lines(self):
        """Read all lines of the entry."""
        if self._lines is not None or self.lineno is None or self.end_lineno is None:
            return
        lines = []
        for lineno in range(self.lineno, self.end_lineno + 1):
            line = linecache.getline(self.filename, lineno).rstrip()
            if not line and self._code is not None and self.filename.startswith("<"):
                line = linecache._getline_from_code(self._code, lineno).rstrip()
            lines.append(line)
        self._lines = "\n".join(lines) + "\n"

    @property
    def _original_lines(self):
        """The lines as they are in the file, without trailing whitespace."""
        self._set_lines()
        return self._lines

    @property
    def _dedented_lines(self):
        """The lines without the indentation they have in common."""
        self._set_lines()
        if self._lines_dedented is None and self._lines is not None:
            self._lines_dedented = _dedented(self._lines)
        return self._lines_dedented

    @property
    def line(self):
        """The first line, stripped; None if there is no line number."""
        self._set_lines()
        if self._lines is None:
            return None
        return self._lines.partition("\n")[0].strip()


class StackSummary(list):
    """A list of FrameSummary."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """From an iterable of (frame, line number), such as walk_stack() gives."""
        extended = ((f, (lineno, None, None, None)) for f, lineno in frame_gen)
        return klass._extract(extended, limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals)

    @classmethod
    def _extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """From an iterable of (frame, positions)."""
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is not None:
            if limit >= 0:
                frame_gen = itertools.islice(frame_gen, limit)
            else:
                frame_gen = list(frame_gen)[limit:]

        result = klass()
        filenames = set()
        for f, (lineno, end_lineno, colno, end_colno) in frame_gen:
            co = f.f_code
            filenames.add(co.co_filename)
            linecache.lazycache(co.co_filename, f.f_globals)
            # The line is not looked up yet: the cache may first have to be checked, below.
            result.append(FrameSummary(co.co_filename, lineno, co.co_name, lookup_line=False,
                                       locals=f.f_locals if capture_locals else None, end_lineno=end_lineno,
                                       colno=colno, end_colno=end_colno, _code=co))
        for filename in filenames:
            linecache.checkcache(filename)
        if lookup_lines:
            for f in result:
                f.line
        return result

    @classmethod
    def from_list(klass, a_list):
        """From a list of FrameSummary or of (filename, lineno, name, line) tuples."""
        result = StackSummary()
        for frame in a_list:
            if isinstance(frame, FrameSummary):
                result.append(frame)
            else:
                filename, lineno, name, line = frame
                result.append(FrameSummary(filename, lineno, name, line=line))
        return result

    def format_frame_summary(self, frame_summary, **kwargs):
        """The text of one entry; None leaves it out. Subclasses may change it."""
        colors = _colors(kwargs.get("colorize", False))
        filename = frame_summary.filename
        if filename.startswith("<stdin>-"):
            filename = "<stdin>"
        text = (f'  File {colors.MAGENTA}"{filename}"{colors.RESET}, '
                f"line {colors.MAGENTA}{frame_summary.lineno}{colors.RESET}, "
                f"in {colors.MAGENTA}{frame_summary.name}{colors.RESET}\n")
        source = frame_summary._dedented_lines
        if source and source.strip():
            text += _format_source(self, frame_summary, source, colors)
        if frame_summary.locals:
            for name, value in sorted(frame_summary.locals.items()):
                text += f"    {name} = {value}\n"
        return text

    def _should_show_carets(self, start_offset, end_offset, all_lines, anchors):
        """Whether carets tell more than the line alone."""
        if _tb_carets.hides_carets(all_lines, start_offset, end_offset):
            return False
        fills_lines = not all_lines[0][:start_offset].lstrip() and not all_lines[-1][end_offset:].rstrip()
        return bool(anchors) or not fills_lines

    def format(self, **kwargs):
        """The entries as strings; a long recursion is folded.

        Entries are equal if file, line and function are; after the third of
        them the rest becomes "[Previous line repeated N more times]".
        """
        colorize = kwargs.get("colorize", False)
        result = []
        last = None
        count = 0

        def fold():
            if count > _RECURSIVE_CUTOFF:
                more = count - _RECURSIVE_CUTOFF
                result.append(f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n")

        for frame_summary in self:
            if colorize:
                formatted = self.format_frame_summary(frame_summary, colorize=True)
            else:
                formatted = self.format_frame_summary(frame_summary)
            if formatted is None:
                continue
            key = frame_summary.filename, frame_summary.lineno, frame_summary.name
            if None in key or key != last:
                fold()
                last = key
                count = 0
            count += 1
            if count <= _RECURSIVE_CUTOFF:
                result.append(formatted)
        fold()
        return result


class _NoColors:
    RESET = MAGENTA = BOLD_MAGENTA = RED = BOLD_RED = ""


def _colors(colorize):
    if not colorize:
        return _NoColors
    import _colorize
    return _colorize.ANSIColors


def _characters(line, byte_offset):
    """How many characters the first byte_offset bytes of line are."""
    if line.isascii():
        return byte_offset
    return len(line.encode("utf-8")[:byte_offset].decode("utf-8", errors="replace"))


def _format_source(stack, frame, dedented, colors):
    """The source lines of an entry with the carets under them."""
    if frame.colno is None or frame.end_colno is None:
        return "    " + dedented.partition("\n")[0].strip() + "\n"

    original = frame._original_lines.splitlines()
    lines = dedented.splitlines()
    last = len(lines) - 1

    # Columns come in bytes of the original lines.
    start = _characters(original[0], frame.colno) - (len(original[0]) - len(lines[0]))
    end = _characters(original[-1], frame.end_colno) - (len(original[-1]) - len(lines[-1]))
    start = max(start, 0)
    end = max(end, 0)

    shown = {0, last}
    marks = None
    segment = _tb_carets._cut(lines, start, end)
    found = _tb_carets.anchors(segment)
    if found is not None:
        # Back from columns of the segment to columns of the lines, on the screen.
        marks = []
        for line, col in found:
            if line == 0:
                col += start
            marks.append((line, _tb_carets.display_width(lines[line], col)))
        # The lines of the operator and the ones around it are shown.
        shown.update(range(marks[0][0] - 1, marks[0][0] + 2))
        shown.update(range(marks[1][0] - 1, marks[1][0] + 2))
        shown &= set(range(last + 1))

    carets = stack._should_show_carets(start, end, lines, marks)
    first_col = _tb_carets.display_width(lines[0], start)
    last_col = _tb_carets.display_width(lines[-1], end)

    result = []

    def show(number):
        line = lines[number]
        if not carets:
            result.append(line)
            return
        pattern = _caret_pattern(number, line, last_col if number == last else _tb_carets.display_width(line),
                                 first_col, marks)
        result.extend(_colored(line, pattern, colors))

    previous = None
    for number in sorted(shown):
        if previous is not None:
            gap = number - previous - 1
            if gap == 1:
                show(previous + 1)      # a mark for one hidden line would be no shorter
            elif gap > 1:
                result.append(f"...<{gap} lines>...")
        show(number)
        previous = number
    return _indented("\n".join(result) + "\n", "    ")


def _caret_pattern(number, line, width, first_col, marks):
    """What stands under a line: blanks, `~` for the expression, `^` for its operator."""
    indent = len(line) - len(line.lstrip())
    pattern = []
    for col in range(width):
        if col < indent or number == 0 and col < first_col:
            pattern.append(" ")
        elif marks is None or marks[0] <= (number, col) < marks[1]:
            pattern.append("^")
        else:
            pattern.append("~")
    return "".join(pattern)


def _colored(line, pattern, colors):
    """The line and its carets, with runs of the same caret coloured alike."""
    if not colors.RESET:
        return line, pattern
    color = {"^": colors.BOLD_RED, "~": colors.RED}
    chars = itertools.zip_longest(line, pattern, fillvalue="")
    text = []
    under = []
    for caret, group in itertools.groupby(chars, key=lambda pair: pair[1]):
        group = list(group)
        piece = "".join(char for char, _ in group)
        mark = "".join(mark for _, mark in group)
        if caret in color:
            piece = color[caret] + piece + colors.RESET
            mark = color[caret] + mark + colors.RESET
        text.append(piece)
        under.append(mark)
    return "".join(text), "".join(under)


def _indented(text, prefix):
    return "".join(prefix + line for line in text.splitlines(True))


def _dedented(text):
    """The lines without the indentation that the ones that are not blank have in common."""
    lines = text.split("\n")
    margin = None
    for line in lines:
        content = line.lstrip(" \t")
        if content:
            indent = line[:len(line) - len(content)]
            if margin is None or margin.startswith(indent):
                margin = indent
            while not indent.startswith(margin):
                margin = margin[:-1]
    n = len(margin) if margin else 0
    return "\n".join(line[n:] if line.strip(" \t") else "" for line in lines)


def _safe_string(value, what, func=str):
    """str(value), or a note that it failed: printing an error never fails."""
    try:
        return func(value)
    except:
        return f"<{what} {func.__name__}() failed>"


# ---- exceptions -----------------------------------------------------------------------

class _GroupContext:
    """Where in the tree of a group the printing is: nesting depth, open frame line."""

    def __init__(self):
        self.seen = set()
        self.exception_group_depth = 0
        self.need_close = False

    def indent(self):
        return " " * (2 * self.exception_group_depth)

    def emit(self, text_gen, margin_char=None):
        """Put the indentation of the tree before each line."""
        indent = self.indent()
        if self.exception_group_depth:
            indent += "|" if margin_char is None else margin_char
            indent += " "
        if isinstance(text_gen, str):
            yield _indented(text_gen, indent)
        else:
            for text in text_gen:
                yield _indented(text, indent)


class TracebackException:
    """An exception with all that is printed about it, and nothing else."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, save_exc_type=True, _seen=None):
        # Chains and groups may be very long and deep, and may have cycles:
        # a work list instead of recursion, and each exception once.
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self._fill(exc_type, exc_value, exc_traceback, limit, lookup_lines, capture_locals, save_exc_type)

        def related(exc):
            """A new TracebackException for exc, put on the work list; None if exc was seen."""
            if exc is None or id(exc) in seen:
                return None
            seen.add(id(exc))
            te = TracebackException.__new__(TracebackException)
            te.max_group_width = max_group_width
            te.max_group_depth = max_group_depth
            te._fill(type(exc), exc, exc.__traceback__, limit, lookup_lines, capture_locals, save_exc_type)
            pending.append((te, exc))
            return te

        pending = [(self, exc_value)] if _seen is None else []
        while pending:
            te, exc = pending.pop()
            if exc is None:
                continue
            te.__cause__ = related(exc.__cause__)
            if not compact or te.__cause__ is None and exc is not None and not exc.__suppress_context__:
                te.__context__ = related(exc.__context__)
            if isinstance(exc, BaseExceptionGroup):
                te.exceptions = [related(member) or te._repeated(member, seen, limit, lookup_lines, capture_locals,
                                                                save_exc_type)
                                 for member in exc.exceptions]

    def _repeated(self, exc, seen, limit, lookup_lines, capture_locals, save_exc_type):
        """A member that was met before: printed again, but not what led to it."""
        te = TracebackException.__new__(TracebackException)
        te.max_group_width = self.max_group_width
        te.max_group_depth = self.max_group_depth
        te._fill(type(exc), exc, exc.__traceback__, limit, lookup_lines, capture_locals, save_exc_type)
        return te

    def _fill(self, exc_type, exc_value, exc_traceback, limit, lookup_lines, capture_locals, save_exc_type):
        """Everything about one exception but its relations."""
        self.__cause__ = None
        self.__context__ = None
        self.exceptions = None
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False
        self.stack = StackSummary._extract(_extended_tb(exc_traceback), limit=limit, lookup_lines=lookup_lines,
                                           capture_locals=capture_locals)
        self._exc_type = exc_type if save_exc_type else None
        self._str = _safe_string(exc_value, "exception")
        try:
            self.__notes__ = getattr(exc_value, "__notes__", None)
        except Exception as error:
            self.__notes__ = [f"Ignored error getting __notes__: {_safe_string(error, '__notes__', repr)}"]

        self._is_syntax_error = False
        self._have_exc_type = exc_type is not None
        if exc_type is not None:
            self.exc_type_qualname = exc_type.__qualname__
            self.exc_type_module = exc_type.__module__
        else:
            self.exc_type_qualname = None
            self.exc_type_module = None

        if exc_type is None:
            return
        if issubclass(exc_type, SyntaxError):
            self._fill_syntax_error(exc_value)
        elif issubclass(exc_type, ImportError):
            wrong_name = getattr(exc_value, "name_from", None)
            if wrong_name is not None:
                self._suggest(exc_value, exc_traceback, wrong_name)
        elif issubclass(exc_type, (NameError, AttributeError)):
            wrong_name = getattr(exc_value, "name", None)
            if wrong_name is not None:
                self._suggest(exc_value, exc_traceback, wrong_name)
                if issubclass(exc_type, NameError) and wrong_name in sys.stdlib_module_names:
                    if self._str.endswith("?"):
                        self._str += f" Or did you forget to import '{wrong_name}'?"
                    else:
                        self._str += f". Did you forget to import '{wrong_name}'?"

    def _suggest(self, exc, tb, wrong_name):
        meant = _tb_suggest.suggestion(exc, tb, wrong_name)
        if meant:
            self._str += f". Did you mean: '{meant}'?"

    def _fill_syntax_error(self, exc):
        self.filename = exc.filename
        self.lineno = None if exc.lineno is None else str(exc.lineno)
        self.end_lineno = None if exc.end_lineno is None else str(exc.end_lineno)
        self.text = exc.text
        self.offset = exc.offset
        self.end_offset = exc.end_offset
        self.msg = exc.msg
        self._is_syntax_error = True

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """From an exception object."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type(self):
        import warnings
        warnings.warn("Deprecated in 3.13. Use exc_type_str instead.", DeprecationWarning, stacklevel=2)
        return self._exc_type

    @property
    def exc_type_str(self):
        """The name of the type as it is printed, with its module if that is not obvious."""
        if not self._have_exc_type:
            return None
        module = self.exc_type_module
        if module in ("__main__", "builtins"):
            return self.exc_type_qualname
        if not isinstance(module, str):
            module = "<unknown>"
        return f"{module}.{self.exc_type_qualname}"

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def __str__(self):
        return self._str

    # ---- formatting --------------------------------------------------------

    def format_exception_only(self, *, show_group=False, _depth=0, **kwargs):
        """Type and message (for a syntax error the place too) and notes, line by line."""
        colors = _colors(kwargs.get("colorize", False))
        indent = 3 * _depth * " "
        if not self._have_exc_type:
            yield indent + _final_line(None, self._str, colors)
            return

        stype = self.exc_type_str
        if not self._is_syntax_error:
            if _depth > 0:
                # Nested in a group: every line of the message is indented.
                formatted = _final_line(stype, self._str, colors).split("\n")
                formatted = [indent + line + "\n" for line in formatted[:-1]]
                yield from formatted
            else:
                yield _final_line(stype, self._str, colors)
        else:
            yield from (indent + line for line in self._format_syntax_error(stype, colors))

        notes = self.__notes__
        if isinstance(notes, Sequence) and not isinstance(notes, (str, bytes)):
            for note in notes:
                for line in _safe_string(note, "note").split("\n"):
                    yield indent + line + "\n"
        elif notes is not None:
            yield indent + _safe_string(notes, "__notes__", func=repr) + "\n"

        if self.exceptions and show_group:
            for member in self.exceptions:
                yield from member.format_exception_only(show_group=show_group, _depth=_depth + 1, **kwargs)

    def _format_syntax_error(self, stype, colors):
        """File, line, source with carets, message."""
        suffix = ""
        if self.lineno is not None:
            yield (f'  File {colors.MAGENTA}"{self.filename or "<string>"}"{colors.RESET}, '
                   f"line {colors.MAGENTA}{self.lineno}{colors.RESET}\n")
        elif self.filename is not None:
            suffix = f" ({self.filename})"

        if isinstance(self.text, str):
            # text does not have to be the line of the file: take it as it is.
            line = self.text.rstrip("\n")
            stripped = line.lstrip(" \n\f")
            if self.offset is None:
                yield f"    {stripped}\n"
            elif isinstance(self.lineno, str) or self.lineno is None:
                yield from self._syntax_error_source(line, stripped, colors)

        msg = self.msg or "<no detail available>"
        yield f"{colors.BOLD_MAGENTA}{stype}{colors.RESET}: {colors.MAGENTA}{msg}{colors.RESET}{suffix}\n"

    def _syntax_error_source(self, line, stripped, colors):
        removed = len(line) - len(stripped)
        offset = self.offset
        if self.lineno == self.end_lineno:
            end_offset = self.end_offset if self.end_offset not in (None, 0) else offset
        else:
            end_offset = len(line) + 1      # goes on in later lines
        if self.text and offset > len(self.text):
            offset = len(self.text) + 1     # an offset behind the line
        if self.text and end_offset > len(self.text):
            end_offset = len(self.text) + 1
        if offset >= end_offset or end_offset < 0:
            end_offset = offset + 1

        start = offset - 1 - removed
        end = end_offset - 1 - removed
        if start < 0:
            yield f"    {stripped}\n"
            return
        # Tabs and wide spaces stay, so that the carets stand right.
        blanks = "".join(c if c.isspace() else " " for c in stripped[:start])
        if colors.RESET:
            marked = stripped[:start] + colors.BOLD_RED + stripped[start:end] + colors.RESET + stripped[end:]
        else:
            marked = stripped
        yield f"    {marked}\n"
        yield f"    {blanks}{colors.BOLD_RED}{'^' * (end - start)}{colors.RESET}\n"

    def format(self, *, chain=True, _ctx=None, **kwargs):
        """All of it, line by line (a string may hold several)."""
        colorize = kwargs.get("colorize", False)
        if _ctx is None:
            _ctx = _GroupContext()

        # The oldest exception of the chain is printed first.
        output = []
        exc = self
        if chain:
            while exc:
                if exc.__cause__ is not None:
                    message, older = _CAUSE, exc.__cause__
                elif exc.__context__ is not None and not exc.__suppress_context__:
                    message, older = _CONTEXT, exc.__context__
                else:
                    message, older = None, None
                output.append((message, exc))
                exc = older
        else:
            output.append((None, exc))

        for message, exc in reversed(output):
            if message is not None:
                yield from _ctx.emit(message)
            if exc.exceptions is None:
                if exc.stack:
                    yield from _ctx.emit("Traceback (most recent call last):\n")
                    yield from _ctx.emit(exc.stack.format(colorize=colorize))
                yield from _ctx.emit(exc.format_exception_only(colorize=colorize))
            elif _ctx.exception_group_depth > self.max_group_depth:
                yield from _ctx.emit(f"... (max_group_depth is {self.max_group_depth})\n")
            else:
                yield from exc._format_group(_ctx, chain, colorize)

    def _format_group(self, ctx, chain, colorize):
        """A group and its members, as a tree."""
        outermost = ctx.exception_group_depth == 0
        if outermost:
            ctx.exception_group_depth += 1

        if self.stack:
            yield from ctx.emit("Exception Group Traceback (most recent call last):\n",
                                margin_char="+" if outermost else None)
            yield from ctx.emit(self.stack.format(colorize=colorize))
        yield from ctx.emit(self.format_exception_only(colorize=colorize))

        num = len(self.exceptions)
        shown = num if num <= self.max_group_width else self.max_group_width + 1
        ctx.need_close = False
        for i in range(shown):
            last = i == shown - 1
            if last:
                # The innermost last member draws the closing line.
                ctx.need_close = True
            truncated = i >= self.max_group_width
            title = f"{i + 1}" if not truncated else "..."
            yield f"{ctx.indent()}{'+-' if i == 0 else '  '}+---------------- {title} ----------------\n"
            ctx.exception_group_depth += 1
            if not truncated:
                yield from self.exceptions[i].format(chain=chain, _ctx=ctx, colorize=colorize)
            else:
                more = num - self.max_group_width
                yield from ctx.emit(f"and {more} more exception{'s' if more > 1 else ''}\n")
            if last and ctx.need_close:
                yield f"{ctx.indent()}+------------------------------------\n"
                ctx.need_close = False
            ctx.exception_group_depth -= 1

        if outermost:
            assert ctx.exception_group_depth == 1
            ctx.exception_group_depth = 0

    def print(self, *, file=None, chain=True, **kwargs):
        """Print what format() gives, to sys.stderr by default."""
        colorize = kwargs.get("colorize", False)
        if file is None:
            file = sys.stderr
        for line in self.format(chain=chain, colorize=colorize):
            print(line, file=file, end="")


def _final_line(etype, value, colors):
    """`Type: message`, or the type alone if there is no message."""
    if etype is None:
        return f"{value}\n"
    etype = f"{colors.BOLD_MAGENTA}{etype}{colors.RESET}"
    if not value:
        return f"{etype}\n"
    return f"{etype}: {colors.MAGENTA}{value}{colors.RESET}\n"
