/* api_task.c - tasks and groups that the host owns, all tasks as data.  Layer 9. */
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/run/thread.h"

/* ---- tasks ---------------------------------------------------------------------------------------------------------------------- */

OP(op_spawn) {
  Op *o = arg;
  SkLoop *l = host_loop(vm);
  SkGroup *root = sk_group_of_loop(vm, l);
  SkValue name = host_text(vm, o->s), body = sk_task_body(vm, o->a);
  SkTask *t = sk_task_new(vm, l, body, root, root->scope, name, NULL);
  sk_task_start(vm, t);
  o->result = sk_from_ptr(t);
}

skein_status skein_spawn(skein_vm *v, skein_val coroutine, const char *name, skein_val *task) {
  return api_run(v, op_spawn, &(Op){.a = handle_value(v, coroutine), .b = SK_NONE, .c = SK_NONE, .s = name}, task);
}

OP(op_result) { ((Op *)arg)->result = sk_future_result(vm, sk_as_future(((Op *)arg)->a)); }

/* The future that |task| names; NULL: it is something else, and misuse is said. */
static SkFuture *future_of(skein_vm *v, skein_val task) {
  SkValue x;
  if (!handle_get(v, task, &x)) return NULL;
  if (sk_is_future(x)) return sk_as_future(x);
  api_misuse(v, "no task");
  return NULL;
}

skein_status skein_task_result(skein_vm *v, skein_val task, skein_val *out, bool *done) {
  if (out) *out = (skein_val){0};
  if (done) *done = false;
  SkFuture *f = future_of(v, task);
  if (!f) return SKEIN_ERR_MISUSE;
  if (!sk_future_done(f)) return SKEIN_OK;
  if (done) *done = true;
  return api_run(v, op_result, &(Op){.a = sk_from_ptr(f), .b = SK_NONE, .c = SK_NONE}, out);
}

OP(op_cancel) {
  Op *o = arg;
  sk_task_cancel_for(vm, sk_as_task(o->a), host_text(vm, o->s));
}

skein_status skein_task_cancel(skein_vm *v, skein_val task, const char *reason) {
  SkFuture *f = future_of(v, task);
  if (!f) return SKEIN_ERR_MISUSE;
  if (!sk_is_task(sk_from_ptr(f))) return api_misuse(v, "no task");
  return api_run(v, op_cancel, &(Op){.a = sk_from_ptr(f), .b = SK_NONE, .c = SK_NONE, .s = reason}, NULL);
}

/* A callback of a future. */
typedef struct Done { SkObject head; skein_done_fn fn; void *user; } Done;

static SkValue done_call(SkVm *vm, SkValue self, const SkValue *args, size_t n, SkTuple *kwnames) {
  (void)kwnames;
  Done *d = sk_ptr(self);
  skein_vm *v = vm->host;
  if (n != 1) sk_raise_type(vm, "a task is expected");
  skein_scope scope = skein_scope_open(v);
  d->fn(v, d->user, handle_new(v, args[0]));
  skein_scope_close(v, scope);
  v->own.pending = SK_UNSET; /* there is nobody to take it */
  sk_thread_poll(vm);
  return SK_NONE;
}

static const SkTypeDef done_type = {.name = "host_callback", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Done),
                                    .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_FINAL, .slots = {.call = done_call}};

typedef struct OnDone { SkFuture *f; skein_done_fn fn; void *user; } OnDone;

static void do_on_done(SkVm *vm, void *arg) {
  OnDone *x = arg;
  Done *d = sk_object_new(vm, sk_library_type(vm, &done_type), 0);
  d->fn = x->fn;
  d->user = x->user;
  sk_future_add_callback(vm, x->f, sk_from_ptr(sk_tuple_pack(vm, 2, sk_from_ptr(d), SK_NONE)));
}

skein_status skein_task_on_done(skein_vm *v, skein_val task, skein_done_fn done, void *user) {
  SkFuture *f = future_of(v, task);
  if (!f) return SKEIN_ERR_MISUSE;
  if (!done) return api_misuse(v, "no function to call");
  return api_enter(v, do_on_done, &(OnDone){f, done, user});
}

/* ---- groups ------------------------------------------------------------------------------------------------------------------------- */

