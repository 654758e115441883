# Files of the native face: whole files, pieces, lines, errors.
import os
import tempfile
import skein
from skein import files

with tempfile.TemporaryDirectory() as d:
    path = os.path.join(d, "f")
    print(await files.write_text(path, "ä\nb\n"), await files.read_text(path) == "ä\nb\n", await files.size(path))  # -> 5 True 5
    async with await files.open(path, "ab") as f:
        await f.write(b"no newline")
    async with await files.open(path) as f:
        print(await f.read(3), f.tell())  # -> b'\xc3\xa4\n' 3
        print([line async for line in f.lines()])  # -> [b'b\n', b'no newline']
        print(f.seek(1), await f.read(2), await f.size())  # -> 1 b'\xa4\n' 15
    try:
        await f.read()
    except skein.ClosedResourceError as e:
        print(e)  # -> this File is closed
    try:
        await files.open(os.path.join(d, "none"))
    except FileNotFoundError as e:
        print(e.filename == os.path.join(d, "none"), e.strerror)  # -> True No such file or directory
    async with TaskGroup() as tg:
        tasks = [tg.create_task(files.write_bytes(f"{path}{i}", bytes([i]) * 1000)) for i in range(20)]
    print(sum(t.result() for t in tasks), len(os.listdir(d)))  # -> 20000 21
    with skein.move_on_after(0):
        await files.read_bytes(path)
