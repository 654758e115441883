/* api_parse.c - arguments and items of sequences into C variables, by a pattern.  Layer 9.
 *
 * A message names an argument as its function's signature does when the handles are those of the host function that runs,
 * else by its number; an item of a sequence by its number in the argument.
 */
#include <limits.h>
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/object/bytes.h"

enum { DEEPEST = 8 };

static const char *blanks(const char *p) {
  while (*p == ' ' || *p == ',') p++;
  return p;
}

/* Behind one unit of the pattern; NULL: wrong. */
static const char *skip_unit(const char *p, int depth) {
  switch (*p) {
  case 'i': case 'q': case 'u': case 'd': case 'b': case 'y': case 'v': case 'n': return p + 1;
  case 's': case 'z': return p[1] == '#' ? p + 2 : p + 1;
  case '(': case '[': {
    char close = *p == '(' ? ')' : ']';
    if (depth >= DEEPEST) return NULL;
    for (p = blanks(p + 1); *p != close; p = blanks(p))
      if (!(p = skip_unit(p, depth + 1))) return NULL;
    return p + 1;
  }
  default: return NULL;
  }
}

typedef struct Counts { size_t least, most; } Counts;

static bool proven(const char *p, Counts *c) {
  bool optional = false;
  *c = (Counts){0, 0};
  for (p = blanks(p); *p; p = blanks(p)) {
    if (*p == '|') {
      if (optional) return false;
      optional = true;
      p++;
      continue;
    }
    if (!(p = skip_unit(p, 0))) return false;
    c->most++;
    if (!optional) c->least++;
  }
  return true;
}

typedef struct Parse {
  skein_vm *v;
  SkVm *vm;
  const skein_val *handles;
  size_t n;
  const char *pattern;
  va_list args;
  const char *wrong;
  SkStr *where;          /* "argument 'x'", made when something is wrong with it */
  size_t at, path[DEEPEST + 1], depth;
} Parse;

/* ---- naming ---- */

static SkStr *where(Parse *p) {
  const HostBody *f = p->v->own.function;
  SkStr *s;
  if (f && p->handles == p->v->own.args && !f->bare && p->at < f->count) {
    Part name = ((const Check *)f->table->data)[p->at].name;
    s = sk_format(p->vm, "%U() argument '%U'", f->name, sk_str_new(p->vm, name.s, name.n));
  } else {
    s = sk_format(p->vm, "argument %zu", p->at + 1);
  }
  for (size_t i = 0; i < p->depth; i++) s = sk_format(p->vm, "%U, item %zu", s, p->path[i] + 1);
  return s;
}

SK_NORETURN static void wrong_type(Parse *p, const char *want, SkValue x) { sk_raise_type(p->vm, "%U must be %s, not %T", where(p), want, x); }
SK_NORETURN static void too_large(Parse *p, const char *what) { sk_raisef(p->vm, SK_T_OverflowError, "%U does not fit %s", where(p), what); }

/* ---- one value ---- */

static SkValue integer(Parse *p, SkValue x) {
  if (!sk_is_int(x) && !SK_SLOTS(p->vm, x)->index) wrong_type(p, "int", x);
  return sk_to_int(p->vm, x);
}

static int64_t int64_of(Parse *p, SkValue x, int64_t least, int64_t most, const char *what) {
  int64_t i;
  if (!sk_int_get_i64(integer(p, x), &i) || i < least || i > most) too_large(p, what);
  return i;
}

static uint64_t uint64_of(Parse *p, SkValue x) {
  uint64_t u;
  if (!sk_int_get_u64(integer(p, x), &u)) too_large(p, "an unsigned 64-bit integer");
  return u;
}

static double double_of(Parse *p, SkValue x) {
  const SkSlots *s = SK_SLOTS(p->vm, x);
  if (!sk_is_float(x) && !sk_is_int(x) && !s->float_ && !s->index) wrong_type(p, "float", x);
  return sk_to_double(p->vm, x);
}

/* Text and bytes live as long as the handle: an item of a sequence has none yet. */
static void keep(Parse *p, SkValue x) {
  if (p->depth && !handle_new(p->v, x).bits) sk_raise_nomem(p->vm);
}

static void text_to(Parse *p, SkValue x, const char **s, size_t *n, bool or_none) {
  if (or_none && sk_is_none(x)) {
    *s = NULL;
    if (n) *n = 0;
    return;
  }
  if (!sk_is_str(x)) wrong_type(p, or_none ? "str or None" : "str", x);
  SkStr *str = sk_as_str(x);
  const char *text = sk_str_terminated(p->vm, str);
  if (!n && memchr(text, 0, str->bytes)) sk_raise_value(p->vm, "%U: embedded null character", where(p));
  keep(p, x);
  *s = text;
  if (n) *n = str->bytes;
}

static const char *unit(Parse *p, const char *u, SkValue x);

