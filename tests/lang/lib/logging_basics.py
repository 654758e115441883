# Loggers, handlers, formatters, filters, records, basicConfig, adapters, captured warnings, assertLogs.
import logging, sys, io, re, warnings, pickle
def t(f, *a, **k):
    try: print(repr(f(*a, **k))[:200])
    except BaseException as e: print(type(e).__name__, e)
s = io.StringIO()
h = logging.StreamHandler(s)
L = logging.getLogger('a.b.c'); P = logging.getLogger('a'); M = logging.getLogger('a.b')
print(L.parent is M, M.parent is P, P.parent is logging.root, L, P, logging.root, h, logging.StreamHandler(), logging.NullHandler(), L.getEffectiveLevel())
P.addHandler(h); P.setLevel('DEBUG')
h.setFormatter(logging.Formatter('%(levelname)s %(name)s %(message)s %(funcName)s %(lineno)d %(filename)s %(module)s %(threadName)s %(processName)s %(taskName)s'))
def fn():
    L.debug('x %s', 1); L.info('y %(a)d', {'a': 2}); M.warning('w', stacklevel=2); P.error('e'); L.critical('c', extra={'zz': 3}); L.log(35, 'lvl')
    try: 1/0
    except Exception as e: L.exception('exc'); L.error('e2', exc_info=e); L.info('s', stack_info=True)
fn()
print(re.sub(r'\S*logging_basics.py', 'F', s.getvalue()))
t(L.log, 'x', 1); t(L.setLevel, 'foo'); t(L.setLevel, 1.5); t(L.info, 'x', extra={'message': 1}); t(logging.getLogger, 3); t(logging.Formatter, 'x'); t(logging.Formatter, '{x!z}', style='{'); t(logging.Formatter, '$', style='$'); t(logging.Formatter, 'x', style='?'); t(logging.Formatter, 'abc', style='{'); t(logging.Formatter, '{a-b}', style='{'); t(logging.Formatter, '{a:z}', style='{'); t(logging.Formatter, '$x $', style='$')
t(logging.basicConfig, foo=1, stream=sys.stdout, format='{levelname}|{message}', style='{', force=True); logging.warning('root %d', 5); t(logging.basicConfig, stream=1, filename=2, force=True);t(logging.basicConfig, stream=1, handlers=[], force=True)
logging.basicConfig(stream=sys.stdout, force=True, level=logging.DEBUG, format='%(asctime)s|%(message)s', datefmt='D'); logging.info('hi'); logging.debug('d')
print(logging.getLevelName(10), logging.getLevelName('INFO'), logging.getLevelName(11), logging.getLevelNamesMapping()); logging.addLevelName(15, 'FINE'); print(logging.getLevelName(15)); t(L.setLevel, 'FINE'); print(L.level, L)
r = logging.makeLogRecord({'msg': 'm %s', 'args': (1,), 'levelno': 20}); print(r, r.getMessage(), sorted(r.__dict__))
h.addFilter(logging.Filter('a.b')); s.truncate(0); s.seek(0); h.setFormatter(None); P.error('no'); M.error('yes'); logging.getLogger('a.bc').error('no'); h.addFilter(lambda r: 'q' not in r.msg); M.error('q'); M.error('ok'); print(repr(s.getvalue()))
t(logging.Handler().emit, r); h.name = 'hname'; print(logging.getHandlerByName('hname') is h, logging.getHandlerNames())
logging.captureWarnings(True); W = logging.getLogger('py.warnings'); W.addHandler(h); h.filters.clear(); s.truncate(0); s.seek(0); warnings.warn('careful'); logging.captureWarnings(False); print(re.sub(r'\S*logging_basics.py', 'F', s.getvalue()))
ad = logging.LoggerAdapter(M, {'u': 1}); h.setFormatter(logging.Formatter('%(u)s %(message)s')); s.truncate(0); s.seek(0); ad.error('adapted %s', 3); print(s.getvalue(), ad, ad.name)
logging.disable(logging.ERROR); M.error('never'); M.critical('ever', extra={'u':1}); print(s.getvalue()); logging.disable(logging.NOTSET)
print(pickle.loads(pickle.dumps(M)) is M, M.getChild('z').name, logging.root.getChild('q').name, sorted(x.name for x in P.getChildren()), M.hasHandlers())
class Bad:
    def write(self, x): raise OSError('bad stream')
hb = logging.StreamHandler(Bad()); Q = logging.getLogger('q2'); Q.addHandler(hb); Q.propagate = False
err = sys.stderr; sys.stderr = io.StringIO(); Q.error('msg %s', 1); h2 = logging.StreamHandler(io.StringIO()); Q.handlers = [h2]; Q.error('bad %d', 'x'); out = sys.stderr.getvalue(); sys.stderr = err
print(re.sub(r'File "[^"]*", line \d+', 'F', re.sub(r'\n +[~^]+', '', out)).splitlines()[:2], [l for l in out.splitlines() if l.startswith(('Mess', 'Arg', 'Call', 'TypeE', 'OSE'))])
import tempfile, os; path = os.path.join(tempfile.mkdtemp(), 'lg.log'); f = logging.FileHandler(path, 'w'); print(repr(f).replace(path, 'PATH')); Q.handlers = [f]; Q.error('to file'); f.close(); print(open(path).read()); os.remove(path); os.rmdir(os.path.dirname(path))
try: raise ValueError(1)
except ValueError: print(logging.Formatter().formatException(sys.exc_info()).splitlines()[-1])
import unittest
class T(unittest.TestCase):
    def test(self):
        with self.assertLogs('foo', level='INFO') as cm: logging.getLogger('foo').info('first'); logging.getLogger('foo.bar').error('second')
        print(cm.output, cm.records[0].levelname)
        with self.assertNoLogs('foo'): logging.getLogger('foo').debug('x')
T('test').debug()
sys.stderr = sys.stdout; lr = logging.getLogger('last'); logging.root.handlers.clear(); lr.warning('last resort'); lr.info('nothing')
