/* time_module.c - the module time.  Layer 8. */
#include <errno.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "stdlib/native/native.h"
#include "stdlib/native/struct_seq.h"
#include "vm/run/thread.h"

/* ---- clocks ---- */

/* What day it is, is a fact of the outside world; how much time has passed is none. */
static void need_clock(SkVm *vm, clockid_t id) {
  if (id != CLOCK_MONOTONIC && id != CLOCK_PROCESS_CPUTIME_ID && id != CLOCK_THREAD_CPUTIME_ID) sk_need(vm, SK_CAP_CLOCK, "");
}

static SkValue clock_ns(SkVm *vm, clockid_t id) {
  struct timespec ts;
  need_clock(vm, id);
  if (clock_gettime(id, &ts) != 0) sk_raise_os(vm, errno, SK_UNSET);
  return sk_int_new(vm, (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec);
}

static SkValue clock_seconds(SkVm *vm, clockid_t id) {
  struct timespec ts;
  need_clock(vm, id);
  if (clock_gettime(id, &ts) != 0) sk_raise_os(vm, errno, SK_UNSET);
  return sk_float_new(vm, (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
}

SK_NATIVE(t_time, "time()", "Seconds since 1970.") { (void)args; return clock_seconds(vm, CLOCK_REALTIME); }
SK_NATIVE(t_time_ns, "time_ns()", "Nanoseconds since 1970.") { (void)args; return clock_ns(vm, CLOCK_REALTIME); }
SK_NATIVE(t_monotonic, "monotonic()", "A clock that never goes backwards, in seconds.") { (void)args; return clock_seconds(vm, CLOCK_MONOTONIC); }
SK_NATIVE(t_monotonic_ns, "monotonic_ns()", "A clock that never goes backwards, in nanoseconds.") { (void)args; return clock_ns(vm, CLOCK_MONOTONIC); }
SK_NATIVE(t_perf_counter, "perf_counter()", "The finest clock, in seconds.") { (void)args; return clock_seconds(vm, CLOCK_MONOTONIC); }
SK_NATIVE(t_perf_counter_ns, "perf_counter_ns()", "The finest clock, in nanoseconds.") { (void)args; return clock_ns(vm, CLOCK_MONOTONIC); }
SK_NATIVE(t_process_time, "process_time()", "CPU seconds of this process.") { (void)args; return clock_seconds(vm, CLOCK_PROCESS_CPUTIME_ID); }
SK_NATIVE(t_process_time_ns, "process_time_ns()", "CPU nanoseconds of this process.") { (void)args; return clock_ns(vm, CLOCK_PROCESS_CPUTIME_ID); }
SK_NATIVE(t_thread_time, "thread_time()", "CPU seconds of this thread.") { (void)args; return clock_seconds(vm, CLOCK_THREAD_CPUTIME_ID); }
SK_NATIVE(t_thread_time_ns, "thread_time_ns()", "CPU nanoseconds of this thread.") { (void)args; return clock_ns(vm, CLOCK_THREAD_CPUTIME_ID); }
SK_NATIVE(t_clock_gettime, "clock_gettime(clk_id, /)", NULL) { return clock_seconds(vm, (clockid_t)sk_to_index(vm, args[0])); }
SK_NATIVE(t_clock_gettime_ns, "clock_gettime_ns(clk_id, /)", NULL) { return clock_ns(vm, (clockid_t)sk_to_index(vm, args[0])); }
SK_NATIVE(t_clock_getres, "clock_getres(clk_id, /)", NULL) {
  struct timespec ts;
  if (clock_getres((clockid_t)sk_to_index(vm, args[0]), &ts) != 0) sk_raise_os(vm, errno, SK_UNSET);
  return sk_float_new(vm, (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
}

SK_NATIVE(t_sleep, "sleep(seconds, /)", "Wait.") {
  double s = sk_to_double(vm, args[0]);
  if (isnan(s)) sk_raise_value(vm, "Invalid value NaN (not a number)");
  if (s < 0) sk_raise_value(vm, "sleep length must be non-negative");
  if (s > 9.2e9) sk_raisef(vm, SK_T_OverflowError, "timestamp too large to convert to C PyTime_t");
  int64_t now = sk_thread_now(), ns = (int64_t)(s * 1e9), until = ns > INT64_MAX - now ? INT64_MAX : now + ns;
  if (ns == 0) sk_thread_yield(vm);
  while (sk_thread_now() < until) { /* a signal only interrupts it when its handler raises */
    sk_thread_park(vm, until);
    if (sk_thread_must_poll(vm)) vm->hooks.poll(vm);
  }
  return SK_NONE;
}

/* ---- calendar ---- */

static const char *const struct_time_fields[] = {"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff", NULL};
static const SkStructSeq struct_time = {"time.struct_time", "A time as nine numbers.", struct_time_fields, 9};

static SkValue from_tm(SkVm *vm, const struct tm *t) {
  SkValue v[] = {sk_smallint(t->tm_year + 1900), sk_smallint(t->tm_mon + 1), sk_smallint(t->tm_mday), sk_smallint(t->tm_hour), sk_smallint(t->tm_min),
                 sk_smallint(t->tm_sec), sk_smallint((t->tm_wday + 6) % 7), sk_smallint(t->tm_yday + 1), sk_smallint(t->tm_isdst),
                 sk_from_ptr(sk_str_from_cstr(vm, t->tm_zone ? t->tm_zone : "")), sk_smallint(t->tm_gmtoff)};
  return sk_struct_seq_new(vm, &struct_time, v);
}

static time_t seconds_arg(SkVm *vm, SkValue v) {
  if (sk_is_none(v)) {
    sk_need(vm, SK_CAP_CLOCK, "");
    return time(NULL);
  }
  if (sk_is_int(v)) {
    int64_t i;
    if (!sk_int_get_i64(v, &i)) sk_raisef(vm, SK_T_OverflowError, "timestamp out of range for platform time_t");
    return (time_t)i;
  }
  double d = sk_to_double(vm, v);
  if (isnan(d)) sk_raise_value(vm, "Invalid value NaN (not a number)");
  if (!(fabs(d) < 9e18)) sk_raisef(vm, SK_T_OverflowError, "timestamp out of range for platform time_t");
  return (time_t)floor(d);
}

SK_NATIVE(t_gmtime, "gmtime(seconds=None, /)", "UTC as a struct_time.") {
  time_t s = seconds_arg(vm, args[0]);
  struct tm t;
  errno = 0;
  if (!gmtime_r(&s, &t)) sk_raise_os(vm, errno ? errno : EOVERFLOW, SK_UNSET);
  return from_tm(vm, &t);
}

SK_NATIVE(t_localtime, "localtime(seconds=None, /)", "Local time as a struct_time.") {
  time_t s = seconds_arg(vm, args[0]);
  struct tm t;
  errno = 0;
  if (!localtime_r(&s, &t)) sk_raise_os(vm, errno ? errno : EOVERFLOW, SK_UNSET);
  return from_tm(vm, &t);
}

static int field(SkVm *vm, SkTuple *t, size_t i) {
  int64_t v = sk_to_index(vm, t->items[i]);
  if (v < INT32_MIN || v > INT32_MAX) sk_raisef(vm, SK_T_OverflowError, "signed integer is %s", v < 0 ? "less than minimum" : "greater than maximum");
  return (int)v;
}

static struct tm tm_arg(SkVm *vm, SkValue v, const char *what) {
  if (sk_is_none(v)) {
    sk_need(vm, SK_CAP_CLOCK, "");
    time_t now = time(NULL);
    struct tm t;
    localtime_r(&now, &t);
    return t;
  }
  if (!sk_is_tuple(v)) sk_raise_type(vm, "Tuple or struct_time argument required");
  SkTuple *s = sk_as_tuple(v);
  if (s->count != 9) sk_raise_type(vm, "%s(): illegal time tuple argument", what);
  struct tm t = {.tm_year = field(vm, s, 0) - 1900, .tm_mon = field(vm, s, 1) - 1, .tm_mday = field(vm, s, 2), .tm_hour = field(vm, s, 3),
                 .tm_min = field(vm, s, 4), .tm_sec = field(vm, s, 5), .tm_wday = (field(vm, s, 6) + 1) % 7, .tm_yday = field(vm, s, 7) - 1,
                 .tm_isdst = field(vm, s, 8)};
  return t;
}

static void check_tm(SkVm *vm, struct tm *t) {
  if (t->tm_mon == -1) t->tm_mon = 0;
  if (t->tm_mon < 0 || t->tm_mon > 11) sk_raise_value(vm, "month out of range");
  if (t->tm_mday == 0) t->tm_mday = 1;
  if (t->tm_mday < 0 || t->tm_mday > 31) sk_raise_value(vm, "day of month out of range");
  if (t->tm_hour < 0 || t->tm_hour > 23) sk_raise_value(vm, "hour out of range");
  if (t->tm_min < 0 || t->tm_min > 59) sk_raise_value(vm, "minute out of range");
  if (t->tm_sec < 0 || t->tm_sec > 61) sk_raise_value(vm, "seconds out of range");
  if (t->tm_wday < 0) sk_raise_value(vm, "day of week out of range");
  if (t->tm_yday == -1) t->tm_yday = 0;
  if (t->tm_yday < 0 || t->tm_yday > 365) sk_raise_value(vm, "day of year out of range");
}

SK_NATIVE(t_mktime, "mktime(seconds_tuple, /)", "Seconds since 1970 of a local time.") {
  struct tm t = tm_arg(vm, args[0], "mktime");
  t.tm_wday = -1;
  time_t s = mktime(&t);
  if (s == (time_t)-1 && t.tm_wday == -1) sk_raisef(vm, SK_T_OverflowError, "mktime argument out of range");
  return sk_float_new(vm, (double)s);
}

SK_NATIVE(t_strftime, "strftime(format, time_tuple=None, /)", "A time as text.") {
  if (!sk_is_str(args[0])) sk_raise_type(vm, "strftime() argument 1 must be str, not %T", args[0]);
  struct tm t = tm_arg(vm, args[1], "strftime");
  check_tm(vm, &t);
  const char *f = sk_str_cstr(vm, sk_as_str(args[0]));
  size_t room = strlen(f) * 8 + 256;
  char *out = sk_scratch(vm, room);
  size_t mark = sk_scratch_mark(vm), n = strftime(out, room, f, &t);
  (void)mark;
  return sk_from_ptr(sk_str_decode_utf8(vm, out, n));
}

SK_NATIVE(t_asctime, "asctime(time_tuple=None, /)", "A time like 'Sat Jun 06 16:26:11 1998'.") {
  static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  struct tm t = tm_arg(vm, args[0], "asctime");
  check_tm(vm, &t);
  return sk_from_ptr(sk_format(vm, "%.3s %.3s %2d %02d:%02d:%02d %d", days + 3 * (t.tm_wday % 7), months + 3 * t.tm_mon, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, t.tm_year + 1900));
}

SK_NATIVE(t_ctime, "ctime(seconds=None, /)", "Seconds since 1970 as local time in text.") {
  SkValue t = t_localtime(vm, args);
  return t_asctime(vm, &t);
}

SK_NATIVE(t_tzset, "tzset()", "Look at the TZ environment variable again.") { (void)vm; (void)args; tzset(); return SK_NONE; }

static SkValue clock_info(SkVm *vm, const char *implementation, bool monotonic, bool adjustable) {
  SkValue ns = sk_call0(vm, sk_from_ptr(vm->types[SK_T_simple_namespace]));
  sk_setattr(vm, ns, sk_intern(vm, "implementation"), sk_from_ptr(sk_str_from_cstr(vm, implementation)));
  sk_setattr(vm, ns, sk_intern(vm, "monotonic"), sk_bool(monotonic));
  sk_setattr(vm, ns, sk_intern(vm, "adjustable"), sk_bool(adjustable));
  sk_setattr(vm, ns, sk_intern(vm, "resolution"), sk_float_new(vm, 1e-9));
  return ns;
}

SK_NATIVE(t_get_clock_info, "get_clock_info(name, /)", "What is known of a clock.") {
  if (!sk_is_str(args[0])) sk_raise_type(vm, "get_clock_info() argument 1 must be str, not %T", args[0]);
  SkStr *n = sk_as_str(args[0]);
  if (sk_str_equal_cstr(n, "time")) return clock_info(vm, "clock_gettime(CLOCK_REALTIME)", false, true);
  if (sk_str_equal_cstr(n, "monotonic") || sk_str_equal_cstr(n, "perf_counter")) return clock_info(vm, "clock_gettime(CLOCK_MONOTONIC)", true, false);
  if (sk_str_equal_cstr(n, "process_time")) return clock_info(vm, "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false);
  if (sk_str_equal_cstr(n, "thread_time")) return clock_info(vm, "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false);
  sk_raise_value(vm, "unknown clock");
}

SK_NATIVE(t_strptime, "strptime(data_string, format='%a %b %d %H:%M:%S %Y', /)", "Text to struct_time.") {
  SkValue fn = sk_getattr_cstr(vm, sk_import_name(vm, "_strptime"), "_strptime_time");
  return sk_call2(vm, fn, args[0], args[1]);
}

static const SkNativeDef *const functions[] = {
    &t_time_def, &t_time_ns_def, &t_monotonic_def, &t_monotonic_ns_def, &t_perf_counter_def, &t_perf_counter_ns_def, &t_process_time_def,
    &t_process_time_ns_def, &t_thread_time_def, &t_thread_time_ns_def, &t_clock_gettime_def, &t_clock_gettime_ns_def, &t_clock_getres_def,
    &t_sleep_def, &t_gmtime_def, &t_localtime_def, &t_mktime_def, &t_strftime_def, &t_asctime_def, &t_ctime_def, &t_tzset_def,
    &t_get_clock_info_def, &t_strptime_def, NULL};

static void time_init(SkVm *vm, SkModule *m) {
  tzset();
  sk_module_add(vm, m, "timezone", sk_int_new(vm, timezone));
  sk_module_add(vm, m, "daylight", sk_smallint(daylight));
  sk_module_add(vm, m, "altzone", sk_int_new(vm, timezone - (daylight ? 3600 : 0)));
  sk_module_add(vm, m, "tzname", sk_from_ptr(sk_tuple_pack(vm, 2, sk_from_ptr(sk_str_from_cstr(vm, tzname[0])), sk_from_ptr(sk_str_from_cstr(vm, tzname[1])))));
  sk_module_add(vm, m, "struct_time", sk_struct_seq_class(vm, &struct_time));
  static const struct { const char *name; int id; } clocks[] = {{"CLOCK_REALTIME", CLOCK_REALTIME}, {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
      {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID}, {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
      {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW}, {"CLOCK_BOOTTIME", CLOCK_BOOTTIME}};
  for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) sk_module_add(vm, m, clocks[i].name, sk_smallint(clocks[i].id));
}

const SkModuleDef sk_time_module = {"time", "Clocks and calendar.", functions, time_init};
