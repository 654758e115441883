"""The source text of objects; a part of inspect."""

import itertools
import linecache
import os
import sys


def _inspect():
    return sys.modules["inspect"]


class ClassFoundException(Exception):
    """Kept for its name."""


class EndOfBlock(Exception):
    """Kept for its name."""


class BlockFinder:
    """Finds the end of a block by its indentation."""

    def __init__(self):
        self.last = 1

    def feed(self, lines):
        if not lines:
            return
        depth = 0
        indent = None
        start = _inspect().indentsize(lines[0])
        header_done = False
        quote = None
        for number, line in enumerate(lines, 1):
            inside = quote is not None or depth > 0
            text = line.strip()
            if not inside and header_done and text and not text.startswith("#") and _inspect().indentsize(line) <= start:
                break
            depth, quote, code = _scan_line(line, depth, quote)
            if not text or text.startswith("#") and not inside:
                continue
            self.last = number
            if not header_done and depth == 0 and quote is None and not code.startswith("@"):
                if code.endswith("\\"):
                    continue
                header_done = True
                if not code.endswith(":"):
                    break       # all on one line


def _scan_line(line, depth, quote):
    """Follow brackets and strings through a line: (depth, open quote, code without comment)."""
    code = []
    i = 0
    while i < len(line):
        c = line[i]
        if quote is not None:
            if c == "\\":
                i += 2
                continue
            if line.startswith(quote, i):
                i += len(quote)
                quote = None
                continue
            i += 1
            continue
        if c == "#":
            break
        if c in "\"'":
            quote = c * 3 if line.startswith(c * 3, i) else c
            i += len(quote)
            code.append(c)
            continue
        if c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        code.append(c)
        i += 1
    if quote is not None and len(quote) == 1:
        quote = None
    return max(depth, 0), quote, "".join(code).strip()


def getblock(lines):
    """The lines of the block at the start of lines."""
    finder = BlockFinder()
    finder.feed(lines)
    return lines[:finder.last]


def getfile(object):
    """The file in which an object was defined."""
    if _inspect().ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if _inspect().isclass(object):
        if hasattr(object, "__module__"):
            module = sys.modules.get(object.__module__)
            if getattr(module, "__file__", None):
                return module.__file__
            if object.__module__ == "__main__":
                raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    if _inspect().ismethod(object):
        object = object.__func__
    if _inspect().isfunction(object):
        object = object.__code__
    if _inspect().istraceback(object):
        object = object.tb_frame
    if _inspect().isframe(object):
        object = object.f_code
    if _inspect().iscode(object):
        return object.co_filename
    raise TypeError("module, class, method, function, traceback, frame, or code object was expected, "
                    f"got {type(object).__name__}")


def getmodulename(path):
    """The name of the module in a file, None if it holds none."""
    name = os.path.basename(path)
    return name[:-3] if name.endswith(".py") else None


def getsourcefile(object):
    """The file with the source of an object, None if there is none."""
    filename = getfile(object)
    if os.path.exists(filename) or filename in linecache.cache:
        return filename
    if linecache.getlines(filename):
        return filename
    return None


def getabsfile(object, _filename=None):
    """The absolute path of the file of an object."""
    if _filename is None:
        _filename = getsourcefile(object) or getfile(object)
    return os.path.normcase(os.path.abspath(_filename))


def getmodule(object, _filename=None):
    """The module in which an object was defined, None if that is not known."""
    if _inspect().ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    try:
        filename = getfile(object)
    except (TypeError, OSError):
        return None
    for module in list(sys.modules.values()):
        if _inspect().ismodule(module) and getattr(module, "__file__", None) == filename:
            return module
    return None


def findsource(object):
    """(all lines of the file, index of the first line of the object)."""
    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    else:
        file = getfile(object)
        if not (file.startswith("<") and file.endswith(">")):
            raise OSError("source code not available")
    module = getmodule(object, file)
    lines = linecache.getlines(file, module.__dict__) if module else linecache.getlines(file)
    if not lines:
        raise OSError("could not get source code")
    if _inspect().ismodule(object):
        return lines, 0
    if _inspect().isclass(object):
        try:
            lnum = vars(object)["__firstlineno__"] - 1
        except (TypeError, KeyError):
            lnum = _class_line(object, lines)
        if lnum >= len(lines):
            raise OSError("lineno is out of bounds")
        return lines, lnum
    if _inspect().ismethod(object):
        object = object.__func__
    if _inspect().isfunction(object):
        object = object.__code__
    if _inspect().istraceback(object):
        object = object.tb_frame
    if _inspect().isframe(object):
        object = object.f_code
    if _inspect().iscode(object):
        lnum = object.co_firstlineno - 1
        if lnum >= len(lines):
            raise OSError("lineno is out of bounds")
        return lines, lnum
    raise OSError("could not find code object")


def _class_line(cls, lines):
    start = f"class {cls.__name__}"
    for i, line in enumerate(lines):
        text = line.lstrip()
        if text.startswith(start) and not text[len(start):len(start) + 1].isidentifier():
            return i
    raise OSError("source code not available")


def getsourcelines(object):
    """(lines of the object, number of the first one)."""
    object = _inspect().unwrap(object)
    lines, lnum = findsource(object)
    if _inspect().istraceback(object):
        object = object.tb_frame
    if _inspect().ismodule(object) or _inspect().isframe(object) and object.f_code.co_name == "<module>":
        return lines, 0
    return getblock(lines[lnum:]), lnum + 1


def getsource(object):
    """The source text of an object."""
    lines, lnum = getsourcelines(object)
    return "".join(lines)


def getcomments(object):
    """The comment lines right above an object, None if there are none."""
    try:
        lines, lnum = findsource(object)
    except (OSError, TypeError):
        return None
    if _inspect().ismodule(object):
        start = 1 if lines and lines[0][:2] == "#!" else 0
        comments = list(itertools.takewhile(lambda line: line.startswith("#"), lines[start:]))
        return "".join(comments) if comments else None
    indent = _inspect().indentsize(lines[lnum])
    comments = []
    i = lnum - 1
    while i >= 0 and lines[i].lstrip().startswith("#") and _inspect().indentsize(lines[i]) == indent:
        comments.append(lines[i].expandtabs().lstrip())
        i -= 1
    return "".join(reversed(comments)) if comments else None
