# Keys whose __eq__ and __hash__ misbehave cannot hurt the table.
class Evil:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, other):
        if armed: table.clear()
        return self is other
armed = False
table = {Evil(i): i for i in range(5)}
armed = True
print(table.get(Evil(9), "none"), len(table)) # -> none 0
armed = False
table = {Evil(i): i for i in range(5)}
armed = True
table[Evil(7)] = 7
print(len(table) >= 1)    # -> True
class NoHash:
    def __hash__(self): raise ValueError("no hash")
{}[NoHash()]              # raises ValueError: no hash
{NoHash(): 1}             # raises ValueError: no hash
{}.get(NoHash())          # raises ValueError: no hash
class BadHash:
    def __hash__(self): return "x"
hash(BadHash())           # raises TypeError: __hash__ method should return an integer
{BadHash(): 1}            # raises TypeError: __hash__ method should return an integer
class BigHash:
    def __hash__(self): return 2**100
print(hash(BigHash()) == hash(2**100)) # -> True
class NoEq:
    def __hash__(self): return 5
    def __eq__(self, other): raise KeyError("eq")
d = {NoEq(): 1}
d[NoEq()]                 # raises KeyError: 'eq'
d[5]                      # raises KeyError: 'eq'
print(len(d))             # -> 1
class EqOnly:
    def __eq__(self, other): return True
hash(EqOnly())            # raises TypeError: unhashable type: 'EqOnly'
print(EqOnly.__hash__)    # -> None
