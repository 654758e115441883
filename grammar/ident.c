/* ident.c - identifiers beyond ASCII.                                 Layer 1.
 *
 * PEP 3131: XID_Start XID_Continue*, and names are compared in NFKC.  The
 * classes come from the general categories plus the Other_ID lists of
 * Unicode's PropList, minus what NFKC turns into something else.
 */
#include "grammar/ident.h"

#include "grammar/lex_impl.h"
#include "vm/base/unicode.h"
#include "vm/base/utf8.h"

static bool id_start(uint32_t c) {
  switch (sk_unicode_category(c)) {
    case SK_LU:
    case SK_LL:
    case SK_LT:
    case SK_LM:
    case SK_LO:
    case SK_NL: return c != 0x2E2F; /* VERTICAL TILDE is Pattern_Syntax */
    default:
      return c == '_' || c == 0x1885 || c == 0x1886 || c == 0x2118 || c == 0x212E || c == 0x309B ||
             c == 0x309C;
  }
}

static bool id_continue(uint32_t c) {
  if (id_start(c)) return true;
  switch (sk_unicode_category(c)) {
    case SK_MN:
    case SK_MC:
    case SK_ND:
    case SK_PC: return true;
    default:
      return c == 0x00B7 || c == 0x0387 || (c >= 0x1369 && c <= 0x1371) || c == 0x19DA ||
             c == 0x200C || c == 0x200D || c == 0x30FB || c == 0xFF65;
  }
}

/* XID: the identifier property must survive NFKC (UAX 31, 5.1). */
static bool survives_nfkc(uint32_t c, bool (*first)(uint32_t)) {
  uint32_t parts[SK_UNICODE_PARTS];
  size_t n = sk_unicode_decompose(c, parts);
  if (!first(parts[0])) return false;
  for (size_t i = 1; i < n; i++)
    if (!id_continue(parts[i])) return false;
  return true;
}

bool sk_ident_is_start(int32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return id_start((uint32_t)c) && survives_nfkc((uint32_t)c, id_start);
}

bool sk_ident_is_continue(int32_t c) {
  if (c < 0x80) return sk_ident_is_start(c) || (c >= '0' && c <= '9');
  if (c == 0x200C || c == 0x200D || c == 0x30FB || c == 0xFF65)
    return false; /* since Unicode 15.1 */
  return id_continue((uint32_t)c) && survives_nfkc((uint32_t)c, id_continue);
}

static SkName *intern_nfkc(SkNames *names, const char *text, size_t n) {
  uint32_t parts[SK_UNICODE_PARTS];
  size_t count = 0;
  for (const char *p = text; p < text + n;) count += sk_unicode_decompose(sk_utf8_next(&p), parts);
  uint32_t *all = sk_arena_alloc(names->arena, count * sizeof *all);
  count = 0;
  for (const char *p = text; p < text + n;) {
    size_t m = sk_unicode_decompose(sk_utf8_next(&p), parts);
    for (size_t i = 0; i < m; i++) all[count++] = parts[i];
  }
  count = sk_unicode_compose(all, count);
  char *out = sk_arena_alloc(names->arena, count * SK_UTF8_MAX_BYTES);
  size_t bytes = 0;
  for (size_t i = 0; i < count; i++) bytes += sk_utf8_encode(all[i], out + bytes);
  return sk_name_intern(names, out, bytes);
}

/* ASCII is its own NFKC. */
SkName *sk_ident_intern(SkNames *names, const char *text, size_t n) {
  return sk_utf8_is_ascii(text, n) ? sk_name_intern(names, text, n) : intern_nfkc(names, text, n);
}

static bool bad_character(SkLexer *lx, const char *at, int32_t c, size_t length) {
  SkRange r = sk_lex_point(lx, at);
  if (!sk_unicode_is_printable((uint32_t)c))
    return sk_lex_fail(lx, SK_DIAG_SYNTAX, r, "invalid non-printable character U+%04X",
                       (unsigned)c);
  return sk_lex_fail(lx, SK_DIAG_SYNTAX, r, "invalid character '%.*s' (U+%04X)", (int)length, at,
                     (unsigned)c);
}

bool sk_lex_wide_name(SkLexer *lx, const char *start) {
  const char *s = start;
  while (s < lx->end) {
    size_t n;
    int32_t c = (int32_t)sk_utf8_decode(s, &n);
    if (s == start ? sk_ident_is_start(c) : sk_ident_is_continue(c)) {
      s += n;
      continue;
    }
    if (c >= 0x80 || s == start) {
      lx->cursor = s;
      return bad_character(lx, s, c, n);
    }
    break;
  }
  lx->cursor = s;
  sk_lex_push(lx, TK_NAME, start);
  return true;
}
