# json: both ways, options, errors.
import json
print(json.dumps({"a": [1, 2.5, None, True, False, "é\n\"\\/\x00😀"], "b": {}}), json.dumps([], indent=2), json.dumps((1, 2)), json.dumps("é", ensure_ascii=False)) # -> {"a": [1, 2.5, null, true, false, "\u00e9\n\"\\/\u0000\ud83d\ude00"], "b": {}} [] [1, 2] "é"
print(json.dumps({"b": 1, "a": [1, {"c": 2}]}, indent=2, sort_keys=True)) # -> {
# ->   "a": [
# ->     1,
# ->     {
# ->       "c": 2
# ->     }
# ->   ],
# ->   "b": 1
# -> }
print(json.dumps([1, 2], separators=(",", ":")), json.dumps({1: 1, None: 2, True: 3, 1.5: 4}), json.dumps(1e20), json.dumps(float("inf")), json.dumps(10**30)) # -> [1,2] {"1": 3, "null": 2, "1.5": 4} 1e+20 Infinity 1000000000000000000000000000000
print(json.loads('{"a": [1, -2.5e3, null, true, "\\u00e9\\ud83d\\ude00\\n"]}'), json.loads(" 5 "), json.loads('"x"'), json.loads("[]"), json.loads(b'{"k": 1}'), json.loads("NaN") != 1, json.loads("-Infinity")) # -> {'a': [1, -2500.0, None, True, 'é😀\n']} 5 x [] {'k': 1} True -inf
json.loads("")            # raises JSONDecodeError: Expecting value: line 1 column 1 (char 0)
json.loads("{")           # raises JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
json.loads("[1,]")        # raises JSONDecodeError: Illegal trailing comma before end of array: line 1 column 3 (char 2)
json.loads("{'a': 1}")    # raises JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
json.loads('{"a" 1}')     # raises JSONDecodeError: Expecting ':' delimiter: line 1 column 6 (char 5)
json.loads("[1 2]")       # raises JSONDecodeError: Expecting ',' delimiter: line 1 column 4 (char 3)
json.loads("nul")         # raises JSONDecodeError: Expecting value: line 1 column 1 (char 0)
json.loads('"abc')        # raises JSONDecodeError: Unterminated string starting at: line 1 column 1 (char 0)
json.loads('"\\x"')       # raises JSONDecodeError: Invalid \escape: line 1 column 2 (char 1)
json.loads('"a\nb"')      # raises JSONDecodeError: Invalid control character at: line 1 column 3 (char 2)
json.loads("1 2")         # raises JSONDecodeError: Extra data: line 1 column 3 (char 2)
json.loads(5)             # raises TypeError: the JSON object must be str, bytes or bytearray, not int
json.dumps(object) if 0 else json.dumps({1, 2}) # raises TypeError: Object of type set is not JSON serializable
json.dumps({(1, 2): 3})   # raises TypeError: keys must be str, int, float, bool or None, not tuple
json.dumps(float("nan"), allow_nan=False) # raises ValueError: Out of range float values are not JSON compliant: nan
a = []
a.append(a)
json.dumps(a)             # raises ValueError: Circular reference detected
print(json.dumps({(1, 2): 3, "k": 1}, skipkeys=True), json.dumps({1, 2}, default=sorted), json.loads('{"a": 1}', object_hook=lambda d: list(d)), json.loads('{"a": 1, "a": 2}', object_pairs_hook=list), json.loads("1.5", parse_float=str), json.loads("7", parse_int=str)) # -> {"k": 1} [1, 2] ['a'] [('a', 1), ('a', 2)] 1.5 7
class E(json.JSONEncoder):
    def default(self, o): return repr(o) if isinstance(o, complex) else super().default(o)
print(json.dumps([1j], cls=E), E(indent=1).encode({"a": 1j})) # -> ["1j"] {
# ->  "a": "1j"
# -> }
import io
f = io.StringIO()
json.dump({"x": 1}, f)
print(f.getvalue(), json.load(io.StringIO("[1]"))) # -> {"x": 1} [1]
try: json.loads('{"a": x}')
except json.JSONDecodeError as e: print(e.msg, e.pos, e.lineno, e.colno, e.doc)
# -> Expecting value 6 1 7 {"a": x}
