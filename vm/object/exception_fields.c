/* exception_fields.c - the fields that some exception classes have: constructors, attributes, text.  Layer 6.
 *
 * A family is a class with fields of its own; exceptions.def names it, SkExcField numbers its fields.
 */
#include <errno.h>
#include <string.h>

#include "vm/object/dict.h"
#include "vm/object/exception_impl.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"
#include "vm/object/suggest.h"

/* A readable and writable attribute over field |index|. */
#define FIELD(family, name, index)                                                                        \
  static SkValue get_##family##_##name(SkVm *vm, SkValue self) {                                          \
    (void)vm;                                                                                             \
    return sk_exc_field(sk_as_exc(self), index);                                                          \
  }                                                                                                       \
  static void set_##family##_##name(SkVm *vm, SkValue self, SkValue v) {                                  \
    sk_exc_set_field(vm, sk_as_exc(self), index, sk_is_unset(v) ? SK_NONE : v);                           \
  }
#define FIELD_ATTR(family, name) SK_GETSET(#name, get_##family##_##name, set_##family##_##name, NULL)

/* Keyword arguments of the classes that take some: the value goes to the field of that name. */
typedef struct Keyword { const char *name; SkExcField field; } Keyword;

SK_COLD SK_NORETURN static void raise_unexpected(SkVm *vm, const char *class_name, SkStr *name, const Keyword *known) {
  SkValue candidates[4];
  size_t n = 0;
  for (; known[n].name; n++) candidates[n] = sk_from_ptr(sk_str_from_cstr(vm, known[n].name));
  SkStr *meant = sk_suggest(name, candidates, n);
  if (meant) sk_raise_type(vm, "%s() got an unexpected keyword argument '%U'. Did you mean '%U'?", class_name, name, meant);
  sk_raise_type(vm, "%s() got an unexpected keyword argument '%U'", class_name, name);
}

static void take_keywords(SkVm *vm, SkExc *e, const char *class_name, const SkValue *values, SkTuple *kwnames,
                          const Keyword *known) {
  for (size_t i = 0; kwnames && i < kwnames->count; i++) {
    SkStr *name = sk_as_str(kwnames->items[i]);
    const Keyword *k = known;
    while (k->name && !sk_str_equal_cstr(name, k->name)) k++;
    if (!k->name) raise_unexpected(vm, class_name, name, known);
    sk_exc_set_field(vm, e, k->field, values[i]);
  }
}

/* ---- StopIteration, SystemExit ---- */

FIELD(stop, value, SK_STOP_VALUE)
const SkAttrDef exc_stop_attrs[] = {FIELD_ATTR(stop, value), SK_ATTRS_END};

void exc_stop_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  exc_init(vm, self, args, nargs, kwnames);
  if (nargs) sk_exc_set_field(vm, sk_as_exc(self), SK_STOP_VALUE, args[0]);
}

FIELD(exit, code, SK_EXIT_CODE)
const SkAttrDef exc_exit_attrs[] = {FIELD_ATTR(exit, code), SK_ATTRS_END};

void exc_exit_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  exc_init(vm, self, args, nargs, kwnames);
  SkExc *e = sk_as_exc(self);
  if (nargs) sk_exc_set_field(vm, e, SK_EXIT_CODE, nargs == 1 ? args[0] : sk_from_ptr(e->args));
}

/* ---- ImportError, NameError, AttributeError ---- */

FIELD(import, msg, SK_IMPORT_MSG)
FIELD(import, name, SK_IMPORT_NAME)
FIELD(import, path, SK_IMPORT_PATH)
FIELD(import, name_from, SK_IMPORT_NAME_FROM)
const SkAttrDef exc_import_attrs[] = {FIELD_ATTR(import, msg), FIELD_ATTR(import, name), FIELD_ATTR(import, path),
                                      FIELD_ATTR(import, name_from), SK_ATTRS_END};

void exc_import_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  static const Keyword known[] = {{"name", SK_IMPORT_NAME}, {"path", SK_IMPORT_PATH}, {"name_from", SK_IMPORT_NAME_FROM}, {NULL, 0}};
  SkExc *e = sk_as_exc(self);
  take_keywords(vm, e, "ImportError", args + nargs, kwnames, known);
  exc_set_args(vm, e, args, nargs);
  if (nargs == 1) sk_exc_set_field(vm, e, SK_IMPORT_MSG, args[0]);
}

