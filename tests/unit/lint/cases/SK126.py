class Bad(ExceptionGroup):  #! SK126
    def code(self):
        return 1

class Worse(BaseExceptionGroup[ValueError]): pass  #! SK126

class Good(ExceptionGroup):
    def derive(self, excs):
        return Good(self.message, excs)

class Other(ValueError): pass

class Named(ExceptionGroup):
    derive = make_derive()
