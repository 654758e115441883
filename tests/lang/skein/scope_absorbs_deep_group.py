# Cancelled in a group 50,000 levels deep is found and taken out without recursion.
# skip: stress
import skein

async def main():
    with skein.CancelScope() as s:
        s.cancel()
        try:
            await skein.sleep(0)
        except skein.Cancelled as e:
            for _ in range(50_000):
                e = BaseExceptionGroup("", [e])
            raise e
    print(s.cancelled_caught)           # -> True

skein.run(main)
