"""Writes errors.txt: broken programs with what CPython 3.13 says of them.

    python3.13 gen_errors.py < snippets > errors.txt

One snippet a line, with Python's escapes; what comes out is the snippet, and
below it the class, the four positions and the message.
"""
import ast
import sys


def verdict(source):
    try:
        ast.parse(source, '<test>')
    except SyntaxError as e:
        place = [-1 if n is None else n for n in (e.lineno, e.offset, e.end_lineno, e.end_offset)]
        return '%s %d:%d-%d:%d %s' % (type(e).__name__, *place, e.msg)
    return 'ok'


for line in sys.stdin:
    line = line.rstrip('\n')
    if line:
        escaped = line.encode('latin-1', 'backslashreplace').decode('unicode_escape')
        source = escaped
        print(line)
        print('    ' + verdict(source))
