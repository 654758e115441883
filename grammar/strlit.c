/* strlit.c - string literals to their values.                         Layer 1.
 *
 * Text is UTF-8; a lone surrogate written as an escape becomes its three
 * bytes all the same (ED A0..BF xx), which no UTF-8 source can contain.
 */
#include <string.h>

#include "grammar/nodes.h"
#include "grammar/uniname.h"

typedef struct Literal {
  SkParser *p;
  const SkToken *token;
  const char *at, *end; /* what is left of the body */
  const char *body;
  char *out, *to;
  bool bytes, warned;
  bool doubled; /* {{ and }} stand for one brace */
} Literal;

static void put_code_point(Literal *l, uint32_t c) {
  char *o = l->to;
  if (c < 0x80) {
    *o++ = (char)c;
  } else if (c < 0x800) {
    *o++ = (char)(0xC0 | c >> 6);
    *o++ = (char)(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *o++ = (char)(0xE0 | c >> 12);
    *o++ = (char)(0x80 | (c >> 6 & 0x3F));
    *o++ = (char)(0x80 | (c & 0x3F));
  } else {
    *o++ = (char)(0xF0 | c >> 18);
    *o++ = (char)(0x80 | (c >> 12 & 0x3F));
    *o++ = (char)(0x80 | (c >> 6 & 0x3F));
    *o++ = (char)(0x80 | (c & 0x3F));
  }
  l->to = o;
}

/* CPython counts positions in a copy where each character above 127 has
 * become a ten-character \U escape. */
static size_t position(const Literal *l, const char *at) {
  size_t n = 0;
  for (const char *s = l->body; s < at; s++) {
    unsigned char c = (unsigned char)*s;
    n += c < 0x80 ? 1 : c >= 0xC0 ? 10 : 0;
  }
  return n;
}

/* A part of an f-string is decoded when the token after it is known. */
static SkRange place(const Literal *l) {
  return l->token->kind == TK_FMIDDLE ? l->p->look->range : l->token->range;
}

static void unicode_error(Literal *l, const char *from, const char *to, const char *what) {
  size_t a = position(l, from), b = position(l, to) - 1;
  if (a == b)
    sk_error_at(
        l->p, place(l),
        "(unicode error) 'unicodeescape' codec can't decode byte 0x%02x in position %zu: %s",
        (unsigned char)*from, a, what);
  else
    sk_error_at(l->p, place(l),
                "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: %s",
                a, b, what);
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/* \xhh, \uhhhh, \Uhhhhhhhh; |from| is the backslash, l->at is after the letter. */
static void hex_escape(Literal *l, const char *from, int digits, const char *name) {
  uint32_t c = 0;
  int n = 0;
  while (n < digits && l->at < l->end && hex_digit(*l->at) >= 0)
    c = c << 4 | (uint32_t)hex_digit(*l->at++), n++;
  char what[40];
  if (n < digits && l->bytes) {
    sk_error_at(l->p, place(l), "(value error) invalid \\x escape at position %zu",
                position(l, from));
  } else if (n < digits) {
    strcpy(what, "truncated ");
    strcat(what, name);
    strcat(what, " escape");
    unicode_error(l, from, l->at, what);
  } else if (c > 0x10FFFF) {
    unicode_error(l, from, l->at, "illegal Unicode character");
  } else if (l->bytes) {
    *l->to++ = (char)c;
  } else {
    put_code_point(l, c);
  }
}

static void named_escape(Literal *l, const char *from) {
  const char *close =
      l->at < l->end && *l->at == '{' ? memchr(l->at, '}', (size_t)(l->end - l->at)) : NULL;
  if (!close || close == l->at + 1) {
    if (close) {
      l->at = close + 1;
    } else if (l->at < l->end && *l->at == '{') {
      l->at = l->end;
    }
    unicode_error(l, from, l->at, "malformed \\N character escape");
    return;
  }
  const char *name = l->at + 1;
  l->at = close + 1;
  int32_t c = sk_uniname_lookup(name, (size_t)(close - name));
  if (c < 0)
    unicode_error(l, from, l->at, "unknown Unicode character name");
  else
    put_code_point(l, (uint32_t)c);
}

static void warn_escape(Literal *l, const char *format, int length, const char *text) {
  if (l->warned) return;
  l->warned = true;
  sk_diag_warn(l->p->diag, l->token->range, format, length, text);
}

static void octal_escape(Literal *l, const char *digits) {
  uint32_t c = (uint32_t)(*digits - '0');
  for (int i = 0; i < 2 && l->at < l->end && *l->at >= '0' && *l->at <= '7'; i++)
    c = c << 3 | (uint32_t)(*l->at++ - '0');
  if (c > 0377)
    warn_escape(l, "invalid octal escape sequence '\\%.*s'", (int)(l->at - digits), digits);
  if (l->bytes)
    *l->to++ = (char)c;
  else
    put_code_point(l, c);
}

static int simple_escape(char c) {
  switch (c) {
    case '\\':
    case '\'':
    case '"': return c;
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return -1;
  }
}

/* Not an escape: both characters stay, and a warning says so. */
static void invalid_escape(Literal *l, const char *from) {
  int n = 1;
  while (((unsigned char)from[1 + n] & 0xC0) == 0x80) n++;
  warn_escape(l, "invalid escape sequence '\\%.*s'", n, from + 1);
  *l->to++ = '\\';
}

static void escape(Literal *l) {
  const char *from = l->at++;
  char c = *l->at; /* at the end of an f-string part: the brace after it */
  if (l->at == l->end) {
    invalid_escape(l, from);
    return;
  }
  if (simple_escape(c) >= 0) {
    *l->to++ = (char)simple_escape(c);
    l->at++;
  } else if (c == '\n') {
    l->at++;
  } else if (c >= '0' && c <= '7') {
    l->at++;
    octal_escape(l, from + 1);
  } else if (c == 'x') {
    l->at++;
    hex_escape(l, from, 2, "\\xXX");
  } else if (c == 'u' && !l->bytes) {
    l->at++;
    hex_escape(l, from, 4, "\\uXXXX");
  } else if (c == 'U' && !l->bytes) {
    l->at++;
    hex_escape(l, from, 8, "\\UXXXXXXXX");
  } else if (c == 'N' && !l->bytes) {
    l->at++;
    named_escape(l, from);
  } else {
    invalid_escape(l, from);
  }
}

/* The value of a literal's body: never longer than its text, save \N escapes. */
static SkConst decode(SkParser *p, const SkToken *t, const char *body, size_t n, bool bytes,
                      bool raw, bool doubled) {
  Literal l = {.p = p,
               .token = t,
               .at = body,
               .end = body + n,
               .body = body,
               .bytes = bytes,
               .doubled = doubled};
  l.out = l.to = sk_arena_alloc(p->arena, n + 8);
  while (l.at < l.end) {
    if (*l.at == '\\' && !raw) {
      escape(&l);
    } else if (doubled && (*l.at == '{' || *l.at == '}')) {
      *l.to++ = *l.at;
      l.at += 2;
    } else {
      *l.to++ = *l.at++;
    }
  }
  *l.to = 0;
  return (SkConst){.kind = bytes ? SK_CONST_BYTES : SK_CONST_STR,
                   .as.text = {l.out, (size_t)(l.to - l.out)}};
}

typedef struct Prefix {
  bool raw, bytes, unicode;
  size_t length; /* of the prefix and the opening quotes */
  size_t quotes;
} Prefix;

static Prefix prefix_of(const char *s) {
  Prefix x = {0};
  for (; *s != '"' && *s != '\''; s++, x.length++) {
    x.raw |= (*s | 32) == 'r';
    x.bytes |= (*s | 32) == 'b';
    x.unicode |= (*s | 32) == 'u';
  }
  x.quotes = s[1] == s[0] && s[2] == s[0] ? 3 : 1;
  x.length += x.quotes;
  return x;
}

SkExpr *sk_expr_string(SkParser *p, const SkToken *t) {
  const char *s = p->text + t->start;
  Prefix x = prefix_of(s);
  if (t->length == x.length && x.quotes == 3) x.quotes = 1, x.length -= 2; /* "" followed by " */
  const char *body = s + x.length;
  size_t n = t->length - x.length - x.quotes;
  if (x.bytes)
    for (size_t i = 0; i < n; i++)
      if (body[i] & 0x80) {
        sk_error_at(p, t->range, "bytes can only contain ASCII literal characters");
        break;
      }
  SkExpr *e = sk_expr_new(p, SK_EXPR_Constant, t);
  e->range = t->range;
  e->as.Constant.value = decode(p, t, body, n, x.bytes, x.raw, false);
  e->as.Constant.value.u_prefix = x.unicode;
  e->height = 1;
  return e;
}

/* ---- f-strings ----------------------------------------------------------------------------- */

SkExpr *sk_expr_fmiddle(SkParser *p, const SkToken *t) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Constant, t);
  e->range = t->range;
  e->as.Constant.value = decode(p, t, p->text + t->start, t->length, false, t->flags & SK_TOKEN_RAW,
                                !(t->flags & SK_TOKEN_SPEC));
  e->height = 1;
  return e;
}

