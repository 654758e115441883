import sys

async def bad():
    sys.exit(1)  #! SK506

def good():
    sys.exit(1)

async def fine():
    raise SystemExit(1)