SkValue exc_import_str(SkVm *vm, SkValue self) {
  SkValue msg = sk_exc_field(sk_as_exc(self), SK_IMPORT_MSG);
  return sk_is_str(msg) && sk_is_exactly(vm, msg, SK_T_str) ? msg : exc_str(vm, self);
}

FIELD(name, name, SK_NAME_NAME)
const SkAttrDef exc_name_attrs[] = {FIELD_ATTR(name, name), SK_ATTRS_END};

void exc_name_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  static const Keyword known[] = {{"name", SK_NAME_NAME}, {NULL, 0}};
  take_keywords(vm, sk_as_exc(self), "NameError", args + nargs, kwnames, known);
  exc_set_args(vm, sk_as_exc(self), args, nargs);
}

FIELD(attribute, name, SK_ATTRIBUTE_NAME)
FIELD(attribute, obj, SK_ATTRIBUTE_OBJ)
const SkAttrDef exc_attribute_attrs[] = {FIELD_ATTR(attribute, name), FIELD_ATTR(attribute, obj), SK_ATTRS_END};

void exc_attribute_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  static const Keyword known[] = {{"name", SK_ATTRIBUTE_NAME}, {"obj", SK_ATTRIBUTE_OBJ}, {NULL, 0}};
  take_keywords(vm, sk_as_exc(self), "AttributeError", args + nargs, kwnames, known);
  exc_set_args(vm, sk_as_exc(self), args, nargs);
}

/* A lone key is shown by its repr: KeyError('') would otherwise print nothing. */
SkValue exc_key_str(SkVm *vm, SkValue self) {
  SkTuple *args = sk_as_exc(self)->args;
  return args->count == 1 ? sk_from_ptr(sk_repr(vm, args->items[0])) : exc_str(vm, self);
}

/* ---- OSError ---- */

FIELD(os, errno, SK_OS_ERRNO)
FIELD(os, strerror, SK_OS_STRERROR)
FIELD(os, filename, SK_OS_FILENAME)
FIELD(os, filename2, SK_OS_FILENAME2)

static SkValue get_os_written(SkVm *vm, SkValue self) {
  SkValue v = sk_exc_field(sk_as_exc(self), SK_OS_WRITTEN);
  if (sk_is_none(v)) sk_raise_attribute(vm, self, sk_intern(vm, "characters_written"));
  return v;
}

static void set_os_written(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) get_os_written(vm, self); /* deleting what is not there is an AttributeError */
  sk_exc_set_field(vm, sk_as_exc(self), SK_OS_WRITTEN, sk_is_unset(v) ? SK_NONE : sk_smallint(sk_to_index(vm, v)));
}

const SkAttrDef exc_os_attrs[] = {FIELD_ATTR(os, errno), FIELD_ATTR(os, strerror), FIELD_ATTR(os, filename),
                                  FIELD_ATTR(os, filename2),
                                  SK_GETSET("characters_written", get_os_written, set_os_written, NULL), SK_ATTRS_END};

SkType *exc_os_class(SkVm *vm, int64_t errno_value) {
  static const struct { int number, type; } map[] = {
      {EAGAIN, SK_T_BlockingIOError}, {EALREADY, SK_T_BlockingIOError}, {EINPROGRESS, SK_T_BlockingIOError},
      {EPIPE, SK_T_BrokenPipeError}, {ESHUTDOWN, SK_T_BrokenPipeError}, {ECHILD, SK_T_ChildProcessError},
      {ECONNABORTED, SK_T_ConnectionAbortedError}, {ECONNREFUSED, SK_T_ConnectionRefusedError},
      {ECONNRESET, SK_T_ConnectionResetError}, {EEXIST, SK_T_FileExistsError}, {ENOENT, SK_T_FileNotFoundError},
      {EINTR, SK_T_InterruptedError}, {EISDIR, SK_T_IsADirectoryError}, {ENOTDIR, SK_T_NotADirectoryError},
      {EACCES, SK_T_PermissionError}, {EPERM, SK_T_PermissionError}, {ESRCH, SK_T_ProcessLookupError},
      {ETIMEDOUT, SK_T_TimeoutError},
  };
  for (size_t i = 0; i < sizeof map / sizeof *map; i++)
    if (map[i].number == errno_value) return vm->types[map[i].type];
  return vm->types[SK_T_OSError];
}

