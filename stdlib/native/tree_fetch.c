/* tree_fetch.c - what one exception says: class, message, notes, task.  Layer 8.
 *
 * Script code (a __str__, a property __notes__) runs only where there is some, under protection; its failure is told in its place.  A stopped
 * VM runs none: then what can be read without it has to do.
 */
#include <string.h>

#include "stdlib/native/tree_impl.h"
#include "vm/object/seq.h"

enum { TEXT_MOST = 10000, NOTES_MOST = 1000 };

typedef struct Ask { SkValue of, result; } Ask;

/* Runs |fn| unless the VM is stopped; false: it failed. */
static bool ask(TreeDoc *d, void (*fn)(SkVm *, void *), Ask *a) {
  if (sk_stopped(d->vm)) return false;
  if (sk_protect_any(d->vm, fn, a)) return true;
  a->result = sk_take_raised(d->vm);
  return false;
}

static void ask_str(SkVm *vm, void *arg) { ((Ask *)arg)->result = sk_from_ptr(sk_str(vm, ((Ask *)arg)->of)); }
static void ask_repr(SkVm *vm, void *arg) { ((Ask *)arg)->result = sk_from_ptr(sk_repr(vm, ((Ask *)arg)->of)); }
static void ask_notes(SkVm *vm, void *arg) { ((Ask *)arg)->result = sk_getattr_opt(vm, ((Ask *)arg)->of, SK_NAME(vm, dunder_notes)); }
static void ask_class(SkVm *vm, void *arg) { ((Ask *)arg)->result = sk_from_ptr(sk_type_fullname(vm, sk_as_type(((Ask *)arg)->of))); }

static TreeText text_of(TreeDoc *d, SkValue str) {
  const SkStr *s = sk_as_str(str);
  if (s->bytes <= TEXT_MOST) return tree_copy(d, s->data, s->bytes);
  size_t n = TEXT_MOST;
  while (n && sk_utf8_is_continuation(s->data[n])) n--;
  return tree_printf(d, "%.*s... (%zu bytes more)", (int)n, s->data, s->bytes - n);
}

/* ---- class ---- */

static TreeText without(TreeText name, const char *module) {
  size_t n = strlen(module);
  return name.n > n && !memcmp(name.s, module, n) ? (TreeText){name.s + n, name.n - n} : name;
}

static TreeClass *class_of(TreeDoc *d, SkType *type) {
  for (TreeClass *c = d->classes; c; c = c->next)
    if (c->type == type) return c;
  TreeClass *c = tree_alloc(d, sizeof *c);
  Ask a = {.of = sk_from_ptr(type)};
  bool plain = !(type->flags & SK_TYPE_HEAP) || !ask(d, ask_class, &a) || !sk_is_str(a.result);
  c->name = without(without(text_of(d, plain ? sk_from_ptr(type->qualname ? type->qualname : type->name) : a.result), "__main__."), "builtins.");
  c->type = type;
  c->error = sk_type_is_subtype(type, d->vm->types[SK_T_Exception]);
  c->next = d->classes;
  d->classes = c;
  return c;
}

/* ---- texts ---- */

static TreeText unprintable(TreeDoc *d, const char *what, SkValue error) {
  if (!sk_is_exc(error)) return tree_printf(d, "<unprintable%s>", what);
  const SkStr *name = sk_type_of(d->vm, error)->name;
  return tree_printf(d, "<unprintable%s: %.*s>", what, (int)name->bytes, name->data);
}

/* str(value) without running anything if it is a str; else what script code says. */
static TreeText string(TreeDoc *d, SkValue value, const char *what) {
  if (sk_is_str(value) && !(sk_type_of(d->vm, value)->flags & SK_TYPE_HEAP)) return text_of(d, value);
  Ask a = {value, SK_UNSET};
  if (ask(d, ask_str, &a)) return text_of(d, a.result);
  return unprintable(d, what, a.result);
}

static TreeText message(TreeDoc *d, const TreeNode *n) {
  SkVm *vm = d->vm;
  SkExc *e = n->exc;
  SkValue exc = sk_from_ptr(e);
  const SkType *base = vm->types[n->group ? SK_T_BaseExceptionGroup : SK_T_BaseException];
  bool plain = sk_type_of(vm, exc)->slots->str == base->slots->str;
  if (n->group && plain) return text_of(d, sk_exc_field(e, SK_GROUP_MESSAGE));
  if (sk_exc_is(vm, exc, SK_T_SyntaxError)) return string(d, sk_exc_field(e, SK_SYNTAX_MSG), "");
  if (plain && e->args->count == 0) return (TreeText){"", 0};
  if (plain && e->args->count == 1) return string(d, e->args->items[0], "");
  if (!sk_stopped(vm)) {
    TreeText t = string(d, exc, "");
    if (!sk_stopped(vm)) return t; /* else it was __str__ that stopped it */
  }
  return e->args->count && sk_is_str(e->args->items[0]) ? text_of(d, e->args->items[0]) : unprintable(d, "", SK_UNSET);
}

