# Conversion between very long texts and numbers is limited, as a guard against quadratic time.
x = 10 ** 5000
str(x)                    # raises ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit
int("1" * 5000)           # raises ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit
print(len(str(10 ** 4299)), len(hex(x))) # -> 4300 4155
