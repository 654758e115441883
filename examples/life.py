"""Conway's Game of Life on an endless board: a set of live cells."""
from collections import Counter
from itertools import product

GLIDER = """
.#.
..#
###
"""


def cells(text):
    return {(x, y) for y, row in enumerate(text.split()) for x, c in enumerate(row) if c == "#"}


def step(alive):
    near = Counter((x + dx, y + dy) for x, y in alive for dx, dy in product((-1, 0, 1), repeat=2) if dx or dy)
    return {cell for cell, n in near.items() if n == 3 or n == 2 and cell in alive}


def show(alive, size=8):
    return "\n".join("".join(".#"[(x, y) in alive] for x in range(size)) for y in range(size))


board = cells(GLIDER)
for generation in range(17):
    if generation % 8 == 0:
        print(f"generation {generation}: {len(board)} cells", show(board), sep="\n")
    board = step(board)
