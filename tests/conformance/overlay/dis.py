"""A stand-in for dis: can be imported; Skein's instructions are not CPython's."""
import unittest

opmap, opname, hasjump = {}, [], []


def get_instructions(code, **options):
    raise unittest.SkipTest("CPython's bytecode")


dis = disassemble = Bytecode = code_info = stack_effect = get_instructions
