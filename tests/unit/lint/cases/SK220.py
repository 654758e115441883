import time, subprocess, os

async def bad():
    time.sleep(1)  #! SK220
    subprocess.run(["x"])  #! SK220
    os.system("x")  #! SK220
    name = input()  #! SK220

def good():
    time.sleep(1)

async def fine():
    await to_thread(time.sleep, 1)
    f = lambda: time.sleep(1)
    time.monotonic()
