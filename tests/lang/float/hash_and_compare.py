# Equal numbers hash alike, whatever their types.
print(hash(1.0) == hash(1) == hash(True), hash(2.0**80) == hash(2**80), hash(0.5), hash(float("inf")), hash(-float("inf"))) # -> True True 1152921504606846976 314159 -314159
print({1: "a"}[1.0], {1.0, 1, True}, len({0.0, -0.0})) # -> a {1.0} 1
print(1.5 < 2, 2 < 1.5, 1.5 == 3/2, 1e308 < 10**400) # -> True False True True
1.5 < "x"                 # raises TypeError: '<' not supported between instances of 'float' and 'str'
print(float.__eq__(1.0, "x"), (1.0).__add__("x"), (1.5).__rsub__(3)) # -> NotImplemented NotImplemented 1.5
