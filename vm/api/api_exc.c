/* api_exc.c - exceptions of one VM for its host: raised, taken, read.  Groups: api_group.c.  Layer 9.
 *
 * What asks runs no script code unless str() of something does.  In a VM that was stopped none runs at all: the texts are then copied
 * from what is there.
 */
#include <stdio.h>
#include <string.h>

#include "vm/api/api_exc.h"
#include "vm/object/frame.h"
#include "vm/task/task.h"

/* ---- making and raising ---- */

SkType *exc_class_named(SkVm *vm, const char *name) {
  SkStr *key = sk_str_intern(vm, sk_str_decode_utf8(vm, name, strlen(name)));
  SkValue cls = sk_dict_get_str(vm, vm->builtins->dict, key);
  if (sk_is_unset(cls) && vm->hooks.extra_name) cls = vm->hooks.extra_name(vm, key);
  if (sk_is_unset(cls)) sk_raise_name(vm, key, "name '%s' is not defined", name);
  if (!sk_is_type(cls) || !(sk_as_type(cls)->flags & SK_TYPE_EXCEPTION)) sk_raise_type(vm, "exceptions must derive from BaseException");
  return sk_as_type(cls);
}

typedef struct MakeExc { const char *type, *message; SkValue result; } MakeExc;

static void make_exc(SkVm *vm, void *arg) {
  MakeExc *m = arg;
  SkValue text = m->message ? sk_from_ptr(sk_str_decode_utf8(vm, m->message, strlen(m->message))) : SK_NONE;
  m->result = sk_type_call(vm, sk_from_ptr(exc_class_named(vm, m->type)), &text, m->message ? 1 : 0, NULL);
}

skein_status skein_raise(skein_vm *v, const char *type, const char *message) {
  if (!type) return api_misuse(v, "the type of an exception is NULL");
  MakeExc m = {type, message, SK_UNSET};
  skein_status s = api_enter(v, make_exc, &m);
  if (s != SKEIN_OK) return s;
  v->own.pending = m.result;
  return SKEIN_ERR_EXC;
}

skein_status skein_raisef(skein_vm *v, const char *type, const char *format, ...) {
  char small[256], *text = small;
  va_list args;
  va_start(args, format);
  int n = vsnprintf(small, sizeof small, format, args);
  va_end(args);
  if (n < 0) return api_misuse(v, "a bad format");
  size_t room = (size_t)n + 1;
  if (room > sizeof small) {
    text = sk_mem_new(core(v), room);
    if (!text) return skein_raise(v, "MemoryError", NULL);
    va_start(args, format);
    vsnprintf(text, room, format, args);
    va_end(args);
  }
  skein_status s = skein_raise(v, type, text);
  if (text != small) sk_mem_free(core(v), text, room);
  return s;
}

OP(op_to_raise) { Op *o = arg; o->result = sk_exc_to_raise(vm, o->a); }

skein_status skein_raise_exc(skein_vm *v, skein_val exc) {
  Op o = {.a = handle_value(v, exc)};
  if (sk_is_unset(o.a)) return SKEIN_ERR_MISUSE;
  if (sk_is_exc(o.a)) o.result = o.a;
  else if (!sk_is_type(o.a) || !(sk_as_type(o.a)->flags & SK_TYPE_EXCEPTION)) return api_misuse(v, "neither an exception nor a class of exceptions");
  else {
    skein_status s = api_enter(v, op_to_raise, &o);
    if (s != SKEIN_OK) return s;
  }
  v->own.pending = o.result;
  return SKEIN_ERR_EXC;
}

skein_val skein_exc_take(skein_vm *v) {
  SkValue e = v->own.pending;
  v->own.pending = SK_UNSET;
  return sk_is_unset(e) ? (skein_val){0} : handle_new(v, e);
}

skein_status skein_exc_new(skein_vm *v, const char *type, const char *message, skein_val *out) {
  MakeExc m = {type, message, SK_UNSET};
  if (!out) return api_misuse(v, "there is no place for the exception");
  *out = (skein_val){0};
  if (!type) return api_misuse(v, "the type of an exception is NULL");
  skein_status s = api_enter(v, make_exc, &m);
  if (s != SKEIN_OK) return s;
  *out = handle_new(v, m.result);
  return out->bits ? SKEIN_OK : SKEIN_ERR_NOMEM;
}

/* ---- texts ---- */

bool exc_get(skein_vm *v, skein_val h, SkValue *e) {
  if (!handle_get(v, h, e)) return false;
  if (sk_is_exc(*e)) return true;
  api_misuse(v, "no exception");
  return false;
}

