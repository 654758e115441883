# Child processes of a loop: streams on their pipes, their end, their errors.  The whole output is in the file beside this one.
# skip: stress oom
import asyncio, subprocess
async def main():
    p = await asyncio.create_subprocess_exec("cat", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    print(await p.communicate(b"hello" * 100000) == (b"hello" * 100000, None), p.returncode)
    p = await asyncio.create_subprocess_shell("echo out; echo err >&2; exit 3", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    print(await p.communicate(), p.returncode)
    p = await asyncio.create_subprocess_exec("sleep", "100")
    print(p.returncode)
    p.terminate()
    print(await p.wait())
    p = await asyncio.create_subprocess_exec("sh", "-c", "while read x; do echo got $x; done", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    for i in range(3):
        p.stdin.write(b"%d\n" % i)
        await p.stdin.drain()
        print(await p.stdout.readline())
    p.stdin.close()
    await p.stdin.wait_closed()
    print(await p.wait(), await p.stdout.read())
    try:
        await asyncio.create_subprocess_exec("/nonexistent")
    except FileNotFoundError as e:
        print(e)
    p = await asyncio.create_subprocess_exec("sleep", "50", stdout=subprocess.PIPE)
    try:
        async with asyncio.timeout(0.1):
            await p.communicate()
    except TimeoutError as e:
        print("timeout")
    p.kill()
    print(await p.wait())
    p = await asyncio.create_subprocess_exec("true", stdin=subprocess.PIPE)
    await p.wait()
    try:
        for i in range(10):
            p.stdin.write(b"x"*100000)
            await p.stdin.drain()
    except (BrokenPipeError, ConnectionResetError) as e:
        print(type(e))
    rs = await asyncio.gather(*[asyncio.create_subprocess_exec("sh","-c",f"exit {i}") for i in range(10)])
    print(await asyncio.gather(*[r.wait() for r in rs]))
asyncio.run(main())
