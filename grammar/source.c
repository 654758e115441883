/* source.c - bytes of a file to the text the lexer reads.             Layer 1.
 *
 * PEP 263: a byte order mark or a comment in the first two lines names the
 * encoding.  Afterwards everything is UTF-8 with '\n' line ends.
 */
#include "grammar/source.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

bool sk_source_is_utf8(const char *src, size_t n, size_t *bad) {
  const unsigned char *s = (const unsigned char *)src;
  size_t i = 0;
  while (i < n) {
    uint64_t word;
    if (n - i >= 8 && (memcpy(&word, s + i, 8), (word & 0x8080808080808080u) == 0)) {
      i += 8;
      continue;
    }
    unsigned c = s[i];
    size_t more = c < 0x80 ? 0 : c < 0xC2 ? 9 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : c < 0xF5 ? 3 : 9;
    *bad = i;
    if (more == 9 || i + more >= n + (more == 0)) return false;
    for (size_t k = 1; k <= more; k++)
      if ((s[i + k] & 0xC0) != 0x80) return false;
    if ((c == 0xE0 && s[i + 1] < 0xA0) || (c == 0xED && s[i + 1] > 0x9F) ||
        (c == 0xF0 && s[i + 1] < 0x90) || (c == 0xF4 && s[i + 1] > 0x8F))
      return false;
    i += more + 1;
  }
  return true;
}

/* The encoding a comment line declares: coding[:=]\s*([-\w.]+).  False if
 * none; *code_line then tells whether the line holds code. */
static bool coding_of_line(const char *s, const char *end, char name[64], bool *code_line) {
  while (s < end && (*s == ' ' || *s == '\t' || *s == '\f')) s++;
  *code_line = s < end && *s != '#';
  if (s == end || *s != '#') return false;
  for (; s + 7 <= end; s++) {
    if (memcmp(s, "coding", 6) != 0 || (s[6] != ':' && s[6] != '=')) continue;
    const char *p = s + 7;
    while (p < end && (*p == ' ' || *p == '\t')) p++;
    size_t n = 0;
    for (; p < end && n < 63; p++) {
      bool word = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9');
      if (!word && *p != '-' && *p != '_' && *p != '.') break;
      name[n++] = *p;
    }
    name[n] = 0;
    if (n) return true;
  }
  return false;
}

static bool find_coding(const char *src, size_t n, char name[64]) {
  const char *s = src, *end = src + n;
  for (int line = 0; line < 2 && s < end; line++) {
    const char *stop = s;
    while (stop < end && *stop != '\n' && *stop != '\r') stop++;
    bool code_line;
    if (coding_of_line(s, stop, name, &code_line)) return true;
    if (code_line) return false;
    if (stop < end && *stop == '\r' && stop + 1 < end && stop[1] == '\n') stop++;
    s = stop + (stop < end);
  }
  return false;
}

typedef enum SourceEncoding { UTF8, LATIN1, ASCII, UNKNOWN } SourceEncoding;

/* Names as Python's codec registry spells them: case and '-' against '_' do not matter. */
static SourceEncoding encoding_named(const char *declared) {
  static const struct {
    const char *name;
    SourceEncoding encoding;
  } known[] = {
      {"utf_8", UTF8},   {"utf8", UTF8},         {"u8", UTF8},          {"utf_8_sig", UTF8},
      {"cp65001", UTF8}, {"latin_1", LATIN1},    {"latin1", LATIN1},    {"latin", LATIN1},
      {"l1", LATIN1},    {"iso_8859_1", LATIN1}, {"iso8859_1", LATIN1}, {"iso8859", LATIN1},
      {"8859", LATIN1},  {"cp819", LATIN1},      {"ascii", ASCII},      {"us_ascii", ASCII},
      {"646", ASCII},    {"us", ASCII},
  };
  char name[64];
  size_t i = 0;
  for (; declared[i]; i++) name[i] = declared[i] == '-' || declared[i] == '.' ? '_' : declared[i];
  name[i] = 0;
  for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
    if (strcasecmp(name, known[k].name) == 0) return known[k].encoding;
  if (strncasecmp(name, "utf_8_", 6) == 0) return UTF8;
  if (strncasecmp(name, "latin_1_", 8) == 0 || strncasecmp(name, "iso_8859_1_", 11) == 0)
    return LATIN1;
  return UNKNOWN;
}

