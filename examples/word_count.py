"""Counts words: of the files named on the command line, or of a poem."""
import re
import sys
from collections import Counter

POEM = """\
The rain it raineth every day,
the rain it raineth on the just,
and also on the unjust fella,
but chiefly on the just, because
the unjust hath the just's umbrella.
"""


def words(text):
    for match in re.finditer(r"[a-z]+(?:'[a-z]+)?", text.lower()):
        yield match.group()


def main(paths):
    texts = [POEM]
    if paths:
        texts = []
        for path in paths:
            with open(path, encoding="utf-8") as file:
                texts.append(file.read())
    counts = Counter(word for text in texts for word in words(text))
    width = max(map(len, counts))
    for word, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:8]:
        print(f"{word:>{width}} {n:3} {'#' * n}")
    print(f"{counts.total()} words, {len(counts)} different")


main(sys.argv[1:])