/* Valid UTF-8 without NUL: the others are written as escapes. */
static bool is_fine(const SkStr *s) { return !(s->head.aux & SK_STR_SURROGATES) && !memchr(s->data, 0, s->bytes); }

static SkStr *escaped(SkVm *vm, const SkStr *s) {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (const char *p = s->data, *end = p + s->bytes; p < end;) {
    const char *from = p;
    uint32_t c = sk_utf8_next(&p);
    char escape[8];
    if (c && !sk_utf8_is_surrogate(c)) sk_strbuf_add(&b, from, (size_t)(p - from));
    else sk_strbuf_add(&b, escape, (size_t)snprintf(escape, sizeof escape, c ? "\\u%04x" : "\\x%02x", c));
  }
  return sk_strbuf_finish(&b);
}

const char *exc_text(skein_vm *v, skein_val of, SkStr *s) { return handle_text(v, of, is_fine(s) ? s : escaped(core(v), s)); }

/* What a VM that was stopped still says: freed with the VM. */
const char *exc_text_stopped(skein_vm *v, const char *s, size_t n) {
  StoppedText *t = sk_mem_new(core(v), sizeof *t + n + 1);
  if (!t) return NULL;
  *t = (StoppedText){v->stopped_texts, sizeof *t + n + 1};
  v->stopped_texts = t;
  memcpy(t + 1, s, n);
  for (size_t i = 0; i < n; i++)
    if (!((char *)(t + 1))[i]) ((char *)(t + 1))[i] = '?';
  return (const char *)(t + 1);
}

void exc_free_texts(skein_vm *v) {
  for (StoppedText *t = v->stopped_texts, *next; t; t = next) {
    next = t->next;
    sk_mem_free(core(v), t, t->size);
  }
  v->stopped_texts = NULL;
}

static SkStr *type_text(SkVm *vm, SkValue exc) {
  static const char *const silent[] = {"__main__.", "builtins."};
  SkStr *name = sk_type_fullname(vm, sk_type_of(vm, exc));
  for (size_t i = 0; i < 2; i++)
    if (name->bytes > 9 && !memcmp(name->data, silent[i], 9)) return sk_str_part(vm, name, 9, name->bytes);
  return name;
}

typedef struct Ask { skein_vm *v; skein_val of; SkValue exc; size_t i; const char *out; } Ask;

static void ask_type(SkVm *vm, void *arg) {
  Ask *a = arg;
  a->out = exc_text(a->v, a->of, type_text(vm, a->exc));
}

static void ask_message(SkVm *vm, void *arg) {
  Ask *a = arg;
  a->out = exc_text(a->v, a->of, sk_str(vm, a->exc));
}

static void ask_task(SkVm *vm, void *arg) {
  Ask *a = arg;
  SkStr *path = exc_task_name(vm, sk_as_exc(a->exc));
  if (path) a->out = exc_text(a->v, a->of, path);
}

static SkList *notes_of(SkVm *vm, SkValue exc) {
  SkValue notes = sk_getattr_opt(vm, exc, SK_NAME(vm, dunder_notes));
  if (sk_is_list(notes)) return sk_as_list(notes);
  return sk_is_unset(notes) || sk_is_none(notes) ? sk_list_new(vm, 0) : sk_is_tuple(notes) ? sk_to_list(vm, notes) : sk_list_from(vm, &notes, 1);
}

static void ask_notes(SkVm *vm, void *arg) { ((Ask *)arg)->i = notes_of(vm, ((Ask *)arg)->exc)->count; }

static void ask_note(SkVm *vm, void *arg) {
  Ask *a = arg;
  SkList *notes = notes_of(vm, a->exc);
  if (a->i < notes->count) a->out = exc_text(a->v, a->of, sk_str(vm, sk_list_items(notes)[a->i]));
}

/* The last part of the path of tasks and groups that an error of a task group has. */
SkStr *exc_task_name(SkVm *vm, const SkExc *e) {
  if (sk_is_unset(e->task) || sk_is_none(e->task)) return NULL;
  if (sk_is_smallint(e->task)) return sk_format(vm, "Task-%lld", (long long)sk_smallint_get(e->task));
  SkStr *path = sk_str(vm, e->task);
  const char *slash = memrchr(path->data, '/', path->bytes);
  return slash && slash + 1 < path->data + path->bytes ? sk_str_part(vm, path, (size_t)(slash + 1 - path->data), path->bytes) : path;
}

