import pytest

def bad():
    with pytest.raises(ExceptionGroup):  #! SK401
        work()

def good():
    with pytest.RaisesGroup(ValueError):
        work()
    with pytest.raises(ValueError):
        work()
