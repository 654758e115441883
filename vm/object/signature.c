/* signature.c - parses the text signature of a native, when it is first called in a VM.      Layer 6.
 *
 *   name(self, a, b=1, /, c=None, *args, d='x', **kwargs)
 *
 * Defaults are None True False ints floats 'strings' () or ? (UNSET: the native finds out itself).
 */
#include "vm/object/signature.h"

#include <ctype.h>
#include <stdlib.h> /* strtod */

typedef struct Parser { SkVm *vm; const char *p; struct SkSignature *s; bool keyword_only; } Parser;

static void skip_space(Parser *q) { while (*q->p == ' ') q->p++; }

static SkStr *parse_name(Parser *q) {
  if (*q->p == '$') q->p++;
  const char *start = q->p;
  while (isalnum((unsigned char)*q->p) || *q->p == '_') q->p++;
  sk_assert(q->p > start);
  char text[64];
  size_t n = (size_t)(q->p - start);
  sk_assert(n < sizeof text);
  memcpy(text, start, n);
  text[n] = 0;
  return sk_intern(q->vm, text);
}

static SkValue parse_number(Parser *q) {
  char *end;
  const char *p = q->p;
  while (*p == '-' || isdigit((unsigned char)*p)) p++;
  if (*p == '.' || *p == 'e') {
    double d = strtod(q->p, &end); /* signatures use plain C notation */
    q->p = end;
    return sk_float_new(q->vm, d);
  }
  int64_t i = strtoll(q->p, &end, 10);
  q->p = end;
  return sk_int_new(q->vm, i);
}

static bool word(Parser *q, const char *w) {
  size_t n = strlen(w);
  if (strncmp(q->p, w, n) != 0) return false;
  q->p += n;
  return true;
}

static SkValue parse_default(Parser *q) {
  if (word(q, "None")) return SK_NONE;
  if (word(q, "True")) return SK_TRUE;
  if (word(q, "False")) return SK_FALSE;
  if (word(q, "()")) return sk_from_ptr(q->vm->empty_tuple);
  if (word(q, "?")) return SK_UNSET;
  if (*q->p == '\'' || *q->p == '"') {
    char quote = *q->p++, text[64];
    size_t n = 0;
    while (*q->p != quote) {
      char c = *q->p++;
      if (c == '\\') c = *q->p++ == 'n' ? '\n' : q->p[-1];
      sk_assert(n + 1 < sizeof text);
      text[n++] = c;
    }
    q->p++;
    return sk_from_ptr(sk_str_new(q->vm, text, n));
  }
  return parse_number(q);
}

static int add_param(Parser *q, SkStr *name) {
  struct SkSignature *s = q->s;
  sk_assert(s->count < s->room);
  s->names[s->count] = name;
  s->defaults[s->count] = SK_UNSET;
  return s->count++;
}

static void parse_plain(Parser *q) {
  struct SkSignature *s = q->s;
  int i = add_param(q, parse_name(q));
  if (!q->keyword_only) s->positional = s->count;
  if (i == 0 && (sk_str_equal_cstr(s->names[0], "self") || sk_str_equal_cstr(s->names[0], "cls"))) s->self = 1;
  skip_space(q);
  if (*q->p == '=') {
    q->p++;
    skip_space(q);
    s->defaults[i] = parse_default(q);
  } else {
    s->required |= (uint64_t)1 << i;
    if (!q->keyword_only) s->least = s->count;
  }
}

static void parse_param(Parser *q) {
  struct SkSignature *s = q->s;
  if (*q->p == '/') {
    q->p++;
    s->posonly = s->count;
  } else if (word(q, "**")) {
    s->varkw = (int8_t)add_param(q, parse_name(q));
  } else if (*q->p == '*') {
    q->p++;
    q->keyword_only = true;
    if (*q->p != ',') s->varargs = (int8_t)add_param(q, parse_name(q));
  } else {
    parse_plain(q);
  }
}

