/* re_class.c - characters, escapes and sets of a Python pattern, written as PCRE2 has them.  Layer 8. */
#include <string.h>

#include "stdlib/native/re_impl.h"
#include "vm/base/utf8.h"
#include "vm/compile/front.h"

static void emits(ReParser *p, const char *s) { sk_strbuf_adds(&p->out, s); }

/* One character as it stands, a byte in a bytes pattern. */
static void emit_raw(ReParser *p, uint32_t c) {
  char byte = (char)c;
  if (p->bytes) sk_strbuf_add(&p->out, &byte, 1);
  else sk_strbuf_addc(&p->out, c);
}

static bool is_letter(uint32_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_word(uint32_t c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

static void emit_quoted(ReParser *p, uint32_t c) {
  if (c > 32 && c < 127 && !is_word(c)) emits(p, "\\");
  emit_raw(p, c);
}

/* IGNORECASE of a str pattern in ASCII mode: only ASCII letters have two cases, which PCRE2 can't be told. */
static bool ascii_case(const ReParser *p) { return !p->bytes && (p->flags & RE_IGNORECASE) && (p->flags & RE_ASCII); }

/* Two ligatures that Python takes for each other and PCRE2 does not. */
static bool is_st(uint32_t c) { return c == 0xfb05 || c == 0xfb06; }
static bool folds_st(const ReParser *p) { return !p->bytes && (p->flags & (RE_IGNORECASE | RE_ASCII)) == RE_IGNORECASE; }

void re_emit_char(ReParser *p, uint32_t c) {
  if (is_st(c) && folds_st(p)) {
    emits(p, "[\\x{fb05}\\x{fb06}]");
    return;
  }
  if (ascii_case(p) && (is_letter(c) || c >= 0x80)) {
    emits(p, "(?-i:[");
    emit_raw(p, c);
    if (is_letter(c)) emit_raw(p, c ^ 32);
    emits(p, "])");
    return;
  }
  emit_quoted(p, c);
}

/* ---- categories ---- */

static bool unicode_mode(const ReParser *p) { return !p->bytes && !(p->flags & RE_ASCII); }

/* What stands for the category inside brackets. */
static const char *category_text(const ReParser *p, uint32_t letter) {
  if (unicode_mode(p)) {
    switch (letter) {
      case 'd': return "\\p{Nd}";
      case 'D': return "\\P{Nd}";
      case 'w': return "\\p{Xwd}";
      case 'W': return "\\P{Xwd}";
      case 's': return "\\x09-\\x0d\\x1c-\\x20\\x85\\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}";
      default:
        return "\\x00-\\x08\\x0e-\\x1b\\x21-\\x84\\x86-\\x9f\\xa1-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}"
               "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{10ffff}";
    }
  }
  switch (letter) {
    case 'd': return "0-9";
    case 'D': return p->bytes ? "\\x00-\\x2f\\x3a-\\xff" : "\\x00-\\x2f\\x3a-\\x{10ffff}";
    case 'w': return "a-zA-Z0-9_";
    case 'W': return p->bytes ? "\\x00-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\xff" : "\\x00-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\x{10ffff}";
    case 's': return "\\x09-\\x0d\\x20";
    default: return p->bytes ? "\\x00-\\x08\\x0e-\\x1f\\x21-\\xff" : "\\x00-\\x08\\x0e-\\x1f\\x21-\\x{10ffff}";
  }
}

void re_emit_category(ReParser *p, uint32_t letter) {
  bool plain = ascii_case(p);
  emits(p, plain ? "(?-i:[" : "[");
  emits(p, category_text(p, letter));
  emits(p, plain ? "])" : "]");
}

/* \b: PCRE2's own means what it does in the whole pattern's mode. */
void re_emit_boundary(ReParser *p, bool negated) {
  bool global_unicode = !p->bytes && !(p->global & RE_ASCII);
  if (unicode_mode(p) == global_unicode) {
    emits(p, negated ? "(?!\\A\\z)\\B" : "\\b"); /* there is no \\B in no text */
    return;
  }
  const char *w = category_text(p, 'w');
  const char *form = negated ? "(?:(?<=[%])(?=[%])|(?<![%])(?![%]))" : "(?:(?<=[%])(?![%])|(?<![%])(?=[%]))";
  for (const char *q = form; *q; q++) {
    if (*q == '%') emits(p, w);
    else sk_strbuf_add(&p->out, q, 1);
  }
}

/* ---- escapes ---- */

uint32_t re_control(uint32_t letter) {
  static const char from[] = "afnrtv", to[] = "\a\f\n\r\t\v";
  const char *at = letter && letter < 128 ? strchr(from, (int)letter) : NULL;
  return at ? (uint32_t)to[at - from] : UINT32_MAX;
}

SkStr *re_text(ReParser *p, size_t from, size_t to) {
  SkStrBuf b;
  sk_strbuf_init(p->vm, &b);
  for (; from < to; from++) sk_strbuf_addc(&b, p->text[from]);
  return sk_strbuf_finish(&b);
}

static int hex_digit(uint32_t c) {
  if (c >= '0' && c <= '9') return (int)c - '0';
  uint32_t l = c | 32;
  return c < 128 && l >= 'a' && l <= 'f' ? (int)l - 'a' + 10 : -1;
}

static int64_t hex_escape(ReParser *p, size_t start, int digits) {
  uint64_t code = 0;
  int n = 0;
  for (; n < digits && p->at < p->count && hex_digit(p->text[p->at]) >= 0; n++) code = code << 4 | (unsigned)hex_digit(p->text[p->at++]);
  if (n < digits) re_error(p, start, "incomplete escape %U", re_text(p, start, p->at));
  if (code > 0x10ffff) re_error(p, start, "bad escape %U", re_text(p, start, p->at));
  return (int64_t)code;
}

static int64_t named_escape(ReParser *p, size_t start) {
  if (p->at == p->count || p->text[p->at] != '{') re_error(p, p->at, "missing {");
  size_t from = ++p->at;
  while (p->at < p->count && p->text[p->at] != '}') p->at++;
  if (p->at == from) re_error(p, p->at, "missing character name");
  if (p->at == p->count) re_error(p, from, "missing }, unterminated name");
  SkStr *name = re_text(p, from, p->at++);
  int32_t code = sk_front_character(name->data, name->bytes);
  if (code < 0) re_error(p, start, "undefined character name %R", sk_from_ptr(name));
  return code;
}

int64_t re_escape_code(ReParser *p, size_t start, uint32_t letter) {
  if (letter == 'x') return hex_escape(p, start, 2);
  if (p->bytes) return -1;
  if (letter == 'u') return hex_escape(p, start, 4);
  if (letter == 'U') return hex_escape(p, start, 8);
  if (letter == 'N') return named_escape(p, start);
  return -1;
}

/* ---- sets ---- */

typedef struct Member { uint32_t code, category; } Member; /* category: the letter, 0 for a character */

static Member set_escape(ReParser *p, size_t start) {
  if (p->at == p->count) re_error(p, p->count - 1, "bad escape (end of pattern)");
  uint32_t c = p->text[p->at++];
  if (c == 'b') return (Member){'\b', 0};
  if (c == '\\') return (Member){'\\', 0};
  if (re_control(c) != UINT32_MAX) return (Member){re_control(c), 0};
  if (c && c < 128 && strchr("dDsSwW", (int)c)) return (Member){0, c};
  int64_t code = re_escape_code(p, start, c);
  if (code >= 0) return (Member){(uint32_t)code, 0};
  if (c >= '0' && c <= '7') {
    code = (int64_t)c - '0';
    for (int i = 0; i < 2 && p->at < p->count && p->text[p->at] >= '0' && p->text[p->at] <= '7'; i++) code = code * 8 + (p->text[p->at++] - '0');
    if (code > 0377) re_error(p, start, "octal escape value %U outside of range 0-0o377", re_text(p, start, p->at));
    return (Member){(uint32_t)code, 0};
  }
  if ((c >= '0' && c <= '9') || (c < 128 && is_letter(c))) re_error(p, start, "bad escape %U", re_text(p, start, p->at));
  return (Member){c, 0};
}

static Member set_member(ReParser *p) {
  uint32_t c = p->text[p->at++];
  return c == '\\' ? set_escape(p, p->at - 1) : (Member){c, 0};
}

static void emit_range(ReParser *p, uint32_t lo, uint32_t hi) {
  emit_quoted(p, lo);
  if (hi == lo) return;
  emits(p, "-");
  emit_quoted(p, hi);
}

/* The range, and in ASCII mode the other case of the letters in it. */
static void emit_members(ReParser *p, uint32_t lo, uint32_t hi) {
  emit_range(p, lo, hi);
  if (folds_st(p) && lo <= 0xfb06 && hi >= 0xfb05) emits(p, "\\x{fb05}\\x{fb06}");
  if (!ascii_case(p)) return;
  for (uint32_t first = 'A'; first <= 'a'; first += 32) {
    uint32_t a = lo > first ? lo : first, b = hi < first + 25 ? hi : first + 25;
    if (a <= b) emit_range(p, a ^ 32, b ^ 32);
  }
}

static void emit_member(ReParser *p, Member m) {
  if (m.category) emits(p, category_text(p, m.category));
  else emit_members(p, m.code, m.code);
}

void re_parse_set(ReParser *p) {
  size_t here = p->at - 1;
  emits(p, ascii_case(p) ? "(?-i:[" : "[");
  if (p->at < p->count && p->text[p->at] == '^') {
    emits(p, "^");
    p->at++;
  }
  for (bool first = true;; first = false) {
    if (p->at == p->count) re_error(p, here, "unterminated character set");
    if (p->text[p->at] == ']' && !first) break;
    size_t start = p->at;
    Member low = set_member(p);
    if (p->at == p->count || p->text[p->at] != '-') {
      emit_member(p, low);
      continue;
    }
    size_t dash = p->at++;
    if (p->at == p->count) re_error(p, here, "unterminated character set");
    if (p->text[p->at] == ']') {
      emit_member(p, low);
      emits(p, "\\-");
      break;
    }
    Member high = set_member(p);
    if (low.category || high.category || high.code < low.code)
      re_error(p, start, "bad character range %U-%U", re_text(p, start, dash), re_text(p, dash + 1, p->at));
    emit_members(p, low.code, high.code);
  }
  p->at++;
  emits(p, ascii_case(p) ? "])" : "]");
}
