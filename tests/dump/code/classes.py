# The body gets its namespace in register 0 and returns the cell of __class__.
@deco(1)
class A(B, metaclass=M):
    """doc"""
    x: int = 1
    def f(self, __p):
        super().f(__p)
        self.__attr = __class__
    def g[T: int](self) -> T: ...
class G[T](A): pass
type Alias[T = int] = list[T]
