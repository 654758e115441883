/* ident.c - identifiers beyond ASCII.                                 Layer 1.
 *
 * PEP 3131: XID_Start XID_Continue*, and names are compared in NFKC.  The
 * classes come from the general categories plus the Other_ID lists of
 * Unicode's PropList, minus what NFKC turns into something else.
 */
#include "grammar/ident.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "grammar/lex_impl.h"

static bool id_start(utf8proc_int32_t c) {
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL: return c != 0x2E2F; /* VERTICAL TILDE is Pattern_Syntax */
    default:
      return c == '_' || c == 0x1885 || c == 0x1886 || c == 0x2118 || c == 0x212E || c == 0x309B ||
             c == 0x309C;
  }
}

static bool id_continue(utf8proc_int32_t c) {
  if (id_start(c)) return true;
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC: return true;
    default:
      return c == 0x00B7 || c == 0x0387 || (c >= 0x1369 && c <= 0x1371) || c == 0x19DA ||
             c == 0x200C || c == 0x200D || c == 0x30FB || c == 0xFF65;
  }
}

/* XID: the identifier property must survive NFKC (UAX 31, 5.1). */
static bool survives_nfkc(utf8proc_int32_t c, bool (*first)(utf8proc_int32_t)) {
  utf8proc_int32_t parts[32];
  int boundary = 0;
  utf8proc_ssize_t n =
      utf8proc_decompose_char(c, parts, 32, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &boundary);
  if (n <= 0 || n > 32) return false;
  if (!first(parts[0])) return false;
  for (utf8proc_ssize_t i = 1; i < n; i++)
    if (!id_continue(parts[i])) return false;
  return true;
}

bool sk_ident_is_start(int32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return id_start(c) && survives_nfkc(c, id_start);
}

bool sk_ident_is_continue(int32_t c) {
  if (c < 0x80) return sk_ident_is_start(c) || (c >= '0' && c <= '9');
  if (c == 0x200C || c == 0x200D || c == 0x30FB || c == 0xFF65)
    return false; /* since Unicode 15.1 */
  return id_continue(c) && survives_nfkc(c, id_continue);
}

/* ASCII is its own NFKC. */
SkName *sk_ident_intern(SkNames *names, const char *text, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (!(text[i] & 0x80)) continue;
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t m = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, &out,
                                      UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    if (m < 0) break; /* out of memory: the raw spelling still is a name */
    char *copy = sk_arena_strndup(names->arena, (const char *)out, (size_t)m);
    free(out);
    return sk_name_intern(names, copy, (size_t)m);
  }
  return sk_name_intern(names, text, n);
}

static bool printable(int32_t c) {
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return false;
    case UTF8PROC_CATEGORY_ZS: return c == ' ';
    default: return true;
  }
}

static bool bad_character(SkLexer *lx, const char *at, int32_t c, size_t length) {
  SkRange r = sk_lex_point(lx, at);
  if (!printable(c))
    return sk_lex_fail(lx, SK_DIAG_SYNTAX, r, "invalid non-printable character U+%04X",
                       (unsigned)c);
  return sk_lex_fail(lx, SK_DIAG_SYNTAX, r, "invalid character '%.*s' (U+%04X)", (int)length, at,
                     (unsigned)c);
}

bool sk_lex_wide_name(SkLexer *lx, const char *start) {
  const char *s = start;
  while (s < lx->end) {
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s, lx->end - s, &c);
    if (n <= 0) c = (unsigned char)*s, n = 1;
    if (s == start ? sk_ident_is_start(c) : sk_ident_is_continue(c)) {
      s += n;
      continue;
    }
    if (c >= 0x80 || s == start) {
      lx->cursor = s;
      return bad_character(lx, s, c, (size_t)n);
    }
    break;
  }
  lx->cursor = s;
  sk_lex_push(lx, TK_NAME, start);
  return true;
}
