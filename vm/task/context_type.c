/* context_type.c - contextvars.Context and its iterators, and the module _contextvars.  Layer 7b. */
#include "vm/object/iter_impl.h"
#include "vm/task/context.h"

static SkContext *self_of(SkValue v) { return sk_ptr(v); }

static void context_trace(SkMarker *m, SkObject *o) {
  SkContext *c = (SkContext *)o;
  sk_mark_ptr(m, c->map);
  sk_mark_ptr(m, c->snapshot);
}

static SkValue context_new(SkVm *vm, const SkValue *args) {
  if (sk_as_tuple(args[1])->count || sk_as_dict(args[2])->live) sk_raise_type(vm, "Context() does not accept any arguments");
  return sk_from_ptr(sk_context_new(vm, NULL));
}
static const SkNativeDef context_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, context_new};

/* ---- run ---- */

typedef struct Run { SkTuple *args; SkDict *keywords; SkValue result; } Run;

static void run_protected(SkVm *vm, void *arg) {
  Run *r = arg;
  if (r->keywords->live) {
    SkTuple *rest = sk_tuple_from(vm, r->args->items + 1, r->args->count - 1);
    r->result = sk_call_spread(vm, r->args->items[0], rest, r->keywords);
  } else {
    r->result = sk_call(vm, r->args->items[0], r->args->items + 1, r->args->count - 1, NULL);
  }
}

SK_NATIVE(context_run, "run(self, /, *args, **kwargs)", NULL) {
  Run r = {sk_as_tuple(args[1]), sk_as_dict(args[2]), SK_NONE};
  if (r.args->count == 0) sk_raise_type(vm, "run() missing 1 required positional argument");
  SkContext *before = sk_context_enter(vm, self_of(args[0]));
  bool done = sk_protect(vm, run_protected, &r);
  sk_context_leave(vm, before);
  if (!done) sk_throw(vm, sk_take_raised(vm));
  return r.result;
}

/* ---- a mapping ---- */

static SkValue look_up(SkVm *vm, SkValue self, SkValue key) {
  SkContextVar *var = sk_as_context_var(vm, key);
  return sk_context_map_get(self_of(self)->map, var);
}

static SkValue context_getitem(SkVm *vm, SkValue self, SkValue key) {
  SkValue v = look_up(vm, self, key);
  if (sk_is_unset(v)) sk_raise_key(vm, key);
  return v;
}

static bool context_contains(SkVm *vm, SkValue self, SkValue key) { return !sk_is_unset(look_up(vm, self, key)); }

static int64_t context_len(SkVm *vm, SkValue self) {
  (void)vm;
  return (int64_t)self_of(self)->count;
}

SK_NATIVE(context_get, "get(self, key, default=None, /)", "The variable's value in this context, else |default|.") {
  SkValue v = look_up(vm, args[0], args[1]);
  return sk_is_unset(v) ? args[2] : v;
}

SK_NATIVE(context_copy, "copy(self, /)", "A context with the same values; it takes no longer for many.") {
  return sk_from_ptr(sk_context_new(vm, self_of(args[0])));
}

static bool same_value(SkVm *vm, SkValue var, SkValue value, void *other) {
  SkValue v = sk_context_map_get(other, sk_ptr(var));
  return !sk_is_unset(v) && sk_equal(vm, value, v);
}

static bool equal(SkVm *vm, SkContext *a, SkContext *b) {
  return a->map == b->map || (a->count == b->count && sk_context_map_each(vm, a->map, same_value, b->map));
}

static SkValue context_eq(SkVm *vm, SkValue self, SkValue other) {
  return sk_is_context(vm, other) ? sk_bool(equal(vm, self_of(self), self_of(other))) : SK_NOTIMPLEMENTED;
}
static SkValue context_ne(SkVm *vm, SkValue self, SkValue other) {
  return sk_is_context(vm, other) ? sk_bool(!equal(vm, self_of(self), self_of(other))) : SK_NOTIMPLEMENTED;
}

/* ---- iterators: a the items as they were at the start, index the next one.  len() counts them all ---- */

