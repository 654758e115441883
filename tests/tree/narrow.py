# env: COLUMNS=40
# 40 columns: long lines are broken or cut, counts are not.
def a_function_with_a_long_name(n):
    raise ValueError(f"a message that is much longer than the line, of number {n}, and goes on")

errors = []
for i in range(5):
    try:
        a_function_with_a_long_name(i)
    except ValueError as e:
        errors.append(e)
raise ExceptionGroup("a group with a message that does not fit", [ExceptionGroup("inner", errors), OSError(2, "No such file", "/some/where")])
