/* signature.c - parses the text signature of a native, once per VM.                          Layer 6.
 *
 *   name(self, a, b=1, /, c=None, *args, d='x', **kwargs)
 *
 * Defaults are None True False ints floats 'strings' () or ? (UNSET: the native finds out itself).
 */
#include "vm/object/signature.h"

#include <ctype.h>
#include <stdlib.h>

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
  sk_assert(s->count < SIGNATURE_PARAMS_MAX);
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
    s->varkw = add_param(q, parse_name(q));
  } else if (*q->p == '*') {
    q->p++;
    q->keyword_only = true;
    if (*q->p != ',') s->varargs = add_param(q, parse_name(q));
  } else {
    parse_plain(q);
  }
}

static void parse(SkVm *vm, struct SkSignature *s) {
  Parser q = {vm, s->def->signature, s, false};
  s->varargs = s->varkw = -1;
  if (sk_native_is_async(s->def)) q.p += sizeof "async " - 1;
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

static size_t place(struct SkSignature **table, size_t room, const SkNativeDef *def) {
  size_t i = ((uintptr_t)def >> 3) * 0x9E3779B97F4A7C15u >> 40 & (room - 1);
  while (table[i] && table[i]->def != def) i = (i + 1) & (room - 1);
  return i;
}

static void grow(SkVm *vm, ObjectState *st) {
  size_t room = st->signature_room ? st->signature_room * 2 : 1024;
  struct SkSignature **table = calloc(room, sizeof *table);
  if (!table) sk_raise_nomem(vm);
  for (size_t i = 0; i < st->signature_room; i++)
    if (st->signatures[i]) table[place(table, room, st->signatures[i]->def)] = st->signatures[i];
  free(st->signatures);
  st->signatures = table;
  st->signature_room = room;
}

struct SkSignature *signature_get(SkVm *vm, const SkNativeDef *def, const char *display, bool method) {
  ObjectState *st = object_state(vm);
  if (st->signature_count * 2 >= st->signature_room) grow(vm, st);
  struct SkSignature **row = &st->signatures[place(st->signatures, st->signature_room, def)];
  struct SkSignature *s = *row;
  if (SK_LIKELY(s && s->parsed)) return s;
  if (!s) {
    s = calloc(1, sizeof *s);
    if (!s) sk_raise_nomem(vm);
    *row = s; /* before parsing: what it holds is marked from now on */
    st->signature_count++;
  }
  *s = (struct SkSignature){.def = def, .display = display}; /* a second time if the first one found no memory */
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

void signature_free_all(ObjectState *st) {
  for (size_t i = 0; i < st->signature_room; i++) free(st->signatures[i]);
  free(st->signatures);
}
