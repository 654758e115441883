/* api_def.c - functions of the host: what happens when a script calls one.  Layer 9.
 *
 * The interpreter has bound the arguments to the registers of a frame (vm/run/host.c).  Here they are checked against the
 * annotations, get handles, and the host runs.  It never sees a jump: what its callees raise waits in |pending|; and
 * nothing of what it leaves behind (scopes, a floor, a pending error of before) outlives its call.
 */
#include "vm/api/api_def.h"

#include <string.h>

#include "vm/run/thread.h"

/* ---- annotations ---- */

static uint32_t kinds_of(SkVm *vm, SkValue x) {
  if (sk_is_smallint(x)) return TAKES_INT;
  if (sk_is_immfloat(x)) return TAKES_FLOAT;
  if (!sk_is_ptr(x)) return sk_is_none(x) ? TAKES_NONE : sk_is_bool(x) ? TAKES_BOOL | TAKES_INT : 0;
  switch (sk_object(x)->kind) {
  case SK_KIND_INT: return TAKES_INT;
  case SK_KIND_FLOAT: return TAKES_FLOAT;
  case SK_KIND_STR: return TAKES_STR;
  case SK_KIND_BYTES: return TAKES_BYTES;
  case SK_KIND_LIST: return TAKES_LIST;
  case SK_KIND_TUPLE: return TAKES_TUPLE;
  case SK_KIND_DICT: return TAKES_DICT;
  case SK_KIND_SET: return sk_isinstance_exact(vm, x, SK_T_set) ? TAKES_SET : 0;
  default: return 0;
  }
}

static bool fits_class(SkVm *vm, const Check *c, const SkTuple *classes, SkValue x) {
  const SkType *t = sk_type_of(vm, x);
  for (size_t i = 0; i < c->count; i++)
    if (sk_type_is_subtype(t, sk_as_type(classes->items[c->first + i]))) return true;
  return (c->kinds & TAKES_CALLABLE) && t->slots->call;
}

bool host_fits(SkVm *vm, const HostBody *f, const Check *c, SkValue x) {
  uint32_t have = kinds_of(vm, x);
  return (have & c->kinds) || ((have & TAKES_INT) && (c->kinds & TAKES_FLOAT)) || fits_class(vm, c, f->classes, x);
}

/* "str | None" as messages say it: "str or None". */
static SkStr *note_text(SkVm *vm, Part note) {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (size_t i = 0; i < note.n; i++) {
    if (note.s[i] == '|') sk_strbuf_adds(&b, " or ");
    else if (note.s[i] != ' ') sk_strbuf_add(&b, &note.s[i], 1);
  }
  return sk_strbuf_finish(&b);
}

SkValue host_checked(SkVm *vm, const HostBody *f, const Check *c, SkValue x) {
  uint32_t have = kinds_of(vm, x);
  if (SK_LIKELY(have & c->kinds)) return x;
  if ((have & TAKES_INT) && (c->kinds & TAKES_FLOAT)) return sk_float_new(vm, sk_int_get_double(vm, x));
  if (fits_class(vm, c, f->classes, x)) return x;
  SkStr *name = sk_str_new(vm, c->name.s, c->name.n);
  sk_raise_type(vm, "%U() argument '%U' must be %U, not %T", f->name, name, note_text(vm, c->note), x);
}

/* ---- the call ---- */

static inline const Check *checks_of(const HostBody *f) { return (const Check *)f->table->data; }
static inline const uint8_t *registers_of(const HostBody *f) { return (const uint8_t *)(checks_of(f) + f->count); }

size_t host_arg_count(const HostBody *f, const SkValue *regs) { return f->bare ? sk_as_tuple(regs[0])->count : f->count; }

static void give_handles(skein_vm *v, const SkValue *values, skein_val *args, size_t n) {
  Handles *h = &v->own;
  for (size_t i = 0; i < n; i++) args[i] = handle_new(v, values[i]); /* there is room */
  h->base = h->count;
}

/* With annotations, or parameters that are not in the order of registers. */
static void give_checked(SkVm *vm, HostBody *f, const SkValue *regs, skein_val *args) {
  skein_vm *v = vm->host;
  SkValue values[SIGNATURE_PARAMS];
  for (size_t i = 0; i < f->count; i++) {
    const Check *c = &checks_of(f)[i];
    SkValue x = regs[registers_of(f)[i]];
    if (c->kinds & IS_OPTIONAL && sk_is(x, SK_ELLIPSIS)) x = SK_UNSET;
    else if (c->kinds & IS_CHECKED) x = host_checked(vm, f, c, x);
    values[i] = x;
  }
  give_handles(v, values, args, f->count);
}

