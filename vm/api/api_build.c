/* api_build.c - values from a pattern and C arguments.  Layer 9.
 *
 * The pattern is proven first, without arguments, so that a wrong one does nothing; what is built then can only run out of
 * memory or be an argument that is wrong: a bad handle, NULL for a text.
 */
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/object/bytes.h"

enum { DEEPEST = 32 };

static const char *blanks(const char *p) {
  while (*p == ' ' || *p == ',' || *p == '\n' || *p == '\t') p++;
  return p;
}

/* ---- proof ---- */

/* Behind the value at |p|; NULL: there is none. */
static const char *skip_value(const char *p, int depth);

static const char *skip_items(const char *p, char close, int depth) {
  for (;;) {
    p = blanks(p);
    if (*p == close) return p + 1;
    if (!(p = skip_value(p, depth))) return NULL;
    if (close != '}') continue;
    p = blanks(p);
    if (*p != ':') return NULL;
    if (!(p = skip_value(blanks(p + 1), depth))) return NULL;
  }
}

static const char *skip_value(const char *p, int depth) {
  if (depth > DEEPEST) return NULL;
  switch (*p) {
  case 'i': case 'q': case 'u': case 'd': case 'b': case 'y': case 'v': case 'n': return p + 1;
  case 's': case 'z': return p[1] == '#' ? p + 2 : p + 1;
  case '[': return skip_items(p + 1, ']', depth + 1);
  case '(': return skip_items(p + 1, ')', depth + 1);
  case '{': return skip_items(p + 1, '}', depth + 1);
  default: return NULL;
  }
}

static bool proven(const char *pattern) {
  const char *end = skip_value(blanks(pattern), 0);
  return end && !*blanks(end);
}

/* ---- building ---- */

typedef struct Build {
  skein_vm *v;
  SkVm *vm;
  const char *p;
  va_list args;
  const char *wrong; /* what the host did wrong: the rest is skipped */
  SkValue result;
} Build;

static SkValue build_value(Build *b);

static SkValue build_text(Build *b, bool or_none) {
  const char *s = va_arg(b->args, const char *);
  bool sized = *b->p == '#';
  if (sized) b->p++;
  size_t n = sized ? va_arg(b->args, size_t) : s ? strlen(s) : 0;
  if (s) return sk_from_ptr(sk_str_decode_utf8(b->vm, s, n));
  if (!or_none) b->wrong = "NULL for s (z makes None of it)";
  return SK_NONE;
}

static SkValue build_bytes(Build *b) {
  const void *p = va_arg(b->args, const void *);
  size_t n = va_arg(b->args, size_t);
  if (!p && n) b->wrong = "NULL for y";
  return b->wrong ? SK_NONE : sk_from_ptr(sk_bytes_new(b->vm, n ? p : "", n));
}

static SkValue build_handle(Build *b) {
  SkValue x = SK_NONE;
  skein_val h = va_arg(b->args, skein_val);
  if (!handle_get(b->v, h, &x)) b->wrong = b->v->misuse;
  return x;
}

static SkList *build_items(Build *b, char close) {
  SkList *l = sk_list_new(b->vm, 0);
  for (b->p = blanks(b->p); *b->p != close && !b->wrong; b->p = blanks(b->p)) {
    SkValue x = build_value(b);
    sk_list_append(b->vm, l, x);
  }
  b->p++;
  return l;
}

static SkValue build_dict(Build *b) {
  SkDict *d = sk_dict_new(b->vm);
  for (b->p = blanks(b->p); *b->p != '}' && !b->wrong; b->p = blanks(b->p)) {
    SkValue key = build_value(b);
    if (b->wrong) break;
    b->p = blanks(blanks(b->p) + 1); /* the colon */
    SkValue x = build_value(b);
    if (!b->wrong) sk_dict_set(b->vm, d, key, x); /* may run __hash__ of a handle's */
  }
  b->p++;
  return sk_from_ptr(d);
}

static SkValue build_value(Build *b) {
  switch (*b->p++) {
  case 'i': return sk_int_new(b->vm, va_arg(b->args, int));
  case 'q': return sk_int_new(b->vm, va_arg(b->args, int64_t));
  case 'u': return sk_int_from_u64(b->vm, va_arg(b->args, uint64_t));
  case 'd': return sk_float_new(b->vm, va_arg(b->args, double));
  case 'b': return sk_bool(va_arg(b->args, int) != 0);
  case 's': return build_text(b, false);
  case 'z': return build_text(b, true);
  case 'y': return build_bytes(b);
  case 'v': return build_handle(b);
  case '[': return sk_from_ptr(build_items(b, ']'));
  case '(': return sk_from_ptr(sk_list_as_tuple(b->vm, build_items(b, ')')));
  case '{': return build_dict(b);
  default: return SK_NONE; /* n */
  }
}

static void do_build(SkVm *vm, void *arg) {
  Build *b = arg;
  b->vm = vm;
  b->result = build_value(b);
}

skein_status skein_vbuild(skein_vm *v, skein_val *out, const char *pattern, va_list args) {
  if (!out) return api_misuse(v, "no place for the result");
  *out = (skein_val){0};
  if (!pattern || !proven(pattern)) return api_misusef(v, "skein_build: no pattern of a value: '%.80s'", pattern ? pattern : "NULL");
  Build b = {.v = v, .p = blanks(pattern), .result = SK_NONE};
  va_copy(b.args, args);
  skein_status s = api_enter(v, do_build, &b);
  va_end(b.args);
  if (s != SKEIN_OK) return s;
  if (b.wrong) return api_misusef(v, "skein_build: %s", b.wrong);
  *out = handle_new(v, b.result);
  return out->bits ? SKEIN_OK : SKEIN_ERR_NOMEM;
}

skein_status skein_build(skein_vm *v, skein_val *out, const char *pattern, ...) {
  va_list args;
  va_start(args, pattern);
  skein_status s = skein_vbuild(v, out, pattern, args);
  va_end(args);
  return s;
}
