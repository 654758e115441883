/* uv_reads.c - StreamReader's reads as native coroutines: read, readexactly, readuntil, readline.  Layer 8.
 *
 * SkAwait: self the reader, a the argument, b where readuntil goes on looking.  Phase 1: set_exception() ended the wait.  Data stays in
 * the reader's buffer until the step that returns it, so a read that is cancelled loses nothing.
 */
#include <string.h>

#include "stdlib/native/uv_stream.h"

static Reader *reader_of(const SkAwait *a) { return (Reader *)sk_ptr(a->self); }

static bool read_abort(SkVm *vm, SkAwait *a) {
  (void)vm;
  if (reader_of(a)->waiter == a) reader_of(a)->waiter = NULL;
  return true;
}

static bool first_step(const SkAwait *a) { return sk_is_unset(a->b); }

/* At the start, and when set_exception() ended the wait; an error that comes while data is there waits for the next read. */
static void check_exception(SkVm *vm, SkAwait *a) {
  if ((first_step(a) || sk_await_phase(a)) && !sk_is_none(reader_of(a)->exception)) sk_raise_exc(vm, reader_of(a)->exception);
}

static bool finish(SkVm *vm, SkAwait *a, size_t n, SkValue *out) {
  *out = uv_reader_take(vm, reader_of(a), n);
  uv_reader_resume(vm, reader_of(a));
  return true;
}

static SK_NORETURN void raise_incomplete(SkVm *vm, Reader *r, SkValue expected) {
  SkValue partial = uv_reader_take(vm, r, uv_reader_length(r));
  if (sk_is_bytes(partial) && !sk_as_bytes(partial)->length) partial = vm->empty_bytes;
  SkValue cls = sk_getattr_cstr(vm, sk_import_name(vm, "asyncio.exceptions"), "IncompleteReadError");
  sk_raise_exc(vm, sk_call2(vm, cls, partial, expected));
}

static SkValue empty(SkVm *vm) { return vm->empty_bytes; }

static SkValue read_new(SkVm *vm, const SkAwaitOps *ops, SkValue self, SkValue arg) { return sk_await_new(vm, ops, self, arg, SK_UNSET); }

/* ---- read ---- */

static bool read_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  Reader *r = reader_of(a);
  check_exception(vm, a);
  int64_t n = sk_to_index(vm, a->a);
  a->b = SK_NONE;
  size_t have = uv_reader_length(r);
  if (n == 0) {
    *out = empty(vm);
    return true;
  }
  if (!r->eof && (n < 0 || have == 0)) return uv_reader_wait(vm, r, a, "read", out);
  if (have == 0) {
    *out = empty(vm);
    return true;
  }
  return finish(vm, a, n < 0 || (size_t)n > have ? have : (size_t)n, out);
}
static const SkAwaitOps read_ops = {"read", "StreamReader.read", "StreamReader.read", read_step, NULL, read_abort};
static SkValue reader_read(SkVm *vm, const SkValue *args) { return read_new(vm, &read_ops, args[0], args[1]); }
const SkNativeDef uv_reader_read_def = {"read(self, n=-1)", "Read up to n bytes, or until the end when n is negative; b'' at the end.", reader_read};

/* ---- readexactly ---- */

static bool exactly_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  Reader *r = reader_of(a);
  int64_t n = sk_to_index(vm, a->a);
  if (n < 0) sk_raise_value(vm, "readexactly size can not be less than zero");
  check_exception(vm, a);
  a->b = SK_NONE;
  if (n == 0) {
    *out = empty(vm);
    return true;
  }
  if ((int64_t)uv_reader_length(r) >= n) return finish(vm, a, (size_t)n, out);
  if (r->eof) raise_incomplete(vm, r, a->a);
  return uv_reader_wait(vm, r, a, "readexactly", out);
}
static const SkAwaitOps exactly_ops = {"readexactly", "StreamReader.readexactly", "StreamReader.readexactly", exactly_step, NULL, read_abort};
static SkValue reader_readexactly(SkVm *vm, const SkValue *args) { return read_new(vm, &exactly_ops, args[0], args[1]); }
const SkNativeDef uv_reader_readexactly_def = {"readexactly(self, n)", "Read exactly n bytes; IncompleteReadError at the end.", reader_readexactly};

/* ---- readuntil, readline ---- */

typedef struct Separators { const SkValue *items; size_t count; size_t least, most; SkValue one; } Separators;