static void os_take(SkVm *vm, SkExc *e, const SkValue *args, size_t n) {
  exc_set_args(vm, e, args, n);
  if (n < 2 || n > 5) return;
  sk_exc_set_field(vm, e, SK_OS_ERRNO, args[0]);
  sk_exc_set_field(vm, e, SK_OS_STRERROR, args[1]);
  if (n < 3 || sk_is_none(args[2])) return;
  if (sk_type_of(vm, sk_from_ptr(e)) == vm->types[SK_T_BlockingIOError] && sk_is_int(args[2])) {
    sk_exc_set_field(vm, e, SK_OS_WRITTEN, args[2]);
    return;
  }
  sk_exc_set_field(vm, e, SK_OS_FILENAME, args[2]);
  if (n == 5 && !sk_is_none(args[4])) sk_exc_set_field(vm, e, SK_OS_FILENAME2, args[4]);
  exc_set_args(vm, e, args, 2);
}

/* A class with an __init__ of its own gets its fields there, through super().__init__(). */
SkValue exc_os_new(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  bool own_init = cls->slots->init != exc_os_init;
  if (!own_init) exc_refuse_keywords(vm, cls, kwnames);
  int64_t number;
  if (cls == vm->types[SK_T_OSError] && nargs >= 2 && nargs <= 5 && sk_is_int(args[0]) && sk_int_get_i64(args[0], &number))
    cls = exc_os_class(vm, number);
  SkValue self = exc_new(vm, cls, args, own_init ? 0 : nargs, NULL);
  if (!own_init) os_take(vm, sk_as_exc(self), args, nargs);
  return self;
}

void exc_os_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkType *cls = sk_type_of(vm, self);
  if (cls->slots->init == exc_os_init) return; /* done by __new__ */
  exc_refuse_keywords(vm, cls, kwnames);
  os_take(vm, sk_as_exc(self), args, nargs);
}

SkValue exc_os_str(SkVm *vm, SkValue self) {
  SkExc *e = sk_as_exc(self);
  SkValue number = sk_exc_field(e, SK_OS_ERRNO), text = sk_exc_field(e, SK_OS_STRERROR);
  SkValue a = sk_exc_field(e, SK_OS_FILENAME), b = sk_exc_field(e, SK_OS_FILENAME2);
  if (!sk_is_none(a) && !sk_is_none(b)) return sk_from_ptr(sk_format(vm, "[Errno %S] %S: %R -> %R", number, text, a, b));
  if (!sk_is_none(a)) return sk_from_ptr(sk_format(vm, "[Errno %S] %S: %R", number, text, a));
  if (!sk_is_none(number) && !sk_is_none(text)) return sk_from_ptr(sk_format(vm, "[Errno %S] %S", number, text));
  return exc_str(vm, self);
}

/* ---- SyntaxError ---- */

FIELD(syntax, msg, SK_SYNTAX_MSG)
FIELD(syntax, filename, SK_SYNTAX_FILENAME)
FIELD(syntax, lineno, SK_SYNTAX_LINENO)
FIELD(syntax, offset, SK_SYNTAX_OFFSET)
FIELD(syntax, text, SK_SYNTAX_TEXT)
FIELD(syntax, end_lineno, SK_SYNTAX_END_LINENO)
FIELD(syntax, end_offset, SK_SYNTAX_END_OFFSET)
FIELD(syntax, print_file_and_line, SK_SYNTAX_PRINT_FILE)
const SkAttrDef exc_syntax_attrs[] = {FIELD_ATTR(syntax, msg), FIELD_ATTR(syntax, filename), FIELD_ATTR(syntax, lineno),
                                      FIELD_ATTR(syntax, offset), FIELD_ATTR(syntax, text), FIELD_ATTR(syntax, end_lineno),
                                      FIELD_ATTR(syntax, end_offset), FIELD_ATTR(syntax, print_file_and_line), SK_ATTRS_END};

