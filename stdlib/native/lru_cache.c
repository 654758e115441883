/* lru_cache.c - the class functools._lru_cache_wrapper: a function with a memory.  Layer 8.
 *
 * The cache is a dict in order of use: a hit moves its entry to the end, a full cache loses its first.
 * A call's key is its single str or int argument, else a tuple: the positional arguments, then, when there
 * are keywords, the class itself as a mark and each name and value, then, when typed, the types.
 */
#include "stdlib/native/native_type.h"

typedef struct Cache {
  SkObject head;
  SkValue function, info_type;
  SkDict *results;
  int64_t limit; /* maxsize, -1: none */
  int64_t hits, misses;
  bool typed;
} Cache;

extern const SkTypeDef sk_lru_cache_type;
static Cache *as_cache(SkValue v) { return (Cache *)sk_ptr(v); }

static void cache_trace(SkMarker *m, SkObject *o) {
  Cache *c = (Cache *)o;
  sk_mark(m, c->function);
  sk_mark(m, c->info_type);
  sk_mark_ptr(m, c->results);
}

static SkValue cache_new(SkVm *vm, const SkValue *args) {
  if (!SK_SLOTS(vm, args[1])->call) sk_raise_type(vm, "the first argument must be callable");
  int64_t limit = -1;
  if (!sk_is_none(args[2])) {
    if (!sk_is_int(args[2])) sk_raise_type(vm, "maxsize should be integer or None");
    limit = sk_to_index(vm, args[2]);
    if (limit < 0) limit = 0;
  }
  bool typed = sk_truth(vm, args[3]);
  SkDict *results = sk_dict_new(vm);
  Cache *c = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  c->function = args[1];
  c->info_type = args[4];
  c->results = results;
  c->limit = limit;
  c->typed = typed;
  return sk_from_ptr(c);
}
static const SkNativeDef cache_new_def = {"__new__(cls, user_function, maxsize, typed, cache_info_type)", NULL, cache_new};

static SkValue make_key(SkVm *vm, const Cache *c, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  size_t nkw = kwnames ? kwnames->count : 0, n = nargs + (nkw ? 1 + 2 * nkw : 0);
  if (n == 1 && !c->typed && (sk_is_smallint(args[0]) || sk_is_exactly(vm, args[0], SK_T_str))) return args[0];
  SkTuple *key = sk_tuple_new(vm, n + (c->typed ? nargs + nkw : 0));
  size_t at = 0;
  for (size_t i = 0; i < nargs; i++) key->items[at++] = args[i];
  if (nkw) key->items[at++] = sk_class_of(vm, sk_from_ptr(c));
  for (size_t i = 0; i < nkw; i++) {
    key->items[at++] = kwnames->items[i];
    key->items[at++] = args[nargs + i];
  }
  for (size_t i = 0; c->typed && i < nargs + nkw; i++) key->items[at++] = sk_class_of(vm, args[i]);
  return sk_from_ptr(key);
}

static SkValue cache_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  Cache *c = as_cache(self);
  if (c->limit == 0) {
    c->misses++;
    return sk_call(vm, c->function, args, nargs, kwnames);
  }
  SkValue key = make_key(vm, c, args, nargs, kwnames);
  int64_t e = sk_dict_find(vm, c->results, key);
  if (e >= 0) {
    SkValue found = c->results->entries[e].value;
    c->hits++;
    if (c->limit > 0) sk_dict_move_to(vm, c->results, (uint32_t)e, true);
    return found;
  }
  c->misses++;
  SkValue result = sk_call(vm, c->function, args, nargs, kwnames);
  SkDict *d = c->results; /* the call may have filled or cleared it */
  if (c->limit > 0 && sk_dict_find(vm, d, key) < 0 && (int64_t)d->live >= c->limit) sk_dict_kill(d, d->first);
  sk_dict_set(vm, d, key, result);
  return result;
}

static SkValue cache_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  (void)type;
  return sk_is_unset(obj) || sk_is_none(obj) ? self : sk_method_new(vm, self, obj);
}

SK_NATIVE(cache_info, "cache_info(self, /)", "Report cache statistics") {
  Cache *c = as_cache(args[0]);
  SkValue numbers[] = {sk_int_new(vm, c->hits), sk_int_new(vm, c->misses),
                       c->limit < 0 ? SK_NONE : sk_int_new(vm, c->limit), sk_int_new(vm, c->results->live)};
  return sk_call(vm, c->info_type, numbers, 4, NULL);
}

SK_NATIVE(cache_clear, "cache_clear(self, /)", "Clear the cache and cache statistics") {
  Cache *c = as_cache(args[0]);
  c->hits = c->misses = 0;
  sk_dict_clear(vm, c->results);
  return SK_NONE;
}

SK_NATIVE(cache_copy, "__copy__(self, /)", NULL) { return (void)vm, args[0]; }
SK_NATIVE(cache_deepcopy, "__deepcopy__(self, memo, /)", NULL) { return (void)vm, args[0]; }
SK_NATIVE(cache_reduce, "__reduce__(self, /)", NULL) { return sk_getattr(vm, args[0], SK_NAME(vm, dunder_qualname)); }

static const SkAttrDef cache_attrs[] = {SK_METHOD(cache_info),     SK_METHOD(cache_clear),  SK_METHOD(cache_copy),
                                        SK_METHOD(cache_deepcopy), SK_METHOD(cache_reduce), SK_DICT_ATTR,
                                        SK_ATTRS_END};

const SkTypeDef sk_lru_cache_type = {
    .name = "functools._lru_cache_wrapper",
    .doc = "Create a cached callable that wraps another function.\n\n"
           "user_function:      the function being cached\n\n"
           "maxsize:  0         for no caching\n          None      for unlimited cache size\n"
           "          n         for a bounded cache\n\n"
           "typed:    False     cache f(3) and f(3.0) as identical calls\n"
           "          True      cache f(3) and f(3.0) as distinct calls\n\n"
           "cache_info_type:    namedtuple class with the fields:\n"
           "                        hits misses currsize maxsize",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Cache),
    .flags = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE,
    .slots = {.call = cache_call, .descr_get = cache_get},
    .attrs = cache_attrs,
    .new_ = &cache_new_def,
    .trace = cache_trace,
};
