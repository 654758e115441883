"""Stands in for test.support.socket_helper: what the asyncio tests take of it; the network is loopback only."""
import contextlib
import errno
import socket
import tempfile

HOST = HOSTv4 = "127.0.0.1"
HOSTv6 = "::1"
IPV6_ENABLED = False
has_gethostname = True


def bind_port(sock, host=HOST):
    sock.bind((host, 0))
    return sock.getsockname()[1]


def find_unused_port(family=socket.AF_INET, socktype=socket.SOCK_STREAM):
    with socket.socket(family, socktype) as sock:
        return bind_port(sock)


def bind_unix_socket(sock, address):
    sock.bind(address)


def create_unix_domain_name():
    return tempfile.mktemp(prefix="test_python_", suffix=".sock")


def skip_unless_bind_unix_socket(test):
    return test


skip_unless_has_gethostname = skip_if_tcp_blackhole = skip_unless_bind_unix_socket


def tcp_blackhole():
    return False


def get_socket_conn_refused_errs():
    return [errno.ECONNREFUSED]


@contextlib.contextmanager
def transient_internet(*args, **kwargs):
    yield