static inline HostCall open_call(SkVm *vm, HostBody *f, const SkValue *regs, skein_val *args, size_t n) {
  skein_vm *v = vm->host;
  Handles *h = &v->own;
  HostCall call = {h->count, h->base, h->function, h->args};
  if (SK_UNLIKELY(h->room - h->count < n) && !handles_grow(v, n)) sk_raise_nomem(vm);
  if (f->bare) give_handles(v, sk_as_tuple(regs[0])->items, args, n);
  else if (f->plain) give_handles(v, regs, args, n);
  else give_checked(vm, f, regs, args);
  h->pending = SK_UNSET;
  h->function = f;
  h->args = args;
  return call;
}
HostCall host_call_open(SkVm *vm, HostBody *f, const SkValue *regs, skein_val *args, size_t n) { return open_call(vm, f, regs, args, n); }

SK_NORETURN static void raise_failed(SkVm *vm, HostBody *f, skein_status s, SkValue exc) {
  skein_vm *v = vm->host;
  if (s == SKEIN_ERR_EXC && !sk_is_unset(exc)) sk_raise_exc(vm, exc);
  if (s == SKEIN_ERR_EXC) sk_raisef(vm, SK_T_SystemError, "%U() failed without raising an exception", f->name);
  SkValue e;
  if (s == SKEIN_OK) e = sk_exc_new(vm, SK_T_SystemError, "%U() returned a result with an exception set", f->name);
  else if (s == SKEIN_ERR_MISUSE) e = sk_exc_new(vm, SK_T_SystemError, "%U() returned SKEIN_ERR_MISUSE: %s", f->name, skein_misuse(v));
  else e = sk_exc_new(vm, SK_T_SystemError, "%U() returned the status %d", f->name, (int)s);
  if (!sk_is_unset(exc)) sk_exc_set_cause(vm, sk_as_exc(e), exc);
  sk_raise_exc(vm, e);
}

static inline SkValue close_call(SkVm *vm, HostBody *f, const HostCall *call, skein_status s, skein_val result) {
  skein_vm *v = vm->host;
  Handles *h = &v->own;
  SkValue value = SK_NONE, exc = h->pending;
  if (s == SKEIN_OK && result.bits && SK_UNLIKELY(!handle_get(v, result, &value))) s = SKEIN_ERR_MISUSE;
  h->count = call->count;
  h->base = call->base;
  h->function = call->function;
  h->args = call->args;
  h->pending = SK_UNSET;
  sk_thread_poll(vm); /* the script's threads may have to leave: what the host says does not count then */
  if (sk_stopped(vm)) sk_stop(vm, vm->limits.stop);
  if (SK_LIKELY(s == SKEIN_OK && sk_is_unset(exc))) return value;
  raise_failed(vm, f, s, exc);
}
SkValue host_call_close(SkVm *vm, HostBody *f, const HostCall *call, skein_status s, skein_val result) { return close_call(vm, f, call, s, result); }

static SkValue call_many(SkVm *vm, HostBody *f, const SkValue *regs, size_t n) {
  size_t mark = sk_scratch_mark(vm); /* what raises rewinds it, too */
  skein_val result = {0}, *args = sk_scratch(vm, n * sizeof *args);
  HostCall call = host_call_open(vm, f, regs, args, n);
  skein_status s = ((skein_fn)f->fn)(vm->host, f->user, args, n, &result);
  sk_scratch_release(vm, mark);
  return host_call_close(vm, f, &call, s, result);
}

SkValue host_hook(SkVm *vm, void *body, const SkValue *regs) {
  HostBody *f = body;
  if (f->enter) return f->enter(vm, f, regs);
  size_t n = host_arg_count(f, regs);
  skein_val args[8], result = {0};
  if (SK_UNLIKELY(n > 8)) return call_many(vm, f, regs, n);
  HostCall call = open_call(vm, f, regs, args, n);
  skein_status s = ((skein_fn)f->fn)(vm->host, f->user, args, n, &result);
  return close_call(vm, f, &call, s, result);
}
