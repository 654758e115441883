/* suggest.c - which name was meant?  CPython's edit distance: a change of case costs 1, other edits 2.  Layer 6. */
#include "vm/object/suggest.h"

enum { MOVE_COST = 2, CASE_COST = 1, LONGEST = 40 };

static int substitution(char a, char b) {
  if (a == b) return 0;
  char x = a >= 'A' && a <= 'Z' ? (char)(a + 32) : a, y = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
  return x == y ? CASE_COST : MOVE_COST;
}

/* Distance, or more than |limit|. */
static int distance(const char *a, size_t na, const char *b, size_t nb, int limit) {
  while (na && nb && a[0] == b[0]) a++, b++, na--, nb--;
  while (na && nb && a[na - 1] == b[nb - 1]) na--, nb--;
  if (!na || !nb) return (int)(na + nb) * MOVE_COST;
  if (na > LONGEST || nb > LONGEST) return limit + 1;
  int row[LONGEST + 1];
  for (size_t j = 0; j <= nb; j++) row[j] = (int)j * MOVE_COST;
  for (size_t i = 0; i < na; i++) {
    int diagonal = row[0], least = row[0] = (int)(i + 1) * MOVE_COST;
    for (size_t j = 0; j < nb; j++) {
      int up = row[j + 1], best = diagonal + substitution(a[i], b[j]);
      if (up + MOVE_COST < best) best = up + MOVE_COST;
      if (row[j] + MOVE_COST < best) best = row[j] + MOVE_COST;
      diagonal = up;
      row[j + 1] = best;
      if (best < least) least = best;
    }
    if (least > limit) return limit + 1;
  }
  return row[nb];
}

SkStr *sk_suggest(SkStr *name, const SkValue *candidates, size_t n) {
  if (n >= 750 || name->bytes > LONGEST) return NULL;
  SkStr *best = NULL;
  int best_distance = 1 << 30;
  for (size_t i = 0; i < n; i++) {
    SkStr *c = sk_as_str(candidates[i]);
    if (sk_str_equal(c, name)) continue;
    int limit = (int)(name->bytes + c->bytes + 3) * MOVE_COST / 6;
    if (limit >= best_distance) limit = best_distance - 1;
    int d = distance(name->data, name->bytes, c->data, c->bytes, limit);
    if (d > limit) continue;
    best = c;
    best_distance = d;
  }
  return best;
}