static void separators_of(SkVm *vm, SkValue v, Separators *s) {
  s->one = v;
  s->items = sk_is_tuple(v) ? sk_as_tuple(v)->items : &s->one;
  s->count = sk_is_tuple(v) ? sk_as_tuple(v)->count : 1;
  s->least = SIZE_MAX;
  s->most = 0;
  if (!s->count) sk_raise_value(vm, "Separator should contain at least one element");
  for (size_t i = 0; i < s->count; i++) {
    size_t n = sk_to_bytes(vm, s->items[i]).n;
    if (n < s->least) s->least = n;
    if (n > s->most) s->most = n;
  }
  if (!s->least) sk_raise_value(vm, "Separator should be at least one-byte string");
}

/* The separator that ends first, at or behind |offset|. */
static bool find(SkVm *vm, Reader *r, const Separators *s, size_t offset, size_t *start, size_t *end) {
  const char *data = uv_reader_data(r);
  size_t have = uv_reader_length(r);
  bool found = false;
  for (size_t i = 0; i < s->count; i++) {
    SkChars sep = sk_to_bytes(vm, s->items[i]);
    const char *p = sep.n == 1 ? memchr(data + offset, sep.p[0], have - offset) : memmem(data + offset, have - offset, sep.p, sep.n);
    if (!p || (found && (size_t)(p - data) + sep.n >= *end)) continue;
    *start = (size_t)(p - data);
    *end = *start + sep.n;
    found = true;
  }
  return found;
}

static bool is_line(const SkAwait *a);

/* Too long.  readline() gives up the line (or all there is), readuntil() leaves it for another try. */
static SK_NORETURN void raise_overrun(SkVm *vm, SkAwait *a, const char *text, size_t consumed, size_t line_end) {
  Reader *r = reader_of(a);
  if (!is_line(a)) {
    SkValue cls = sk_getattr_cstr(vm, sk_import_name(vm, "asyncio.exceptions"), "LimitOverrunError");
    sk_raise_exc(vm, sk_call2(vm, cls, sk_from_ptr(sk_str_from_cstr(vm, text)), sk_int_new(vm, (int64_t)consumed)));
  }
  uv_reader_drop(r, line_end ? line_end : uv_reader_length(r));
  uv_reader_resume(vm, r);
  sk_raise_value(vm, "%s", text);
}

static bool until_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  Reader *r = reader_of(a);
  Separators s;
  separators_of(vm, a->a, &s);
  check_exception(vm, a);
  size_t have = uv_reader_length(r), offset = first_step(a) ? 0 : (size_t)sk_smallint_get(a->b), start = 0, end = 0;
  if (offset > have) offset = have;
  if (have - offset >= s.least) {
    if (find(vm, r, &s, offset, &start, &end)) {
      if ((int64_t)start > r->limit) raise_overrun(vm, a, "Separator is found, but chunk is longer than limit", start, end);
      return finish(vm, a, end, out);
    }
    offset = have + 1 > s.most ? have + 1 - s.most : 0;
    if ((int64_t)offset > r->limit) raise_overrun(vm, a, "Separator is not found, and chunk exceed the limit", offset, 0);
  }
  a->b = sk_smallint((int64_t)offset);
  if (!r->eof) return uv_reader_wait(vm, r, a, "readuntil", out);
  if (!is_line(a)) raise_incomplete(vm, r, SK_NONE);
  *out = have ? uv_reader_take(vm, r, have) : empty(vm);
  return true;
}

static bool anext_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  if (!until_step(vm, a, sent, out)) return false;
  if (!sk_as_bytes(*out)->length) sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_StopAsyncIteration], NULL, 0));
  return true;
}

static const SkAwaitOps until_ops = {"readuntil", "StreamReader.readuntil", "StreamReader.readuntil", until_step, NULL, read_abort};
static const SkAwaitOps line_ops = {"readline", "StreamReader.readline", "StreamReader.readline", until_step, NULL, read_abort};
static const SkAwaitOps anext_ops = {"__anext__", "StreamReader.__anext__", "StreamReader.readline", anext_step, NULL, read_abort};
static bool is_line(const SkAwait *a) { return a->ops != &until_ops; }

static SkValue newline(SkVm *vm) { return sk_from_ptr(sk_bytes_new(vm, "\n", 1)); }

static SkValue reader_readuntil(SkVm *vm, const SkValue *args) {
  return read_new(vm, &until_ops, args[0], sk_is_unset(args[1]) ? newline(vm) : args[1]);
}
const SkNativeDef uv_reader_readuntil_def = {"readuntil(self, separator=?)", "Read up to and with separator (bytes, or a tuple of them).", reader_readuntil};
static SkValue reader_readline(SkVm *vm, const SkValue *args) { return read_new(vm, &line_ops, args[0], newline(vm)); }
const SkNativeDef uv_reader_readline_def = {"readline(self)", "Read a line with its newline; what there is at the end.", reader_readline};
SkValue uv_reader_anext(SkVm *vm, SkValue self) { return read_new(vm, &anext_ops, self, newline(vm)); }
