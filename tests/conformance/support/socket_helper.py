"""test.support.socket_helper: addresses for tests that talk to themselves."""
import contextlib
import os
import socket
import tempfile
import unittest

HOST = "localhost"
HOSTv4 = "127.0.0.1"
HOSTv6 = "::1"
has_gethostname = True


def _ipv6_works():
    if not getattr(socket, "has_ipv6", False):
        return False
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as s:
            s.bind((HOSTv6, 0))
        return True
    except OSError:
        return False


IPV6_ENABLED = _ipv6_works()


def bind_port(sock, host=HOST):
    sock.bind((host, 0))
    return sock.getsockname()[1]


def find_unused_port(family=socket.AF_INET, socktype=socket.SOCK_STREAM):
    with socket.socket(family, socktype) as s:
        return bind_port(s)


def create_unix_domain_name():
    return tempfile.mktemp(prefix="test_python_", suffix=".sock", dir=os.path.curdir)


def bind_unix_socket(sock, addr):
    sock.bind(addr)


def skip_unless_bind_unix_socket(test):
    return test if hasattr(socket, "AF_UNIX") else unittest.skip("needs Unix sockets")(test)


def skip_if_tcp_blackhole(test):
    return test


def get_socket_conn_refused_errs():
    import errno
    return [errno.ECONNREFUSED]


def transient_internet(*args, **kwargs):
    raise unittest.SkipTest("no outside network")


@contextlib.contextmanager
def suppress_errors(*args, **kwargs):
    yield
