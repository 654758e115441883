# Files and paths whose methods run in threads.
import os
import tempfile
import trio


async def main():
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "notes.txt")
        async with await trio.open_file(name, "w") as f:
            print(await f.write("one\ntwo\n"), f.mode, f.closed)      # -> 8 w False
        print(f.closed)                                            # -> True
        async with await trio.open_file(name) as f:
            print([line async for line in f])                      # -> ['one\n', 'two\n']
            print(await f.seek(0), await f.read(3), await f.tell()) # -> 0 one 3
            try:
                f.nothing
            except AttributeError as exc:
                print(exc)                                         # -> nothing
    try:
        trio.wrap_file(object())
    except TypeError as exc:
        print(str(exc).partition(" does ")[2])   # -> not implement required duck-file methods: close and (read or write)


trio.run(main)