static bool encoding_problem(SkDiag *diag, const char *name) {
  return sk_diag_error(diag, (SkRange){0}, SK_DIAG_SYNTAX, "encoding problem: %s", name);
}

static bool check_utf8(SkDiag *diag, const char *src, size_t n, const char *declared) {
  size_t bad;
  if (sk_source_is_utf8(src, n, &bad)) return true;
  if (declared) return encoding_problem(diag, declared);
  unsigned line = 1;
  for (size_t i = 0; i < bad; i++) line += src[i] == '\n' || (src[i] == '\r' && src[i + 1] != '\n');
  return sk_diag_error(diag, (SkRange){0}, SK_DIAG_SYNTAX,
                       "Non-UTF-8 code starting with '\\x%02x' in file %s on line %u, but no "
                       "encoding declared; see https://peps.python.org/pep-0263/ for details",
                       (unsigned char)src[bad], diag->filename, line);
}

/* Copies with newlines translated; bytes above 127 widen when from Latin-1. */
static void copy_text(SkDiag *diag, const char *src, size_t n, bool latin1) {
  size_t extra = 2;
  if (latin1)
    for (size_t i = 0; i < n; i++) extra += (unsigned char)src[i] >= 0x80;
  char *to = sk_arena_alloc(diag->arena, n + extra), *start = to;
  if (!latin1 && !memchr(src, '\r', n)) {
    if (n) memcpy(to, src, n);
    to += n;
  } else {
    for (size_t i = 0; i < n; i++) {
      unsigned char c = (unsigned char)src[i];
      if (c == '\r') {
        i += i + 1 < n && src[i + 1] == '\n';
        *to++ = '\n';
      } else if (latin1 && c >= 0x80) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3F));
      } else {
        *to++ = (char)c;
      }
    }
  }
  if (to > start && to[-1] != '\n') *to++ = '\n';
  *to = 0;
  diag->source = start;
  diag->source_length = (size_t)(to - start);
}

static bool no_nulls(SkDiag *diag, unsigned flags) {
  const char *s = diag->source, *nul = memchr(s, 0, diag->source_length);
  if (!nul) return true;
  const char *what = "source code cannot contain null bytes";
  if (flags & SK_PARSE_IS_STR)
    return sk_diag_error(diag, (SkRange){0}, SK_DIAG_SYNTAX,
                         "source code string cannot contain null bytes");
  uint32_t line = 1;
  const char *from = s;
  for (; s < nul; s++)
    if (*s == '\n') line++, from = s + 1;
  SkRange r = {line, (uint32_t)(nul - from), line, (uint32_t)(nul - from)};
  diag->source_length = (size_t)(nul - diag->source);
  return sk_diag_error(diag, r, SK_DIAG_SYNTAX, "%s", what);
}

bool sk_source_decode(SkDiag *diag, const char *src, size_t n, unsigned flags) {
  char name[64] = "";
  SourceEncoding encoding = UTF8;
  if (n >= UINT32_MAX / 2)
    return sk_diag_error(diag, (SkRange){0}, SK_DIAG_MEMORY, "source text is too long");
  bool bom = n >= 3 && memcmp(src, "\xEF\xBB\xBF", 3) == 0;
  if (flags & SK_PARSE_IS_STR) bom = false; /* in a str it is a character like any other */
  if (bom) src += 3, n -= 3;
  if (!(flags & SK_PARSE_IS_STR) && find_coding(src, n, name)) {
    encoding = encoding_named(name);
    if (encoding == UNKNOWN) return encoding_problem(diag, name);
    if (bom && strncasecmp(name, "utf-8", 5) != 0 && strncasecmp(name, "utf_8", 5) != 0)
      return sk_diag_error(diag, (SkRange){0}, SK_DIAG_SYNTAX, "encoding problem: %s with BOM",
                           encoding == LATIN1 ? "iso-8859-1" : name);
    if (encoding == ASCII)
      for (size_t i = 0; i < n; i++)
        if ((unsigned char)src[i] >= 0x80) return encoding_problem(diag, name);
  }
  if (encoding == UTF8 && !check_utf8(diag, src, n, name[0] ? name : NULL)) return false;
  copy_text(diag, src, n, encoding == LATIN1);
  return no_nulls(diag, flags);
}