OP(op_group_open) { ((Op *)arg)->result = sk_from_ptr(sk_hosted_group_open(vm, host_loop(vm), host_text(vm, ((Op *)arg)->s))); }
OP(op_group_spawn) {
  Op *o = arg;
  SkValue body = sk_task_body(vm, o->b);
  o->result = sk_from_ptr(sk_hosted_group_spawn(vm, sk_as_group(vm, o->a), body, host_text(vm, o->s)));
}
OP(op_group_cancel) { sk_hosted_group_cancel(vm, sk_as_group(vm, ((Op *)arg)->a), host_text(vm, ((Op *)arg)->s)); }
OP(op_group_join) { ((Op *)arg)->result = sk_from_ptr(sk_hosted_group_join(vm, sk_as_group(vm, ((Op *)arg)->a))); }

skein_status skein_group_open(skein_vm *v, const char *name, skein_val *group) {
  return api_run(v, op_group_open, &(Op){.a = SK_NONE, .b = SK_NONE, .c = SK_NONE, .s = name}, group);
}

skein_status skein_group_spawn(skein_vm *v, skein_val group, skein_val coroutine, const char *name, skein_val *task) {
  return api_run(v, op_group_spawn, &(Op){.a = handle_value(v, group), .b = handle_value(v, coroutine), .c = SK_NONE, .s = name}, task);
}

skein_status skein_group_cancel(skein_vm *v, skein_val group, const char *reason) {
  return api_run(v, op_group_cancel, &(Op){.a = handle_value(v, group), .b = SK_NONE, .c = SK_NONE, .s = reason}, NULL);
}

skein_status skein_group_join(skein_vm *v, skein_val group, skein_val *task) {
  return api_run(v, op_group_join, &(Op){.a = handle_value(v, group), .b = SK_NONE, .c = SK_NONE}, task);
}

/* ---- the tree as data --------------------------------------------------------------------------------------------------------------------- */

typedef struct Walk { skein_task_fn visit; void *user; } Walk;

static const char *text_or_null(SkVm *vm, SkStr *s) { return s ? sk_str_cstr(vm, s) : NULL; }

static uint32_t number(SkVm *vm, SkValue frame, const char *name) {
  int64_t n = 0;
  SkValue v = sk_getattr_cstr(vm, frame, name);
  return sk_is_int(v) && sk_int_get_i64(v, &n) && n > 0 ? (uint32_t)n : 0;
}

static skein_frame frame_at(SkVm *vm, SkValue frame) {
  skein_frame f = {.size = sizeof f};
  if (sk_is_none(frame)) return f;
  SkCodeObj *code = sk_ptr(sk_getattr_cstr(vm, frame, "f_code"));
  SkPosition p = sk_code_position(code->code, number(vm, frame, "f_lasti") / 2);
  f.file = sk_str_cstr(vm, code->filename);
  f.function = sk_str_cstr(vm, code->name);
  SkValue module = sk_dict_get_str(vm, sk_as_dict(sk_getattr_cstr(vm, frame, "f_globals")), SK_NAME(vm, dunder_name));
  if (sk_is_str(module)) f.module = sk_str_cstr(vm, sk_as_str(module));
  f.line = number(vm, frame, "f_lineno");
  f.col = p.col > 0 ? (uint32_t)p.col : 0;
  f.end_line = p.end_line > 0 ? (uint32_t)p.end_line : 0;
  f.end_col = p.end_col > 0 ? (uint32_t)p.end_col : 0;
  return f;
}

static void do_walk(SkVm *vm, void *arg) {
  Walk *w = arg;
  SkLoop *running = sk_tasks(vm)->running;
  SkList *tasks = sk_loop_tasks(vm, running ? running : host_loop(vm));
  for (size_t i = 0; i < tasks->count; i++) {
    SkTaskView t = sk_task_view(vm, sk_as_task(sk_list_items(tasks)[i]));
    skein_task_info info = {.size = sizeof info, .id = t.task->number, .parent = t.parent ? t.parent->number : 0, .state = t.state, .depth = t.depth,
                            .name = sk_str_cstr(vm, t.name), .group = text_or_null(vm, t.group), .waiting_for = text_or_null(vm, t.waits_for)};
    info.at = frame_at(vm, t.frame);
    info.at.task = info.name;
    if (!w->visit(w->user, &info)) return;
  }
}

skein_status skein_task_walk(skein_vm *v, skein_task_fn visit, void *user) {
  if (!visit) return api_misuse(v, "no function to call");
  return api_enter(v, do_walk, &(Walk){visit, user});
}