/* Runs |fn|; a failure of script code in it stays inside. */
static const char *ask(skein_vm *v, skein_val h, void (*fn)(SkVm *, void *), size_t i, const char *otherwise) {
  Ask a = {.v = v, .of = h, .i = i, .out = otherwise};
  SkValue pending = v->own.pending;
  if (!exc_get(v, h, &a.exc)) return otherwise;
  if (api_enter(v, fn, &a) == SKEIN_ERR_EXC) v->own.pending = pending;
  return a.out;
}

const char *skein_exc_type(skein_vm *v, skein_val h) {
  SkValue e;
  if (!sk_stopped(core(v))) return ask(v, h, ask_type, 0, "");
  if (!exc_get(v, h, &e)) return "";
  const char *s = exc_text_stopped(v, sk_type_of(core(v), e)->name->data, sk_type_of(core(v), e)->name->bytes);
  return s ? s : "";
}

const char *skein_exc_message(skein_vm *v, skein_val h) {
  SkValue e;
  if (!sk_stopped(core(v))) return ask(v, h, ask_message, 0, "<unprintable>");
  if (!exc_get(v, h, &e)) return "<unprintable>";
  const SkTuple *args = sk_as_exc(e)->args;
  if (!args->count) return "";
  const char *s = sk_is_str(args->items[0]) ? exc_text_stopped(v, sk_as_str(args->items[0])->data, sk_as_str(args->items[0])->bytes) : NULL;
  return s ? s : "<unprintable>";
}

const char *skein_exc_task(skein_vm *v, skein_val h) { return ask(v, h, ask_task, 0, NULL); }
const char *skein_exc_note(skein_vm *v, skein_val h, size_t i) { return ask(v, h, ask_note, i, NULL); }

size_t skein_exc_note_count(skein_vm *v, skein_val h) {
  Ask a = {.v = v, .of = h};
  SkValue pending = v->own.pending;
  if (!exc_get(v, h, &a.exc)) return 0;
  if (api_enter(v, ask_notes, &a) != SKEIN_ERR_EXC) return a.i;
  v->own.pending = pending;
  return 0;
}

OP(op_add_note) { Op *o = arg; sk_exc_add_note(vm, sk_as_exc(o->a), sk_str_decode_utf8(vm, o->s, strlen(o->s))); }

skein_status skein_exc_add_note(skein_vm *v, skein_val h, const char *note) {
  Op o = {.s = note};
  if (!note) return api_misuse(v, "the note is NULL");
  return exc_get(v, h, &o.a) ? api_enter(v, op_add_note, &o) : SKEIN_ERR_MISUSE;
}

/* ---- relations, exit ---- */

skein_val skein_exc_cause(skein_vm *v, skein_val h, bool *is_context) {
  SkValue e;
  if (is_context) *is_context = false;
  if (!exc_get(v, h, &e)) return (skein_val){0};
  const SkExc *x = sk_as_exc(e);
  if (x->cause) return handle_new(v, sk_from_ptr(x->cause));
  if (!x->context || (x->flags & SK_EXC_SUPPRESS_CONTEXT)) return (skein_val){0};
  if (is_context) *is_context = true;
  return handle_new(v, sk_from_ptr(x->context));
}

bool skein_exc_match(skein_vm *v, skein_val h, const char *type) {
  SkValue e;
  if (!type || !exc_get(v, h, &e)) return false;
  const SkTuple *mro = sk_type_of(core(v), e)->mro;
  for (size_t i = 0; i < mro->count; i++) {
    const SkType *t = sk_as_type(mro->items[i]);
    if (!(t->flags & SK_TYPE_HEAP) && sk_str_equal_cstr(t->name, type)) return true;
  }
  return false;
}

OP(op_exit_code) {
  Op *o = arg;
  int status = 1;
  SkList *ignored = NULL;
  if (sk_exc_is(vm, o->a, SK_T_SystemExit)) {
    SkValue code = sk_exc_field(sk_as_exc(o->a), SK_EXIT_CODE);
    int64_t n;
    status = sk_is_none(code) ? 0 : !sk_is_int(code) ? 1 : sk_int_get_i64(code, &n) ? (int)(n & 0xff) : 0xff;
  } else if (!sk_group_exit_status(vm, o->a, &status, &ignored)) {
    status = sk_exc_is(vm, o->a, SK_T_KeyboardInterrupt) ? 130 : 1;
  }
  o->i = status;
}

int skein_exc_exit_code(skein_vm *v, skein_val h) {
  Op o = {.i = 1};
  if (exc_get(v, h, &o.a) && api_enter(v, op_exit_code, &o) == SKEIN_ERR_EXC) v->own.pending = SK_UNSET;
  return (int)o.i;
}
