/* str_case.c - letters: case conversion and classification, on Unicode data.  Layer 6. */
#include <string.h>

#include "vm/base/unicode.h"
#include "vm/base/utf8.h"
#include "vm/object/exception.h"
#include "vm/object/str_methods.h"

bool sk_char_is_printable(uint32_t c) { return c < 0x7f ? c >= 0x20 : sk_unicode_is_printable(c); }

/* Bidirectional type WS, B or S, or category Zs. */
bool sk_char_is_space(uint32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f);
  return c == 0x85 || c == 0x2028 || c == 0x2029 || sk_unicode_category(c) == SK_ZS;
}

bool sk_char_is_line_break(uint32_t c) {
  return (c >= 10 && c <= 13) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Decimal digits come in runs of ten; a run starts at the first code point of its category run whose
 * value is 0, and all runs start at a code point that is 0 or 6 modulo 10 ... which categories cannot tell,
 * so the few starts that do not follow "low nibble 0 or 6" are listed. */
int sk_char_decimal(uint32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? (int)c - '0' : -1;
  if (sk_unicode_category(c) != SK_ND) return -1;
  if (c >= 0x1d7ce && c <= 0x1d7ff) return (int)(c - 0x1d7ce) % 10;
  uint32_t low = c & 15;
  return low >= 6 && sk_unicode_category(c - low) != SK_ND ? (int)low - 6 : (int)low;
}

static bool is_alpha(uint32_t c) {
  SkCategory k = sk_unicode_category(c);
  return k == SK_LU || k == SK_LL || k == SK_LT || k == SK_LM ||
         k == SK_LO;
}

/* Digits beyond the decimal ones: superscripts, circled and the like (Numeric_Type=Digit). */
static bool is_digit(uint32_t c) {
  if (sk_char_decimal(c) >= 0) return true;
  return c == 0xb2 || c == 0xb3 || c == 0xb9 || (c >= 0x1369 && c <= 0x1371) || c == 0x19da || c == 0x2070 ||
         (c >= 0x2074 && c <= 0x2079) || (c >= 0x2080 && c <= 0x2089) || (c >= 0x2460 && c <= 0x2468) ||
         (c >= 0x2474 && c <= 0x247c) || (c >= 0x2488 && c <= 0x2490) || c == 0x24ea || (c >= 0x24f5 && c <= 0x24fd) ||
         c == 0x24ff || (c >= 0x2776 && c <= 0x277e) || (c >= 0x2780 && c <= 0x2788) || (c >= 0x278a && c <= 0x2792) ||
         (c >= 0x10a40 && c <= 0x10a43) || (c >= 0x10e60 && c <= 0x10e68) || (c >= 0x11052 && c <= 0x1105a) ||
         (c >= 0x1f100 && c <= 0x1f10a);
}

/* Numeric ideographs (category Lo with a numeric value). */
static bool is_cjk_number(uint32_t c) {
  static const uint32_t list[] = {
      0x3405, 0x3483, 0x382a, 0x3b4d, 0x4e00, 0x4e03, 0x4e07, 0x4e09, 0x4e5d, 0x4e8c, 0x4e94, 0x4e96, 0x4ebf, 0x4ec0, 0x4edf,
      0x4ee8, 0x4f0d, 0x4f70, 0x5104, 0x5146, 0x5169, 0x516b, 0x516d, 0x5341, 0x5343, 0x5344, 0x5345, 0x534c, 0x53c1, 0x53c2,
      0x53c3, 0x53c4, 0x56db, 0x58f1, 0x58f9, 0x5e7a, 0x5efe, 0x5eff, 0x5f0c, 0x5f0d, 0x5f0e, 0x5f10, 0x62fe, 0x634c, 0x67d2,
      0x6f06, 0x7396, 0x767e, 0x8086, 0x842c, 0x8cae, 0x8cb3, 0x8d30, 0x9621, 0x9646, 0x964c, 0x9678, 0x96f6, 0xf96b, 0xf973,
      0xf978, 0xf9b2, 0xf9d1, 0xf9d3, 0xf9fd};
  for (size_t i = 0; i < sizeof list / sizeof *list; i++)
    if (list[i] == c) return true;
  return false;
}

static bool is_numeric(uint32_t c) {
  if (is_digit(c)) return true;
  SkCategory k = sk_unicode_category(c);
  return k == SK_NL || k == SK_NO || is_cjk_number(c);
}

/* Other_Lowercase and Other_Uppercase extend the letter categories. */
static bool is_lower(uint32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  if (sk_unicode_category(c) == SK_LL) return true;
  return c == 0xaa || c == 0xba || (c >= 0x2b0 && c <= 0x2b8) || c == 0x2c0 || c == 0x2c1 || (c >= 0x2e0 && c <= 0x2e4) || c == 0x345 ||
         c == 0x37a || c == 0x10fc || (c >= 0x1d2c && c <= 0x1d6a) || c == 0x1d78 || (c >= 0x1d9b && c <= 0x1dbf) || c == 0x2071 ||
         c == 0x207f || (c >= 0x2090 && c <= 0x209c) || (c >= 0x2170 && c <= 0x217f) || (c >= 0x24d0 && c <= 0x24e9) ||
         c == 0x2c7c || c == 0x2c7d || c == 0xa69c || c == 0xa69d || c == 0xa770 || (c >= 0xa7f2 && c <= 0xa7f4) || c == 0xa7f8 || c == 0xa7f9 ||
         (c >= 0xab5c && c <= 0xab5f) || c == 0xab69 || c == 0x10780 || (c >= 0x10783 && c <= 0x10785) || (c >= 0x10787 && c <= 0x107b0) ||
         (c >= 0x107b2 && c <= 0x107ba) || (c >= 0x1e030 && c <= 0x1e06d);
}

static bool is_upper(uint32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (sk_unicode_category(c) == SK_LU) return true;
  return (c >= 0x2160 && c <= 0x216f) || (c >= 0x24b6 && c <= 0x24cf) || (c >= 0x1f130 && c <= 0x1f149) ||
         (c >= 0x1f150 && c <= 0x1f169) || (c >= 0x1f170 && c <= 0x1f189);
}

static bool is_title(uint32_t c) { return sk_unicode_category(c) == SK_LT; }
static bool is_cased(uint32_t c) { return is_lower(c) || is_upper(c) || is_title(c); }

/* ---- conversion ---- */

/* Mappings to several code points (SpecialCasing.txt, unconditional): from, how many, to.  Upper case; title
 * case differs in the ligatures and in Greek with iota below, noted in |title|. */
typedef struct Special { uint32_t from; uint32_t upper[3], title[3]; } Special;
static const Special specials[] = {
    {0xdf, {'S', 'S'}, {'S', 's'}}, {0x149, {0x2bc, 'N'}, {0x2bc, 'N'}}, {0x1f0, {'J', 0x30c}, {'J', 0x30c}},
    {0x390, {0x399, 0x308, 0x301}, {0x399, 0x308, 0x301}}, {0x3b0, {0x3a5, 0x308, 0x301}, {0x3a5, 0x308, 0x301}},
    {0x587, {0x535, 0x552}, {0x535, 0x582}}, {0x1e96, {'H', 0x331}, {'H', 0x331}}, {0x1e97, {'T', 0x308}, {'T', 0x308}},
    {0x1e98, {'W', 0x30a}, {'W', 0x30a}}, {0x1e99, {'Y', 0x30a}, {'Y', 0x30a}}, {0x1e9a, {'A', 0x2be}, {'A', 0x2be}},
    {0x1f50, {0x3a5, 0x313}, {0x3a5, 0x313}}, {0x1f52, {0x3a5, 0x313, 0x300}, {0x3a5, 0x313, 0x300}},
    {0x1f54, {0x3a5, 0x313, 0x301}, {0x3a5, 0x313, 0x301}}, {0x1f56, {0x3a5, 0x313, 0x342}, {0x3a5, 0x313, 0x342}},
    {0x1fb2, {0x1fba, 0x399}, {0x1fba, 0x345}}, {0x1fb3, {0x391, 0x399}, {0x1fbc}}, {0x1fb4, {0x386, 0x399}, {0x386, 0x345}},
    {0x1fb6, {0x391, 0x342}, {0x391, 0x342}}, {0x1fb7, {0x391, 0x342, 0x399}, {0x391, 0x342, 0x345}}, {0x1fbc, {0x391, 0x399}, {0x1fbc}},
    {0x1fc2, {0x1fca, 0x399}, {0x1fca, 0x345}}, {0x1fc3, {0x397, 0x399}, {0x1fcc}}, {0x1fc4, {0x389, 0x399}, {0x389, 0x345}},
    {0x1fc6, {0x397, 0x342}, {0x397, 0x342}}, {0x1fc7, {0x397, 0x342, 0x399}, {0x397, 0x342, 0x345}}, {0x1fcc, {0x397, 0x399}, {0x1fcc}},
    {0x1fd2, {0x399, 0x308, 0x300}, {0x399, 0x308, 0x300}}, {0x1fd3, {0x399, 0x308, 0x301}, {0x399, 0x308, 0x301}},
    {0x1fd6, {0x399, 0x342}, {0x399, 0x342}}, {0x1fd7, {0x399, 0x308, 0x342}, {0x399, 0x308, 0x342}},
    {0x1fe2, {0x3a5, 0x308, 0x300}, {0x3a5, 0x308, 0x300}}, {0x1fe3, {0x3a5, 0x308, 0x301}, {0x3a5, 0x308, 0x301}},
    {0x1fe4, {0x3a1, 0x313}, {0x3a1, 0x313}}, {0x1fe6, {0x3a5, 0x342}, {0x3a5, 0x342}}, {0x1fe7, {0x3a5, 0x308, 0x342}, {0x3a5, 0x308, 0x342}},
    {0x1ff2, {0x1ffa, 0x399}, {0x1ffa, 0x345}}, {0x1ff3, {0x3a9, 0x399}, {0x1ffc}}, {0x1ff4, {0x38f, 0x399}, {0x38f, 0x345}},
    {0x1ff6, {0x3a9, 0x342}, {0x3a9, 0x342}}, {0x1ff7, {0x3a9, 0x342, 0x399}, {0x3a9, 0x342, 0x345}}, {0x1ffc, {0x3a9, 0x399}, {0x1ffc}},
    {0xfb00, {'F', 'F'}, {'F', 'f'}}, {0xfb01, {'F', 'I'}, {'F', 'i'}}, {0xfb02, {'F', 'L'}, {'F', 'l'}}, {0xfb03, {'F', 'F', 'I'}, {'F', 'f', 'i'}},
    {0xfb04, {'F', 'F', 'L'}, {'F', 'f', 'l'}}, {0xfb05, {'S', 'T'}, {'S', 't'}}, {0xfb06, {'S', 'T'}, {'S', 't'}},
    {0xfb13, {0x544, 0x546}, {0x544, 0x576}}, {0xfb14, {0x544, 0x535}, {0x544, 0x565}}, {0xfb15, {0x544, 0x53b}, {0x544, 0x56b}},
    {0xfb16, {0x54e, 0x546}, {0x54e, 0x576}}, {0xfb17, {0x544, 0x53d}, {0x544, 0x56d}},
};

static void add_all(SkStrBuf *b, const uint32_t to[3]) {
  for (int i = 0; i < 3 && to[i]; i++) sk_strbuf_addc(b, to[i]);
}

/* Greek with iota below, 1F80..1FAF: eight letters per row, the second half upper case already. */
static bool add_iota(SkStrBuf *b, uint32_t c, bool title) {
  if (c < 0x1f80 || c > 0x1faf) return false;
  uint32_t row = (c - 0x1f80) / 16, low = c & 7;
  static const uint32_t base[] = {0x1f08, 0x1f28, 0x1f68};
  if (title) {
    sk_strbuf_addc(b, (c & ~(uint32_t)15) + 8 + low);
  } else {
    sk_strbuf_addc(b, base[row] + low);
    sk_strbuf_addc(b, 0x399);
  }
  return true;
}

static void add_upper(SkStrBuf *b, uint32_t c, bool title) {
  if (c < 0x80) {
    sk_strbuf_addc(b, c >= 'a' && c <= 'z' ? c - 32 : c);
    return;
  }
  for (size_t i = 0; i < sizeof specials / sizeof *specials; i++)
    if (specials[i].from == c) {
      add_all(b, title ? specials[i].title : specials[i].upper);
      return;
    }
  if (add_iota(b, c, title)) return;
  bool has_title_form = title && !(c >= 0x10d0 && c <= 0x10ff); /* Georgian capitals are no title case */
  if (title && c >= 0x10d0 && c <= 0x10ff) sk_strbuf_addc(b, c);
  else sk_strbuf_addc(b, has_title_form ? sk_unicode_title(c) : sk_unicode_upper(c));
}

/* Final sigma: after a cased letter and before none, case-ignorable characters skipped on both sides. */
static bool is_case_ignorable(uint32_t c) {
  switch (sk_unicode_category(c)) {
    case SK_MN: case SK_ME: case SK_CF: case SK_LM: case SK_SK: return true;
    default: return c == '\'' || c == '.' || c == ':' || c == 0xb7 || c == 0x387 || c == 0x55f || c == 0x5f4 || c == 0x2018 || c == 0x2019 ||
                    c == 0x2024 || c == 0x2027;
  }
}

static bool is_final_sigma(const SkStr *s, const char *at, const char *after) {
  const char *p = at;
  bool before = false;
  while (p > s->data) {
    p = sk_utf8_back(p);
    size_t w;
    uint32_t c = sk_utf8_decode(p, &w);
    if (is_case_ignorable(c)) continue;
    before = is_cased(c);
    break;
  }
  if (!before) return false;
  for (p = after; p < s->data + s->bytes;) {
    uint32_t c = sk_utf8_next(&p);
    if (!is_case_ignorable(c)) return !is_cased(c);
  }
  return true;
}

static void add_lower(SkStrBuf *b, const SkStr *s, const char *at, const char *after, uint32_t c) {
  if (c < 0x80) sk_strbuf_addc(b, c >= 'A' && c <= 'Z' ? c + 32 : c);
  else if (c == 0x3a3) sk_strbuf_addc(b, is_final_sigma(s, at, after) ? 0x3c2 : 0x3c3);
  else if (c == 0x130) sk_strbuf_adds(b, "i\xcc\x87");
  else sk_strbuf_addc(b, sk_unicode_lower(c));
}

/* Full case folding differs from lower() where upper() has several letters, and for a few more. */
static void add_fold(SkStrBuf *b, uint32_t c) {
  if (c < 0x80) {
    sk_strbuf_addc(b, c >= 'A' && c <= 'Z' ? c + 32 : c);
    return;
  }
  uint32_t out[SK_UNICODE_FOLD];
  size_t n = sk_unicode_fold(c, out);
  for (size_t i = 0; i < n; i++) sk_strbuf_addc(b, out[i]);
}

typedef enum Mode { LOWER, UPPER, TITLE, CAPITALIZE, SWAP, FOLD } Mode;

static SkStr *convert_ascii(SkVm *vm, const SkStr *s, bool upper) {
  char *p;
  SkStr *t = sk_str_new_raw(vm, s->bytes, &p);
  char first = upper ? 'a' : 'A';
  for (size_t i = 0; i < s->bytes; i++) p[i] = (char)(s->data[i] ^ ((unsigned char)(s->data[i] - first) < 26 ? 0x20 : 0));
  t->count = s->bytes;
  t->head.aux |= SK_STR_ASCII;
  return t;
}

static SkValue convert(SkVm *vm, SkValue self, Mode mode) {
  SkStr *s = sk_as_str(self);
  if (sk_str_is_ascii(s) && (mode == LOWER || mode == UPPER || mode == FOLD)) return sk_from_ptr(convert_ascii(vm, s, mode == UPPER));
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  bool after_cased = false, first = true;
  for (const char *p = s->data, *end = p + s->bytes; p < end; first = false) {
    const char *at = p;
    uint32_t c = sk_utf8_next(&p);
    bool up = mode == UPPER || (mode == SWAP && is_lower(c));
    bool down = mode == LOWER || (mode == SWAP && is_upper(c)) || (mode == TITLE && after_cased) || (mode == CAPITALIZE && !first);
    if (mode == FOLD) add_fold(&b, c);
    else if (up) add_upper(&b, c, false);
    else if (down) add_lower(&b, s, at, p, c);
    else if (mode == SWAP) sk_strbuf_addc(&b, c);
    else add_upper(&b, c, true);
    after_cased = is_cased(c);
  }
  return sk_from_ptr(sk_strbuf_finish(&b));
}

SK_STR_METHOD(lower, "lower(self, /)", "Copy with all letters in lower case.") { return convert(vm, args[0], LOWER); }
SK_STR_METHOD(upper, "upper(self, /)", "Copy with all letters in upper case.") { return convert(vm, args[0], UPPER); }
SK_STR_METHOD(title, "title(self, /)", "Copy where words start with upper case and go on in lower case.") { return convert(vm, args[0], TITLE); }
SK_STR_METHOD(capitalize, "capitalize(self, /)", "Copy with the first character in upper case, the rest in lower case.") { return convert(vm, args[0], CAPITALIZE); }
SK_STR_METHOD(swapcase, "swapcase(self, /)", "Copy with upper and lower case exchanged.") { return convert(vm, args[0], SWAP); }
SK_STR_METHOD(casefold, "casefold(self, /)", "Copy for caseless comparison.") { return convert(vm, args[0], FOLD); }

/* ---- classification ---- */

static SkValue all_are(SkValue self, bool (*is)(uint32_t)) {
  SkStr *s = sk_as_str(self);
  for (const char *p = s->data, *end = p + s->bytes; p < end;)
    if (!is(sk_utf8_next(&p))) return SK_FALSE;
  return sk_bool(s->bytes != 0);
}

static bool is_alnum(uint32_t c) { return is_alpha(c) || is_numeric(c); }
static bool is_decimal(uint32_t c) { return sk_char_decimal(c) >= 0; }

SK_STR_METHOD(isalnum, "isalnum(self, /)", "Whether all characters are letters or numbers.") { (void)vm; return all_are(args[0], is_alnum); }
SK_STR_METHOD(isalpha, "isalpha(self, /)", "Whether all characters are letters.") { (void)vm; return all_are(args[0], is_alpha); }
SK_STR_METHOD(isdecimal, "isdecimal(self, /)", "Whether all characters are decimal digits.") { (void)vm; return all_are(args[0], is_decimal); }
SK_STR_METHOD(isdigit, "isdigit(self, /)", "Whether all characters are digits.") { (void)vm; return all_are(args[0], is_digit); }
SK_STR_METHOD(isnumeric, "isnumeric(self, /)", "Whether all characters are numeric.") { (void)vm; return all_are(args[0], is_numeric); }
SK_STR_METHOD(isspace, "isspace(self, /)", "Whether all characters are white space.") { (void)vm; return all_are(args[0], sk_char_is_space); }
SK_STR_METHOD(isascii, "isascii(self, /)", "Whether all characters are ASCII.") { (void)vm; return sk_bool(sk_str_is_ascii(sk_as_str(args[0]))); }
SK_STR_METHOD(isprintable, "isprintable(self, /)", "Whether repr() would leave all characters as they are.") {
  (void)vm;
  return sk_bool(sk_as_str(args[0])->bytes == 0 || sk_is_true(all_are(args[0], sk_char_is_printable)));
}

static SkValue all_cased(SkValue self, bool (*wanted)(uint32_t), bool (*refused)(uint32_t)) {
  SkStr *s = sk_as_str(self);
  bool any = false;
  for (const char *p = s->data, *end = p + s->bytes; p < end;) {
    uint32_t c = sk_utf8_next(&p);
    if (refused(c) || is_title(c)) return SK_FALSE;
    any |= wanted(c);
  }
  return sk_bool(any);
}

SK_STR_METHOD(islower, "islower(self, /)", "Whether all cased characters are lower case and there is one.") { (void)vm; return all_cased(args[0], is_lower, is_upper); }
SK_STR_METHOD(isupper, "isupper(self, /)", "Whether all cased characters are upper case and there is one.") { (void)vm; return all_cased(args[0], is_upper, is_lower); }

SK_STR_METHOD(istitle, "istitle(self, /)", "Whether words start with upper case and go on in lower case.") {
  (void)vm;
  SkStr *s = sk_as_str(args[0]);
  bool any = false, after_cased = false;
  for (const char *p = s->data, *end = p + s->bytes; p < end;) {
    uint32_t c = sk_utf8_next(&p);
    bool big = is_upper(c) || is_title(c), small = is_lower(c);
    if ((big && after_cased) || (small && !after_cased)) return SK_FALSE;
    any |= big || small;
    after_cased = big || small;
  }
  return sk_bool(any);
}

/* XID_Start / XID_Continue by category, with the few exceptions of UAX #31. */
static bool is_xid_start(uint32_t c) {
  if (c < 0x80) return (c | 32) - 'a' < 26u || c == '_';
  return is_alpha(c) || sk_unicode_category(c) == SK_NL || c == 0x1885 || c == 0x1886 || c == 0x2118 || c == 0x212e;
}

static bool is_xid_continue(uint32_t c) {
  if (is_xid_start(c)) return true;
  switch (sk_unicode_category(c)) {
    case SK_MN: case SK_MC: case SK_ND: case SK_PC: return true;
    default: return c == 0xb7 || c == 0x387 || (c >= 0x1369 && c <= 0x1371) || c == 0x19da;
  }
}

SK_STR_METHOD(isidentifier, "isidentifier(self, /)", "Whether the text is a valid identifier.") {
  (void)vm;
  SkStr *s = sk_as_str(args[0]);
  const char *p = s->data, *end = p + s->bytes;
  if (p == end || !is_xid_start(sk_utf8_next(&p))) return SK_FALSE;
  while (p < end)
    if (!is_xid_continue(sk_utf8_next(&p))) return SK_FALSE;
  return SK_TRUE;
}
