# Thousands of variables: the trie behind a context splits, shares and shrinks; compared with a dict all the way.
import contextvars, random

rng = random.Random(7)
variables = [contextvars.ContextVar(f"v{i}") for i in range(2000)]
context = contextvars.Context()
model = {}
tokens = []
kept = []       # (copy, model) pairs: what was copied must never change

def check(c, m):
    assert len(c) == len(m) == len(list(c.items()))
    assert dict(c.items()) == m
    for x in rng.sample(variables, 50):
        assert c.get(x, None) == m.get(x)
        assert (x in c) == (x in m)

def change():
    for step in range(4000):
        if tokens and rng.random() < 0.45:
            x, token = tokens.pop()
            x.reset(token)
            if token.old_value is contextvars.Token.MISSING: del model[x]
            else: model[x] = token.old_value
        else:
            x = rng.choice(variables)
            tokens.append((x, x.set(step)))
            model[x] = step
        assert x.get("none") == model.get(x, "none")
        if step % 400 == 0:
            kept.append((contextvars.copy_context(), dict(model)))
    while tokens:
        x, token = tokens.pop()
        x.reset(token)

context.run(change)
for c, m in kept: check(c, m)
print(len(context), len(kept), len(contextvars.copy_context()))     # -> 0 10 0
print(kept[3][0] == kept[3][0].copy(), kept[3][0] == kept[4][0])    # -> True False
