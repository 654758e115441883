# Type parameters live in scopes of their own.
class A[T: int = str](Base[T]):
    y = int
    def m[U](self, x: T, z: y) -> U: ...
    type X[V] = y | V
