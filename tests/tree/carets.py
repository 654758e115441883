# Operators, indexes and calls are marked; what says nothing new is not.
def f(x): raise ValueError("deep")

def errors():
    table = {"k": [1]}
    def binary(): return 1 + table["k"]
    def index(): return table["k"] [ 7 ]
    def call(): return table.get("k")(3) + 1
    def plain(): return f(1)
    def wide(): return "\u00fcber", "\u6f22\u5b57", table["\u6f22\u5b57"]
    def literal(): return "漢字", table["漢字"]
    for case in binary, index, call, plain, wide, literal:
        try:
            case()
        except Exception as e:
            yield e

raise ExceptionGroup("carets", list(errors()))
