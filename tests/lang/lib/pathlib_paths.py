# Paths: as text (every method over many paths), and on disk (in a directory of their own).
import os, pickle, sys, tempfile, copy
from pathlib import *
import pathlib
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except BaseException as e: print(type(e).__name__, e)
P = PurePosixPath
paths = ['', '.', '/', '//', '///', 'a', 'a/', '/a', '//a/b', '///a', 'a//b', 'a/./b', './a', 'a/../b', '..', 'a.b', '.a', 'a.', 'a.b.c', '.a.b', '..a', 'a..b', '/a/b.tar.gz', 'x/.', 'é/ü', '...', 'a ']
for s in paths:
    p = P(s); print(repr(s), repr(p), str(p), p.parts, p.root, p.anchor, p.drive, p.name, p.stem, p.suffix, p.suffixes, p.parent, list(p.parents), p.is_absolute())
    for f in ('with_name','with_stem','with_suffix'):
        for arg in ('n', '.x', '', 'a/b', '.', 'q.'): print(f, repr(arg), end=' '); t(getattr(p, f), arg)
    t(p.as_uri)
t(P, 1); t(P, b'a'); t(P, 'a', None); t(P, 'a', '/b', 'c'); t(P, 'a', P('b')); print(PurePath('a'), repr(PurePath('a')), type(Path('a')), type(PurePath()))
for a, b in (('a/b/c','a'),('a/b','a/b'),('a','a/b'),('/a','a'),('/a/b','/'),('a/b','c/d'),('a/b','a/../c'),('/a','/b/c'),('','a'),('a','')):
    print(a, b, end=' '); t(P(a).relative_to, b); t(P(a).relative_to, P(b), walk_up=True); t(P(a).is_relative_to, b)
for a, b in (('a/b.py','*.py'),('/a/b.py','*.py'),('/a/b.py','/a/*.py'),('/a/b/c.py','a/*.py'),('a.py',''),('A.py','a.py'),('a/b/c','a/**'),('a/b/c','**/c'),('a/b/c','**'),('a','**/a'),('a/b','a/**/b'),('a/b/c/d','a/**/d'),('a/b','b'),('.a','*'),('a/b/c','a/*/c'),('a','?'),('a','[ab]'),('','**'),('/a','**')):
    print(a, b, end=' '); t(P(a).match, b); t(P(a).full_match, b); t(P(a).match, b, case_sensitive=False)
print(P('a') / 'b' / P('c'), 'x' / P('y'), P('a') / '/b'); t(lambda: P('a') / 1); t(lambda: 1 / P('a')); print(P('a').joinpath('b','c'))
print(P('a') == P('a/'), P('a') == 'a', P('a') < P('b'), P('a/b') < P('a.b'), hash(P('a')) == hash(P('./a')), P('a') == Path('a')); t(lambda: P('a') < 'b'); print(sorted([P('b'),P('a/b'),P('a'),P('/')]))
print(os.fspath(P('a')), bytes(P('é')), pickle.loads(pickle.dumps(Path('/a/b'))), copy.copy(P('a')), P('a/b').parents[0], P('a/b/c').parents[-1], P('a/b/c').parents[:2], len(P('a/b').parents), P('a/b').parents); t(lambda: P('a').parents[5])
print(isinstance(P('a'), os.PathLike), PurePath.__module__, UnsupportedOperation.__mro__[1])
class Sub(PurePosixPath):
    def __init__(self, *a, extra=None): super().__init__(*a); self.extra = extra
    def with_segments(self, *a): return type(self)(*a, extra=self.extra)