SkExpr *sk_expr_fstring(SkParser *p, const SkToken *first, SkExprSeq parts) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_JoinedStr, first);
  e->as.JoinedStr.values = parts;
  return sk_expr_done(p, e);
}

static int conversion_of(SkParser *p, const SkField *f) {
  if (!f->bang) return f->eq && !f->spec ? 'r' : -1;
  const SkToken *name = f->bang + 1;
  const char *s = p->text + name->start;
  if (name->start != f->bang->start + 1)
    sk_error_at(p, sk_range_join(f->bang->range, name->range),
                "f-string: conversion type must come right after the exclamanation mark");
  if (name->length != 1 || (*s != 's' && *s != 'r' && *s != 'a'))
    sk_error_at(p, name->range,
                "f-string: invalid conversion character %s%.*s%s: expected 's', 'r', or 'a'", "'",
                (int)name->length, s, "'");
  return *s;
}

/* Drops comments from the text after |open|: what lies between two tokens. */
static size_t without_comments(const SkParser *p, char *text, size_t n, const SkToken *open) {
  const SkToken *t = open + 1;
  size_t to = 0;
  for (size_t from = 0; from < n;) {
    uint32_t at = open->start + 1 + (uint32_t)from;
    while (t->start + t->length <= at && t < p->look) t++;
    if (text[from] == '#' && at < t->start)
      while (from < n && text[from] != '\n') from++;
    if (from < n) text[to++] = text[from++];
  }
  text[to] = 0;
  return to;
}

