"""HTTP requests on libcurl, in the loop that runs: HTTP/1.1 and HTTP/2, TLS, redirects, compression, kept connections.

    from skein import http

    response = await http.get("https://example.org/", timeout=10)
    print(response.status, response.text)

    async with http.stream("GET", url) as response:
        async for chunk in response:
            ...

It works under all three faces (skein, asyncio, trio). A cancelled request is aborted at once. What goes wrong is a
RequestError with libcurl's own text; a status such as 404 is no error unless raise_for_status() is called.
"""

try:
    import _curl
except ImportError as exc:
    raise ImportError(f"skein.http needs libcurl: {exc}", name="skein.http") from None

import _uv

__all__ = ["ConnectError", "Headers", "HTTPStatusError", "RequestError", "RequestTimeout", "Response", "TLSError",
           "TooManyRedirects", "delete", "get", "head", "patch", "post", "put", "request", "stream"]

_LIMIT = 256 * 1024         # of a body that nobody reads: more than twice of it pauses the transfer
_MAX_REDIRECTS = 20

# libcurl's numbers (CURL_HTTP_VERSION_*).
_VERSIONS = {None: 4, "1.0": 1, "1.1": 2, "2": 3, "2-prior-knowledge": 5}
_VERSION_NAMES = {1: "HTTP/1.0", 2: "HTTP/1.1", 3: "HTTP/2", 30: "HTTP/3"}


# -- Errors -----------------------------------------------------------------------------------------------------------

class RequestError(OSError):
    """A request failed. code is libcurl's number (CURLE_*)."""

    code = 0
    url = None


class ConnectError(RequestError):
    """No connection: the name is unknown, nobody listens, ..."""


class RequestTimeout(RequestError, TimeoutError):
    """It took longer than timeout allows."""


class TLSError(RequestError):
    """The certificate or the handshake is not acceptable."""


class TooManyRedirects(RequestError):
    pass


class HTTPStatusError(RequestError):
    """raise_for_status(): the server says no."""

    def __init__(self, response):
        super().__init__(f"{response.status} {response.reason} for {response.url}")
        self.response = response


_ERROR_CLASSES = {5: ConnectError, 6: ConnectError, 7: ConnectError, 28: RequestTimeout, 35: TLSError, 47: TooManyRedirects,
                  51: TLSError, 53: TLSError, 54: TLSError, 58: TLSError, 59: TLSError, 60: TLSError, 77: TLSError, 83: TLSError,
                  90: TLSError, 91: TLSError}


def _error_maker(url):
    def make(code, text):
        error = _ERROR_CLASSES.get(code, RequestError)(text)
        error.code = code
        error.url = url
        return error
    return make


# -- Responses --------------------------------------------------------------------------------------------------------

class Headers:
    """Names and values in the order they came; looked up without regard to case, several values of a name joined by commas."""

    def __init__(self, pairs=()):
        self._pairs = [(str(name), str(value)) for name, value in pairs]

    def __getitem__(self, name):
        found = self.get_all(name)
        if not found:
            raise KeyError(name)
        return ", ".join(found)

    def get(self, name, default=None):
        return self[name] if name in self else default

    def get_all(self, name):
        name = name.lower()
        return [value for each, value in self._pairs if each.lower() == name]

    def __contains__(self, name):
        return bool(self.get_all(name))

    def __iter__(self):
        return iter(dict.fromkeys(name for name, _ in self._pairs))

    def __len__(self):
        return len(dict.fromkeys(self))

    def items(self):
        return list(self._pairs)

    def keys(self):
        return list(self)

    def __repr__(self):
        return f"Headers({self._pairs!r})"


def _parse(lines):
    """(status, reason, headers) of the lines of a header."""
    first = lines[0].decode("latin-1").split(None, 2) if lines else []
    pairs = []
    for line in lines[1:]:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            pairs.append((name.strip(), value.strip()))
        elif pairs:                                         # a folded line
            pairs[-1] = pairs[-1][0], f"{pairs[-1][1]} {name.strip()}"
    return (int(first[1]) if len(first) > 1 else 0), (first[2] if len(first) > 2 else ""), Headers(pairs)


