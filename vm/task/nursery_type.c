/* nursery_type.c - trio's Nursery: a strict group with another face, and the names of its tasks.  Layer 7b.
 *
 * The object that open_nursery() gives is the group itself, not yet open: `async with` opens it and binds it.
 */
#include "vm/task/scope_impl.h"

static SkGroup *self_of(SkValue v) { return (SkGroup *)sk_ptr(v); }
static bool is_nursery(SkVm *vm, SkValue v) { return sk_type_of(vm, v) == sk_library_type(vm, &sk_nursery_type); }

/* ---- names ------------------------------------------------------------------------------------------------------------------ */

typedef struct Name { SkValue fn, text; } Name;

/* module.qualname of a function, through partial objects; repr() of what has none. */
static void name_protected(SkVm *vm, void *arg) {
  Name *n = arg;
  SkStr *func = sk_intern(vm, "func"), *args = sk_intern(vm, "keywords");
  for (;;) {
    SkValue inner = sk_getattr_opt(vm, n->fn, func);
    if (sk_is_unset(inner) || sk_is_unset(sk_getattr_opt(vm, n->fn, args))) break;
    n->fn = inner;
  }
  SkValue module = sk_getattr_opt(vm, n->fn, sk_intern(vm, "__module__"));
  SkValue qualname = sk_getattr_opt(vm, n->fn, sk_intern(vm, "__qualname__"));
  if (sk_is_unset(module) || sk_is_unset(qualname)) n->text = sk_from_ptr(sk_repr(vm, n->fn));
  else n->text = sk_from_ptr(sk_format(vm, "%S.%S", module, qualname));
}

SkStr *nursery_task_name(SkVm *vm, SkValue fn) {
  Name n = {fn, SK_UNSET};
  if (!sk_protect(vm, name_protected, &n)) {
    sk_take_raised(vm);
    return sk_str_from_cstr(vm, "<nameless>");
  }
  return sk_as_str(n.text);
}

/* ---- opening ---------------------------------------------------------------------------------------------------------------- */

SK_NATIVE(nursery_open, "open_nursery(strict_exception_groups=True)", "A nursery for `async with`: its tasks end before the block does.") {
  if (sk_is(args[0], SK_FALSE)) {
    sk_raisef(vm, SK_T_NotImplementedError, "strict_exception_groups=False is not supported: a nursery always raises groups");
  }
  return sk_from_ptr(group_new(vm, sk_library_type(vm, &sk_nursery_type), SK_GROUP_TRIO));
}

static bool enter_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (!vm->task) sk_raisef(vm, SK_T_RuntimeError, "must be called from async context");
  group_open(vm, self_of(a->self));
  *out = a->self;
  return true;
}
static const SkAwaitOps enter_ops = {.name = "__aenter__", .qualname = "NurseryManager.__aenter__", .step = enter_step};

SK_NATIVE(nursery_aenter, "async __aenter__(self, /)", NULL) { return sk_await_new(vm, &enter_ops, args[0], SK_NONE, SK_NONE); }
SK_NATIVE(nursery_aexit, "async __aexit__(self, type, value, traceback, /)", NULL) { return group_exit(vm, self_of(args[0]), args[2]); }

SK_NATIVE(nursery_enter, "__enter__(self, /)", NULL) {
  (void)args;
  sk_raisef(vm, SK_T_RuntimeError, "use 'async with open_nursery(...)', not 'with open_nursery(...)'");
}
SK_NATIVE(nursery_with_exit, "__exit__(self, type, value, traceback, /)", NULL) {
  (void)vm, (void)args;
  return SK_FALSE;
}

/* ---- tasks -------------------------------------------------------------------------------------------------------------------- */

static bool is_coroutine(SkValue v) { return sk_is_await(v) || (sk_is_gen(v) && sk_as_gen(v)->what == SK_GEN_COROUTINE); }

/* fn(*args), which must give a coroutine; what is wrong else, the Python half explains. */
static SkValue call_async(SkVm *vm, SkValue fn, SkTuple *args) {
  SkValue coro = SK_UNSET;
  if (SK_LIKELY(sk_is_ptr(fn) && SK_SLOTS(vm, fn)->call)) coro = args->count ? sk_call_spread(vm, fn, args, NULL) : sk_call0(vm, fn);
  if (SK_LIKELY(!sk_is_unset(coro) && is_coroutine(coro))) return coro;
  SkValue judge = sk_getattr_cstr(vm, task_import(vm, "trio._arguments"), "coroutine_or_error");
  return sk_is_unset(coro) ? sk_call1(vm, judge, fn) : sk_call2(vm, judge, fn, coro);
}