/* The source text of `expr =`, for the self-documenting form. */
static SkExpr *debug_text(SkParser *p, const SkField *f) {
  const SkToken *stop = f->eq + 1; /* '!', ':' or '}' */
  uint32_t from = f->open->start + 1;
  SkExpr *e = sk_expr_new(p, SK_EXPR_Constant, f->open);
  e->range =
      (SkRange){f->open->range.end_line, f->open->range.end_col, stop->range.line, stop->range.col};
  size_t n = stop->start - from;
  char *text = sk_arena_strndup(p->arena, p->text + from, n);
  n = without_comments(p, text, n, f->open);
  e->as.Constant.value = (SkConst){.kind = SK_CONST_STR, .as.text = {text, n}};
  e->height = 1;
  return e;
}

SkExprSeq sk_fparts_field(SkParser *p, SkExprSeq parts, SkField f) {
  if (f.eq) SK_SEQ_PUSH(p, parts, debug_text(p, &f));
  SkExpr *e = sk_expr_new(p, SK_EXPR_FormattedValue, f.open);
  e->range = sk_range_join(f.open->range, f.close->range);
  e->as.FormattedValue.value = f.value;
  e->as.FormattedValue.conversion = conversion_of(p, &f);
  e->as.FormattedValue.format_spec = f.spec;
  SK_SEQ_PUSH(p, parts, sk_expr_done(p, e));
  return parts;
}

/* ---- implicit concatenation ---------------------------------------------------------------- */

static bool is_text(const SkExpr *e) { return e->kind == SK_EXPR_Constant; }

/* Constants i..j-1 become one. */
static SkExpr *merge(SkParser *p, SkExpr **items, size_t n) {
  SkExpr *e = items[0];
  if (n == 1) return e;
  size_t length = 0;
  for (size_t i = 0; i < n; i++) length += items[i]->as.Constant.value.as.text.length;
  char *text = sk_arena_alloc(p->arena, length + 1), *to = text;
  for (size_t i = 0; i < n; i++) {
    const SkConst *c = &items[i]->as.Constant.value;
    memcpy(to, c->as.text.data, c->as.text.length);
    to += c->as.text.length;
  }
  *to = 0;
  e->range = sk_range_join(e->range, items[n - 1]->range);
  e->as.Constant.value.as.text.data = text;
  e->as.Constant.value.as.text.length = length;
  return e;
}

static SkExprSeq merge_runs(SkParser *p, SkExprSeq parts) {
  SkExprSeq merged = {0};
  for (size_t i = 0; i < parts.n;) {
    if (!is_text(parts.items[i])) {
      merged = sk_exprs_push(p, merged, parts.items[i++]);
      continue;
    }
    size_t from = i;
    while (i < parts.n && is_text(parts.items[i])) i++;
    SkExpr *e = merge(p, parts.items + from, i - from);
    if (e->as.Constant.value.as.text.length) merged = sk_exprs_push(p, merged, e);
  }
  return merged;
}

SkExpr *sk_expr_fspec(SkParser *p, const SkToken *colon, SkExprSeq parts) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_JoinedStr, colon);
  e->as.JoinedStr.values = merge_runs(p, parts);
  return sk_expr_done(p, e);
}

SkExpr *sk_expr_strings(SkParser *p, SkExprSeq strings) {
  SkExpr *first = strings.items[0];
  if (strings.n == 1 && is_text(first)) return first;
  size_t bytes = 0, formatted = 0;
  SkExprSeq flat = {0};
  for (size_t i = 0; i < strings.n; i++) {
    SkExpr *e = strings.items[i];
    bytes += is_text(e) && e->as.Constant.value.kind == SK_CONST_BYTES;
    formatted += !is_text(e);
    if (is_text(e)) {
      flat = sk_exprs_push(p, flat, e);
      continue;
    }
    for (size_t k = 0; k < e->as.JoinedStr.values.n; k++)
      flat = sk_exprs_push(p, flat, e->as.JoinedStr.values.items[k]);
  }
  if (bytes && bytes < strings.n) {
    sk_error_at(p, p->look->range, "cannot mix bytes and nonbytes literals");
    return first;
  }
  if (!formatted) return merge(p, flat.items, flat.n);
  SkExpr *e = sk_expr_new(p, SK_EXPR_JoinedStr, sk_expr_first(p, first));
  e->as.JoinedStr.values = merge_runs(p, flat);
  return sk_expr_done(p, e);
}
