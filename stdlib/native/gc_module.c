/* gc_module.c - the module gc: the collector seen from a script.  Layer 8.
 *
 * There are two generations (young and old); the thresholds and counts that CPython shows are kept as
 * plain numbers, for programs that save and restore them.
 */
#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/run/run.h"

SK_NATIVE(gc_collect, "collect(generation=2)", "Run a full collection; returns the number of objects found dead (unknown: 0).") {
  int64_t g = sk_to_index(vm, args[0]);
  if (g < 0 || g > 2) sk_raise_value(vm, "invalid generation");
  sk_run_prune(vm);
  sk_charge(vm, sk_heap_bytes(vm) / 64);
  sk_gc_collect(vm, true);
  sk_gc_run_pending(vm);
  sk_gc_collect(vm, true); /* what finalizers let go of */
  sk_gc_run_pending(vm);
  return sk_smallint(0);
}

SK_NATIVE(gc_enable, "enable()", "Collect automatically.") { (void)args; sk_gc_enable(vm, true); return SK_NONE; }
SK_NATIVE(gc_disable, "disable()", "Collect only on request and when memory is short.") { (void)args; sk_gc_enable(vm, false); return SK_NONE; }

SK_NATIVE(gc_isenabled, "isenabled()", "Whether collection is automatic.") {
  (void)args;
  bool on = sk_gc_enable(vm, true);
  sk_gc_enable(vm, on);
  return sk_bool(on);
}

static SkDict *state(SkVm *vm) {
  SkValue known = sk_dict_get_cstr(vm, vm->module_state, "gc");
  if (sk_is_dict(known)) return sk_as_dict(known);
  SkDict *d = sk_dict_new(vm);
  sk_dict_set_cstr(vm, vm->module_state, "gc", sk_from_ptr(d));
  sk_dict_set_cstr(vm, d, "threshold", sk_from_ptr(sk_tuple_pack(vm, 3, sk_smallint(2000), sk_smallint(10), sk_smallint(10))));
  sk_dict_set_cstr(vm, d, "debug", sk_smallint(0));
  return d;
}

SK_NATIVE(gc_get_threshold, "get_threshold()", NULL) { (void)args; return sk_dict_get_cstr(vm, state(vm), "threshold"); }
SK_NATIVE(gc_set_threshold, "set_threshold(threshold0, threshold1=10, threshold2=10, /)", NULL) {
  for (int i = 0; i < 3; i++) sk_to_index(vm, args[i]);
  sk_dict_set_cstr(vm, state(vm), "threshold", sk_from_ptr(sk_tuple_pack(vm, 3, args[0], args[1], args[2])));
  return SK_NONE;
}
SK_NATIVE(gc_get_debug, "get_debug()", NULL) { (void)args; return sk_dict_get_cstr(vm, state(vm), "debug"); }
SK_NATIVE(gc_set_debug, "set_debug(flags, /)", NULL) {
  sk_dict_set_cstr(vm, state(vm), "debug", sk_smallint(sk_to_index(vm, args[0])));
  return SK_NONE;
}
SK_NATIVE(gc_get_count, "get_count()", NULL) { (void)args; return sk_from_ptr(sk_tuple_pack(vm, 3, sk_smallint(0), sk_smallint(0), sk_smallint(0))); }

SK_NATIVE(gc_get_stats, "get_stats()", NULL) {
  (void)args;
  SkList *l = sk_list_new(vm, 3);
  for (int i = 0; i < 3; i++) {
    SkDict *d = sk_dict_new(vm);
    sk_dict_set_cstr(vm, d, "collections", sk_smallint(0));
    sk_dict_set_cstr(vm, d, "collected", sk_smallint(0));
    sk_dict_set_cstr(vm, d, "uncollectable", sk_smallint(0));
    sk_list_append(vm, l, sk_from_ptr(d));
  }
  return sk_from_ptr(l);
}