void exc_syntax_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  exc_init(vm, self, args, nargs, kwnames);
  SkExc *e = sk_as_exc(self);
  if (nargs >= 1) sk_exc_set_field(vm, e, SK_SYNTAX_MSG, args[0]);
  if (nargs != 2) return;
  SkTuple *info = sk_to_tuple(vm, args[1]);
  if (info->count < 4) sk_raise_type(vm, "function takes at least 4 arguments (%zd given)", info->count);
  if (info->count > 6) sk_raise_type(vm, "function takes at most 6 arguments (%zd given)", info->count);
  if (info->count == 5) sk_raise_type(vm, "end_offset must be provided when end_lineno is provided");
  for (size_t i = 0; i < info->count; i++) sk_exc_set_field(vm, e, (SkExcField)(SK_SYNTAX_FILENAME + i), info->items[i]);
}

SkValue exc_syntax_str(SkVm *vm, SkValue self) {
  SkExc *e = sk_as_exc(self);
  SkValue msg = sk_exc_field(e, SK_SYNTAX_MSG), file = sk_exc_field(e, SK_SYNTAX_FILENAME), line = sk_exc_field(e, SK_SYNTAX_LINENO);
  bool has_line = sk_is_exactly(vm, line, SK_T_int);
  SkStr *base = NULL;
  if (sk_is_str(file)) {
    SkStr *name = sk_as_str(file);
    const char *slash = memrchr(name->data, '/', name->bytes);
    size_t skip = slash ? (size_t)(slash + 1 - name->data) : 0;
    base = sk_str_new(vm, name->data + skip, name->bytes - skip);
  }
  if (base && has_line) return sk_from_ptr(sk_format(vm, "%S (%U, line %S)", msg, base, line));
  if (base) return sk_from_ptr(sk_format(vm, "%S (%U)", msg, base));
  if (has_line) return sk_from_ptr(sk_format(vm, "%S (line %S)", msg, line));
  return sk_from_ptr(sk_str(vm, msg));
}

/* ---- Unicode errors ---- */

FIELD(unicode, encoding, SK_UNICODE_ENCODING)
FIELD(unicode, object, SK_UNICODE_OBJECT)
FIELD(unicode, start, SK_UNICODE_START)
FIELD(unicode, end, SK_UNICODE_END)
FIELD(unicode, reason, SK_UNICODE_REASON)
#define UNICODE_ATTRS {FIELD_ATTR(unicode, encoding), FIELD_ATTR(unicode, object), FIELD_ATTR(unicode, start), \
                       FIELD_ATTR(unicode, end), FIELD_ATTR(unicode, reason), SK_ATTRS_END}
const SkAttrDef exc_decode_attrs[] = UNICODE_ATTRS;
const SkAttrDef exc_encode_attrs[] = UNICODE_ATTRS;
const SkAttrDef exc_translate_attrs[] = UNICODE_ATTRS;

static void need_str(SkVm *vm, SkValue v, int number) {
  if (!sk_is_str(v)) sk_raise_type(vm, "argument %d must be str, not %T", number, v);
}

/* Arguments in the order of the fields; translate errors have no encoding. */
static void unicode_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames, bool bytes, bool encoding) {
  exc_init(vm, self, args, nargs, kwnames);
  size_t want = encoding ? 5 : 4;
  if (nargs != want) sk_raise_type(vm, "function takes exactly %zd arguments (%zd given)", want, nargs);
  SkExc *e = sk_as_exc(self);
  size_t object = encoding ? 1 : 0;
  if (encoding) need_str(vm, args[0], 1);
  if (!bytes) need_str(vm, args[object], (int)object + 1);
  SkValue start = sk_int_new(vm, sk_to_index(vm, args[object + 1])), end = sk_int_new(vm, sk_to_index(vm, args[object + 2]));
  need_str(vm, args[object + 3], (int)object + 4);
  if (bytes && !sk_has_kind(args[object], SK_KIND_BYTES) && !sk_has_kind(args[object], SK_KIND_BYTEARRAY) &&
      !sk_has_kind(args[object], SK_KIND_MEMORYVIEW))
    sk_raise_type(vm, "a bytes-like object is required, not '%T'", args[object]);
  if (encoding) sk_exc_set_field(vm, e, SK_UNICODE_ENCODING, args[0]);
  sk_exc_set_field(vm, e, SK_UNICODE_OBJECT, args[object]);
  sk_exc_set_field(vm, e, SK_UNICODE_START, start);
  sk_exc_set_field(vm, e, SK_UNICODE_END, end);
  sk_exc_set_field(vm, e, SK_UNICODE_REASON, args[object + 3]);
}

