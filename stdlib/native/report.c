/* report.c - the text of an exception: by the library's traceback module, or plainly when that fails.  Layer 8.
 *
 * Printing never fails: whatever the exception's __str__ does, however short memory or stack is, a
 * plain form comes out that needs neither Python code nor source files.
 */
#include <string.h>

#include "stdlib/native/native.h"
#include "stdlib/native/tree.h"

typedef struct Print { SkValue exc; SkWriteFn *write; void *arg; SkStr *text; } Print;

static void say(const Print *p, const char *s) { p->write(p->arg, s, strlen(s)); }
static void say_str(const Print *p, const SkStr *s) { p->write(p->arg, s->data, s->bytes); }

static void by_module(SkVm *vm, void *arg) {
  Print *p = arg;
  SkValue fn = sk_getattr_cstr(vm, sk_import_name(vm, "traceback"), "format_exception");
  SkList *lines = sk_to_list(vm, sk_call1(vm, fn, p->exc));
  for (size_t i = 0; i < lines->count; i++)
    if (!sk_is_str(sk_list_items(lines)[i])) sk_raise_type(vm, "format_exception() gave %T", sk_list_items(lines)[i]);
  p->text = sk_str_join(vm, SK_NAME(vm, empty), sk_list_items(lines), lines->count);
}

/* ---- the plain form ---- */

static void name_of_class(SkVm *vm, void *arg) {
  Print *p = arg;
  p->text = sk_type_fullname(vm, sk_type_of(vm, p->exc));
}

/* For a metaclass that lets nobody ask for the module. */
static void name_alone(SkVm *vm, void *arg) {
  Print *p = arg;
  p->text = sk_format(vm, "<unknown>.%U", sk_type_name(vm, sk_type_of(vm, p->exc)));
}

static void exception_line(SkVm *vm, void *arg) {
  Print *p = arg;
  SkStr *head = p->text, *message = sk_str(vm, p->exc);
  if (message->bytes) p->text = sk_format(vm, "%U: %U", head, message);
}

static void frame_line(SkVm *vm, Print *p, SkCodeObj *code, int64_t line) {
  p->text = sk_format(vm, "  File \"%U\", line %lld, in %U\n", code->filename, (long long)line, code->name);
  say_str(p, p->text);
}

/* A traceback is entries until somebody looks at it, objects from then on. */
static void frame_lines(SkVm *vm, void *arg) {
  Print *p = arg;
  SkExc *e = sk_as_exc(p->exc);
  int budget = 100;
  for (uint32_t i = e->trace_count; i-- > 0 && budget-- > 0;) {
    SkTraceEntry *t = sk_exc_trace_entry(e, i);
    if (!sk_is_func(t->func)) continue;
    SkCodeObj *code = sk_as_func(t->func)->code;
    frame_line(vm, p, code, sk_code_position(code->code, (uint32_t)sk_smallint_get(t->at)).line);
  }
  if (e->trace_count) return;
  for (SkValue tb = sk_exc_traceback(vm, e); !sk_is_none(tb) && budget-- > 0; tb = sk_getattr_cstr(vm, tb, "tb_next")) {
    int64_t line = sk_to_index(vm, sk_getattr_cstr(vm, tb, "tb_lineno"));
    frame_line(vm, p, sk_ptr(sk_getattr_cstr(vm, sk_getattr_cstr(vm, tb, "tb_frame"), "f_code")), line);
  }
}

static void plain(SkVm *vm, Print *p) {
  say(p, "Traceback (most recent call last):\n");
  if (!sk_protect(vm, frame_lines, p)) {
    sk_take_raised(vm);
    say(p, "  ...\n");
  }
  p->text = NULL;
  if (!sk_protect(vm, name_of_class, p)) {
    sk_take_raised(vm);
    if (!sk_protect(vm, name_alone, p)) sk_take_raised(vm);
  }
  if (p->text && !sk_protect(vm, exception_line, p)) sk_take_raised(vm);
  if (p->text) say_str(p, p->text);
  else say(p, "<exception whose text could not be made>");
  say(p, "\n");
}

void sk_exc_print_plain(SkVm *vm, SkValue exc, SkWriteFn *write, void *arg) {
  SkValue handled = vm->handled;
  plain(vm, &(Print){.exc = exc, .write = write, .arg = arg});
  vm->handled = handled;
}

static void write_text(SkVm *vm, void *arg) {
  (void)vm;
  say_str(arg, ((Print *)arg)->text);
}

void sk_exc_print(SkVm *vm, SkValue exc, SkWriteFn *write, void *arg) {
  Print p = {.exc = exc, .write = write, .arg = arg};
  SkValue handled = vm->handled;
  bool good = sk_protect(vm, by_module, &p);
  if (!good) sk_take_raised(vm);
  vm->handled = handled;
  if (good) write_text(vm, &p);
  else plain(vm, &p);
}
