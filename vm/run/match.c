/* match.c - the tests behind match statements.  Layer 7. */
#include "vm/run/run_impl.h"

static SkInsn *next_with(SkVm *vm, SkInsn *pc, SkValue *r, SkValue v) {
  r[pc->a] = v;
  vm->r = r;
  return pc + sk_op_info[pc->op].words;
}

/* A class that inherits from a sequence and from a mapping is what comes first in its mro. */
static bool is_collection(const SkType *t, uint32_t want, uint32_t other) {
  if (!(t->flags & want) || !(t->flags & other)) return t->flags & want;
  for (size_t i = 0; i < t->mro->count; i++) {
    uint32_t f = sk_as_type(t->mro->items[i])->flags & (want | other);
    if (f == want || f == other) return f == want;
  }
  return true;
}

RUN_SLOW(matchseq) {
  return next_with(vm, pc, r, sk_bool(is_collection(sk_type_of(vm, r[pc->b]), SK_TYPE_SEQUENCE, SK_TYPE_MAPPING)));
}
RUN_SLOW(matchmap) {
  return next_with(vm, pc, r, sk_bool(is_collection(sk_type_of(vm, r[pc->b]), SK_TYPE_MAPPING, SK_TYPE_SEQUENCE)));
}

RUN_SLOW(matchkeys) {
  SkValue m = r[pc->b];
  SkTuple *keys = sk_as_tuple(r[pc->c]);
  SkTuple *values = sk_tuple_new(vm, keys->count);
  SkSet *seen = keys->count ? sk_set_new(vm) : NULL;
  SkValue get = sk_is_exactly(vm, m, SK_T_dict) ? SK_UNSET : sk_getattr(vm, m, SK_NAME(vm, get));
  SkValue missing = sk_from_ptr(sk_tuple_pack(vm, 1, SK_NONE)); /* an object nobody else has */
  for (size_t i = 0; i < keys->count; i++) {
    SkValue key = keys->items[i], v;
    if (!sk_set_add(vm, seen, key)) sk_raise_value(vm, "mapping pattern checks duplicate key (%R)", key);
    if (sk_is_unset(get)) {
      v = sk_dict_get(vm, sk_as_dict(m), key);
      if (sk_is_unset(v)) return next_with(vm, pc, r, SK_NONE);
    } else {
      v = sk_call2(vm, get, key, missing);
      if (sk_is(v, missing)) return next_with(vm, pc, r, SK_NONE);
    }
    sk_write(vm, values, &values->items[i], v);
  }
  return next_with(vm, pc, r, sk_from_ptr(values));
}

RUN_SLOW(matchrest) {
  SkTuple *keys = sk_as_tuple(r[pc->c]);
  SkDict *d = sk_dict_new(vm);
  sk_dict_update(vm, d, r[pc->b]);
  for (size_t i = 0; i < keys->count; i++) {
    if (!sk_dict_delete(vm, d, keys->items[i])) sk_raise_key(vm, keys->items[i]);
  }
  return next_with(vm, pc, r, sk_from_ptr(d));
}

/* ---- class patterns ------------------------------------------------------------------------------------------ */

typedef struct ClassMatch { SkValue subject; SkType *cls; SkList *values; SkSet *seen; } ClassMatch;

static bool match_attr(SkVm *vm, ClassMatch *m, SkStr *name) {
  if (!sk_set_add(vm, m->seen, sk_from_ptr(name))) {
    sk_raise_type(vm, "%N() got multiple sub-patterns for attribute %R", m->cls, sk_from_ptr(name));
  }
  SkValue v = sk_getattr_opt(vm, m->subject, name);
  if (sk_is_unset(v)) return false;
  sk_list_append(vm, m->values, v);
  return true;
}

static bool match_positional(SkVm *vm, ClassMatch *m, size_t n) {
  SkValue names = sk_getattr_opt(vm, sk_from_ptr(m->cls), SK_NAME(vm, dunder_match_args));
  size_t allowed;
  bool self = sk_is_unset(names) && (m->cls->flags & SK_TYPE_MATCH_SELF);
  if (!sk_is_unset(names) && !sk_is_tuple(names)) sk_raise_type(vm, "%N.__match_args__ must be a tuple (got %T)", m->cls, names);
  allowed = self ? 1 : sk_is_unset(names) ? 0 : sk_as_tuple(names)->count;
  if (allowed < n) {
    sk_raise_type(vm, "%N() accepts %zd positional sub-pattern%s (%zd given)", m->cls, allowed, allowed == 1 ? "" : "s", n);
  }
  if (self) {
    sk_list_append(vm, m->values, m->subject);
    return true;
  }
  for (size_t i = 0; i < n; i++) {
    SkValue name = sk_as_tuple(names)->items[i];
    if (!sk_is_str(name)) sk_raise_type(vm, "__match_args__ elements must be strings (got %T)", name);
    if (!match_attr(vm, m, sk_as_str(name))) return false;
  }
  return true;
}

RUN_SLOW(matchclass) {
  SkValue subject = r[pc->b], cls = r[pc->c];
  size_t positional = pc[1].w & 0xffffffffu, names = pc[1].w >> 32;
  if (!sk_is_type(cls)) sk_raise_type(vm, "called match pattern must be a class");
  if (!sk_isinstance(vm, subject, cls)) return next_with(vm, pc, r, SK_NONE);
  ClassMatch m = {.subject = subject, .cls = sk_as_type(cls), .values = sk_list_new(vm, 0), .seen = sk_set_new(vm)};
  SkTuple *keywords = sk_as_tuple(frame_func(r)->k[names]);
  bool fine = !positional || match_positional(vm, &m, positional);
  for (size_t i = 0; fine && i < keywords->count; i++) fine = match_attr(vm, &m, sk_as_str(keywords->items[i]));
  SkValue v = fine ? sk_from_ptr(sk_tuple_from(vm, sk_list_items(m.values), m.values->count)) : SK_NONE;
  return next_with(vm, pc, r, v);
}