/* ---- notes ---- */

static void take_notes(TreeDoc *d, TreeNode *n, SkValue notes) {
  bool list = sk_is_list(notes) || sk_is_tuple(notes);
  size_t count = list ? sk_seq_span(notes).count : 1;
  if (count > NOTES_MOST) count = NOTES_MOST;
  n->notes = tree_alloc(d, count * sizeof *n->notes);
  for (size_t i = 0; i < count; i++) {
    if (list && i >= sk_seq_span(notes).count) break; /* a __str__ took some away */
    Ask a = {notes, SK_UNSET};
    if (list) n->notes[i] = string(d, sk_seq_span(notes).items[i], " note");
    else n->notes[i] = ask(d, ask_repr, &a) ? text_of(d, a.result) : unprintable(d, " __notes__", a.result);
    n->note_count++;
  }
}

static void fetch_notes(TreeDoc *d, TreeNode *n) {
  SkVm *vm = d->vm;
  Ask a = {sk_from_ptr(n->exc), SK_UNSET};
  if (!(n->cls->type->flags & SK_TYPE_HEAP) || sk_stopped(vm)) a.result = sk_instance_get(vm, a.of, SK_NAME(vm, dunder_notes));
  else if (!ask(d, ask_notes, &a)) {
    n->notes = tree_alloc(d, sizeof *n->notes);
    n->notes[n->note_count++] = unprintable(d, " __notes__", a.result);
    return;
  }
  if (!sk_is_unset(a.result) && !sk_is_none(a.result)) take_notes(d, n, a.result);
  sk_keep(a.result.bits);
}

/* ---- task ---- */

static TreeText task_of(TreeDoc *d, const SkExc *e) {
  if (sk_is_unset(e->task) || sk_is_none(e->task)) return (TreeText){NULL, 0};
  if (sk_is_smallint(e->task)) return tree_printf(d, "Task-%lld", (long long)sk_smallint_get(e->task));
  TreeText t = string(d, e->task, "");
  return t.n ? t : (TreeText){NULL, 0};
}

void tree_fetch(TreeDoc *d, TreeNode *n) {
  n->group = sk_is_exc_group(d->vm, sk_from_ptr(n->exc));
  n->cls = class_of(d, sk_type_of(d->vm, sk_from_ptr(n->exc)));
  n->stack = tree_stack(d, n->exc);
  n->message = message(d, n);
  n->task = task_of(d, n->exc);
  fetch_notes(d, n);
}

/* ---- suggestions ---- */

static void ask_traceback(SkVm *vm, void *arg) {
  Ask *a = arg;
  SkValue cls = sk_getattr_cstr(vm, sk_import_name(vm, "traceback"), "TracebackException"), tb = sk_exc_traceback(vm, sk_as_exc(a->of));
  SkValue args[] = {sk_from_ptr(sk_type_of(vm, a->of)), a->of, tb, SK_FALSE, SK_TRUE};
  SkTuple *names = sk_tuple_pack(vm, 2, sk_from_ptr(sk_intern(vm, "lookup_lines")), sk_from_ptr(sk_intern(vm, "compact")));
  a->result = sk_getattr_cstr(vm, sk_call(vm, cls, args, 3, names), "_str");
}

TreeText tree_full_message(TreeDoc *d, const TreeNode *n) {
  SkValue exc = sk_from_ptr(n->exc);
  if (!sk_exc_is(d->vm, exc, SK_T_NameError) && !sk_exc_is(d->vm, exc, SK_T_AttributeError) && !sk_exc_is(d->vm, exc, SK_T_ImportError)) return n->message;
  Ask a = {exc, SK_UNSET};
  return ask(d, ask_traceback, &a) && sk_is_str(a.result) ? text_of(d, a.result) : n->message;
}

/* ---- why its task was cancelled ---- */

static void ask_why(SkVm *vm, void *arg) {
  Ask *a = arg;
  SkValue origin = sk_call1(vm, sk_getattr_cstr(vm, sk_import_name(vm, "_skein"), "origin"), a->of);
  if (!sk_is_tuple(origin) || sk_is_none(sk_as_tuple(origin)->items[2])) return;
  SkValue reason = sk_as_tuple(origin)->items[2], text = sk_getattr_cstr(vm, reason, "reason");
  if (sk_is_str(text) && sk_as_str(text)->bytes) a->result = sk_from_ptr(sk_format(vm, "while cancelled because %S", text));
  else a->result = sk_from_ptr(sk_format(vm, "while cancelled (%S)", sk_getattr_cstr(vm, reason, "source")));
}

TreeText tree_why(TreeDoc *d, const TreeNode *n) {
  Ask a = {sk_from_ptr(n->exc), SK_UNSET};
  bool known = n->task.n && !n->group && !sk_is_str(n->exc->task) && !sk_is_smallint(n->exc->task);
  return known && ask(d, ask_why, &a) && sk_is_str(a.result) ? text_of(d, a.result) : (TreeText){"", 0};
}
