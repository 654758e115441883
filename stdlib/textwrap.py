"""Wrapping, filling, indenting and dedenting of text.

    >>> import textwrap
    >>> textwrap.wrap("the quick brown fox jumped", 10)
    ['the quick', 'brown fox', 'jumped']
    >>> textwrap.dedent("  a\\n    b\\n")
    'a\\n  b\\n'
"""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

import re

# Only these count as whitespace: not, for one, the no-break space.
_whitespace = "\t\n\x0b\x0c\r "


class TextWrapper:
    """Breaks paragraphs into lines. The attributes are the keyword arguments."""

    unicode_whitespace_trans = dict.fromkeys(map(ord, _whitespace), ord(" "))

    _word = r"[\w!\"'&.,?]"
    _letter = r"[^\d\W]"
    _white = "[" + re.escape(_whitespace) + "]"
    _notwhite = "[^" + _white[1:]

    # Chunks that are never broken: whitespace, dashes between words, and words,
    # the latter up to and with a hyphen between letters.
    wordsep_re = re.compile(rf"""
        ( {_white}+
        | (?<={_word}) -{{2,}} (?=\w)
        | {_notwhite}+? (?:
              -(?: (?<={_letter}{{2}}-) | (?<={_letter}-{_letter}-) )
              (?= {_letter} -? {_letter})
            | (?={_white}|\Z)
            | (?<={_word}) (?=-{{2,}}\w)
          )
        )""", re.VERBOSE)

    wordsep_simple_re = re.compile(rf"({_white}+)")

    # A sentence ends in a lower-case letter and a full stop, perhaps in quotes.
    sentence_end_re = re.compile(r"[a-z][\.\!\?][\"\']?\Z")

    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True,
                 replace_whitespace=True, fix_sentence_endings=False, break_long_words=True,
                 drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None, placeholder=" [...]"):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    # ---- steps that a subclass may replace ------------------------------

    def _munge_whitespace(self, text):
        """Tabs and other whitespace become spaces."""
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(self.unicode_whitespace_trans)
        return text

    def _split(self, text):
        """The chunks of text, in order and without empty ones."""
        splitter = self.wordsep_re if self.break_on_hyphens is True else self.wordsep_simple_re
        return [chunk for chunk in splitter.split(text) if chunk]

    def _fix_sentence_endings(self, chunks):
        """Two spaces between sentences."""
        i = 0
        while i < len(chunks) - 1:
            if chunks[i + 1] == " " and self.sentence_end_re.search(chunks[i]):
                chunks[i + 1] = "  "
                i += 2
            else:
                i += 1

    def _handle_long_word(self, reversed_chunks, cur_line, cur_len, width):
        """A chunk wider than a line: break it, or give it a line of its own."""
        space_left = 1 if width < 1 else width - cur_len
        if self.break_long_words:
            end = space_left
            chunk = reversed_chunks[-1]
            if self.break_on_hyphens and len(chunk) > space_left:
                # Break after a hyphen unless there is nothing but hyphens before it.
                hyphen = chunk.rfind("-", 0, space_left)
                if hyphen > 0 and any(c != "-" for c in chunk[:hyphen]):
                    end = hyphen + 1
            cur_line.append(chunk[:end])
            reversed_chunks[-1] = chunk[end:]
        elif not cur_line:
            cur_line.append(reversed_chunks.pop())

    def _wrap_chunks(self, chunks):
        """Lay the chunks out in lines."""
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")

        lines = []
        chunks.reverse()    # taken from the end
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and chunks[-1].strip() == "" and lines:
                del chunks[-1]

            cur_line = []
            cur_len = 0
            while chunks and cur_len + len(chunks[-1]) <= width:
                cur_len += len(chunks[-1])
                cur_line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._handle_long_word(chunks, cur_line, cur_len, width)
                cur_len = sum(map(len, cur_line))
            if self.drop_whitespace and cur_line and cur_line[-1].strip() == "":
                cur_len -= len(cur_line[-1])
                del cur_line[-1]
            if not cur_line:
                continue

            rest_is_nothing = not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()
            if (self.max_lines is None or len(lines) + 1 < self.max_lines
                    or rest_is_nothing and cur_len <= width):
                lines.append(indent + "".join(cur_line))
                continue
            self._end_with_placeholder(lines, indent, cur_line, cur_len, width)
            break
        return lines

    def _end_with_placeholder(self, lines, indent, cur_line, cur_len, width):
        """The last allowed line: drop words until the placeholder fits."""
        while cur_line:
            if cur_line[-1].strip() and cur_len + len(self.placeholder) <= width:
                cur_line.append(self.placeholder)
                lines.append(indent + "".join(cur_line))
                return
            cur_len -= len(cur_line[-1])
            del cur_line[-1]
        if lines:
            previous = lines[-1].rstrip()
            if len(previous) + len(self.placeholder) <= self.width:
                lines[-1] = previous + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def _split_chunks(self, text):
        return self._split(self._munge_whitespace(text))

    # ---- what users call --------------------------------------------------

    def wrap(self, text):
        """The lines of the one paragraph in text, without line ends."""
        chunks = self._split_chunks(text)
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """wrap() as one string."""
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The lines of a paragraph, at most width wide; see TextWrapper."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """wrap() as one string."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """Collapse whitespace and cut whole words to fit, with a placeholder for the rest."""
    wrapper = TextWrapper(width=width, max_lines=1, **kwargs)
    return wrapper.fill(" ".join(text.strip().split()))


def dedent(text):
    """Remove the whitespace that all lines have in front in common.

    Lines of only whitespace do not count and become empty; tabs and spaces
    are different.
    """
    lines = text.split("\n")
    margin = None
    for i, line in enumerate(lines):
        content = line.lstrip(" \t")
        if not content:
            lines[i] = ""
            continue
        indent = line[:len(line) - len(content)]
        if margin is None:
            margin = indent
        elif not indent.startswith(margin):
            margin = _common_prefix(margin, indent)
    if margin:
        n = len(margin)
        lines = [line[n:] for line in lines]
    return "\n".join(lines)


def _common_prefix(a, b):
    for i, (x, y) in enumerate(zip(a, b)):
        if x != y:
            return a[:i]
    return a[:min(len(a), len(b))]


def indent(text, prefix, predicate=None):
    """Put prefix before each line that predicate accepts: by default those not blank."""
    accept = predicate if predicate is not None else str.strip
    return "".join(prefix + line if accept(line) else line for line in text.splitlines(True))
