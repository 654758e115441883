/* uniname.c - the names of Unicode characters, for \N{...}.           Layer 1.
 *
 * A name is looked up as a row of word numbers: first its words are found in
 * the dictionary, then the packed list is read from its start.  That takes
 * about a millisecond, and only sources that use \N{...} pay it.
 */
#include "grammar/uniname.h"

#include <stdbool.h>
#include <string.h>

#include "grammar/uniname_data.h"

enum { MAX_WORDS = 32, BASE = 90, FIRST = 60 };

static char upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 32) : c; }

/* ---- names that follow rules --------------------------------------------------------------- */

static bool skip_prefix(const char **name, size_t *n, const char *prefix) {
  size_t k = strlen(prefix);
  if (*n <= k) return false;
  for (size_t i = 0; i < k; i++)
    if (upper((*name)[i]) != prefix[i]) return false;
  *name += k;
  *n -= k;
  return true;
}

static int32_t cjk_ideograph(const char *hex, size_t n) {
  static const int32_t ranges[][2] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0x20000, 0x2A6DF},
                                      {0x2A700, 0x2B739}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1},
                                      {0x2CEB0, 0x2EBE0}, {0x2EBF0, 0x2EE5D}, {0x30000, 0x3134A},
                                      {0x31350, 0x323AF}};
  int32_t c = 0;
  if (n != 4 && n != 5) return -1;
  for (size_t i = 0; i < n; i++) {
    char d = upper(hex[i]);
    if (d >= '0' && d <= '9')
      c = c * 16 + (d - '0');
    else if (d >= 'A' && d <= 'F')
      c = c * 16 + (d - 'A' + 10);
    else
      return -1;
  }
  for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
    if (c >= ranges[i][0] && c <= ranges[i][1]) return c;
  return -1;
}

/* The longest of the jamo's short names that |name| begins with. */
static int jamo(const char *const *names, int count, const char **name, size_t *n) {
  int best = -1;
  size_t longest = 0;
  for (int i = 0; i < count; i++) {
    size_t k = strlen(names[i]);
    if (k > *n || (best >= 0 && k <= longest)) continue;
    size_t j = 0;
    while (j < k && upper((*name)[j]) == names[i][j]) j++;
    if (j == k) best = i, longest = k;
  }
  *name += longest;
  *n -= longest;
  return best;
}

static int32_t hangul_syllable(const char *name, size_t n) {
  static const char *const leads[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                      "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
  static const char *const vowels[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                       "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                       "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
  static const char *const tails[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                      "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                      "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};
  int lead = jamo(leads, 19, &name, &n), vowel = jamo(vowels, 21, &name, &n);
  int tail = jamo(tails, 28, &name, &n);
  if (lead < 0 || vowel < 0 || tail < 0 || n) return -1;
  return 0xAC00 + (lead * 21 + vowel) * 28 + tail;
}

/* ---- packed names -------------------------------------------------------------------------- */

typedef struct Words {
  int number[MAX_WORDS]; /* -1: not known yet */
  size_t count;
} Words;

/* Splits at blanks and before hyphens, as the generator does. */
static bool split(const char *name, size_t n, const char *start[MAX_WORDS],
                  size_t length[MAX_WORDS], size_t *count) {
  size_t k = 0;
  start[0] = name;
  for (size_t i = 0; i <= n; i++) {
    bool hyphen = i < n && name[i] == '-';
    if (i < n && name[i] != ' ' && !hyphen) continue;
    length[k] = (size_t)(name + i - start[k]);
    if (i == n) break;
    if (++k == MAX_WORDS) return false;
    start[k] = name + i + !hyphen;
  }
  *count = k + 1;
  return true;
}

/* Finds the dictionary numbers of all words; false if one is unknown. */
static bool number_words(const char *const start[], const size_t length[], Words *words) {
  size_t missing = words->count;
  const char *s = sk_uniname_words;
  for (size_t i = 0; i < words->count; i++) words->number[i] = -1;
  for (int number = 0; *s && missing; number++) {
    const char *end = strchr(s, ' ');
    size_t n = (size_t)(end - s);
    for (size_t i = 0; i < words->count; i++) {
      if (words->number[i] >= 0 || length[i] != n) continue;
      size_t k = 0;
      while (k < n && upper(start[i][k]) == s[k]) k++;
      if (k == n) words->number[i] = number, missing--;
    }
    s = end + 1;
  }
  return missing == 0;
}

static int digit(char c) {
  int d = c - '#';
  return d - (c > '?') - (c > '\\');
}

static int32_t find(const Words *want) {
  int row[MAX_WORDS + BASE];
  int32_t code = 0;
  for (const char *s = sk_uniname_names; *s; s++, code++) {
    if (*s == '!') {
      code = 0;
      for (int i = 1; i <= 4; i++) code = code * BASE + digit(s[i]);
      s += 5;
    }
    size_t n = (size_t)digit(*s++);
    while (*s != ' ') {
      int d = digit(*s++);
      if (d >= FIRST) {
        d = FIRST + ((d - FIRST) * BASE + digit(s[0])) * BASE + digit(s[1]);
        s += 2;
      }
      row[n++] = d;
    }
    if (n == want->count && memcmp(row, want->number, n * sizeof row[0]) == 0) return code;
  }
  return -1;
}

int32_t sk_uniname_lookup(const char *name, size_t n) {
  const char *rest = name;
  size_t left = n;
  if (skip_prefix(&rest, &left, "CJK UNIFIED IDEOGRAPH-")) return cjk_ideograph(rest, left);
  if (skip_prefix(&rest, &left, "HANGUL SYLLABLE ")) return hangul_syllable(rest, left);
  const char *start[MAX_WORDS];
  size_t length[MAX_WORDS];
  Words words;
  if (n == 0 || !split(name, n, start, length, &words.count)) return -1;
  return number_words(start, length, &words) ? find(&words) : -1;
}
