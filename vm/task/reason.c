/* reason.c - why a scope was cancelled, and the Cancelled exceptions that tell it (S8).  Layer 7b.
 *
 * A reason is made once per cancel.  What it says in words is worked out when the first Cancelled is raised for it: a cancel that
 * nobody meets costs no text.
 */
#include "vm/task/scope_impl.h"

static void reason_trace(SkMarker *m, SkObject *o) {
  SkReason *r = (SkReason *)o;
  sk_mark(m, r->task);
  sk_mark(m, r->text);
  sk_mark(m, r->error);
  sk_mark(m, r->who);
  sk_mark(m, r->words);
}

static SkType *reason_class(SkVm *vm) {
  SkTasks *st = sk_tasks(vm);
  if (!st->reason) st->reason = sk_library_type(vm, &sk_reason_type);
  return st->reason;
}

SkReason *sk_reason_new(SkVm *vm, SkSource source, SkTask *task, SkValue text, SkValue error) {
  SkReason *r = sk_object_new(vm, reason_class(vm), 0);
  r->head.aux = (uint16_t)source;
  r->task = sk_from_ptr_or(task, SK_NONE);
  r->text = text;
  r->error = error;
  r->who = r->words = SK_UNSET;
  return r;
}

static const char *const source_names[] = {"explicit", "deadline", "sibling", "body", "outer", "edge", "signal", "generator", "deadlock", "shutdown"};

/* Trio knows fewer words: whatever a nursery does comes from the nursery. */
const char *reason_source(const SkReason *r, bool trio) {
  SkSource s = (SkSource)r->head.aux;
  if (trio && (s == SK_SOURCE_SIBLING || s == SK_SOURCE_BODY)) return "nursery";
  if (trio && s == SK_SOURCE_SIGNAL) return "KeyboardInterrupt";
  return source_names[s];
}

bool reason_face_trio(SkVm *vm) {
  SkLoop *l = vm->task_state ? sk_tasks(vm)->running : NULL;
  return l && l->face == SK_FACE_TRIO;
}

SkReason *reason_of_task(SkTask *t) { return sk_is_ptr(t->reason) ? (SkReason *)sk_ptr(t->reason) : NULL; }

void reason_note_edge(SkVm *vm, SkTask *t, SkValue message) {
  SkReason *r = sk_reason_new(vm, SK_SOURCE_EDGE, sk_current_task(vm), sk_is_str(message) ? message : SK_NONE, SK_NONE);
  sk_write(vm, t, &t->reason, sk_from_ptr(r));
}

bool reason_source_of(SkVm *vm, SkValue name, SkSource *out) {
  for (size_t i = 0; sk_is_str(name) && i < sizeof source_names / sizeof *source_names; i++) {
    if (!sk_str_equal_cstr(sk_as_str(name), source_names[i])) continue;
    *out = (SkSource)i;
    return true;
  }
  return false;
}

/* ---- in words ---------------------------------------------------------------------------------------------------------- */

typedef struct Words { SkReason *r; bool trio; } Words;

static SkValue task_words(SkVm *vm, SkValue task, bool trio) {
  if (sk_is_none(task)) return SK_NONE;
  SkStr *name = sk_task_name(vm, sk_as_task(task));
  if (!trio) return sk_from_ptr(name);
  return sk_from_ptr(sk_format(vm, "<Task %R at 0x%llx>", sk_from_ptr(name), (long long)sk_address(task)));
}

static SkValue error_words(SkVm *vm, const SkReason *r, bool trio) {
  SkSource s = (SkSource)r->head.aux;
  if (sk_is_none(r->error)) return SK_NONE;
  if (trio && s == SK_SOURCE_SIBLING) return sk_from_ptr(sk_format(vm, "child task raised exception %R", r->error));
  if (trio) return sk_from_ptr(sk_format(vm, "Code block inside nursery contextmanager raised exception %R", r->error));
  if (s == SK_SOURCE_SIBLING) return sk_from_ptr(sk_format(vm, "task '%S' raised %R", task_words(vm, r->task, false), r->error));
  if (s == SK_SOURCE_BODY) return sk_from_ptr(sk_format(vm, "the body of the task group raised %R", r->error));
  return sk_from_ptr(sk_format(vm, "%R was raised", r->error));
}