/* As many items as the pattern has units. */
static const char *sequence(Parse *p, const char *u, SkValue x) {
  char close = u[-1] == '(' ? ')' : ']';
  size_t want = 0;
  const char *first = blanks(u);
  for (const char *q = first; *q != close; q = blanks(skip_unit(q, 0))) want++;
  const SkSlots *slots = SK_SLOTS(p->vm, x);
  if (sk_is_str(x) || sk_is_bytes(x) || sk_is_dict(x) || !(slots->iter || slots->getitem)) wrong_type(p, "a sequence", x);
  SkTuple *items = sk_to_tuple(p->vm, x);
  if (items->count != want) sk_raise_value(p->vm, "%U must have %zu items, not %zu", where(p), want, items->count);
  size_t depth = p->depth++;
  for (size_t i = 0; i < want; i++) {
    p->path[depth] = i;
    first = blanks(unit(p, first, items->items[i]));
  }
  p->depth = depth;
  sk_keep(items);
  return first + 1;
}

#define PLACE(type) type *to = va_arg(p->args, type *)
/* Stores |x| by the unit at |u|; returns what is behind it. */
static const char *unit(Parse *p, const char *u, SkValue x) {
  switch (*u++) {
  case 'i': { PLACE(int); *to = (int)int64_of(p, x, INT_MIN, INT_MAX, "a C int"); return u; }
  case 'q': { PLACE(int64_t); *to = int64_of(p, x, INT64_MIN, INT64_MAX, "a 64-bit integer"); return u; }
  case 'u': { PLACE(uint64_t); *to = uint64_of(p, x); return u; }
  case 'd': { PLACE(double); *to = double_of(p, x); return u; }
  case 'b': { PLACE(int); *to = sk_truth(p->vm, x); return u; }
  case 's': case 'z': {
    bool or_none = u[-1] == 'z', sized = *u == '#';
    PLACE(const char *);
    size_t *n = sized ? va_arg(p->args, size_t *) : NULL;
    text_to(p, x, to, n, or_none);
    return u + sized;
  }
  case 'y': {
    PLACE(const void *);
    size_t *n = va_arg(p->args, size_t *);
    if (!sk_is_bytes(x)) wrong_type(p, "bytes", x);
    keep(p, x);
    *to = sk_as_bytes(x)->data;
    *n = sk_as_bytes(x)->length;
    return u;
  }
  case 'v': {
    PLACE(skein_val);
    *to = p->depth ? handle_new(p->v, x) : p->handles[p->at];
    if (!to->bits) sk_raise_nomem(p->vm);
    return u;
  }
  case 'n':
    if (!sk_is_none(x)) wrong_type(p, "None", x);
    return u;
  default: return sequence(p, u, x);
  }
}
#undef PLACE

/* The variables of a unit that has no value keep their own. */
static const char *pass(Parse *p, const char *u) {
  int places = *u == 'n' ? 0 : *u == 'y' || ((*u == 's' || *u == 'z') && u[1] == '#') ? 2 : 1;
  if (*u == '(' || *u == '[') {
    char close = *u == '(' ? ')' : ']';
    for (u = blanks(u + 1); *u != close;) u = blanks(pass(p, u));
    return u + 1;
  }
  for (int i = 0; i < places; i++) (void)va_arg(p->args, void *);
  return skip_unit(u, 0);
}

static void do_parse(SkVm *vm, void *arg) {
  Parse *p = arg;
  p->vm = vm;
  const char *u = p->pattern;
  bool optional = false;
  for (p->at = 0; p->at < p->n; p->at++) {
    u = blanks(u);
    if (*u == '|') {
      optional = true;
      u = blanks(u + 1);
    }
    SkValue x;
    if (optional && !p->handles[p->at].bits) { /* a parameter that was left out */
      u = pass(p, u);
      continue;
    }
    if (!handle_get(p->v, p->handles[p->at], &x)) {
      p->wrong = p->v->misuse;
      return;
    }
    u = unit(p, u, x);
  }
}

static void raise_count(SkVm *vm, void *arg) {
  Parse *p = arg;
  Counts c;
  proven(p->pattern, &c);
  const HostBody *f = p->v->own.function;
  SkStr *name = f && p->handles == p->v->own.args ? f->name : sk_intern(vm, "function");
  const char *how = c.least == c.most ? "exactly" : p->n < c.least ? "at least" : "at most";
  size_t bound = p->n < c.least ? c.least : c.most;
  sk_raise_type(vm, "%U() takes %s %zu argument%s (%zu given)", name, how, bound, bound == 1 ? "" : "s", p->n);
}

skein_status skein_parse(skein_vm *v, const skein_val *args, size_t n, const char *pattern, ...) {
  Counts c;
  if (!pattern || !proven(pattern, &c)) return api_misusef(v, "skein_parse: no pattern: '%.80s'", pattern ? pattern : "NULL");
  if (n && !args) return api_misuse(v, "an array of handles is NULL");
  Parse p = {.v = v, .handles = args, .n = n, .pattern = pattern};
  if (n < c.least || n > c.most) return api_enter(v, raise_count, &p);
  va_start(p.args, pattern);
  skein_status s = api_enter(v, do_parse, &p);
  va_end(p.args);
  return s == SKEIN_OK && p.wrong ? api_misusef(v, "skein_parse: argument %zu: %s", p.at + 1, p.wrong) : s;
}
