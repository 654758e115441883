/* unicode_gen.c - build tool: asks utf8proc about every character and writes unicode_tables.h to its output.  Links utf8proc;
 * nothing else does. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "vm/base/unicode.h"

enum { LAST = 0x10FFFF, PAGE_BITS = 7, PAGE = 1 << PAGE_BITS, PAGES = (LAST + 1) / PAGE, MOST = 4096, MOST_TEXT = 65536 };

static_assert((int)SK_LU == UTF8PROC_CATEGORY_LU && (int)SK_ND == UTF8PROC_CATEGORY_ND && (int)SK_ZS == UTF8PROC_CATEGORY_ZS &&
                  (int)SK_CO == UTF8PROC_CATEGORY_CO, "categories are numbered as utf8proc's");

typedef struct Record { int category, combining, upper, lower, title; } Record;
typedef struct Pair { int32_t first, second, joined; } Pair;

static Record records[MOST];
static int record_count;
static uint16_t pages[PAGES][PAGE];
static int page_count;
static int32_t text[MOST_TEXT];
static size_t text_length;

static void fail(const char *why) {
  fprintf(stderr, "unicode_gen: %s\n", why);
  exit(1);
}

static uint16_t record_of(int32_t c) {
  const utf8proc_property_t *p = utf8proc_get_property(c);
  Record r = {p->category, p->combining_class, utf8proc_toupper(c) - c, utf8proc_tolower(c) - c, utf8proc_totitle(c) - c};
  for (int i = 0; i < record_count; i++)
    if (memcmp(&records[i], &r, sizeof r) == 0) return (uint16_t)i;
  if (record_count == MOST) fail("too many records");
  records[record_count] = r;
  return (uint16_t)record_count++;
}

static void write_records(void) {
  printf("enum { UNICODE_PAGE_BITS = %d };\n\nstatic const uint16_t unicode_page_of[] = {", PAGE_BITS);
  for (int32_t at = 0; at < PAGES; at++) {
    uint16_t page[PAGE];
    for (int32_t i = 0; i < PAGE; i++) page[i] = record_of(at * PAGE + i);
    int p = 0;
    while (p < page_count && memcmp(pages[p], page, sizeof page) != 0) p++;
    if (p == page_count) memcpy(pages[page_count++], page, sizeof page);
    printf("%s%d,", at % 32 ? "" : "\n", p);
  }
  puts("\n};\n\nstatic const uint16_t unicode_pages[][1 << UNICODE_PAGE_BITS] = {");
  for (int p = 0; p < page_count; p++) {
    printf("{");
    for (int i = 0; i < PAGE; i++) printf("%d,%s", pages[p][i], i % 32 == 31 ? "\n" : "");
    puts("},");
  }
  puts("};\n\nstatic const UnicodeRecord unicode_records[] = {");
  for (int i = 0; i < record_count; i++) {
    Record r = records[i];
    printf("{%d, %d, %d, %d, %d},%s", r.category, r.combining, r.upper, r.lower, r.title, i % 6 == 5 ? "\n" : " ");
  }
  puts("\n};\n");
}

/* Where these characters stand in |text|; added when they don't. */
static size_t text_at(const int32_t *s, size_t n) {
  for (size_t i = 0; i + n <= text_length; i++)
    if (memcmp(text + i, s, n * sizeof *s) == 0) return i;
  if (text_length + n > MOST_TEXT) fail("too much text");
  memcpy(text + text_length, s, n * sizeof *s);
  text_length += n;
  return text_length - n;
}

static int decompose(int32_t c, int options, size_t most, int32_t *out) {
  int boundary = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(c, out, 64, (utf8proc_option_t)options, &boundary);
  if (n < 1 || (size_t)n > most) fail("a decomposition is too long");
  return (int)n;
}

static bool is_special(int32_t c) { return (c >= 0xD800 && c < 0xE000) || (c >= 0xAC00 && c < 0xAC00 + 11172); }

static void write_spellings(const char *name, int options, size_t most) {
  int count = 0;
  printf("static const UnicodeSpelling %s[] = {", name);
  for (int32_t c = 0; c <= LAST; c++) {
    if (is_special(c)) continue;
    int32_t out[64];
    int n = decompose(c, options, most, out);
    if (n == 1 && out[0] == c) continue;
    printf("%s{%d, %d, %zu},", count++ % 8 ? " " : "\n", (int)c, n, text_at(out, (size_t)n));
  }
  puts("\n};\n");
}

static int by_letters(const void *a, const void *b) {
  const Pair *p = a, *q = b;
  if (p->first != q->first) return p->first < q->first ? -1 : 1;
  return p->second < q->second ? -1 : p->second > q->second;
}

/* One character, or -1. */
static int32_t composed(const int32_t *s, int n) {
  int32_t copy[64];
  memcpy(copy, s, (size_t)n * sizeof *s);
  return utf8proc_normalize_utf32(copy, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE) == 1 ? copy[0] : -1;
}

static void write_pairs(void) {
  static Pair pairs[MOST];
  int count = 0;
  for (int32_t c = 0; c <= LAST; c++) {
    if (is_special(c)) continue;
    int32_t parts[64];
    int n = decompose(c, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, SK_UNICODE_PARTS, parts);
    if (n == 1 || composed(parts, n) != c) continue;
    int32_t first = n == 2 ? parts[0] : composed(parts, n - 1);
    if (first < 0 || count == MOST) fail("no pair");
    pairs[count++] = (Pair){first, parts[n - 1], c};
  }
  qsort(pairs, (size_t)count, sizeof *pairs, by_letters);
  printf("static const UnicodePair unicode_pairs[] = {");
  for (int i = 0; i < count; i++) printf("%s{%d, %d, %d},", i % 6 ? " " : "\n", (int)pairs[i].first, (int)pairs[i].second, (int)pairs[i].joined);
  puts("\n};\n");
}

int main(void) {
  printf("/* Generated by vm/base/unicode_gen.c from utf8proc %s, Unicode %s. */\n", utf8proc_version(), utf8proc_unicode_version());
  write_records();
  write_spellings("unicode_foldings", UTF8PROC_CASEFOLD, SK_UNICODE_FOLD);
  write_spellings("unicode_decompositions", UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, SK_UNICODE_PARTS);
  write_pairs();
  printf("static const uint32_t unicode_text[] = {");
  for (size_t i = 0; i < text_length; i++) printf("%s%d,", i % 24 ? "" : "\n", (int)text[i]);
  puts("\n};");
  return 0;
}
