# Bad tokens: message and place.
import warnings
warnings.simplefilter("ignore")
def check(*sources):
    for s in sources:
        try: compile(s, "s", "exec"); print("ok", repr(s))
        except SyntaxError as e: print(f"{s!r}: {type(e).__name__} {e.msg} {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
check("'abc", '"abc', "'''abc", "x = 'a\nb'", "f'abc", "f'''abc", "b'é'", "'\\x1'", "'\\u12'", "'\\N{nope}'", "'\\U11111111'", "b'\\x'", "'\\N'") # -> "'abc": SyntaxError unterminated string literal (detected at line 1) 1:1-1:1
# -> '"abc': SyntaxError unterminated string literal (detected at line 1) 1:1-1:1
# -> "'''abc": SyntaxError unterminated triple-quoted string literal (detected at line 1) 1:1-1:1
# -> "x = 'a\nb'": SyntaxError unterminated string literal (detected at line 1) 1:5-1:5
# -> "f'abc": SyntaxError unterminated f-string literal (detected at line 1) 1:1-1:1
# -> "f'''abc": SyntaxError unterminated triple-quoted f-string literal (detected at line 1) 1:1-1:1
# -> "b'é'": SyntaxError bytes can only contain ASCII literal characters 1:1-1:5
# -> "'\\x1'": SyntaxError (unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \xXX escape 1:1-1:6
# -> "'\\u12'": SyntaxError (unicode error) 'unicodeescape' codec can't decode bytes in position 0-3: truncated \uXXXX escape 1:1-1:7
# -> "'\\N{nope}'": SyntaxError (unicode error) 'unicodeescape' codec can't decode bytes in position 0-7: unknown Unicode character name 1:1-1:11
# -> "'\\U11111111'": SyntaxError (unicode error) 'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character 1:1-1:13
# -> "b'\\x'": SyntaxError (value error) invalid \x escape at position 0 1:1-1:6
# -> "'\\N'": SyntaxError (unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: malformed \N character escape 1:1-1:5
check("1__0", "0x", "0xg", "0b2", "0o8", "1_", "0_", "012", "1e", "1e+", "0b", "1.5.2", "1a", "1_000_", "0xfg", "1if 2else 3", "0_7", "00", "00_0", "1jx", "0b12", "0o79", "1e5x", "100000l", "09.5", "09", "1.e", "5in []" ) # -> '1__0': SyntaxError invalid decimal literal 1:2-1:2
# -> '0x': SyntaxError invalid hexadecimal literal 1:2-1:2
# -> '0xg': SyntaxError invalid hexadecimal literal 1:2-1:2
# -> '0b2': SyntaxError invalid digit '2' in binary literal 1:3-1:3
# -> '0o8': SyntaxError invalid digit '8' in octal literal 1:3-1:3
# -> '1_': SyntaxError invalid decimal literal 1:2-1:2
# -> '0_': SyntaxError invalid decimal literal 1:2-1:2
# -> '012': SyntaxError leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers 1:1-1:2
# -> '1e': SyntaxError invalid decimal literal 1:1-1:1
# -> '1e+': SyntaxError invalid decimal literal 1:3-1:3
# -> '0b': SyntaxError invalid binary literal 1:2-1:2
# -> '1.5.2': SyntaxError invalid syntax 1:4-1:6
# -> '1a': SyntaxError invalid decimal literal 1:1-1:1
# -> '1_000_': SyntaxError invalid decimal literal 1:6-1:6
# -> '0xfg': SyntaxError invalid hexadecimal literal 1:3-1:3
# -> ok '1if 2else 3'
# -> '0_7': SyntaxError leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers 1:1-1:3
# -> ok '00'
# -> ok '00_0'
# -> '1jx': SyntaxError invalid imaginary literal 1:2-1:2
# -> '0b12': SyntaxError invalid digit '2' in binary literal 1:4-1:4
# -> '0o79': SyntaxError invalid digit '9' in octal literal 1:4-1:4
# -> '1e5x': SyntaxError invalid decimal literal 1:3-1:3
# -> '100000l': SyntaxError invalid decimal literal 1:6-1:6
# -> ok '09.5'
# -> '09': SyntaxError leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers 1:1-1:2
# -> '1.e': SyntaxError invalid decimal literal 1:2-1:2
# -> ok '5in []'
check("x = $", "a ? b", "x = `1`", "!", "a!b", "x = €", "x = “a”", "x\u200b= 1", "a = b\\ c", "a = 1 \\", "\\", "x = (1,\n 2", "x = [1, (2]", "x = )", "}", "(]", "f(1, [2, 3)", "{1: 2", "(\n\n\n", "x = (1\ny = 2", "[1, 2\nfor x in y: pass", "a = {'b': 1\nc = 2", "if (a:\n  pass", "'a' 'b", "é = 1; 1é", "a\x00b", "\ufeff x") # -> 'x = $': SyntaxError invalid syntax 1:5-1:6
# -> 'a ? b': SyntaxError invalid syntax 1:3-1:4
# -> 'x = `1`': SyntaxError invalid syntax 1:5-1:6
# -> '!': SyntaxError invalid syntax 1:1-1:2
# -> 'a!b': SyntaxError invalid syntax 1:2-1:3
# -> 'x = €': SyntaxError invalid character '€' (U+20AC) 1:5-1:5
# -> 'x = “a”': SyntaxError invalid character '“' (U+201C) 1:5-1:5
# -> 'x\u200b= 1': SyntaxError invalid non-printable character U+200B 1:2-1:2
# -> 'a = b\\ c': SyntaxError unexpected character after line continuation character 1:7-1:0
# -> 'a = 1 \\': SyntaxError unexpected EOF while parsing 1:8-1:-1
# -> '\\': SyntaxError unexpected EOF while parsing 1:2-1:-1
# -> 'x = (1,\n 2': SyntaxError '(' was never closed 1:5-1:0
# -> 'x = [1, (2]': SyntaxError closing parenthesis ']' does not match opening parenthesis '(' 1:11-1:11
# -> 'x = )': SyntaxError unmatched ')' 1:5-1:5
# -> '}': SyntaxError unmatched '}' 1:1-1:1
# -> '(]': SyntaxError closing parenthesis ']' does not match opening parenthesis '(' 1:2-1:2
# -> 'f(1, [2, 3)': SyntaxError closing parenthesis ')' does not match opening parenthesis '[' 1:11-1:11
# -> '{1: 2': SyntaxError '{' was never closed 1:1-1:0
# -> '(\n\n\n': SyntaxError '(' was never closed 1:1-1:0
# -> 'x = (1\ny = 2': SyntaxError '(' was never closed 1:5-1:0
# -> '[1, 2\nfor x in y: pass': SyntaxError '[' was never closed 1:1-1:0
# -> "a = {'b': 1\nc = 2": SyntaxError '{' was never closed 1:5-1:0
# -> 'if (a:\n  pass': SyntaxError invalid syntax 1:6-1:7
# -> "'a' 'b": SyntaxError unterminated string literal (detected at line 1) 1:5-1:5
# -> 'é = 1; 1é': SyntaxError invalid syntax 1:9-1:10
# -> 'a\x00b': SyntaxError source code string cannot contain null bytes None:None-None:None
# -> '\ufeff x': SyntaxError invalid non-printable character U+FEFF 1:1-1:1
