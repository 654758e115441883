# Exits and interrupts among errors come first in the first line.
def generator():
    yield 1

raise BaseExceptionGroup("mixed", [ValueError("a"), ValueError("b"), KeyboardInterrupt(), GeneratorExit(), ValueError("c")])