void exc_decode_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  unicode_init(vm, self, args, nargs, kwnames, true, true);
}
void exc_encode_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  unicode_init(vm, self, args, nargs, kwnames, false, true);
}
void exc_translate_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  unicode_init(vm, self, args, nargs, kwnames, false, false);
}

typedef struct UnicodeRange { int64_t start, end, length; bool valid; } UnicodeRange;

/* Positions clamped into the object, as a message must never fail on them. */
static UnicodeRange unicode_range(SkVm *vm, SkExc *e) {
  SkValue object = sk_exc_field(e, SK_UNICODE_OBJECT);
  UnicodeRange u = {.valid = !sk_is_none(object)};
  if (!u.valid) return u;
  u.length = sk_len(vm, object);
  if (!sk_int_get_i64(sk_exc_field(e, SK_UNICODE_START), &u.start)) u.start = 0;
  if (!sk_int_get_i64(sk_exc_field(e, SK_UNICODE_END), &u.end)) u.end = 0;
  if (u.start < 0) u.start = 0;
  if (u.start >= u.length) u.start = u.length ? u.length - 1 : 0;
  if (u.end < 1) u.end = 1;
  if (u.end > u.length) u.end = u.length;
  return u;
}

SkValue exc_decode_str(SkVm *vm, SkValue self) {
  SkExc *e = sk_as_exc(self);
  UnicodeRange u = unicode_range(vm, e);
  if (!u.valid) return sk_from_ptr(SK_NAME(vm, empty));
  SkValue enc = sk_exc_field(e, SK_UNICODE_ENCODING), why = sk_exc_field(e, SK_UNICODE_REASON);
  if (u.start < u.length && u.end == u.start + 1) {
    int64_t byte = 0;
    sk_int_get_i64(sk_getitem(vm, sk_exc_field(e, SK_UNICODE_OBJECT), sk_smallint(u.start)), &byte);
    return sk_from_ptr(sk_format(vm, "'%S' codec can't decode byte 0x%02x in position %lld: %S", enc, (unsigned)byte, u.start, why));
  }
  return sk_from_ptr(sk_format(vm, "'%S' codec can't decode bytes in position %lld-%lld: %S", enc, u.start, u.end - 1, why));
}

static SkStr *escaped_char(SkVm *vm, SkExc *e, int64_t at) {
  uint32_t c = sk_str_at(vm, sk_as_str(sk_exc_field(e, SK_UNICODE_OBJECT)), (size_t)at);
  return sk_format(vm, c <= 0xff ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\U%08x", c);
}

SkValue exc_encode_str(SkVm *vm, SkValue self) {
  SkExc *e = sk_as_exc(self);
  UnicodeRange u = unicode_range(vm, e);
  if (!u.valid) return sk_from_ptr(SK_NAME(vm, empty));
  SkValue enc = sk_exc_field(e, SK_UNICODE_ENCODING), why = sk_exc_field(e, SK_UNICODE_REASON);
  if (u.start < u.length && u.end == u.start + 1)
    return sk_from_ptr(sk_format(vm, "'%S' codec can't encode character '%U' in position %lld: %S", enc, escaped_char(vm, e, u.start), u.start, why));
  return sk_from_ptr(sk_format(vm, "'%S' codec can't encode characters in position %lld-%lld: %S", enc, u.start, u.end - 1, why));
}

SkValue exc_translate_str(SkVm *vm, SkValue self) {
  SkExc *e = sk_as_exc(self);
  UnicodeRange u = unicode_range(vm, e);
  if (!u.valid) return sk_from_ptr(SK_NAME(vm, empty));
  SkValue why = sk_exc_field(e, SK_UNICODE_REASON);
  if (u.start < u.length && u.end == u.start + 1)
    return sk_from_ptr(sk_format(vm, "can't translate character '%U' in position %lld: %S", escaped_char(vm, e, u.start), u.start, why));
  return sk_from_ptr(sk_format(vm, "can't translate characters in position %lld-%lld: %S", u.start, u.end - 1, why));
}