SK_NATIVE(nursery_call_async, "call_async(async_fn, /, *args)", "The coroutine of async_fn(*args); TypeError if it gives none.") {
  return call_async(vm, args[0], sk_as_tuple(args[1]));
}

SK_NATIVE(nursery_start_soon, "start_soon(self, async_fn, /, *args, name=None)", "Start async_fn(*args) as a task of the nursery; don't wait for it.") {
  SkGroup *g = self_of(args[0]);
  if (!group_accepts(g)) group_refuse(vm, g);
  SkValue coro = call_async(vm, args[1], sk_as_tuple(args[2]));
  group_spawn(vm, g, coro, sk_is_none(args[3]) ? args[1] : args[3], NULL, false);
  return SK_NONE;
}

SK_NATIVE(nursery_start, "async start(self, async_fn, /, *args, name=None)",
          "Start async_fn(*args, task_status=...) and wait until it calls task_status.started(value); gives the value.") {
  return group_start(vm, self_of(args[0]), args[1], sk_as_tuple(args[2]), sk_is_none(args[3]) ? args[1] : args[3]);
}

/* ---- what it shows ---------------------------------------------------------------------------------------------------------------- */

static SkValue get_children(SkVm *vm, SkValue self) {
  SkList *l = sk_list_new(vm, 4);
  for (SkTask *t = self_of(self)->first; t; t = t->next) sk_list_append(vm, l, sk_from_ptr(t));
  return sk_call1(vm, sk_from_ptr(vm->types[SK_T_frozenset]), sk_from_ptr(l));
}
static SkValue get_scope(SkVm *vm, SkValue self) {
  (void)vm;
  return sk_from_ptr(self_of(self)->scope);
}
static SkValue get_parent(SkVm *vm, SkValue self) {
  (void)vm;
  return sk_from_ptr_or(self_of(self)->parent, SK_NONE);
}

/* The open nurseries of a task, outermost first. */
SK_NATIVE(nursery_of_task, "child_nurseries(task, /)", "The nurseries that the task has open, outermost first.") {
  if (!sk_is_task(args[0])) sk_raise_type(vm, "a task was expected, got %R", args[0]);
  SkTask *t = sk_as_task(args[0]);
  SkList *l = sk_list_new(vm, 2);
  for (SkScope *s = task_scope(vm, t); s && s->task == t; s = s->parent) {
    if (s->group && is_nursery(vm, sk_from_ptr(s->group))) sk_list_append(vm, l, sk_from_ptr(s->group));
  }
  SkValue *items = sk_list_items(l);
  for (size_t i = 0, j = l->count; i + 1 < j--; i++) {
    SkValue v = items[i];
    items[i] = items[j];
    items[j] = v;
  }
  return sk_from_ptr(l);
}

SK_NATIVE(nursery_spawn, "spawn(nursery, coro, name, context=None, /)", "A started task for coro in the nursery; its own context if one is given.") {
  if (!is_nursery(vm, args[0])) sk_raise_type(vm, "Nursery expected, not %T", args[0]);
  SkGroup *g = self_of(args[0]);
  if (!group_accepts(g)) group_refuse(vm, g);
  SkContext *context = sk_is_none(args[3]) ? NULL : sk_as_context(vm, args[3]);
  return sk_from_ptr(group_spawn(vm, g, args[1], args[2], context, false));
}

static const SkAttrDef nursery_attrs[] = {
    SK_METHOD(nursery_aenter), SK_METHOD(nursery_aexit), SK_METHOD(nursery_enter), SK_METHOD(nursery_with_exit),
    SK_METHOD(nursery_start_soon), SK_METHOD(nursery_start),
    SK_GETSET("cancel_scope", get_scope, NULL, "The cancel scope around the body and all children."),
    SK_GETSET("child_tasks", get_children, NULL, "The unfinished children, as a frozenset."),
    SK_GETSET("parent_task", get_parent, NULL, "The task whose block it is."),
    SK_ATTRS_END};

const SkTypeDef sk_nursery_type = {
    .name = "trio.Nursery", .doc = "Tasks that end before a block of code does.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(SkGroup),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_WEAKREFABLE | SK_TYPE_IMMUTABLE, .attrs = nursery_attrs, .trace = group_trace};

/* ---- the module -------------------------------------------------------------------------------------------------------------------- */

static const SkNativeDef *const functions[] = {&nursery_open_def, &nursery_call_async_def, &nursery_of_task_def, &nursery_spawn_def, NULL};

static void trio_init(SkVm *vm, SkModule *m) { sk_module_add(vm, m, "Nursery", sk_from_ptr(sk_library_type(vm, &sk_nursery_type))); }

const SkModuleDef sk_trio_module = {"_trio", "Trio's nurseries.", functions, trio_init};
