"""Stands in for the folder of import tests, of which another file wants one decorator."""


def no_rerun(reason):
    return lambda test: test
