"""A stand-in for platform: which machine and which implementation."""
import sys


def system():
    return "Linux"


def machine():
    return "x86_64"


def python_implementation():
    return sys.implementation.name.capitalize()


def python_version():
    return "%d.%d.%d" % sys.version_info[:3]


def architecture(executable=None, bits="", linkage=""):
    return ("64bit", "ELF")


def libc_ver(*args):
    return ("glibc", "2.36")


def platform(*args):
    return "Linux"


def release():
    return ""