static bool is_shown(const SkObject *o) { return o->kind != SK_KIND_RAW && o->kind != SK_KIND_VALUES && o->kind != SK_KIND_FREE; }
static bool is_container(const SkObject *o) {
  return is_shown(o) && o->kind != SK_KIND_STR && o->kind != SK_KIND_INT && o->kind != SK_KIND_FLOAT && o->kind != SK_KIND_COMPLEX && o->kind != SK_KIND_BYTES;
}

/* The walk must not allocate, so it runs twice: count, then fill. */
typedef struct Walk { SkValues *out; size_t n; } Walk;
static void count_object(SkObject *o, void *arg) { ((Walk *)arg)->n += is_container(o); }
static void take_object(SkObject *o, void *arg) {
  Walk *w = arg;
  if (is_container(o) && w->n < w->out->count) w->out->items[w->n++] = sk_from_ptr(o);
}

SK_NATIVE(gc_get_objects, "get_objects(generation=None)", "The container objects that are alive.") {
  (void)args;
  Walk w = {0};
  sk_gc_collect(vm, true);
  sk_heap_walk(vm, count_object, &w);
  w.out = sk_values_new(vm, w.n);
  w.n = 0;
  sk_heap_walk(vm, take_object, &w);
  sk_barrier(vm, w.out);
  return sk_from_ptr(sk_list_from(vm, w.out->items, w.n));
}

SK_NATIVE(gc_is_tracked, "is_tracked(obj, /)", "Whether the object is a container.") { (void)vm; return sk_bool(sk_is_ptr(args[0]) && is_container(sk_object(args[0]))); }
SK_NATIVE(gc_is_finalized, "is_finalized(obj, /)", "Whether __del__ has run.") {
  SkValue v = args[0];
  return sk_bool(sk_is_ptr(v) && (sk_type_of(vm, v)->flags & SK_TYPE_HAS_DEL) && !(sk_object(v)->gc & SK_GC_FINALIZE));
}
SK_NATIVE(gc_freeze, "freeze()", NULL) { (void)vm; (void)args; return SK_NONE; }
SK_NATIVE(gc_unfreeze, "unfreeze()", NULL) { (void)vm; (void)args; return SK_NONE; }
SK_NATIVE(gc_get_freeze_count, "get_freeze_count()", NULL) { (void)vm; (void)args; return sk_smallint(0); }
SK_NATIVE(gc_get_referents, "get_referents(*objs)", NULL) {
  (void)args;
  sk_raisef(vm, SK_T_NotImplementedError, "gc.get_referents(): not available");
}
SK_NATIVE(gc_get_referrers, "get_referrers(*objs)", NULL) {
  (void)args;
  sk_raisef(vm, SK_T_NotImplementedError, "gc.get_referrers(): not available");
}

static void gc_init(SkVm *vm, SkModule *m) {
  sk_module_add(vm, m, "garbage", sk_from_ptr(sk_list_new(vm, 0)));
  sk_module_add(vm, m, "callbacks", sk_from_ptr(sk_list_new(vm, 0)));
  static const struct { const char *name; int value; } flags[] = {
      {"DEBUG_STATS", 1}, {"DEBUG_COLLECTABLE", 2}, {"DEBUG_UNCOLLECTABLE", 4}, {"DEBUG_SAVEALL", 32}, {"DEBUG_LEAK", 38}};
  for (size_t i = 0; i < 5; i++) sk_module_add(vm, m, flags[i].name, sk_smallint(flags[i].value));
}

static const SkNativeDef *const functions[] = {
    &gc_collect_def, &gc_enable_def, &gc_disable_def, &gc_isenabled_def, &gc_get_threshold_def, &gc_set_threshold_def, &gc_get_debug_def,
    &gc_set_debug_def, &gc_get_count_def, &gc_get_stats_def, &gc_get_objects_def, &gc_is_tracked_def, &gc_is_finalized_def, &gc_freeze_def,
    &gc_unfreeze_def, &gc_get_freeze_count_def, &gc_get_referents_def, &gc_get_referrers_def, NULL};
const SkModuleDef sk_gc_module = {"gc", "The garbage collector.", functions, gc_init};
