"""A stand-in for sysconfig: there is nothing to know about a build."""


def get_config_var(name):
    return None


def get_config_vars(*names):
    return [None] * len(names) if names else {}


def get_platform():
    return "linux-x86_64"


def is_python_build(check_home=None):
    return False


def get_path(name, scheme=None, vars=None):
    return ""


def get_paths(scheme=None, vars=None):
    return {}
