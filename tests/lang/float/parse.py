# float() of text.
print(float(" 1.5 "), float("1e3"), float(".5"), float("5."), float("1_0.0_1"), float("-1E-2"), float("infinity"), float("NaN"), float("+inf")) # -> 1.5 1000.0 0.5 5.0 10.01 -0.01 inf nan inf
print(float("1" * 400) == float("inf"), float("1e-400"), float("0x1p3") if False else "no hex", float.fromhex("0x1.8p3"), float.fromhex("-0x.1p4")) # -> True 0.0 no hex 12.0 -1.0
print(float(), float(3), float(True), float("٣.٥")) # -> 0.0 3.0 1.0 3.5
float("")                 # raises ValueError: could not convert string to float: ''
float("1e")               # raises ValueError: could not convert string to float: '1e'
float("1__0")             # raises ValueError: could not convert string to float: '1__0'
float("abc")              # raises ValueError: could not convert string to float: 'abc'
float(None)               # raises TypeError: float() argument must be a string or a real number, not 'NoneType'
float([1])                # raises TypeError: float() argument must be a string or a real number, not 'list'
float(10**400)            # raises OverflowError: int too large to convert to float
float("1 2")              # raises ValueError: could not convert string to float: '1 2'
print(float.fromhex("nan"), float.fromhex("inf"), (0.1).hex(), (-1.5).hex(), (0.0).hex(), (5e-324).hex()) # -> nan inf 0x1.999999999999ap-4 -0x1.8000000000000p+0 0x0.0p+0 0x0.0000000000001p-1022
float.fromhex("0xg")      # raises ValueError: invalid hexadecimal floating-point string
