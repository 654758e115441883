# match: literals, values, captures, guards, or-patterns.
class Color: RED = 1; GREEN = "g"
def f(x):
    match x:
        case 0 | 1 | -2: return "small"
        case 3.5: return "float"
        case "a" | b"b": return "text"
        case None: return "none"
        case True: return "never, 1 is first"
        case False: return "never, 0 is first"
        case Color.GREEN: return "green"
        case 1 + 2j: return "complex"
        case int(n) if n > 100: return f"big {n}"
        case int() as n: return f"int {n}"
        case str(s): return f"str {s}"
        case [1, (2 | 3) as y]: return f"seq {y}"
        case _: return "other"
for v in (0, 1, -2, 3.5, "a", b"b", None, True, False, "g", 1 + 2j, 500, 7, "zz", [1, 3], (1, 2), [1, 4], {}, 2.0, 1.0): print(repr(v), f(v)) # -> 0 small
# -> 1 small
# -> -2 small
# -> 3.5 float
# -> 'a' text
# -> b'b' text
# -> None none
# -> True small
# -> False small
# -> 'g' green
# -> (1+2j) complex
# -> 500 big 500
# -> 7 int 7
# -> 'zz' str zz
# -> [1, 3] seq 3
# -> (1, 2) seq 2
# -> [1, 4] other
# -> {} other
# -> 2.0 other
# -> 1.0 small
match 5:
    case x: print(x)
# -> 5
match (1, 2):
    case 1, y: print(y)
# -> 2
match 3, 4:
    case (a, b): print(a, b)
# -> 3 4
match = 3
case = match + 1
_ = case
print(match, case, _)     # -> 3 4 4
match [1]:
    case [1]: print("still a keyword")
# -> still a keyword
print(match[0] if isinstance(match, list) else match) # -> 3
match -match: 
    case -3: print("minus")
# -> minus
