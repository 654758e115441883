# skip: stress oom
"""Retry with partial success: many downloads at once, some fail for good, some get well, and what worked is kept.

The server is part of the program and listens on loopback. One group per round runs at most four downloads at a time and lets the
others go on when one fails; except* sorts the failures into those that are worth another try and those that are not.
"""
import asyncio
from collections import Counter

from skein import http

# -- A small server: paths say how they behave ---------------------------------------------------------------------

asked = Counter()


async def answer(path):
    """(status, body) of a path, as often as it is asked for."""
    asked[path] += 1
    match path.strip("/").split("/"):
        case ["page", name]:
            return 200, f"page {name}"
        case ["shaky", name]:                   # fails twice, then works
            return (200, f"shaky {name}") if asked[path] > 2 else (503, "try later")
        case ["slow", name]:                    # too slow once
            await asyncio.sleep(30 if asked[path] == 1 else 0)
            return 200, f"slow {name}"
        case ["hang", _]:
            await asyncio.sleep(3600)
    return 404, "nothing here"


async def serve(reader, writer):
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            status, body = await answer(head.split()[1].decode())
            writer.write(f"HTTP/1.1 {status} -\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass                                    # the client has gone, or has given up
    finally:
        writer.close()


# -- The client ----------------------------------------------------------------------------------------------------

class Temporary(Exception):
    """Worth another try."""


async def fetch(url, results):
    try:
        response = await http.get(url, timeout=1.0)
        results[url] = response.raise_for_status().text
    except http.RequestTimeout as exc:
        raise Temporary(url, "timed out") from exc
    except http.HTTPStatusError as exc:
        if exc.response.status >= 500:
            raise Temporary(url, f"status {exc.response.status}") from exc
        exc.add_note(url)
        raise


async def fetch_all(urls, rounds=3):
    """(results, given up): url -> text, url -> reason."""
    results, lost = {}, {}
    for number in range(1, rounds + 1):
        again = {}
        try:
            async with TaskGroup(on_error="continue", limit=4) as group:
                for url in urls:
                    group.start_soon(fetch, url, results)
        except* Temporary as failed:
            again = dict(exc.args for exc in failed.exceptions)
        except* http.RequestError as failed:
            lost |= {exc.__notes__[0]: f"status {exc.response.status}" for exc in failed.exceptions}
        print(f"round {number}: {len(results)} have worked, {len(again)} to try again, {len(lost)} given up")
        urls = [url for url in urls if url in again]
        if not urls:
            break
    return results, lost | {url: f"{again[url]} in each of {rounds} rounds" for url in urls}


async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
    host, port = server.sockets[0].getsockname()
    paths = [*(f"/page/{i}" for i in range(1, 9)), "/shaky/a", "/shaky/b", "/slow/c", "/hang/d", "/gone/e"]
    results, lost = await fetch_all([f"http://{host}:{port}{path}" for path in paths])
    for path in paths:
        url = f"http://{host}:{port}{path}"
        print(f"{path:8} {results[url]!r}" if url in results else f"{path:8} lost: {lost[url]}")
    server.close_clients()
