x = (1 +
     2)  # comment

if x:
	y = """a
b"""
	z = 1 \
  + 2

# only a comment
f"""{
x # note
=!r:{w}>{
3}}"""
déf = ﬁn
lambda: (yield)
