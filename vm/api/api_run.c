/* api_run.c - running code, reporting what it raised.  Layer 9. */
#include <stdio.h>
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/compile/front.h"
#include "vm/task/task.h"

typedef struct Job {
  const char *text, *name;
  size_t n;
  bool first, incomplete;
  int argc;
  char **argv;
  SkValue result;
} Job;

static SkStr *text_str(SkVm *vm, const char *s) { return sk_str_decode_utf8(vm, s, strlen(s)); }

SkModule *api_main_module(SkVm *vm) {
  SkModule *m = sk_import_add_module(vm, SK_NAME(vm, dunder_main));
  if (sk_is_unset(sk_dict_get_str(vm, m->dict, SK_NAME(vm, dunder_builtins)))) {
    sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_builtins), sk_from_ptr(vm->builtins));
    SkStr *none[] = {SK_NAME(vm, dunder_doc), SK_NAME(vm, dunder_package), SK_NAME(vm, dunder_loader), SK_NAME(vm, dunder_spec)};
    for (size_t i = 0; i < 4; i++) sk_dict_set_str(vm, m->dict, none[i], SK_NONE);
  }
  return m;
}

/* Text without a file, kept for tracebacks.  Standard input is not: CPython shows no lines of it. */
static void keep_text(SkVm *vm, const Job *j) {
  if (j->name[0] == '<' && strcmp(j->name, "<stdin>")) sk_source_remember(vm, text_str(vm, j->name), j->text, j->n);
}

static SkValue run_text(SkVm *vm, const Job *j, const char *mode) {
  SkModule *m = api_main_module(vm);
  bool script = !strcmp(mode, "exec");
  SkCodeObj *code = sk_source_compile(vm, j->text, j->n, text_str(vm, j->name), &(SkSourceOptions){.mode = mode, .optimize = -1, .script = script});
  return sk_run_script(vm, code, m->dict);
}

static void do_argv(SkVm *vm, void *arg) {
  Job *j = arg;
  sk_sys_init(vm, j->argc, j->argv);
}

static void do_path(SkVm *vm, void *arg) {
  Job *j = arg;
  SkValue path = sk_sys_get(vm, "path");
  SkList *l = sk_as_list(path);
  sk_list_insert(vm, l, j->first ? 0 : (int64_t)l->count, sk_from_ptr(text_str(vm, j->text)));
}

static void do_exec(SkVm *vm, void *arg) {
  keep_text(vm, arg);
  run_text(vm, arg, "exec");
}
static void do_eval(SkVm *vm, void *arg) { ((Job *)arg)->result = run_text(vm, arg, "eval"); }
static void do_file(SkVm *vm, void *arg) { sk_import_run_main_file(vm, text_str(vm, ((Job *)arg)->text)); }
static void do_module(SkVm *vm, void *arg) { sk_import_run_main_module(vm, text_str(vm, ((Job *)arg)->text)); }
static void do_import(SkVm *vm, void *arg) { ((Job *)arg)->result = sk_import_name(vm, ((Job *)arg)->text); }

/* Every statement of a prompt has the same file name: lines are found by the code object. */
typedef struct Told { SkCodeObj *code; const Job *job; } Told;
static void tell_linecache(SkVm *vm, void *arg) {
  Told *t = arg;
  SkValue fn = sk_getattr_cstr(vm, sk_import_name(vm, "linecache"), "_register_code");
  SkValue text = sk_from_ptr(sk_str_decode_utf8(vm, t->job->text, t->job->n));
  sk_call3(vm, fn, sk_from_ptr(t->code), text, sk_from_ptr(text_str(vm, t->job->name)));
}

static void do_interactive(SkVm *vm, void *arg) {
  Job *j = arg;
  SkModule *m = api_main_module(vm);
  SkSourceOptions o = {.mode = "single", .optimize = -1, .incomplete = &j->incomplete, .script = true};
  SkCodeObj *code = sk_source_compile(vm, j->text, j->n, text_str(vm, j->name), &o);
  if (!code) return;
  if (!sk_protect(vm, tell_linecache, &(Told){code, j})) sk_take_raised(vm);
  sk_run_script(vm, code, m->dict);
}