static void put_words(SkVm *vm, void *arg) {
  Words *w = arg;
  SkReason *r = w->r;
  bool body = w->trio && r->head.aux == SK_SOURCE_BODY; /* Trio names no task then */
  SkValue who = body ? SK_NONE : task_words(vm, r->task, w->trio);
  SkValue words = sk_is_none(r->text) ? error_words(vm, r, w->trio) : r->text;
  sk_write(vm, r, &r->words, words);
  sk_write(vm, r, &r->who, who);
}

/* A hostile repr() must not stop a cancel: then the class has to do. */
static void need_words(SkVm *vm, SkReason *r) {
  if (!sk_is_unset(r->who)) return;
  if (sk_protect(vm, put_words, &(Words){r, reason_face_trio(vm)})) return;
  sk_take_raised(vm);
  SkValue words = sk_from_ptr(sk_format(vm, "%T was raised", r->error));
  sk_write(vm, r, &r->words, words);
  r->who = SK_NONE;
}

/* ---- Cancelled ------------------------------------------------------------------------------------------------------------ */

SkValue sk_cancelled_new(SkVm *vm, SkReason *why) {
  SkValue v = sk_exc_new(vm, SK_T_Cancelled, NULL);
  if (!why) why = sk_reason_new(vm, SK_SOURCE_OUTER, NULL, SK_NONE, SK_NONE);
  need_words(vm, why);
  SkExc *e = sk_as_exc(v);
  sk_exc_set_field(vm, e, SK_CANCELLED_SOURCE, sk_from_ptr(sk_intern(vm, reason_source(why, reason_face_trio(vm)))));
  sk_exc_set_field(vm, e, SK_CANCELLED_TASK, why->who);
  sk_exc_set_field(vm, e, SK_CANCELLED_REASON, why->words);
  sk_exc_set_field(vm, e, SK_CANCELLED_ERROR, why->error);
  sk_exc_set_field(vm, e, SK_CANCELLED_WHY, sk_from_ptr(why));
  return v;
}

bool sk_is_level_cancel(SkVm *vm, SkValue exc) { return sk_exc_is(vm, exc, SK_T_Cancelled); }

/* ---- the class ------------------------------------------------------------------------------------------------------------- */

static SkReason *self_of(SkValue v) { return (SkReason *)sk_ptr(v); }

static SkValue get_source(SkVm *vm, SkValue self) { return sk_from_ptr(sk_intern(vm, reason_source(self_of(self), reason_face_trio(vm)))); }
static SkValue get_words(SkVm *vm, SkValue self) {
  need_words(vm, self_of(self));
  return self_of(self)->words;
}
static SkValue get_who(SkVm *vm, SkValue self) {
  need_words(vm, self_of(self));
  return self_of(self)->who;
}

static SkValue reason_str(SkVm *vm, SkValue self) {
  SkValue who = get_who(vm, self), words = get_words(vm, self);
  SkStr *s = sk_format(vm, "%S", get_source(vm, self));
  if (!sk_is_none(who)) s = sk_format(vm, "%U by %S", s, who);
  if (!sk_is_none(words)) s = sk_format(vm, "%U: %S", s, words);
  return sk_from_ptr(s);
}

static SkValue reason_repr(SkVm *vm, SkValue self) { return sk_from_ptr(sk_format(vm, "<skein.Reason %S>", reason_str(vm, self))); }

static const SkAttrDef reason_attrs[] = {
    SK_GETSET("source", get_source, NULL, "What cancelled: 'deadline', 'explicit', 'sibling', 'body', 'signal' ..."),
    SK_GETSET("source_task", get_who, NULL, "Name of the task that caused it, or None."),
    SK_GETSET("reason", get_words, NULL, "The reason in words, or None."),
    SK_MEMBER("error", SkReason, error, true, "The exception that caused it, or None."),
    SK_MEMBER("task", SkReason, task, true, "The task that caused it, or None."),
    SK_ATTRS_END};

const SkTypeDef sk_reason_type = {
    .name = "skein.Reason", .doc = "Why a scope was cancelled.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(SkReason),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE, .slots = {.repr = reason_repr, .str = reason_str}, .attrs = reason_attrs,
    .trace = reason_trace};
