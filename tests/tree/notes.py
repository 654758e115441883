# Notes, long and many; messages of several lines.
a = ValueError("first line\nsecond line\n  third line\nfourth line\nfifth line")
a.add_note("see the manual")
a.add_note("two\nlines")
b = ValueError("b")
for i in range(9):
    b.add_note(f"note {i}")
c = ValueError("c " + "word " * 60)
c.__notes__ = "not a list"
g = ExceptionGroup("with notes", [a, b, c])
g.add_note("of the group " + "long " * 40)
raise g
