/* places.c - source positions, packed.                                Layer 3.
 *
 * Frozen code keeps its positions as bytes: few are ever asked for, and a table of them would be larger than the
 * instructions.  An entry is five numbers, little-endian base 128, signed ones zigzag: words since the entry
 * before, lines since it, lines to the end, column + 1, columns to the end.
 */
#include "vm/bytecode/places.h"

static uint64_t get(SkPlaces *p) {
  uint64_t x = 0;
  for (int shift = 0; shift < 64 && p->s < p->end; shift += 7) {
    unsigned char c = *p->s++;
    x |= (uint64_t)(c & 0x7f) << shift;
    if (!(c & 0x80)) return x;
  }
  p->bad = true;
  return 0;
}

static int64_t get_signed(SkPlaces *p) {
  uint64_t x = get(p);
  return (int64_t)(x >> 1 ^ (~(x & 1) + 1));
}

static int32_t fit(SkPlaces *p, int64_t x, int64_t least) {
  if (x >= least && x <= INT32_MAX) return (int32_t)x;
  p->bad = true;
  return 0;
}

/* Each number is small when the ones before are, so that no sum overflows. */
static int64_t step(SkPlaces *p) {
  int64_t x = get_signed(p);
  return x > INT32_MAX || x < -(int64_t)INT32_MAX ? (p->bad = true, 0) : x;
}

void sk_places_begin(SkPlaces *p, const SkCode *code) {
  *p = (SkPlaces){.code = code, .s = code->places, .end = code->places + code->nplaces, .left = code->npositions};
}

bool sk_places_next(SkPlaces *p, SkPosition *out) {
  if (!p->left) return false;
  const SkCode *code = p->code;
  p->left--;
  if (code->positions) {
    *out = code->positions[code->npositions - 1 - p->left];
    return true;
  }
  uint64_t on = get(p);
  if (on > UINT32_MAX - p->at) p->bad = true;
  else p->at += (uint32_t)on;
  p->line = fit(p, p->line + step(p), 0);
  int32_t end_line = fit(p, p->line + step(p), 0);
  uint64_t col = get(p);
  int32_t first = fit(p, col > INT32_MAX ? -2 : (int64_t)col - 1, -1);
  *out = (SkPosition){p->at, p->line, end_line, first, fit(p, first + step(p), -1)};
  return !p->bad;
}

static void put(SkBuf *b, uint64_t x) {
  for (; x >= 0x80; x >>= 7) sk_buf_add_char(b, (char)(x | 0x80));
  sk_buf_add_char(b, (char)x);
}
static void put_signed(SkBuf *b, int64_t x) { put(b, (uint64_t)x << 1 ^ (uint64_t)(x >> 63)); }

void sk_places_pack(const SkCode *code, SkBuf *out) {
  SkPlaces all;
  SkPosition p, last = {0};
  for (sk_places_begin(&all, code); sk_places_next(&all, &p); last = p) {
    put(out, p.at - last.at);
    put_signed(out, (int64_t)p.line - last.line);
    put_signed(out, (int64_t)p.end_line - p.line);
    put(out, (uint64_t)((int64_t)p.col + 1));
    put_signed(out, (int64_t)p.end_col - p.col);
  }
}
