/* re_parse.c - Python's regular expression syntax to PCRE2's.  Layer 8.
 *
 * The reader goes over code points and keeps, for what it has just read, its least and greatest width:
 * Python wants look-behinds of one fixed width.  What both sides write alike is passed on, the rest is
 * rewritten; literals that PCRE2 might take for syntax are written as \x{...}.
 */
#include <string.h>

#include "stdlib/native/re_impl.h"
#include "vm/compile/front.h"

#define WIDTH_MAX ((uint64_t)1 << 32)
typedef struct Width { uint64_t lo, hi; } Width;

typedef struct Parser {
  SkVm *vm;
  SkValue pattern, error;
  SkStr *str;            /* the pattern as text; bytes are read as Latin-1 */
  size_t at, count;
  bool is_bytes;
  uint32_t flags, groups;
  SkDict *names;
  SkList *widths;        /* per group: (lo, hi) as a tuple once closed, None while open */
  SkStrBuf out;
  size_t depth;
  int lookbehind;        /* groups known when the look-behind began, -1 outside */
} Parser;

/* ---- reading ---- */

static uint32_t peek_at(Parser *p, size_t i) { return i < p->count ? sk_str_at(p->vm, p->str, i) : UINT32_MAX; }
static uint32_t peek(Parser *p) { return peek_at(p, p->at); }
static bool take(Parser *p, uint32_t c) {
  if (peek(p) != c) return false;
  p->at++;
  return true;
}

static SK_NORETURN void fail_str(Parser *p, size_t pos, SkStr *msg) {
  SkValue args[] = {sk_from_ptr(msg), p->pattern, sk_smallint((int64_t)pos)};
  SkValue e = sk_call(p->vm, p->error, args, 3, NULL);
  sk_raise_exc(p->vm, e);
}
#define fail(p, pos, ...) fail_str((p), (pos), sk_format((p)->vm, __VA_ARGS__))

static SkStr *source(Parser *p, size_t from, size_t to) { return sk_str_slice(p->vm, p->str, from, to > p->count ? p->count : to); }

/* ---- writing ---- */

static void emit(Parser *p, const char *s) { sk_strbuf_adds(&p->out, s); }

static void emit_literal(Parser *p, uint32_t c) {
  bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == ' ' || c == '"' || c == '\'' ||
               c == ',' || c == ';' || c == '<' || c == '>' || c == '=' || c == '/' || c == '%' || c == '@' || c == '!';
  if (plain || (c >= 0x80 && !p->is_bytes)) {
    sk_strbuf_addc(&p->out, c);
    return;
  }
  sk_strbuf_addstr(&p->out, sk_format(p->vm, "\\x{%x}", c));
}

static bool ascii_only(const Parser *p) { return p->is_bytes || (p->flags & RE_ASCII); }

/* \d \w \s and their complements, outside (set = false) or inside a set. */
static void emit_class(Parser *p, uint32_t c, bool set) {
  if (!ascii_only(p)) {
    if (c == 's') emit(p, set ? "\\s\\x1c-\\x1f" : "[\\s\\x1c-\\x1f]");
    else if (c == 'S' && !set) emit(p, "[^\\s\\x1c-\\x1f]");
    else sk_strbuf_addstr(&p->out, sk_format(p->vm, "\\%c", (int)c));
    return;
  }
  if (p->is_bytes) {
    sk_strbuf_addstr(&p->out, sk_format(p->vm, "\\%c", (int)c));
    return;
  }
  const char *s = c == 'd' ? "0-9" : c == 'w' ? "a-zA-Z0-9_" : c == 's' ? " \\t\\n\\r\\f\\v" : NULL;
  if (s) {
    if (!set) emit(p, "[");
    emit(p, s);
    if (!set) emit(p, "]");
  } else if (set) {
    emit(p, c == 'D' ? "\\x{0}-/:-\\x{10ffff}" : c == 'W' ? "\\x{0}-/:-@\\[-\\^`{-\\x{10ffff}" : "\\x{0}-\\x08\\x0e-\\x1f!-\\x{10ffff}");
  } else {
    emit(p, c == 'D' ? "[^0-9]" : c == 'W' ? "[^a-zA-Z0-9_]" : "[^ \\t\\n\\r\\f\\v]");
  }
}