static void parse(SkVm *vm, struct SkSignature *s) {
  Parser q = {vm, s->def->signature, s, false};
  s->varargs = s->varkw = -1;
  s->name = parse_name(&q);
  sk_assert(*q.p == '(');
  q.p++;
  for (;;) {
    skip_space(&q);
    if (*q.p == ')') break;
    parse_param(&q);
    skip_space(&q);
    if (*q.p == ',') q.p++;
  }
  if (s->self && s->posonly == 0) s->posonly = 1;
  s->simple = s->positional == s->count;
  s->plain = s->varargs < 0 && s->varkw < 0 && !(s->required >> s->positional);
}

/* ---- the table of signatures -------------------------------------------------------------------------- */

static size_t place(struct SkSignature **table, size_t room, const SkNativeDef *def, const char *display) {
  size_t i = ((uintptr_t)def >> 3) * 0x9E3779B97F4A7C15u >> 40 & (room - 1);
  while (table[i] && (table[i]->def != def || table[i]->display != display)) i = (i + 1) & (room - 1);
  return i;
}

static void grow(SkVm *vm, ObjectState *st) {
  size_t room = st->signature_room ? st->signature_room * 2 : 64;
  struct SkSignature **table = sk_mem_new(vm, room * sizeof *table);
  if (!table) sk_raise_nomem(vm);
  for (size_t i = 0; i < st->signature_room; i++) {
    struct SkSignature *s = st->signatures[i];
    if (s) table[place(table, room, s->def, s->display)] = s;
  }
  sk_mem_free(vm, st->signatures, st->signature_room * sizeof *table);
  st->signatures = table;
  st->signature_room = room;
}

static size_t bytes_of(size_t room) { return sizeof(struct SkSignature) + room * (sizeof(SkValue) + sizeof(SkStr *)); }

/* At most as many parameters as commas and one. */
static size_t params_of(const char *signature) {
  size_t n = 1;
  for (; *signature; signature++) n += *signature == ',';
  return n;
}

static struct SkSignature *signature_new(SkVm *vm, const SkNativeDef *def, const char *display) {
  size_t room = params_of(def->signature);
  sk_assert(room <= SIGNATURE_PARAMS_MAX);
  struct SkSignature *s = sk_mem_new(vm, bytes_of(room));
  if (!s) sk_raise_nomem(vm);
  s->def = def;
  s->display = display;
  s->room = (uint8_t)room;
  s->names = (SkStr **)(s->defaults + room);
  return s;
}

struct SkSignature *signature_get(SkVm *vm, const SkNativeDef *def, const char *display, bool method) {
  ObjectState *st = object_state(vm);
  if (st->signature_count * 2 >= st->signature_room) grow(vm, st);
  struct SkSignature **row = &st->signatures[place(st->signatures, st->signature_room, def, display)];
  if (SK_LIKELY(*row && (*row)->parsed)) return *row;
  if (!*row) {
    *row = signature_new(vm, def, display); /* before parsing: what it holds is marked from now on */
    st->signature_count++;
  }
  struct SkSignature *s = *row;
  s->count = s->positional = s->posonly = s->least = s->self = 0; /* a second time if the first one found no memory */
  s->required = 0;
  parse(vm, s);
  if (method && s->positional) { /* the receiver, whatever it is called; it has no name for callers */
    s->self = 1;
    if (s->posonly == 0) s->posonly = 1;
  }
  s->parsed = true;
  return s;
}

void signature_mark_all(SkMarker *m, ObjectState *st) {
  for (size_t i = 0; i < st->signature_room; i++) {
    struct SkSignature *s = st->signatures[i];
    if (!s) continue;
    sk_mark_ptr(m, s->name);
    sk_mark_span(m, s->defaults, s->count);
    for (int k = 0; k < s->count; k++) sk_mark_ptr(m, s->names[k]);
  }
}

void signature_free_all(SkVm *vm, ObjectState *st) {
  for (size_t i = 0; i < st->signature_room; i++)
    if (st->signatures[i]) sk_mem_free(vm, st->signatures[i], bytes_of(st->signatures[i]->room));
  sk_mem_free(vm, st->signatures, st->signature_room * sizeof *st->signatures);
}
