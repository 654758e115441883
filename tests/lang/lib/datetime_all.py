# datetime: constructors, limits, arithmetic, comparing, texts both ways, zones, pickles, subclasses.
import os, time as _time
os.environ['TZ'] = 'UTC'; _time.tzset()
import datetime as D
from datetime import *
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except (TypeError, AttributeError) as e: print(type(e).__name__)     # CPython's words name C types
    except Exception as e: print(type(e).__name__, e)
class TZ(tzinfo):
    def __init__(s, v): s.v = v
    def utcoffset(s, d): return s.v
    def dst(s, d): return s.v
    def tzname(s, d): return 5
t(date, 0,1,1); t(date, 10000,1,1); t(date,2000,13,1); t(date,2000,2,30); t(date,2001,2,29); t(date, 2000, 1); t(date,'a',1,1); t(date,1.5,1,1); t(date,1<<40,1,1)
t(time,24); t(time,0,60); t(time,0,0,60); t(time,0,0,0,1000000); t(time,1,fold=2); t(time,-1); t(time,1,tzinfo=3); t(time, 1<<40)
t(datetime,2000,1,1,24); t(datetime,2000,1,1,tzinfo=5); t(datetime,2000,1,1,fold=5); t(datetime,1,1); t(datetime,2000,0,1)
t(timedelta,1,2,3,4,5,6,7); t(timedelta,'a'); t(timedelta,10**10); t(timedelta,days=-10**10); t(timedelta,1.5,1e-7); t(timedelta,float('nan')); t(timedelta,float('inf')); t(timedelta, None)
d = timedelta(1,2,3)
for x in (lambda: d+1, lambda: 1+d, lambda: d*1.5, lambda: d*'a', lambda: d/2, lambda: d/1.5, lambda: d/d, lambda: d//d, lambda: d//2, lambda: d//1.5, lambda: d%d, lambda: d%2, lambda: divmod(d,timedelta(hours=1)), lambda: d/0, lambda: d//0, lambda: d/timedelta(0), lambda: d%timedelta(0), lambda: -d, lambda: abs(-d), lambda: +d, lambda: d<1, lambda: d==1, lambda: timedelta.max+d, lambda: timedelta.min-d, lambda: -timedelta.max, lambda: timedelta.max*2, lambda: 2*d, lambda: 0.5*d, lambda: d-1, lambda: 1-d, lambda: bool(timedelta()), lambda: str(d), lambda: str(-d), lambda: repr(-d), lambda: repr(timedelta()), lambda: str(timedelta(1)), lambda: str(timedelta(-2)), lambda: d.total_seconds(), lambda: hash(d)==hash(timedelta(1,2,3)), lambda: timedelta.resolution, lambda: timedelta.min, lambda: timedelta.max, lambda: setattr(d,'days',1), lambda: d*float('nan'), lambda: d/float('inf'), lambda: repr(timedelta(seconds=1)), lambda: d.__reduce__()):
    t(x)
a = date(2000,2,29); n = datetime(2000,2,29,12,30,15,123456); u = n.replace(tzinfo=timezone.utc)
for x in (lambda: a+d, lambda: d+a, lambda: a-d, lambda: a-date(1999,1,1), lambda: a-n, lambda: n-a, lambda: n-u, lambda: n<u, lambda: n==u, lambda: a<n, lambda: n<a, lambda: a==n, lambda: a<1, lambda: a+1, lambda: 1+a, lambda: d-a, lambda: date.max+timedelta(1), lambda: date.min-timedelta(1), lambda: datetime.max+timedelta(1), lambda: a.replace(year=1), lambda: a.replace(day=31), lambda: a.replace(foo=1), lambda: a.isoformat(), lambda: str(a), lambda: a.ctime(), lambda: n.ctime(), lambda: a.strftime('%d/%m/%y %A %j'), lambda: f'{a:%Y}', lambda: f'{a}', lambda: a.timetuple(), lambda: n.timetuple(), lambda: u.utctimetuple(), lambda: n.utctimetuple(), lambda: a.toordinal(), lambda: date.fromordinal(1), lambda: date.fromordinal(0), lambda: date.fromordinal(10**7), lambda: a.weekday(), lambda: a.isoweekday(), lambda: a.isocalendar(), lambda: tuple(a.isocalendar()), lambda: a.isocalendar().week, lambda: type(a.isocalendar()), lambda: date.fromisocalendar(2020,53,1), lambda: date.fromisocalendar(2019,53,1), lambda: date.fromisocalendar(2019,0,1), lambda: date.fromisocalendar(2019,1,8), lambda: date.fromisocalendar(0,1,1), lambda: date.fromisocalendar(10000,1,1), lambda: date.fromtimestamp(1<<60), lambda: date.fromtimestamp('a'), lambda: datetime.fromtimestamp(1e20), lambda: datetime.fromtimestamp(1.5, timezone.utc), lambda: datetime.fromtimestamp(-1.25, timezone.utc), lambda: datetime.fromtimestamp(1, 3), lambda: datetime.fromtimestamp(float('nan')), lambda: u.timestamp(), lambda: a.__reduce__(), lambda: n.__reduce__(), lambda: u.__reduce__(), lambda: n.replace(fold=1).__reduce_ex__(2), lambda: n.replace(fold=1).__reduce_ex__(4), lambda: time(1,2,3,4).__reduce__(), lambda: repr(n), lambda: repr(u), lambda: repr(n.replace(fold=1)), lambda: repr(time(1)), lambda: repr(time(1,2,3,4,timezone.utc,fold=1)), lambda: str(time(1,2,3,4)), lambda: n.isoformat(' '), lambda: n.isoformat('T','minutes'), lambda: n.isoformat('T','foo'), lambda: n.isoformat('ab'), lambda: n.isoformat(5), lambda: u.isoformat(timespec='milliseconds'), lambda: time(1).isoformat('hours'), lambda: time(1).isoformat('auto'), lambda: datetime.combine(a, time(1)), lambda: datetime.combine(a, time(1), timezone.utc), lambda: datetime.combine(1, time()), lambda: datetime.combine(a, 1), lambda: n.date(), lambda: u.time(), lambda: u.timetz(), lambda: u.astimezone(timezone(timedelta(hours=1))), lambda: u.astimezone(5), lambda: n.replace(tzinfo=TZ(5)).utcoffset(), lambda: n.replace(tzinfo=TZ(timedelta(1))).utcoffset(), lambda: n.replace(tzinfo=TZ(timedelta(1))).dst(), lambda: n.replace(tzinfo=TZ(timedelta(0))).tzname(), lambda: n.replace(tzinfo=tzinfo()).utcoffset(), lambda: tzinfo().dst(n), lambda: tzinfo().tzname(n), lambda: tzinfo().fromutc(n), lambda: tzinfo().fromutc(1), lambda: TZ(None).fromutc(n.replace(tzinfo=TZ(None))), lambda: hash(n)==hash(n.replace(fold=1)), lambda: time(1)<time(1,tzinfo=timezone.utc), lambda: time(1)==time(1,tzinfo=timezone.utc), lambda: time(1)<1, lambda: bool(time(0)), lambda: setattr(a,'year',1), lambda: setattr(n,'foo',1), lambda: datetime.min, lambda: datetime.max, lambda: datetime.resolution, lambda: time.max, lambda: date.min):
    t(x)
for x in (lambda: timezone(timedelta(hours=24)), lambda: timezone(timedelta(hours=1)), lambda: timezone(timedelta(hours=1),'n'), lambda: timezone(5), lambda: timezone(timedelta(0)), lambda: timezone(timedelta(0),'UTC'), lambda: timezone.utc, lambda: str(timezone(timedelta(hours=-1,seconds=1))), lambda: timezone(timedelta(0), 5), lambda: timezone.utc.utcoffset(5), lambda: timezone.utc.tzname(None), lambda: timezone.utc.dst(n), lambda: timezone.utc.fromutc(n), lambda: timezone.utc.fromutc(u), lambda: timezone.utc.fromutc(5), lambda: timezone.utc == timezone(timedelta(0)), lambda: timezone.utc == 5, lambda: timezone.utc < 5, lambda: timezone.min, lambda: timezone.max, lambda: timezone.utc.__getinitargs__(), lambda: hash(timezone.utc)==hash(timezone(timedelta(0),'x')), lambda: type('A',(timezone,),{}), lambda: timezone.utc is timezone(timedelta(0)), lambda: UTC is timezone.utc, lambda: timezone(), lambda: str(timezone(timedelta(microseconds=1)))):
    t(x)
for s in ('2020-01-02','20200102','2020-W01-1','2020W011','2020-W01','2020-1-2','2020-13-01','','2020-01-02 ','２020-01-02','2020-W54-1','2020-001', '0000-01-01'): print(s, end=' '); t(date.fromisoformat, s)
for s in ('12','12:30','1230','12:30:15','12:30:15.1','12:30:15,123456789','T12','12:30Z','12:30+01','12:30+01:30','12:30-01:30:15','12:30+01:30:15.000001','24:00','12:60','12:3','1:30','12:30:15.','12:30+','12:30+25:00','12:30+24:00','','12.5','12:30:1530', '12:30z', '12:30 Z', '1230.5', '12:30:15-00:00'): print(s, end=' '); t(time.fromisoformat, s)
for s in ('2020-01-02','2020-01-02T12','2020-01-02 12:30','2020-01-02x12:30:15.5Z','20200102T123015','2020-W01-1T12','2020W011T12','2020-01-02T','2020-01-02T12:30+01:00','2020-01-02T24:00','2020-01-02T24:01', '2020-12-31T24:00:00', '2020-01-02\ud80012', 'T12', '2020', '2020-01'): print(ascii(s), end=' '); t(datetime.fromisoformat, s)
t(date.fromisoformat, 5); t(time.fromisoformat, 5); t(datetime.fromisoformat, b'x')
for f in ('%Y-%m-%d','%y','%f %z %Z %%','%:z','%H:%M:%S.%f','%j %U %w','%','%Q','%G-W%V-%u','%c','%x %X','%p %I', '%z%z', '%f%', '%:', 'é%Y',  '%C'): print(ascii(f), end=' '); t(u.strftime, f); t(n.strftime, f)
t(date(1,2,3).strftime, '%Y %G'); t(time(1,2,3,4).strftime, '%Y-%H:%M:%S.%f %z|%Z|'); t(u.strftime, 5); t(format, n, ''); t(format, time(1), '%H'); t(n.__format__, 5)
for s, f in (('2020-01-02 03:04:05.678','%Y-%m-%d %H:%M:%S.%f'),('x','%Y'),('2020','%Y %'),('2020 5','%Y'),('+0130','%z'),('-01:30:15.5','%z'),('Z','%z'),('+013','%z'),('UTC','%Z'),('Jan 5 99','%b %d %y'),('Monday 1 2020','%A %U %Y'),('2020 53 1','%G %V %u'),('2020 1','%G %V'),('1 2020','%V %Y'),('60','%j'),('2020 366','%Y %j'),('366','%j'),('12 PM','%I %p'),('12 am','%I %p'),('29 2','%d %m'),('61','%S'),('a','%Q'),('','%'),('2000-02-30','%Y-%m-%d'),('3','%w'),('  5','%d'), ('5','%e'), ('1:2','%H:%M'), ('20','%C'), ('%','%%'), ('a.b','a.b'), ('a+b', 'a+b'),('Tue Mar  4 05:06:07 2008','%c'),('03/04/08','%x'),('01:02:03','%X')): print(s, f, end=' '); t(datetime.strptime, s, f)
t(datetime.strptime, 5, '%Y'); t(datetime.strptime,'5', 5)
import time as _t
print(_t.strptime('2020-05-06','%Y-%m-%d'), _t.strptime('12:00 Mon','%H:%M %a'))
print(D.MINYEAR, D.MAXYEAR, sorted(D.__all__))
import copy, pickle
for o in (a,n,u,d,time(1,2,3,4,timezone.utc),timezone.utc,timezone(timedelta(hours=1),'x'),n.replace(fold=1)):
    for p in range(6): assert pickle.loads(pickle.dumps(o,p)) == o
    assert copy.deepcopy(o) == o and copy.copy(o) == o
    print(o.__class__.__name__, o.__reduce_ex__(4)[1:])
class SD(datetime):
    def __new__(cls, *a, extra=0, **k): s = datetime.__new__(cls, *a, **k); s.extra = extra; return s
s = SD(2000,1,1,extra=5); print(repr(s), type(s+d), type(s.replace(day=2)), type(SD.now()), type(SD.fromisoformat('2020-01-01')), type(SD.combine(a, time())), type(s.astimezone(timezone.utc)), type(s.date()))
class SDD(date): pass
print(repr(SDD(2000,1,1)), type(SDD(2000,1,1)+d), type(SDD.today()), type(SDD.fromisoformat('2020-01-01')), type(SDD(2000,1,1).replace(day=3)))
class STD(timedelta): pass
print(repr(STD(1)), type(STD(1)+STD(2)), type(-STD(1)))