static void emit_boundary(Parser *p, bool negated) {
  if (!ascii_only(p) || p->is_bytes) {
    emit(p, negated ? "\\B" : "\\b");
    return;
  }
  emit(p, negated ? "(?:(?<=[a-zA-Z0-9_])(?=[a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?![a-zA-Z0-9_]))"
                  : "(?:(?<=[a-zA-Z0-9_])(?![a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?=[a-zA-Z0-9_]))");
}

/* ---- escapes ---- */

static int hex_digit(uint32_t c) {
  return c >= '0' && c <= '9' ? (int)c - '0' : c >= 'a' && c <= 'f' ? (int)c - 'a' + 10 : c >= 'A' && c <= 'F' ? (int)c - 'A' + 10 : -1;
}
static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static bool is_octal(uint32_t c) { return c >= '0' && c <= '7'; }
static bool is_letter(uint32_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z' && c < 128; }

static uint32_t hex_escape(Parser *p, size_t start, int digits) {
  uint32_t c = 0;
  int n = 0;
  for (; n < digits && hex_digit(peek(p)) >= 0; n++) c = c * 16 + (uint32_t)hex_digit(peek_at(p, p->at++));
  if (n != digits) fail(p, start, "incomplete escape %U", source(p, start, p->at));
  return c;
}

static uint32_t named_char(Parser *p, size_t start) {
  if (!take(p, '{')) fail(p, p->at, "missing {");
  size_t from = p->at;
  while (peek(p) != '}' && peek(p) != UINT32_MAX) p->at++;
  if (p->at == from) fail(p, from, "missing character name");
  if (peek(p) == UINT32_MAX) fail(p, from, "missing }, unterminated name");
  SkStr *name = source(p, from, p->at);
  p->at++;
  int32_t c = sk_front_character(name->data, name->bytes);
  if (c < 0) fail(p, start, "undefined character name '%U'", name);
  return (uint32_t)c;
}

/* The character an escape stands for, both in and outside sets; -1 when it is none of the common ones. */
static int64_t char_escape(Parser *p, size_t start, uint32_t c) {
  switch (c) {
    case 'a': return 7;
    case 'f': return 12;
    case 'n': return 10;
    case 'r': return 13;
    case 't': return 9;
    case 'v': return 11;
    case '\\': return '\\';
    case 'x': return hex_escape(p, start, 2);
    case 'u': return p->is_bytes ? -1 : hex_escape(p, start, 4);
    case 'U': {
      if (p->is_bytes) return -1;
      uint32_t u = hex_escape(p, start, 8);
      if (u > 0x10ffff) fail(p, start, "bad escape %U", source(p, start, p->at));
      return u;
    }
    case 'N': return p->is_bytes ? -1 : named_char(p, start);
    default: return -1;
  }
}

static uint32_t octal(Parser *p, size_t start, size_t most) {
  uint32_t c = 0;
  for (size_t n = 0; n < most && is_octal(peek(p)); n++) c = c * 8 + (peek_at(p, p->at++) - '0');
  if (c > 0377) fail(p, start, "octal escape value %U outside of range 0-0o377", source(p, start, p->at));
  return c;
}

static Width group_reference(Parser *p, size_t start, uint32_t g) {
  SkValue w = sk_list_items(p->widths)[g];
  if (sk_is_none(w)) fail(p, start, "cannot refer to an open group");
  if (p->lookbehind >= 0 && g >= (uint32_t)p->lookbehind) fail(p, start, "cannot refer to group defined in the same lookbehind subpattern");
  sk_strbuf_addstr(&p->out, sk_format(p->vm, "\\g{%u}", g));
  SkTuple *t = sk_as_tuple(w);
  return (Width){(uint64_t)sk_smallint_get(t->items[0]), (uint64_t)sk_smallint_get(t->items[1])};
}

static Width escape(Parser *p) {
  size_t start = p->at - 1;
  if (p->at >= p->count) fail(p, start, "bad escape (end of pattern)");
  uint32_t c = peek_at(p, p->at++);
  static const Width one = {1, 1}, none = {0, 0};
  switch (c) {
    case 'A': emit(p, "\\A"); return none;
    case 'Z': emit(p, "\\z"); return none;
    case 'b': emit_boundary(p, false); return none;
    case 'B': emit_boundary(p, true); return none;
    case 'd': case 'D': case 'w': case 'W': case 's': case 'S': emit_class(p, c, false); return one;
    case '0': emit_literal(p, octal(p, start, 2)); return one;
    default: break;
  }
  if (is_digit(c)) {
    uint32_t second = peek(p);
    if (is_digit(second)) {
      if (is_octal(c) && is_octal(second) && is_octal(peek_at(p, p->at + 1))) {
        p->at--;
        emit_literal(p, octal(p, start, 3));
        return one;
      }
      p->at++;
    }
    uint32_t g = c - '0';
    if (is_digit(second)) g = g * 10 + (second - '0');
    if (g > p->groups) fail(p, start + 1, "invalid group reference %u", g);
    return group_reference(p, start, g);
  }
  int64_t ch = char_escape(p, start, c);
  if (ch < 0 && is_letter(c)) fail(p, start, "bad escape %U", source(p, start, p->at));
  emit_literal(p, ch < 0 ? c : (uint32_t)ch);
  return one;
}

/* ---- sets ---- */

/* One member: its code point, or -1 when it was a class such as \d, which is written already. */
static int64_t set_member(Parser *p, size_t set_start) {
  size_t start = p->at;
  uint32_t c = peek_at(p, p->at++);
  if (c == UINT32_MAX) fail(p, set_start, "unterminated character set");
  if (c != '\\') return c;
  if (p->at >= p->count) fail(p, start, "bad escape (end of pattern)");
  c = peek_at(p, p->at++);
  if (memchr("dDwWsS", (int)c, 6) && c < 128) {
    emit_class(p, c, true);
    return -1;
  }
  if (c == 'b') return 8;
  if (is_octal(c)) {
    p->at--;
    return octal(p, start, 3);
  }
  int64_t ch = is_digit(c) ? -1 : char_escape(p, start, c);
  if (ch < 0 && (is_letter(c) || is_digit(c))) fail(p, start, "bad escape %U", source(p, start, p->at));
  return ch < 0 ? c : ch;
}

static Width set(Parser *p) {
  size_t start = p->at - 1;
  emit(p, "[");
  if (take(p, '^')) emit(p, "^");
  bool first = true;
  for (;; first = false) {
    if (peek(p) == UINT32_MAX) fail(p, start, "unterminated character set");
    if (!first && take(p, ']')) break;
    size_t from = p->at;
    int64_t lo = set_member(p, start);
    if (peek(p) != '-' ) {
      if (lo >= 0) emit_literal(p, (uint32_t)lo);
      continue;
    }
    p->at++;
    if (peek(p) == UINT32_MAX) fail(p, start, "unterminated character set");
    if (take(p, ']')) {
      if (lo >= 0) emit_literal(p, (uint32_t)lo);
      emit_literal(p, '-');
      break;
    }
    if (lo < 0) {
      set_member(p, start);
      fail(p, from, "bad character range %U", source(p, from, p->at));
    }
    size_t out_used = p->out.used;
    int64_t hi = set_member(p, start);
    if (hi < 0) {
      p->out.used = out_used;
      fail(p, from, "bad character range %U", source(p, from, p->at));
    }
    if (hi < lo) fail(p, from, "bad character range %U", source(p, from, p->at));
    emit_literal(p, (uint32_t)lo);
    emit(p, "-");
    emit_literal(p, (uint32_t)hi);
  }
  emit(p, "]");
  return (Width){1, 1};
}

/* ---- groups ---- */

static Width alternation(Parser *p);

static SkStr *group_name(Parser *p, uint32_t end, size_t *name_at) {
  *name_at = p->at;
  while (peek(p) != end && peek(p) != UINT32_MAX) p->at++;
  if (p->at == *name_at) fail(p, *name_at, "missing group name");
  if (peek(p) == UINT32_MAX) fail(p, *name_at, "missing %c, unterminated name", (int)end);
  SkStr *name = source(p, *name_at, p->at);
  p->at++;
  return name;
}

static void check_identifier(Parser *p, SkStr *name, size_t at) {
  bool good = sk_truth(p->vm, sk_call_method0(p->vm, sk_from_ptr(name), sk_intern(p->vm, "isidentifier")));
  if (good && !(p->is_bytes && !sk_str_is_ascii(name))) return;
  if (p->is_bytes) fail(p, at, "bad character in group name b%A", sk_from_ptr(name));
  fail(p, at, "bad character in group name %R", sk_from_ptr(name));
}

static uint32_t open_group(Parser *p, SkStr *name, size_t name_at) {
  uint32_t g = ++p->groups;
  sk_list_append(p->vm, p->widths, SK_NONE);
  if (!name) return g;
  SkValue known = sk_dict_get(p->vm, p->names, sk_from_ptr(name));
  if (!sk_is_unset(known))
    fail(p, name_at, "redefinition of group name %R as group %u; was group %S", sk_from_ptr(name), g, known);
  sk_dict_set(p->vm, p->names, sk_from_ptr(name), sk_smallint(g));
  return g;
}

static void close_group(Parser *p, uint32_t g, Width w) {
  SkTuple *t = sk_tuple_pack(p->vm, 2, sk_smallint((int64_t)w.lo), sk_smallint((int64_t)w.hi));
  sk_write(p->vm, p->widths, &sk_list_items(p->widths)[g], sk_from_ptr(t));
}

static void expect_close(Parser *p, size_t start) {
  if (!take(p, ')')) fail(p, start, "missing ), unterminated subpattern");
}

static uint32_t flag_of(uint32_t c) {
  switch (c) {
    case 'i': return RE_IGNORECASE;
    case 'L': return RE_LOCALE;
    case 'm': return RE_MULTILINE;
    case 's': return RE_DOTALL;
    case 'x': return RE_VERBOSE;
    case 'a': return RE_ASCII;
    case 'u': return RE_UNICODE;
    default: return 0;
  }
}

enum { TYPE_FLAGS = RE_ASCII | RE_LOCALE | RE_UNICODE, GLOBAL_ONLY = RE_DEBUG };

static void check_type_flag(Parser *p, uint32_t flag, uint32_t so_far) {
  if (p->is_bytes && flag == RE_UNICODE) fail(p, p->at, "bad inline flags: cannot use 'u' flag with a bytes pattern");
  if (!p->is_bytes && flag == RE_LOCALE) fail(p, p->at, "bad inline flags: cannot use 'L' flag with a str pattern");
  if ((flag & TYPE_FLAGS) && (so_far & TYPE_FLAGS & ~flag)) fail(p, p->at, "bad inline flags: flags 'a', 'u' and 'L' are incompatible");
}

/* (?flags), (?flags:...), (?flags-flags:...).  Returns false when it was the global form. */
static bool inline_flags(Parser *p, size_t start, uint32_t *add, uint32_t *del) {
  uint32_t c = peek(p);
  *add = *del = 0;
  if (c != '-') {
    for (;;) {
      uint32_t f = flag_of(c);
      p->at++;
      check_type_flag(p, f, *add);
      *add |= f;
      c = peek(p);
      if (c == UINT32_MAX) fail(p, p->at, "missing -, : or )");
      if (c == ')' || c == '-' || c == ':') break;
      if (!flag_of(c)) fail(p, p->at, is_letter(c) ? "unknown flag" : "missing -, : or )");
    }
  }
  if (c == ')') {
    if (start != 0) fail(p, start, "global flags not at the start of the expression");
    p->at++;
    return false;
  }
  if (*add & GLOBAL_ONLY) fail(p, p->at, "bad inline flags: cannot turn on global flag");
  if (take(p, '-')) {
    c = peek(p);
    if (c == UINT32_MAX) fail(p, p->at, "missing flag");
    if (!flag_of(c)) fail(p, p->at, is_letter(c) ? "unknown flag" : "missing flag");
    for (;;) {
      uint32_t f = flag_of(c);
      p->at++;
      if (f & TYPE_FLAGS) fail(p, p->at, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
      *del |= f;
      c = peek(p);
      if (c == UINT32_MAX) fail(p, p->at, "missing :");
      if (c == ':') break;
      if (!flag_of(c)) fail(p, p->at, is_letter(c) ? "unknown flag" : "missing :");
    }
  }
  p->at++; /* the colon */
  if (*add & *del) fail(p, p->at, "bad inline flags: flag turned on and off");
  return true;
}

static void emit_scoped(Parser *p, uint32_t add, uint32_t del) {
  emit(p, "(?");
  if (add & RE_IGNORECASE) emit(p, "i");
  if (add & RE_MULTILINE) emit(p, "m");
  if (add & RE_DOTALL) emit(p, "s");
  if (del & (RE_IGNORECASE | RE_MULTILINE | RE_DOTALL)) emit(p, "-");
  if (del & RE_IGNORECASE) emit(p, "i");
  if (del & RE_MULTILINE) emit(p, "m");
  if (del & RE_DOTALL) emit(p, "s");
  emit(p, ":");
}

static Width scoped(Parser *p, size_t start, uint32_t add, uint32_t del) {
  uint32_t outer = p->flags;
  emit_scoped(p, add, del);
  if (add & TYPE_FLAGS) p->flags &= ~(uint32_t)TYPE_FLAGS;
  p->flags = (p->flags | add) & ~del;
  Width w = alternation(p);
  p->flags = outer;
  expect_close(p, start);
  emit(p, ")");
  return w;
}

static Width lookaround(Parser *p, size_t start, bool behind) {
  uint32_t c = peek_at(p, p->at++);
  int outer = p->lookbehind;
  emit(p, behind ? "(?<" : "(?");
  emit(p, c == '=' ? "=" : "!");
  if (behind && outer < 0) p->lookbehind = (int)p->groups + 1;
  Width w = alternation(p);
  if (behind) p->lookbehind = outer;
  expect_close(p, start);
  emit(p, ")");
  if (behind && w.lo != w.hi) { /* found only when the whole is compiled: no position */
    SkValue msg = sk_from_ptr(sk_str_from_cstr(p->vm, "look-behind requires fixed-width pattern"));
    sk_raise_exc(p->vm, sk_call1(p->vm, p->error, msg));
  }
  return (Width){0, 0};
}

static Width conditional(Parser *p, size_t start) {
  size_t name_at;
  SkStr *name = group_name(p, ')', &name_at);
  uint32_t g = 0;
  bool number = true;
  for (size_t i = 0; i < name->count; i++) number &= is_digit(sk_str_at(p->vm, name, i));
  if (number) {
    for (size_t i = 0; i < name->bytes && g < 1000000; i++) g = g * 10 + (uint32_t)(name->data[i] - '0');
    if (!g) fail(p, name_at, "bad group number");
    if (g >= 1000000) fail(p, name_at, "invalid group reference %u", g);
  } else {
    check_identifier(p, name, name_at);
    SkValue known = sk_dict_get(p->vm, p->names, sk_from_ptr(name));
    if (sk_is_unset(known)) fail(p, name_at, "unknown group name %R", sk_from_ptr(name));
    g = (uint32_t)sk_smallint_get(known);
  }
  if (p->lookbehind >= 0 && g >= (uint32_t)p->lookbehind) fail(p, start, "cannot refer to group defined in the same lookbehind subpattern");
  sk_strbuf_addstr(&p->out, sk_format(p->vm, "(?(%u)", g));
  Width w = alternation(p);
  expect_close(p, start);
  emit(p, ")");
  if (g > p->groups) fail(p, name_at, "invalid group reference %u", g);
  return (Width){0, w.hi};
}

static void comment(Parser *p, size_t start) {
  while (peek(p) != ')') {
    if (peek(p) == UINT32_MAX) fail(p, start, "missing ), unterminated comment");
    p->at++;
  }
  p->at++;
}

static Width capture(Parser *p, size_t start, SkStr *name, size_t name_at) {
  uint32_t g = open_group(p, name, name_at);
  emit(p, "(");
  Width w = alternation(p);
  expect_close(p, start);
  emit(p, ")");
  close_group(p, g, w);
  return w;
}

/* After "(?P". */
static Width named(Parser *p, size_t start) {
  size_t name_at;
  if (take(p, '<')) {
    SkStr *name = group_name(p, '>', &name_at);
    check_identifier(p, name, name_at);
    return capture(p, start, name, name_at);
  }
  if (take(p, '=')) {
    SkStr *name = group_name(p, ')', &name_at);
    check_identifier(p, name, name_at);
    SkValue known = sk_dict_get(p->vm, p->names, sk_from_ptr(name));
    if (sk_is_unset(known)) fail(p, name_at, "unknown group name %R", sk_from_ptr(name));
    return group_reference(p, start, (uint32_t)sk_smallint_get(known));
  }
  if (peek(p) == UINT32_MAX) fail(p, p->at, "unexpected end of pattern");
  fail(p, start + 1, "unknown extension ?P%U", source(p, p->at, p->at + 1));
}

/* A group; *nothing is set for comments and global flags, which can't be repeated. */
static Width group(Parser *p, bool *nothing) {
  size_t start = p->at - 1;
  if (!take(p, '?')) return capture(p, start, NULL, 0);
  uint32_t c = peek(p);
  if (c == UINT32_MAX) fail(p, p->at, "unexpected end of pattern");
  if (c == 'P') {
    p->at++;
    return named(p, start);
  }
  if (c == ':' || c == '>') {
    p->at++;
    emit(p, c == ':' ? "(?:" : "(?>");
    Width w = alternation(p);
    expect_close(p, start);
    emit(p, ")");
    return w;
  }
  if (c == '#') {
    comment(p, start);
    *nothing = true;
    return (Width){0, 0};
  }
  if (c == '=' || c == '!') return lookaround(p, start, false);
  if (c == '<') {
    p->at++;
    uint32_t d = peek(p);
    if (d == UINT32_MAX) fail(p, p->at, "unexpected end of pattern");
    if (d != '=' && d != '!') fail(p, start + 1, "unknown extension ?<%U", source(p, p->at, p->at + 1));
    return lookaround(p, start, true);
  }
  if (c == '(') {
    p->at++;
    return conditional(p, start);
  }
  if (flag_of(c) || c == '-') {
    uint32_t add, del;
    if (inline_flags(p, start, &add, &del)) return scoped(p, start, add, del);
    *nothing = true; /* taken in advance by global_flags */
    return (Width){0, 0};
  }
  fail(p, start + 1, "unknown extension ?%U", source(p, p->at, p->at + 1));
}

/* ---- repetition ---- */

static bool read_count(Parser *p, uint64_t *n) {
  bool any = false;
  *n = 0;
  for (; is_digit(peek(p)); p->at++, any = true)
    if (*n < WIDTH_MAX) *n = *n * 10 + (peek(p) - '0');
  return any;
}

/* Reads a quantifier at p->at; false when there is none there ("{" may be a literal). */
static bool quantifier(Parser *p, uint64_t *lo, uint64_t *hi) {
  uint32_t c = peek(p);
  size_t start = p->at;
  *lo = 0;
  *hi = WIDTH_MAX;
  if (c == '*' || c == '+' || c == '?') {
    p->at++;
    if (c == '+') *lo = 1;
    if (c == '?') *hi = 1;
    return true;
  }
  if (c != '{') return false;
  p->at++;
  if (peek(p) == '}') {
    p->at = start;
    return false;
  }
  read_count(p, lo);
  if (!take(p, ',')) *hi = *lo;
  else if (!read_count(p, hi)) *hi = WIDTH_MAX;
  if (!take(p, '}')) {
    p->at = start;
    return false;
  }
  if (*lo >= UINT32_MAX || (*hi >= UINT32_MAX && *hi != WIDTH_MAX)) sk_raisef(p->vm, SK_T_OverflowError, "the repetition number is too large");
  if (*hi < *lo) fail(p, start + 1, "min repeat greater than max repeat");
  return true;
}

enum { PCRE_REPEAT_MAX = 65535 };

static void emit_quantifier(Parser *p, uint64_t lo, uint64_t hi) {
  if (lo > PCRE_REPEAT_MAX || (hi != WIDTH_MAX && hi > PCRE_REPEAT_MAX)) {
    if (lo > PCRE_REPEAT_MAX) sk_raisef(p->vm, SK_T_OverflowError, "the repetition number is too large");
    hi = WIDTH_MAX; /* more than any match of that many will ever need to be told apart from "any number" */
  }
  if (lo == 0 && hi == WIDTH_MAX) emit(p, "*");
  else if (lo == 1 && hi == WIDTH_MAX) emit(p, "+");
  else if (lo == 0 && hi == 1) emit(p, "?");
  else if (hi == WIDTH_MAX) sk_strbuf_addstr(&p->out, sk_format(p->vm, "{%u,}", (unsigned)lo));
  else sk_strbuf_addstr(&p->out, sk_format(p->vm, "{%u,%u}", (unsigned)lo, (unsigned)hi));
}

static uint64_t times(uint64_t a, uint64_t b) {
  uint64_t r;
  return __builtin_mul_overflow(a, b, &r) || r > WIDTH_MAX ? WIDTH_MAX : r;
}
static uint64_t plus(uint64_t a, uint64_t b) { return a + b > WIDTH_MAX ? WIDTH_MAX : a + b; }

typedef struct Item { Width w; bool exists, repeated, assertion; } Item;

static void repeat(Parser *p, Item *item) {
  size_t start = p->at;
  uint64_t lo, hi;
  if (!quantifier(p, &lo, &hi)) return;
  if (!item->exists || item->assertion) fail(p, start, "nothing to repeat");
  if (item->repeated) fail(p, start, "multiple repeat");
  emit_quantifier(p, lo, hi);
  if (take(p, '?')) emit(p, "?");
  else if (take(p, '+')) emit(p, "+");
  item->repeated = true;
  item->w = (Width){times(item->w.lo, lo), times(item->w.hi, hi)};
  /* another quantifier is an error, not a literal */
  size_t next = p->at;
  uint64_t l2, h2;
  if (quantifier(p, &l2, &h2)) fail(p, next, "multiple repeat");
}

/* ---- sequences ---- */

static bool skip_verbose(Parser *p) {
  if (!(p->flags & RE_VERBOSE)) return false;
  uint32_t c = peek(p);
  if (c == ' ' || (c >= 9 && c <= 13)) {
    p->at++;
    return true;
  }
  if (c != '#') return false;
  while (peek(p) != UINT32_MAX && peek(p) != '\n') p->at++;
  return true;
}

static Item atom(Parser *p) {
  Item item = {.w = {1, 1}, .exists = true};
  uint32_t c = peek_at(p, p->at++);
  bool nothing = false;
  switch (c) {
    case '\\': {
      uint32_t e = peek(p);
      item.w = escape(p);
      item.assertion = e == 'A' || e == 'Z' || e == 'b' || e == 'B';
      break;
    }
    case '[': item.w = set(p); break;
    case '(': item.w = group(p, &nothing); break;
    case '.': emit(p, "."); break;
    case '^': emit(p, "^"); item = (Item){.exists = true, .assertion = true}; break;
    case '$': emit(p, "$"); item = (Item){.exists = true, .assertion = true}; break;
    default: emit_literal(p, c);
  }
  if (nothing) return (Item){0};
  return item;
}

static Width sequence(Parser *p) {
  Width w = {0, 0};
  Item last = {0};
  for (;;) {
    if (skip_verbose(p)) continue;
    uint32_t c = peek(p);
    if (c == UINT32_MAX || c == '|' || c == ')') return w;
    size_t at = p->at;
    uint64_t lo, hi;
    if ((c == '*' || c == '+' || c == '?' || c == '{') && quantifier(p, &lo, &hi)) fail(p, at, last.repeated ? "multiple repeat" : "nothing to repeat");
    p->at = at;
    last = atom(p);
    while (skip_verbose(p)) {}
    repeat(p, &last);
    w.lo = plus(w.lo, last.w.lo);
    w.hi = plus(w.hi, last.w.hi);
  }
}

static Width alternation(Parser *p) {
  sk_enter(p->vm, " during compilation");
  Width w = sequence(p);
  while (take(p, '|')) {
    emit(p, "|");
    Width other = sequence(p);
    if (other.lo < w.lo) w.lo = other.lo;
    if (other.hi > w.hi) w.hi = other.hi;
  }
  return w;
}

/* ---- the whole ---- */

/* Flags at the start count for everything, and VERBOSE decides how the rest is read. */
static void global_flags(Parser *p) {
  while (peek(p) == '(' && peek_at(p, p->at + 1) == '?' && flag_of(peek_at(p, p->at + 2))) {
    size_t i = p->at + 2;
    while (flag_of(peek_at(p, i))) i++;
    if (peek_at(p, i) != ')') return;
    uint32_t add, del;
    p->at += 2;
    inline_flags(p, 0, &add, &del);
    p->flags |= add;
  }
}

static void settle_flags(Parser *p) {
  SkVm *vm = p->vm;
  if (p->is_bytes) {
    if (p->flags & RE_UNICODE) sk_raise_value(vm, "cannot use UNICODE flag with a bytes pattern");
    if ((p->flags & RE_LOCALE) && (p->flags & RE_ASCII)) sk_raise_value(vm, "ASCII and LOCALE flags are incompatible");
    return;
  }
  if (p->flags & RE_LOCALE) sk_raise_value(vm, "cannot use LOCALE flag with a str pattern");
  if ((p->flags & RE_ASCII) && (p->flags & RE_UNICODE)) sk_raise_value(vm, "ASCII and UNICODE flags are incompatible");
  if (!(p->flags & RE_ASCII)) p->flags |= RE_UNICODE;
}

static SkStr *pattern_text(SkVm *vm, SkValue v, bool *is_bytes) {
  *is_bytes = !sk_is_str(v);
  if (sk_is_str(v)) return sk_as_str(v);
  const char *s;
  size_t n;
  if (!sk_bytes_view(vm, v, &s, &n)) sk_raise_type(vm, "first argument must be string or compiled pattern");
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (size_t i = 0; i < n; i++) sk_strbuf_addc(&b, (unsigned char)s[i]);
  return sk_strbuf_finish(&b);
}

ReParsed re_parse(SkVm *vm, SkValue pattern, uint32_t flags, SkValue error) {
  Parser p = {.vm = vm, .pattern = pattern, .error = error, .flags = flags, .names = sk_dict_new(vm), .lookbehind = -1};
  p.str = pattern_text(vm, pattern, &p.is_bytes);
  p.count = p.str->count;
  p.widths = sk_list_new(vm, 8);
  sk_list_append(vm, p.widths, SK_NONE);
  sk_strbuf_init(vm, &p.out);
  global_flags(&p);
  settle_flags(&p);
  alternation(&p);
  if (peek(&p) == ')') fail(&p, p.at, "unbalanced parenthesis");
  sk_strbuf_add(&p.out, "", 1);
  return (ReParsed){.text = p.out.raw, .n = p.out.used - 1, .groups = p.groups, .flags = p.flags, .names = p.names};
}