s = Sub('a', extra=5); print((s / 'b').extra, s.parent.extra, repr(s))
d = Path(tempfile.mkdtemp()); os.chdir(d)
(d/'sub'/'deep').mkdir(parents=True); (d/'a.txt').write_text('hällo\n', encoding='utf-8'); (d/'sub'/'b.py').write_bytes(b'x'); (d/'sub'/'deep'/'c.py').touch(); (d/'.hid').touch(); (d/'ln').symlink_to('sub'); (d/'bad').symlink_to('nowhere')
R = lambda x: str(x).replace(str(d), 'D')
print((d/'a.txt').read_text(encoding='utf-8'), (d/'a.txt').read_bytes(), (d/'a.txt').stat().st_size)
print(sorted(R(p) for p in d.iterdir()))
for g in ('*', '**', '**/*', '*/', '**/', '*.txt', 'sub/*', '**/*.py', 'sub/../a.txt', 'a.txt', 'nope', '*/b.py', '**/deep/*', '**/**', '**/*/*', './*', 'SUB', '.*', 'l*/*', 'ln/**', '*a*', '..', 'sub/', 'a.txt/', '**/..', 'sub/*/..'):
    print(g, sorted(R(p) for p in d.glob(g)), sorted(R(p) for p in d.rglob(g)) if '..' not in g else '')
print(sorted(R(p) for p in d.glob('SUB', case_sensitive=False)), sorted(R(p) for p in d.glob('**/*.py', recurse_symlinks=True)))
t(d.glob, ''); t(d.glob, '/x'); t(d.rglob, '/x'); t(d.glob, '.'); t(lambda: sorted(R(p) for p in Path('.').glob('*'))); t(lambda: sorted(R(p) for p in Path('').rglob('*.py'))); t(lambda: list(d.rglob(''))[0] == d)
for n in ('a.txt','sub','ln','bad','nope','a.txt/x','\0'): p = d/n; print(repr(n), p.exists(), p.is_file(), p.is_dir(), p.is_symlink(), p.exists(follow_symlinks=False), p.is_dir(follow_symlinks=False), p.is_mount(), p.is_fifo(), p.is_socket())
print(R((d/'ln').resolve()), R((d/'ln'/'..'/'x').resolve()), R((d/'ln').readlink()), R(Path('q').absolute()), R(Path().absolute()), R(Path.cwd()), (d/'ln').samefile(d/'sub'), (d/'a.txt').samefile('a.txt'))
t(lambda: R(d/'nope').__class__ and (d/'nope').resolve(strict=True) and 0) if 0 else None
os.environ['HOME'] = '/hh'; print(Path.home(), Path('~/x').expanduser(), Path('a/~').expanduser(), Path('/~').expanduser())
for f in (lambda: Path('nope').stat(), lambda: Path('sub').mkdir(), lambda: Path('sub').mkdir(exist_ok=True), lambda: Path('a.txt').mkdir(exist_ok=True), lambda: Path('x/y').mkdir(), lambda: Path('nope').unlink(), lambda: Path('nope').unlink(missing_ok=True), lambda: Path('a.txt').touch(exist_ok=False), lambda: Path('sub').rmdir(), lambda: list(Path('nope').iterdir()), lambda: Path('nope').read_text(), lambda: Path('q').write_text(b'x'), lambda: Path('q').write_bytes('x'), lambda: Path('a.txt').rename('b.txt'), lambda: Path('b.txt').replace(d/'c.txt').name, lambda: Path('h').hardlink_to('c.txt'), lambda: Path('h').chmod(0o600), lambda: oct(Path('h').stat().st_mode & 0o777), lambda: Path('sub').exists(), lambda: Path('ln').lstat().st_mode >> 12):
    t(f)
print([(R(p), sorted(ds), sorted(fs)) for p, ds, fs in sorted(d.walk())], [R(p) for p, ds, fs in d.walk(top_down=False)][-1])
print(Path.from_uri('file:///a%20b')); t(Path.from_uri, 'http:'); t(Path.from_uri, 'file:a'); print(Path('/a b/é').as_uri())
with Path('w').open('w') as f: f.write('1\n2')
print(Path('w').read_text().splitlines())
t(setattr, P('a'), 'foo', 1); t(lambda: P('a').name.__class__); t(lambda: PosixPath('x').is_junction())
import shutil; os.chdir('/'); shutil.rmtree(d); print(d.exists())
