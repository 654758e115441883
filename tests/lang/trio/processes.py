# Child processes: streams of their own, ends that are cancelled, wrong arguments.
import subprocess
import trio

CAT = ["cat"]


async def talking():
    async with trio.open_nursery() as nursery:
        p = await nursery.start(lambda task_status: trio.run_process(CAT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, task_status=task_status))
        await p.stdin.send_all(b"to cat")
        print(await p.stdout.receive_some(), p.returncode)     # -> b'to cat' None
        await p.stdio.send_eof()
        print(await p.stdout.receive_some(), await p.wait())   # -> b'' 0
        await p.stdout.aclose()
    print(p.poll(), repr(p))                                   # -> 0 <trio.Process ['cat']: exited with status 0>


async def much():
    data = b"0123456789" * 100000
    result = await trio.run_process(CAT, stdin=data, capture_stdout=True)
    print(result.stdout == data, result.args, result.stderr)   # -> True ['cat'] None
    result = await trio.run_process("echo out; echo err >&2", shell=True, capture_stdout=True, stderr=subprocess.STDOUT)
    print(result.stdout)                                       # -> b'out\nerr\n'


async def killed():
    p = await trio.lowlevel.open_process(["sleep", "60"])
    p.kill()
    print(await p.wait())                                      # -> -9
    asked = []

    async def deliver(process):
        asked.append(process.returncode)
        process.kill()
    with trio.move_on_after(0.05) as scope:
        await trio.run_process(["sleep", "60"], deliver_cancel=deliver)
    print(scope.cancelled_caught, asked)                       # -> True [None]


async def wrong():
    async def attempt(fn, *args, **kwargs):
        try:
            await fn(*args, **kwargs)
        except (TypeError, ValueError, OSError) as exc:
            print(type(exc).__name__, str(exc)[:60])
    await attempt(trio.run_process, "ls")
    # -> TypeError command must be a sequence (not a string or bytes) if shell=
    await attempt(trio.run_process, ["ls"], shell=True)
    # -> TypeError command must be a string or bytes (not a sequence) if shell=
    await attempt(trio.run_process, ["ls"], encoding="utf-8")
    # -> TypeError trio.Process only supports communicating over unbuffered byt
    await attempt(trio.run_process, ["ls"], stdin="text")
    # -> UnicodeError process stdin must be bytes, not str
    await attempt(trio.run_process, ["ls"], stdout=subprocess.PIPE)
    # -> ValueError stdout=subprocess.PIPE is only valid with nursery.start, sin
    await attempt(trio.run_process, ["ls"], stdout=subprocess.DEVNULL, capture_stdout=True)
    # -> ValueError can't specify both stdout and capture_stdout
    await attempt(trio.run_process, ["/does/not/exist"])
    # -> FileNotFoundError [Errno 2] No such file or directory: '/does/not/exist'


for main in (talking, much, killed, wrong):
    trio.run(main)
