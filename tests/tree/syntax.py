# Syntax errors say where, with the text and carets.
errors = []
for text in "x = (1 +", "def f(:\n  pass", "if x:\npass", "a = 1\n  b = 2", "'abc", "f(a for a in b, c)":
    try:
        compile(text, "config.txt", "exec")
    except SyntaxError as e:
        errors.append(e)
raise ExceptionGroup("six files", errors)
