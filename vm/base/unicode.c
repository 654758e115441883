/* unicode.c - look-up in the tables of Unicode, and composition.  Layer 0.
 *
 *   character -> page of 128 -> number of its record     pages that are alike are stored once
 *
 * Foldings and decompositions to something else than one letter of the other case are few: sorted lists.
 * Hangul is not in the tables: its syllables are numbers in mixed radix.
 */
#include "vm/base/unicode.h"

#include <string.h>

/* |upper| and so on are differences. */
typedef struct UnicodeRecord { uint8_t category, combining; int32_t upper, lower, title; } UnicodeRecord;
/* |c| becomes the |n| characters at |at|. */
typedef struct UnicodeSpelling { uint32_t c : 24, n : 8; uint32_t at; } UnicodeSpelling;
typedef struct UnicodePair { uint32_t first, second, joined; } UnicodePair;

#include "vm/base/unicode_tables.h"

enum { LAST = 0x10FFFF, HANGUL = 0xAC00, HANGUL_L = 0x1100, HANGUL_V = 0x1161, HANGUL_T = 0x11A7, L_COUNT = 19, V_COUNT = 21, T_COUNT = 28,
       SYLLABLES = L_COUNT * V_COUNT * T_COUNT };

static const UnicodeRecord *record_of(uint32_t c) {
  if (c > LAST) c = LAST; /* a noncharacter */
  return &unicode_records[unicode_pages[unicode_page_of[c >> UNICODE_PAGE_BITS]][c & ((1u << UNICODE_PAGE_BITS) - 1)]];
}

SkCategory sk_unicode_category(uint32_t c) { return (SkCategory)record_of(c)->category; }
uint32_t sk_unicode_lower(uint32_t c) { return c + (uint32_t)record_of(c)->lower; }
uint32_t sk_unicode_upper(uint32_t c) { return c + (uint32_t)record_of(c)->upper; }
uint32_t sk_unicode_title(uint32_t c) { return c + (uint32_t)record_of(c)->title; }

bool sk_unicode_is_printable(uint32_t c) {
  switch (sk_unicode_category(c)) {
    case SK_CC: case SK_CF: case SK_CS: case SK_CO: case SK_CN: case SK_ZL: case SK_ZP: return false;
    case SK_ZS: return c == ' ';
    default: return true;
  }
}

/* ---- spellings ---- */

static size_t spell(const UnicodeSpelling *list, size_t count, uint32_t c, uint32_t *out) {
  size_t lo = 0, hi = count;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (list[mid].c < c) lo = mid + 1;
    else hi = mid;
  }
  if (lo == count || list[lo].c != c) return 0;
  memcpy(out, unicode_text + list[lo].at, list[lo].n * sizeof *out);
  return list[lo].n;
}

size_t sk_unicode_fold(uint32_t c, uint32_t out[SK_UNICODE_FOLD]) {
  size_t n = spell(unicode_foldings, sizeof unicode_foldings / sizeof *unicode_foldings, c, out);
  if (n) return n;
  out[0] = c;
  return 1;
}

size_t sk_unicode_decompose(uint32_t c, uint32_t out[SK_UNICODE_PARTS]) {
  uint32_t s = c - HANGUL;
  if (s < SYLLABLES) {
    out[0] = HANGUL_L + s / (V_COUNT * T_COUNT);
    out[1] = HANGUL_V + s / T_COUNT % V_COUNT;
    out[2] = HANGUL_T + s % T_COUNT;
    return out[2] == HANGUL_T ? 2 : 3;
  }
  size_t n = spell(unicode_decompositions, sizeof unicode_decompositions / sizeof *unicode_decompositions, c, out);
  if (n) return n;
  out[0] = c;
  return 1;
}

/* ---- composition ---- */

/* 0: they don't join. */
static uint32_t join(uint32_t a, uint32_t b) {
  if (a - HANGUL_L < L_COUNT && b - HANGUL_V < V_COUNT) return HANGUL + ((a - HANGUL_L) * V_COUNT + (b - HANGUL_V)) * T_COUNT;
  if (a - HANGUL < SYLLABLES && (a - HANGUL) % T_COUNT == 0 && b - HANGUL_T - 1 < T_COUNT - 1) return a + (b - HANGUL_T);
  size_t lo = 0, count = sizeof unicode_pairs / sizeof *unicode_pairs, hi = count;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    const UnicodePair *p = &unicode_pairs[mid];
    if (p->first < a || (p->first == a && p->second < b)) lo = mid + 1;
    else hi = mid;
  }
  return lo < count && unicode_pairs[lo].first == a && unicode_pairs[lo].second == b ? unicode_pairs[lo].joined : 0;
}

/* Marks after a letter by their class; those of one class keep their order. */
static void sort_marks(uint32_t *s, size_t n) {
  for (size_t i = 1; i < n; i++) {
    uint32_t c = s[i];
    uint8_t class = record_of(c)->combining;
    size_t j = i;
    for (; class && j > 0 && record_of(s[j - 1])->combining > class; j--) s[j] = s[j - 1];
    s[j] = c;
  }
}

size_t sk_unicode_compose(uint32_t *s, size_t n) {
  sort_marks(s, n);
  size_t length = 0, letter = SIZE_MAX; /* where the last letter stands */
  for (size_t i = 0; i < n; i++) {
    int class = record_of(s[i])->combining;
    /* A mark that stayed between, of the same class or a letter itself, blocks. */
    int before = letter == SIZE_MAX || letter + 1 == length ? -1 : record_of(s[length - 1])->combining;
    uint32_t joined = letter != SIZE_MAX && before < class ? join(s[letter], s[i]) : 0;
    if (joined) {
      s[letter] = joined;
      continue;
    }
    if (!class) letter = length;
    s[length++] = s[i];
  }
  return length;
}
