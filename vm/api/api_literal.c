/* api_literal.c - literals in the signatures of host functions.  Layer 9. */
#include "vm/api/api_literal.h"

#include <string.h>

#include "vm/object/bytes.h"

static int hex(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

/* The byte that an escape means, *p behind it; -1: one that is not known here. */
static int escape(const char **p) {
  static const char from[] = "n t r \\ ' \" 0 ", to[] = "\n \t \r \\ ' \" \0 ";
  const char c = *(*p)++;
  if (c == 'x') {
    int high = hex(**p), low = high < 0 ? -1 : hex((*p)[1]);
    *p += 2;
    return low < 0 ? -1 : high * 16 + low;
  }
  const char *at = c != ' ' ? strchr(from, c) : NULL;
  return at && c ? (unsigned char)to[at - from] : -1;
}

/* 'text' or b'text'.  \x80 and above are bytes only. */
static SkValue quoted(SkVm *vm, Part t, bool bytes) {
  SkRaw *room = sk_raw_new(vm, t.n);
  size_t n = 0;
  const char *end = t.s + t.n - 1;
  for (const char *p = t.s + 1; p < end;) {
    bool escaped = *p == '\\';
    int c = escaped ? (p++, escape(&p)) : (unsigned char)*p++;
    if (c < 0 || p > end || (!escaped && c == *t.s) || (escaped && c >= 0x80 && !bytes)) return SK_UNSET;
    room->data[n++] = (unsigned char)c;
  }
  const char *data = (const char *)room->data;
  SkValue v = sk_from_ptr(bytes ? (void *)sk_bytes_new(vm, data, n) : (void *)sk_str_new(vm, data, n));
  sk_keep(room);
  return v;
}

typedef struct Number { Part text; SkValue value; } Number;

static void read_int(SkVm *vm, void *arg) {
  Number *n = arg;
  n->value = sk_int_parse(vm, n->text.s, n->text.n, 0, SK_NONE);
}

static SkValue number(SkVm *vm, Part t) {
  char c = t.s[*t.s == '-' || *t.s == '+'];
  if (!((c >= '0' && c <= '9') || c == '.')) return SK_UNSET; /* "inf", "nan" are no literals */
  bool is_hex = memchr(t.s, 'x', t.n) || memchr(t.s, 'X', t.n);
  double d;
  if (!is_hex && (memchr(t.s, '.', t.n) || memchr(t.s, 'e', t.n) || memchr(t.s, 'E', t.n)))
    return sk_float_from_text(t.s, t.n, &d) ? sk_float_new(vm, d) : SK_UNSET;
  Number n = {t, SK_UNSET};
  if (sk_protect(vm, read_int, &n)) return n.value;
  SkValue exc = sk_take_raised(vm);
  if (!sk_exc_is(vm, exc, SK_T_ValueError)) sk_throw(vm, exc);
  return SK_UNSET;
}

static bool is(Part t, const char *s) { return t.n == strlen(s) && !memcmp(t.s, s, t.n); }

SkValue host_literal(SkVm *vm, Part t) {
  if (is(t, "None")) return SK_NONE;
  if (is(t, "True")) return SK_TRUE;
  if (is(t, "False")) return SK_FALSE;
  if (is(t, "...")) return SK_ELLIPSIS;
  if (is(t, "()")) return sk_from_ptr(vm->empty_tuple);
  bool bytes = *t.s == 'b';
  Part q = {t.s + bytes, t.n - bytes};
  if (q.n >= 2 && (*q.s == '\'' || *q.s == '"') && q.s[q.n - 1] == *q.s) return quoted(vm, q, bytes);
  return number(vm, t);
}