typedef struct Gather { SkList *out; char what; } Gather;

static bool gather_one(SkVm *vm, SkValue var, SkValue value, void *arg) {
  Gather *g = arg;
  sk_list_append(vm, g->out, g->what == 'k' ? var : g->what == 'v' ? value : sk_tuple_pair(vm, var, value));
  return true;
}

static SkValue iter_new(SkVm *vm, SkValue self, const SkTypeDef *def) {
  SkContext *c = self_of(self);
  Gather g = {sk_list_new(vm, c->count), def->name[0]};
  sk_context_map_each(vm, c->map, gather_one, &g);
  SkIter *it = sk_object_new(vm, sk_library_type(vm, def), 0);
  it->a = sk_from_ptr(g.out);
  return sk_from_ptr(it);
}

static SkIter *iter_of(SkValue v) { return sk_ptr(v); }

static SkValue iter_next(SkVm *vm, SkValue self) {
  (void)vm;
  SkIter *it = iter_of(self);
  SkList *items = sk_as_list(it->a);
  return it->index < items->count ? sk_list_items(items)[it->index++] : SK_UNSET;
}

static int64_t iter_len(SkVm *vm, SkValue self) {
  (void)vm;
  return (int64_t)sk_as_list(iter_of(self)->a)->count;
}

#define CONTEXT_ITER(variable, name_)                                                                           \
  static const SkTypeDef variable = {                                                                           \
      .name = name_,                                                                                            \
      .kind = SK_KIND_ITER,                                                                                     \
      .size = sizeof(SkIter),                                                                                   \
      .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,                                                                  \
      .slots = {.iter = sk_iter_self, .next = iter_next, .len = iter_len},                                      \
  }
CONTEXT_ITER(keys_type, "keys");
CONTEXT_ITER(values_type, "values");
CONTEXT_ITER(items_type, "items");
#undef CONTEXT_ITER

static SkValue context_iter(SkVm *vm, SkValue self) { return iter_new(vm, self, &keys_type); }

SK_NATIVE(context_keys, "keys(self, /)", "The variables that have a value here.") { return iter_new(vm, args[0], &keys_type); }
SK_NATIVE(context_values, "values(self, /)", "The values of the variables.") { return iter_new(vm, args[0], &values_type); }
SK_NATIVE(context_items, "items(self, /)", "Pairs (variable, value).") { return iter_new(vm, args[0], &items_type); }

static const SkAttrDef context_attrs[] = {
    SK_METHOD(context_run),
    SK_METHOD(context_copy),
    SK_METHOD(context_get),
    SK_METHOD(context_keys),
    SK_METHOD(context_values),
    SK_METHOD(context_items),
    SK_ATTRS_END,
};

const SkTypeDef sk_context_type = {
    .name = "_contextvars.Context",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(SkContext),
    .flags = SK_TYPE_FINAL | SK_TYPE_WEAKREFABLE,
    .slots = {.iter = context_iter,
              .len = context_len,
              .contains = context_contains,
              .getitem = context_getitem,
              .eq = context_eq,
              .ne = context_ne},
    .attrs = context_attrs,
    .new_ = &context_new_def,
    .trace = context_trace,
};

/* ---- the module ---- */

SK_NATIVE(copy_context, "copy_context()", "A copy of the current context.") {
  (void)args;
  return sk_from_ptr(sk_context_new(vm, vm->context));
}

static void contextvars_init(SkVm *vm, SkModule *m) {
  sk_module_add(vm, m, "Context", sk_from_ptr(sk_library_type(vm, &sk_context_type)));
  sk_module_add(vm, m, "ContextVar", sk_from_ptr(sk_library_type(vm, &sk_context_var_type)));
  sk_module_add(vm, m, "Token", sk_from_ptr(sk_library_type(vm, &sk_context_token_type)));
}

static const SkNativeDef *const functions[] = {&copy_context_def, NULL};
const SkModuleDef sk_contextvars_module = {"_contextvars", "Context variables.", functions, contextvars_init};