skein_status skein_set_argv(skein_vm *v, int argc, char **argv) { return api_enter(v, do_argv, &(Job){.argc = argc, .argv = argv}); }
skein_status skein_path_add(skein_vm *v, const char *dir, bool first) { return api_enter(v, do_path, &(Job){.text = dir, .first = first}); }
skein_status skein_exec(skein_vm *v, const char *source, size_t n, const char *filename) {
  return api_enter(v, do_exec, &(Job){.text = source, .n = n, .name = filename ? filename : "<string>"});
}
skein_status skein_run_file(skein_vm *v, const char *path) { return api_enter(v, do_file, &(Job){.text = path}); }
skein_status skein_run_module(skein_vm *v, const char *name) { return api_enter(v, do_module, &(Job){.text = name}); }

static skein_status give(skein_vm *v, skein_status s, const Job *j, skein_val *out) {
  if (out) *out = s == SKEIN_OK ? handle_new(v, j->result) : (skein_val){0};
  return s;
}

skein_status skein_eval(skein_vm *v, const char *expression, skein_val *out) {
  Job j = {.text = expression, .n = strlen(expression), .name = "<string>"};
  return give(v, api_enter(v, do_eval, &j), &j, out);
}

skein_status skein_import(skein_vm *v, const char *name, skein_val *out) {
  Job j = {.text = name};
  return give(v, api_enter(v, do_import, &j), &j, out);
}

skein_status skein_interactive(skein_vm *v, const char *source, size_t n, bool *incomplete) {
  Job j = {.text = source, .n = n, .name = "<stdin>"};
  skein_status s = api_enter(v, do_interactive, &j);
  if (incomplete) *incomplete = j.incomplete;
  return s;
}

/* ---- reporting ---- */

typedef struct Report { SkValue exc; int status; } Report;

typedef struct Words { const char *s; size_t n; } Words;

static void to_sys_stderr(SkVm *vm, void *arg) {
  Words *w = arg;
  sk_file_write(vm, sk_sys_get(vm, "stderr"), sk_str_new(vm, w->s, w->n));
}

/* sys.stderr, or the real one when the program's own does not work. */
static void to_stderr(void *arg, const char *s, size_t n) {
  SkVm *vm = arg;
  SkValue err = sk_sys_get(vm, "stderr");
  if (!sk_is_unset(err) && !sk_is_none(err)) {
    if (sk_protect(vm, to_sys_stderr, &(Words){s, n})) return;
    sk_take_raised(vm);
  }
  if (vm->hooks.write) vm->hooks.write(vm, 2, s, n);
  else fwrite(s, 1, n, stderr);
}

static void obey_exit(SkVm *vm, Report *r) {
  SkValue code = sk_getattr_cstr(vm, r->exc, "code");
  int64_t n;
  if (sk_is_none(code)) {
    r->status = 0;
  } else if (sk_is_int(code)) {
    r->status = sk_int_get_i64(code, &n) ? (int)(n & 0xff) : 0xff;
  } else {
    r->status = 1;
    SkStr *s = sk_str(vm, code);
    to_stderr(vm, s->data, s->bytes);
    to_stderr(vm, "\n", 1);
  }
}

static void call_hook(SkVm *vm, void *arg) {
  Report *r = arg;
  SkValue hook = sk_sys_get(vm, "excepthook");
  if (sk_is_unset(hook)) {
    sk_exc_print(vm, r->exc, to_stderr, vm);
    return;
  }
  sk_call3(vm, hook, sk_from_ptr(sk_type_of(vm, r->exc)), r->exc, sk_exc_traceback(vm, sk_as_exc(r->exc)));
}

static void print_plain(SkVm *vm, void *arg) {
  sk_exc_print(vm, ((Report *)arg)->exc, to_stderr, vm);
}

/* An error that was only a consequence of the exit gets one line; sys.exit("text") its text. */
static void say_ignored(SkVm *vm, void *arg) {
  SkValue exc = *(SkValue *)arg;
  if (sk_exc_is(vm, exc, SK_T_SystemExit)) {
    obey_exit(vm, &(Report){.exc = exc});
    return;
  }
  SkValue task = sk_getattr_opt(vm, exc, sk_intern(vm, "__task__"));
  SkStr *text = sk_str(vm, exc), *name = sk_type_fullname(vm, sk_type_of(vm, exc));
  if (name->bytes > 9 && !memcmp(name->data, "__main__.", 9)) name = sk_str_part(vm, name, 9, name->bytes);
  SkStr *line = sk_format(vm, "Error ignored because the program was exiting: %U", name);
  if (text->bytes) line = sk_format(vm, "%U: %U", line, text);
  if (!sk_is_unset(task)) line = sk_format(vm, "%U (task %S)", line, task);
  line = sk_format(vm, "%U\n", line);
  to_stderr(vm, line->data, line->bytes);
}

