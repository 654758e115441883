/* source.c - source text to runnable code: the one place where the runtime calls the front end.  Layer 8.
 *
 * The front end works in plain memory and never raises.  What it found is copied into Values and scratch
 * memory before that memory goes and before anything is raised.
 */
#include <string.h>

#include "stdlib/native/native.h"
#include "vm/compile/front.h"
#include "vm/object/bytes.h"

static char *scratch_copy(SkVm *vm, const char *s, size_t n) {
  if (!s) return NULL;
  char *p = sk_scratch(vm, n + 1);
  memcpy(p, s, n);
  p[n] = 0;
  return p;
}

typedef struct Keep { SkFront *front; } Keep;

/* May raise (scratch memory is finite): runs protected, so that the front end's memory is freed first. */
static void keep_diagnostics(SkVm *vm, void *arg) {
  SkFront *f = ((Keep *)arg)->front;
  f->message = scratch_copy(vm, f->message, f->message ? strlen(f->message) : 0);
  f->text = scratch_copy(vm, f->text, f->text_length);
  SkFrontWarning *list = f->warning_count ? sk_scratch(vm, f->warning_count * sizeof *list) : NULL;
  for (size_t i = 0; i < f->warning_count; i++) {
    list[i] = f->warnings[i];
    list[i].message = scratch_copy(vm, list[i].message, strlen(list[i].message));
    list[i].text = scratch_copy(vm, list[i].text, list[i].text_length);
  }
  f->warnings = list;
}

static SkFrontMode front_mode(const char *mode) {
  return !strcmp(mode, "eval") ? SK_FRONT_EVAL : !strcmp(mode, "single") ? SK_FRONT_SINGLE : SK_FRONT_EXEC;
}

/* The front end gives INT32_MIN for a place it does not know; -1 is a position to CPython. */
static SkValue position(SkVm *vm, int n) { return n == INT32_MIN ? SK_NONE : sk_int_new(vm, n); }

static SK_NORETURN void raise_front(SkVm *vm, const SkFront *f, SkStr *filename) {
  if (f->error == SK_FRONT_MEMORY) sk_raise_nomem(vm);
  SkStr *message = sk_str_decode_utf8(vm, f->message, strlen(f->message));
  switch (f->error) {
    case SK_FRONT_RECURSION: sk_raisef(vm, SK_T_RecursionError, "%U", message);
    case SK_FRONT_VALUE: sk_raisef(vm, SK_T_ValueError, "%U", message);
    case SK_FRONT_OVERFLOW: sk_raisef(vm, SK_T_OverflowError, "%U", message);
    default: break;
  }
  if (f->line == INT32_MIN) sk_raisef(vm, SK_T_SyntaxError, "%U", message); /* about the file as a whole */
  bool readable = !(f->after_parse && filename->bytes && filename->data[0] == '<');
  SkValue text = f->text && readable ? sk_from_ptr(sk_str_new(vm, f->text, f->text_length)) : SK_NONE;
  SkValue place = sk_from_ptr(sk_tuple_pack(vm, 6, sk_from_ptr(filename), position(vm, f->line), position(vm, f->col), text,
                                            position(vm, f->end_line), position(vm, f->end_col)));
  SkValue args[] = {sk_from_ptr(message), place};
  int type = f->error == SK_FRONT_TAB ? SK_T_TabError : f->error == SK_FRONT_INDENTATION ? SK_T_IndentationError : SK_T_SyntaxError;
  sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[type], args, 2));
}

typedef struct Warn { const SkFrontWarning *w; SkStr *filename; SkType *category; } Warn;

static void warn_protected(SkVm *vm, void *arg) {
  Warn *j = arg;
  SkValue fn = sk_getattr_cstr(vm, sk_import_name(vm, "warnings"), "warn_explicit");
  SkValue args[] = {sk_from_ptr(sk_str_from_cstr(vm, j->w->message)), sk_from_ptr(j->category), sk_from_ptr(j->filename), sk_smallint(j->w->line)};
  sk_call(vm, fn, args, 4, NULL);
}

/* The filters may turn a warning into an error: then it is a SyntaxError at its place. */
static void issue_warnings(SkVm *vm, const SkFront *f, SkStr *filename) {
  for (size_t i = 0; i < f->warning_count; i++) {
    const SkFrontWarning *w = &f->warnings[i];
    Warn job = {w, filename, vm->types[w->deprecated ? SK_T_DeprecationWarning : SK_T_SyntaxWarning]};
    if (sk_protect(vm, warn_protected, &job)) continue;
    SkValue e = sk_take_raised(vm);
    if (sk_type_of(vm, e) != job.category) sk_throw(vm, e);
    SkFront error = {.error = SK_FRONT_SYNTAX, .message = w->message, .text = w->text, .text_length = w->text_length,
                     .line = (int)w->line, .col = w->col, .end_line = w->end_line, .end_col = w->end_col};
    raise_front(vm, &error, filename);
  }
}

SkCodeObj *sk_source_compile(SkVm *vm, const char *text, size_t n, SkStr *filename, const SkSourceOptions *o) {
  size_t mark = sk_scratch_mark(vm);
  const char *cname = sk_str_cstr(vm, filename);
  SkFrontOptions fo = {.mode = front_mode(o->mode), .optimize = o->optimize >= 0 ? o->optimize : vm->options.optimize,
                       .portable = vm->options.portable || o->portable, .task_rules = !vm->options.portable,
                       .dev = vm->options.dev && !vm->options.portable && !o->no_warnings,
                       .top_await = o->top_await || (o->script && !vm->options.portable), .is_str = o->is_str, .interactive = o->incomplete != NULL, .future = o->future};
  SkFront f;
  sk_front_compile(&f, text, n, cname, &fo);
  sk_keep(cname);
  bool kept = sk_protect_any(vm, keep_diagnostics, &(Keep){&f});
  sk_front_free(&f);
  if (!kept) sk_throw(vm, sk_take_raised(vm));
  if (o->incomplete && (*o->incomplete = f.incomplete && !f.code)) {
    sk_scratch_release(vm, mark);
    return NULL;
  }
  if (!f.code) raise_front(vm, &f, filename);
  SkCodeObj *code = sk_link_take(vm, f.code);
  if (!o->no_warnings) issue_warnings(vm, &f, filename);
  sk_scratch_release(vm, mark);
  return code;
}

/* ---- text without a file ---- */

static SkDict *texts(SkVm *vm) {
  SkValue d = sk_dict_get_cstr(vm, vm->module_state, "_imp.texts");
  if (!sk_is_unset(d)) return sk_as_dict(d);
  SkDict *fresh = sk_dict_new(vm);
  sk_dict_set_cstr(vm, vm->module_state, "_imp.texts", sk_from_ptr(fresh));
  return fresh;
}

void sk_source_remember(SkVm *vm, SkStr *filename, const char *text, size_t n) {
  sk_dict_set_str(vm, texts(vm), filename, sk_from_ptr(sk_bytes_new(vm, text, n)));
}

SkValue sk_source_remembered(SkVm *vm, SkStr *filename) { return sk_dict_get_str(vm, texts(vm), filename); }
