"""Lines of source files, kept in memory: for tracebacks.

    >>> import linecache
    >>> linecache.getline("/no/such/file", 1)
    ''
"""

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# filename -> (size, mtime, lines, fullname), or (loader_function,) while lazy.
cache = {}

# Sources given as a string: code object -> entry as above.
_interactive_cache = {}


def clearcache():
    """Forget everything."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """A line with its newline; '' if there is none. Never raises."""
    lines = getlines(filename, module_globals)
    if 1 <= lineno <= len(lines):
        return lines[lineno - 1]
    return ""


def getlines(filename, module_globals=None):
    """All lines of a file."""
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def _code_key(code):
    return (code.co_name, code.co_filename, code.co_firstlineno, hash(code.co_code))


def _getline_from_code(code, lineno):
    lines = _getlines_from_code(code)
    if 1 <= lineno <= len(lines):
        return lines[lineno - 1]
    return ""


def _getlines_from_code(code):
    entry = _interactive_cache.get(_code_key(code))
    return entry[2] if entry is not None and len(entry) != 1 else []


def _register_code(code, string, name):
    """Remember the source of code that has no file, nested code objects too.

    For a file name instead of a code object: of all code of that name.
    """
    entry = (len(string), None, [line + "\n" for line in string.splitlines()], name)
    if isinstance(code, str):
        cache[code] = entry
        return
    pending = [code]
    while pending:
        current = pending.pop()
        pending.extend(const for const in current.co_consts if isinstance(const, type(code)))
        _interactive_cache[_code_key(current)] = entry


def checkcache(filename=None):
    """Forget entries whose file has changed or is gone."""
    filenames = list(cache) if filename is None else [filename]
    for name in filenames:
        entry = cache.get(name)
        if entry is None or len(entry) == 1:
            continue
        size, mtime, lines, fullname = entry
        if mtime is None:
            continue    # not from a file: cannot change
        try:
            import os
        except ImportError:
            return
        try:
            stat = os.stat(fullname)
        except (OSError, ValueError):
            cache.pop(name, None)
            continue
        if size != stat.st_size or mtime != stat.st_mtime:
            cache.pop(name, None)


def updatecache(filename, module_globals=None):
    """Read a file anew and return its lines; [] if that fails."""
    # Not at the top: the interpreter prints tracebacks at times when imports fail.
    try:
        import os
        import sys
    except ImportError:
        return []

    entry = cache.pop(filename, None)
    if not filename or filename.startswith("<") and filename.endswith(">"):
        frozen = _frozen_source(filename)
        if frozen is None:
            return _given_lines(filename)
        lines = frozen.splitlines(True)
        cache[filename] = (len(frozen), None, lines, filename)
        return lines

    fullname = filename
    lines = _given_lines(filename)      # the host's, who may call it what he likes
    if lines:
        return lines
    try:
        stat = os.stat(fullname)
    except OSError:
        # A loader may know the text; else search the path for a relative name.
        if entry is not None and len(entry) == 1:
            lines = _from_loader(filename, entry)
            if lines is not None:
                return lines
        if lazycache(filename, module_globals):
            lines = _from_loader(filename, cache[filename])
            if lines is not None:
                return lines
        if os.path.isabs(filename):
            return []
        for dirname in sys.path:
            try:
                fullname = os.path.join(dirname, filename)
                stat = os.stat(fullname)
                break
            except (TypeError, AttributeError, OSError, ValueError):
                continue
        else:
            return []
    except ValueError:
        return []   # a name with a null character
    try:
        lines = _read_lines(fullname)
    except (OSError, UnicodeDecodeError, SyntaxError):
        return []
    cache[filename] = (stat.st_size, stat.st_mtime, lines, fullname)
    return lines


def _from_loader(filename, entry):
    """Make a lazy entry a full one; None if the loader has no text."""
    try:
        data = entry[0]()
    except (ImportError, OSError):
        return None
    if data is None:
        return []
    cache[filename] = (len(data), None, [line + "\n" for line in data.splitlines()], filename)
    return cache[filename][2]


def _frozen_source(filename):
    """The text of a module that is part of the program: '<frozen name>'."""
    if not filename or not filename.startswith("<frozen "):
        return None
    try:
        import _imp
        return _imp.source(filename[8:-1])
    except (ImportError, AttributeError, OSError):
        return None


def _given_lines(filename):
    """The lines of text the interpreter was given without a file, as by -c."""
    try:
        import _imp
        data = _imp.text(filename)
        return data.decode().splitlines(True) if data else []
    except (ImportError, AttributeError, UnicodeDecodeError):
        return []


def _read_lines(path):
    """The lines of a source file, decoded as its coding comment says."""
    import posix    # not io: an error message should not have to wait for all of that
    fd = posix.open(path, posix.O_RDONLY)
    try:
        chunks = []
        while chunk := posix.read(fd, 1 << 20):
            chunks.append(chunk)
    finally:
        posix.close(fd)
    data = b"".join(chunks)
    text = data.decode(_source_encoding(data))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    result = [line + "\n" for line in lines[:-1]]
    if lines[-1]:
        result.append(lines[-1] + "\n")
    return result or ["\n"]    # an empty file has one empty line


def _source_encoding(data):
    """What a comment in the first two lines says: '# -*- coding: NAME -*-'; else utf-8."""
    for line in data.split(b"\n", 2)[:2]:
        text = line.strip(b" \t\f")
        if not text.startswith(b"#"):
            if text.strip():
                break
            continue
        start = text.find(b"coding")
        if start < 0 or text[start + 6:start + 7] not in (b":", b"="):
            continue
        name = []
        for byte in text[start + 7:].lstrip(b" \t"):
            char = chr(byte)
            if not (char.isalnum() or char in "-_."):
                break
            name.append(char)
        if name:
            return "".join(name)
    return "utf-8"


def lazycache(filename, module_globals):
    """Remember how to get the text of a module from its loader, for when its lines are wanted."""
    if filename in cache:
        return len(cache[filename]) == 1
    if not filename or filename.startswith("<") and filename.endswith(">"):
        return False
    if module_globals and "__name__" in module_globals:
        spec = module_globals.get("__spec__")
        name = getattr(spec, "name", None) or module_globals["__name__"]
        loader = getattr(spec, "loader", None) or module_globals.get("__loader__")
        get_source = getattr(loader, "get_source", None)
        if name and get_source:
            def get_lines(name=name, *args, **kwargs):
                return get_source(name, *args, **kwargs)
            cache[filename] = (get_lines,)
            return True
        path = module_globals.get("__file__")
        if name and path:
            # No loader to ask: the module's file has its text.
            cache[filename] = (lambda: _frozen_source(path) or "".join(_read_lines(path)),)
            return True
    return False
