# Every format code of struct with values at and past its ends, every message, and the ways to call it.
import struct, sys
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except BaseException as e: print(type(e).__module__, type(e).__name__, e)
P = struct.pack
for f in 'bBhHiIlLqQnN':
    for pre in ('', '<', '>', '='):
        if f in 'nN' and pre: 
            t(P, pre+f, 1); continue
        for v in (1<<200, -(1<<200), 1<<64, (1<<64)-1, 1<<63, 1<<32, 1<<31, 1<<16, 1<<15, 256, 128, -1, -129, -32769, -(1<<31)-1, -(1<<63)-1, 1.5, 'a', None, True):
            print(pre+f, repr(v)[:30], end=' '); t(P, pre+f, v)
for f in 'efd':
    for pre in ('', '<', '>'):
        for v in (1, 1.5, 1e300, 65504.0, 65519.9, 65520.0, 1e-8, 5.96e-8, 2.98e-8, 2.99e-8, float('inf'), float('nan'), -0.0, 3.4e38, 3.5e38, -1e39, 'a', 10**400, 1e-45, 1e-46, 0.1, 1/3, 2**-24, 6.1e-5, 1+2**-11, 1+3*2**-11):
            print(pre+f, repr(v)[:30], end=' '); t(P, pre+f, v)
class I:
    def __index__(self): return 5
class F:
    def __float__(self): return 2.5
t(P,'bBhHiIlLqQ', *[I()]*10); t(P,'d', F()); t(P,'d', I()); t(P,'P', I()); t(P,'P', -1); t(P,'P', 1<<64); t(P,'P', 'a')
t(P,'c', 'a'); t(P,'c', b'ab'); t(P,'c', b'a'); t(P,'c', bytearray(b'a')); t(P,'3s', 'a'); t(P,'3s', b'abcdef'); t(P,'3s',b'a'); t(P,'3s', bytearray(b'xyz')); t(P,'0s', b'a'); t(P,'s', b'abc')
t(P,'3p', 'a'); t(P,'3p', b'abcdef'); t(P,'5p', b'ab'); t(P,'0p', b'ab'); t(P,'p', b'ab'); t(P,'300p', b'x'*280); t(P, '1p', b'')
t(P,'?', []); t(P,'?',[1]); t(P,'3?', 1,0,2)
class B:
    def __bool__(self): raise OSError('x')
t(P,'?', B()); t(P,'<?',B())
t(P,'x'); t(P,'3xb',1); t(P,'b3x',1); t(P, '2b', 1); t(P, '2b', 1,2,3); t(P); t(P,'3'); t(P,'3 b', 1,2,3); t(P,' b b ',1,2); t(P,'b\0',1); t(P,'bé',1); t(P,b'bb',1,2); t(P,b'b\0',1); t(P,3); t(P,'<P',1); t(P,'k'); t(P,'b<b',1,2); t(P, '99999999999999999999b'); t(struct.calcsize, '9223372036854775807q'); t(struct.calcsize, '9223372036854775807b1b'); t(struct.calcsize,'9999999999999999999999s'); t(struct.calcsize, '0q'); t(struct.calcsize,'b0q'); t(struct.calcsize, 'bq'); t(struct.calcsize,'qb'); t(struct.calcsize,'=bq'); t(struct.calcsize,'bhilqefdP?cspx'); t(struct.calcsize,'!bhilqefd?cspx'); t(struct.calcsize,''); t(struct.calcsize,'<')
t(struct.calcsize, '0'); t(struct.calcsize,'5'); t(struct.calcsize, 'b 5'); t(struct.calcsize,'-1b'); t(struct.calcsize,'1 b'); t(struct.calcsize, '10s'); t(struct.calcsize, '@b'); t(struct.calcsize, '@@b')
U = struct.unpack
t(U,'3s', b'abc'); t(U,'3s', b'ab'); t(U,'b', b''); t(U,'<bHiq', bytes(range(15))); t(U,'>bHiq', bytes(range(15))); t(U,'5p', b'\x03abcd'); t(U,'5p',b'\x09abcd'); t(U,'p',b'\x09'); t(U,'?', b'\x02'); t(U,'<e',b'\x01\x00'); t(U,'<e', b'\xff\x7b'); t(U,'<e',b'\x00\xfc'); t(U,'<e', b'\x01\x7e'); t(U,'>f', b'\x3f\x80\0\0'); t(U,'b', 'a'); t(U,'b', memoryview(b'a')); t(U,'b', 3); t(U,'b', bytearray(b'\xff')); t(U,'B',b'\xff'); t(U,'<Q', b'\xff'*8); t(U,'<q',b'\xff'*8); t(U, 'N', b'\xff'*8); t(U,'P', b'\xff'*8); t(U,'c3xc',b'a...b'); t(U, '0s', b''); t(U,'',b'')
UF = struct.unpack_from
t(UF,'2s', b'abcd', 1); t(UF,'2s', b'abcd', offset=2); t(UF,'2s', b'abcd', 3); t(UF,'2s', b'abcd', -2); t(UF,'2s', b'abcd', -1); t(UF,'2s', b'abcd', -5); t(UF,'2s', b'abcd', 9); t(UF,'2s',buffer=b'abcd'); t(UF,'2s'); t(UF); t(UF,'2s', 'abcd'); t(UF,'2s', b'abcd', 'x'); t(UF, '2s', b'abcd', 1<<70)
PI = struct.pack_into
b = bytearray(8)
IU = struct.iter_unpack
S = struct.Struct
s = S('<hh'); print(s, s.size, s.format, type(s.format), s.pack(1,2), s.unpack(b'abcd'), s.unpack_from(b'xabcd',1), list(s.iter_unpack(b'abcd'*2)))
print(S('b').format, repr(S('"\'b'[2:])))
s.__init__('<b'); print(s.size)
class SS(S):
    pass
x = SS('<b'); print(x.size, x, type(x).__mro__); x.q = 3
t(S.__new__(S).pack, 1); t(lambda: S.__new__(S).size);t(lambda: S.__new__(S).format); t(repr, S.__new__(S))
print(struct.error, struct.error.__mro__, struct.error.__module__, struct.__all__)
print([n for n in dir(struct) if not n.startswith('__')], S.__module__, P.__module__, P)
t(P, 'b', 1, x=1); t(P, fmt='b'); t(U, 'b'); t(U, fmt='b'); t(struct.calcsize); t(struct._clearcache)
t(P, 'ii', 1, 'a'); t(P, 'f', None); t(P, 's', None); t(P, 'n', 1<<63); t(P,'N',-1); t(P,'N',1<<64); t(P,'n','a')