class Response:
    """What came back. The body is there as .content, .text and .json() when the request is over; from stream() it comes by
    `async for` or read()."""

    def __init__(self, method, transfer, reader, lines):
        self.method = method
        self.status, self.reason, self.headers = _parse(lines)
        self.url = transfer.url
        self.http_version = _VERSION_NAMES.get(transfer.version, "HTTP/?")
        self.redirects = transfer.redirects
        self.reused_connection = transfer.connects == 0
        self._transfer = transfer
        self._reader = reader
        self._content = None

    def __repr__(self):
        return f"<Response {self.status} {self.reason}>" if self.reason else f"<Response {self.status}>"

    @property
    def ok(self):
        return 200 <= self.status < 400

    def raise_for_status(self):
        """HTTPStatusError for 4xx and 5xx; else the response itself."""
        if self.status >= 400:
            raise HTTPStatusError(self)
        return self

    async def read(self):
        """The rest of the body."""
        if self._content is None:
            self._content = await self._reader.read()
        return self._content

    def __aiter__(self):
        return self

    async def __anext__(self):
        chunk = await self._reader.read(65536)
        if not chunk:
            raise StopAsyncIteration
        return chunk

    @property
    def content(self):
        if self._content is None:
            raise RuntimeError("the body has not been read: await response.read()")
        return self._content

    @property
    def encoding(self):
        """The charset of the header, else UTF-8."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.strip().partition("=")
            if name.lower() == "charset":
                return value.strip("\"' ")
        return "utf-8"

    @property
    def text(self):
        try:
            return self.content.decode(self.encoding, "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")

    def json(self):
        import json
        return json.loads(self.content)


# -- Requests ---------------------------------------------------------------------------------------------------------

def _quote(text):
    """As in application/x-www-form-urlencoded."""
    plain = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-~"
    return "".join(chr(c) if c in plain else "+" if c == 32 else f"%{c:02X}" for c in str(text).encode())


def _encode_form(pairs):
    items = pairs.items() if hasattr(pairs, "items") else pairs
    return "&".join(f"{_quote(name)}={_quote(value)}" for name, value in items)


def _encode_body(data, json, headers):
    """(bytes or None, headers) of what a request is to carry."""
    kind = None
    if json is not None:
        if data is not None:
            raise ValueError("data and json can not be given both")
        from json import dumps
        body, kind = dumps(json).encode(), "application/json"
    elif data is None:
        body = None
    elif isinstance(data, str):
        body, kind = data.encode(), "text/plain; charset=utf-8"
    elif isinstance(data, (bytes, bytearray, memoryview)):
        body, kind = bytes(data), "application/octet-stream"
    elif hasattr(data, "items") or isinstance(data, (list, tuple)):
        body, kind = _encode_form(data).encode(), "application/x-www-form-urlencoded"
    else:
        raise TypeError(f"data must be bytes, str or a mapping, not {type(data).__name__}")
    items = list(headers.items() if hasattr(headers, "items") else headers or ())
    names = {str(name).lower() for name, _ in items}
    if kind is not None and "content-type" not in names:
        items.append(("Content-Type", kind))
    if "user-agent" not in names:
        items.append(("User-Agent", "skein"))
    if body is not None:
        items.append(("Expect", ""))                        # no round trip before the body
    return body, items


def _header_lines(items):
    lines = []
    for name, value in items:
        line = f"{name}: {value}" if value != "" else f"{name}:" if name == "Expect" else f"{name};"
        if "\r" in line or "\n" in line or "\0" in line:
            raise ValueError(f"invalid header {name!r}")
        lines.append(line.encode("latin-1"))
    return lines


class _Reader(_uv.StreamReader):
    """Of a response's body."""


class stream:
    """A request as an async context manager: the response is there when its header is; leaving aborts what is still coming."""

    def __init__(self, method, url, *, params=None, headers=None, data=None, json=None, timeout=None, connect_timeout=None,
                 follow_redirects=True, max_redirects=_MAX_REDIRECTS, verify=True, http_version=None):
        if params:
            url = f"{url}{'&' if '?' in url else '?'}{_encode_form(params)}"
        if http_version not in _VERSIONS:
            raise ValueError(f"http_version must be one of {', '.join(map(repr, filter(None, _VERSIONS)))}, not {http_version!r}")
        if not isinstance(method, str) or not method.isalpha():
            raise ValueError(f"invalid method {method!r}")
        body, items = _encode_body(data, json, headers)
        self._method = method.upper()
        self._url = url
        self._arguments = (_header_lines(items), body, timeout, connect_timeout, max_redirects if follow_redirects else 0,
                           verify, _VERSIONS[http_version])
        self._transfer = None

    async def __aenter__(self):
        reader = _Reader(_LIMIT)
        transfer = self._transfer = _curl.Transfer(self._method, self._url, *self._arguments, reader, _error_maker(self._url))
        reader.set_transport(transfer)
        try:
            lines = await transfer.headers()
        except BaseException:
            transfer.close()
            raise
        return Response(self._method, transfer, reader, lines)

    async def __aexit__(self, *exc):
        self._transfer.close()


async def request(method, url, **options):
    """Send a request and read the response.

    headers: mapping or pairs. data: bytes, str, or a mapping for a form; json: anything json.dumps() takes. params: for the
    query. timeout and connect_timeout: seconds. follow_redirects, max_redirects. verify: False, or the path of a CA file.
    http_version: "1.1", "2", "2-prior-knowledge".
    """
    async with stream(method, url, **options) as response:
        await response.read()
        return response


async def get(url, **options):
    return await request("GET", url, **options)


async def head(url, **options):
    return await request("HEAD", url, **options)


async def post(url, **options):
    return await request("POST", url, **options)


async def put(url, **options):
    return await request("PUT", url, **options)


async def patch(url, **options):
    return await request("PATCH", url, **options)


async def delete(url, **options):
    return await request("DELETE", url, **options)