/* A group that an exit is in: the exit decides, unless another error stands on its own.  True: nothing is left to print. */
static bool obey_group_exit(SkVm *vm, Report *r) {
  SkList *ignored = NULL;
  if (!sk_group_exit_status(vm, r->exc, &r->status, &ignored)) {
    r->status = sk_exc_is(vm, r->exc, SK_T_KeyboardInterrupt) ? 130 : 1;
    return false;
  }
  for (size_t i = 0; ignored && i < ignored->count; i++)
    if (!sk_protect(vm, say_ignored, &sk_list_items(ignored)[i])) sk_take_raised(vm);
  return ignored != NULL;
}

static void say_summary(SkVm *vm, void *arg) {
  SkStr *text = sk_group_summary(vm, ((Report *)arg)->exc);
  if (text) to_stderr(vm, text->data, text->bytes);
}

static void do_report(SkVm *vm, void *arg) {
  Report *r = arg;
  sk_sys_flush(vm);
  if (sk_exc_is(vm, r->exc, SK_T_SystemExit)) {
    obey_exit(vm, r);
    return;
  }
  if (obey_group_exit(vm, r)) return;
  if (sk_protect(vm, call_hook, r)) {
    if (sk_is_exc_group(vm, r->exc) && !sk_protect(vm, say_summary, r)) sk_take_raised(vm);
    return;
  }
  Report inner = {.exc = sk_take_raised(vm)};
  if (sk_exc_is(vm, inner.exc, SK_T_SystemExit)) {
    obey_exit(vm, &inner);
    r->status = inner.status;
    return;
  }
  static const char head[] = "Error in sys.excepthook:\n", tail[] = "\nOriginal exception was:\n";
  to_stderr(vm, head, sizeof head - 1);
  sk_protect(vm, print_plain, &inner);
  to_stderr(vm, tail, sizeof tail - 1);
  sk_protect(vm, print_plain, r);
}

int skein_report(skein_vm *v) {
  Report r = {.exc = v->own.pending, .status = 1};
  v->own.pending = SK_UNSET;
  if (sk_is_unset(r.exc)) return 0;
  skein_scope scope = skein_scope_open(v);
  handle_new(v, r.exc); /* keeps it alive */
  if (api_enter(v, do_report, &r) != SKEIN_OK) v->own.pending = SK_UNSET; /* not even stderr works */
  skein_scope_close(v, scope);
  return r.status;
}

/* ---- the end of a program ---- */

static void run_exit_functions(SkVm *vm, void *arg) {
  SkValue m = sk_dict_get_cstr(vm, vm->modules, "atexit");
  if (!sk_is_unset(m)) sk_call0(vm, sk_getattr_cstr(vm, m, "_run_exitfuncs"));
}

static void flush_stdout(SkVm *vm, void *arg) {
  SkValue out = sk_sys_get(vm, "stdout");
  if (!sk_is_unset(out) && !sk_is_none(out)) sk_call_method0(vm, out, sk_intern(vm, "flush"));
}

static void say_lost(SkVm *vm, void *arg) {
  SkStr *head = sk_format(vm, "Exception ignored in: %R\n", sk_sys_get(vm, "stdout"));
  to_stderr(vm, head->data, head->bytes);
  sk_exc_print(vm, *(SkValue *)arg, to_stderr, vm);
}

/* Threads that are no daemons come to their end first; an interrupt ends that waiting. */
static void await_threads(SkVm *vm, void *arg) {
  SkValue m = sk_dict_get_cstr(vm, vm->modules, "threading");
  if (sk_is_module(m)) sk_call0(vm, sk_getattr_cstr(vm, m, "_shutdown"));
}

static void finish_threads(SkVm *vm) {
  if (sk_protect(vm, await_threads, NULL)) return;
  SkValue exc = sk_take_raised(vm);
  sk_unraisable(vm, exc, sk_dict_get_cstr(vm, vm->modules, "threading"));
}

static void do_finish(SkVm *vm, void *arg) {
  finish_threads(vm);
  if (!sk_protect(vm, run_exit_functions, NULL)) sk_take_raised(vm);
  if (!sk_protect(vm, flush_stdout, NULL)) {
    SkValue exc = sk_take_raised(vm);
    *(int *)arg = 120;
    if (!sk_protect(vm, say_lost, &exc)) sk_take_raised(vm);
  }
  sk_sys_flush(vm);
}

int skein_finish(skein_vm *v) {
  int status = 0;
  if (api_enter(v, do_finish, &status) != SKEIN_OK) v->own.pending = SK_UNSET;
  return status;
}
