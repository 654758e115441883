# skein.http against a server of our own: methods, bodies, redirects, errors, timeouts, cancellation, streaming, kept connections.
# The whole output is in the file beside this one.
# skip: stress oom
import asyncio
from skein import http
async def handle(r, w):
    try:
        while True:
            head = await r.readuntil(b"\r\n\r\n")
            line = head.split(b"\r\n")[0].decode()
            method, path, _ = line.split()
            n = 0
            for h in head.split(b"\r\n"):
                if h.lower().startswith(b"content-length:"): n = int(h.split(b":")[1])
            body = await r.readexactly(n)
            if path == "/slow":
                await asyncio.sleep(60)
            if path == "/redir":
                w.write(b"HTTP/1.1 302 Found\r\nLocation: /hello\r\nContent-Length: 0\r\n\r\n")
            elif path == "/loop":
                w.write(b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n")
            elif path == "/big":
                w.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n")
                for i in range(50):
                    w.write(b"x"*100000); await w.drain()
            elif path == "/404":
                w.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")
            elif path == "/cut":
                w.write(b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nno"); w.close(); return
            else:
                out = (line + "|" + body.decode()).encode()
                w.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: %d\r\n\r\n" % len(out) + (b"" if method == "HEAD" else out))
            await w.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        w.close()
async def main():
    s = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = s.sockets[0].getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    r = await http.get(base + "/hello")
    print(r, r.text, r.headers["x-a"], r.http_version, r.reused_connection)
    r = await http.post(base + "/p", data=b"body")
    print(r.text, r.reused_connection)
    r = await http.post(base + "/p", json={"a": [1, 2]}); print(r.text)
    r = await http.put(base + "/p", data={"a": "b c", "d": "é"}, params={"q": 1}); print(r.text)
    r = await http.delete(base + "/p"); print(r.text)
    r = await http.head(base + "/p"); print(r.status, r.content)
    r = await http.get(base + "/redir"); print(r.text, r.redirects, r.url == base + "/hello")
    r = await http.get(base + "/redir", follow_redirects=False); print(r.status, r.headers["location"])
    r = await http.get(base + "/404"); print(r, r.content, r.ok)
    try: r.raise_for_status()
    except http.HTTPStatusError as e: print(str(e).replace(str(port), "PORT"))
    for path, kw in (("/loop", {}), ("/slow", {"timeout": 0.1}), ("/cut", {})):
        try: await http.get(base + path, **kw)
        except http.RequestError as e: print(type(e).__name__, e.code, str(e)[:24], isinstance(e, TimeoutError))
    try: await http.get("http://127.0.0.1:1/")
    except http.ConnectError as e: print(type(e).__name__, e.code, str(e)[:40])
    try:
        async with asyncio.timeout(0.1): await http.get(base + "/slow")
    except TimeoutError as e: print("cancelled", type(e))
    n = 0
    async with http.stream("GET", base + "/big") as r:
        await asyncio.sleep(0.1)
        async for chunk in r: n += len(chunk)
    print(n)
    async with http.stream("GET", base + "/big") as r:
        async for chunk in r: break
    rs = await asyncio.gather(*[http.get(base + f"/{i}") for i in range(20)])
    print([r.status for r in rs] == [200]*20, rs[7].text)
    s.close()
asyncio.run(main())
