/* sort.c - list.sort: a stable merge sort that uses the order already there (powersort).  Layer 6.
 *
 * The input is cut into runs, ascending or strictly descending (reversed), short ones lengthened by binary
 * insertion; neighbouring runs are merged in the order that their "power" gives, which is within a
 * constant of the best possible.  Merging gallops when one side keeps winning.
 *
 * Sorting works on a private copy in a payload cell: elements of |w| words, the key first and, when a key
 * function was given, the value behind it.  The list's own store stays untouched and keeps all values
 * alive, so a comparison that raises needs no repair, and nothing a comparison does can reach the copy.
 * The functions are instantiated per way to compare (|how|, a constant) by inlining.
 */
#include "vm/object/call.h"
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

enum { BY_INT, BY_FLOAT, BY_STR, BY_TUPLE, BY_ANY };
enum { MIN_RUN = 24, GALLOP_AFTER = 7, MAX_RUNS = 70 };

typedef struct Run { size_t start, count; int power; } Run;

typedef struct Sort {
  SkVm *vm;
  SkValue *a, *tmp; /* n elements; room for half of them */
  size_t n, min_gallop;
  int depth;
  Run runs[MAX_RUNS];
} Sort;

static int str_order(SkVm *vm, const SkStr *x, const SkStr *y) {
  if (SK_UNLIKELY(x->bytes >= 1024)) sk_charge_bytes(vm, x->bytes < y->bytes ? x->bytes : y->bytes);
  return sk_str_compare(x, y);
}

/* Tuples of plain items are told apart here; anything else is asked. */
static bool tuple_less(SkVm *vm, SkTuple *x, SkTuple *y) {
  for (size_t i = 0; i < x->count && i < y->count; i++) {
    SkValue p = x->items[i], q = y->items[i];
    if (sk_is(p, q)) continue;
    if (sk_both_smallint(p, q)) return (int64_t)p.bits < (int64_t)q.bits;
    if (sk_is_exactly(vm, p, SK_T_str) && sk_is_exactly(vm, q, SK_T_str)) {
      int order = str_order(vm, sk_as_str(p), sk_as_str(q));
      if (order) return order < 0;
    } else if (!sk_equal(vm, p, q)) {
      return sk_less(vm, p, q);
    }
  }
  return x->count < y->count;
}

SK_INLINE bool less(const Sort *s, int how, SkValue x, SkValue y) {
  switch (how) {
    case BY_INT: return (int64_t)x.bits < (int64_t)y.bits; /* the tag bits are zero */
    case BY_FLOAT: return sk_immfloat_get(x) < sk_immfloat_get(y);
    case BY_STR: return str_order(s->vm, sk_as_str(x), sk_as_str(y)) < 0;
    case BY_TUPLE: return tuple_less(s->vm, sk_as_tuple(x), sk_as_tuple(y));
    default: return sk_less(s->vm, x, y);
  }
}

SK_INLINE void copy_some(SkValue *to, const SkValue *from, size_t n, size_t w) {
  memmove(to, from, n * w * sizeof(SkValue));
}
SK_INLINE void copy_one(SkValue *to, const SkValue *from, size_t w) {
  to[0] = from[0];
  if (w == 2) to[1] = from[1];
}

/* ---- runs ------------------------------------------------------------------------------------------------ */

static void reverse_elements(SkValue *a, size_t n, size_t w) {
  for (size_t i = 0, j = n; i + 1 < j; i++) {
    j--;
    for (size_t k = 0; k < w; k++) {
      SkValue v = a[i * w + k];
      a[i * w + k] = a[j * w + k];
      a[j * w + k] = v;
    }
  }
}

/* Length of the run at the start of |a|, made ascending. */
SK_INLINE size_t count_run(const Sort *s, int how, size_t w, SkValue *a, size_t n) {
  if (n < 2) return n;
  size_t i = 2, turns = 0;
  if (less(s, how, a[w], a[0])) {
    for (; i < n && less(s, how, a[i * w], a[(i - 1) * w]); i++) SK_TURN(s->vm, turns);
    reverse_elements(a, i, w);
  } else {
    for (; i < n && !less(s, how, a[i * w], a[(i - 1) * w]); i++) SK_TURN(s->vm, turns);
  }
  return i;
}

/* Sorts a[0..n) whose first |sorted| elements are in order. */
SK_INLINE void insertion_sort(const Sort *s, int how, size_t w, SkValue *a, size_t n, size_t sorted) {
  for (; sorted < n; sorted++) {
    SkValue pivot[2];
    copy_one(pivot, a + sorted * w, w);
    size_t lo = 0, hi = sorted;
    while (lo < hi) {
      size_t mid = lo + (hi - lo) / 2;
      if (less(s, how, pivot[0], a[mid * w])) {
        hi = mid;
      } else {
        lo = mid + 1;
      }
    }
    copy_some(a + (lo + 1) * w, a + lo * w, sorted - lo, w);
    copy_one(a + lo * w, pivot, w);
  }
}

/* ---- galloping --------------------------------------------------------------------------------------------- */

/* Does the element stay before the place that |key| goes to?  |after|: key goes behind its equals. */
SK_INLINE bool stays(const Sort *s, int how, bool after, SkValue element, SkValue key) {
  return after ? !less(s, how, key, element) : less(s, how, element, key);
}

/* Where |key| belongs in the ordered a[0..n): looks in growing steps from the left or right end.
 * One instance for all ways to compare: it asks seldom for what it moves. */
SK_NOINLINE static size_t gallop(const Sort *s, int how, size_t w, SkValue key, const SkValue *a, size_t n, bool after, bool from_right) {
  size_t lo = 0, hi = n;
  for (size_t step = 1; lo < hi; step = step * 2 + 1) {
    if (from_right) {
      size_t at = hi - lo > step ? hi - step : lo;
      if (stays(s, how, after, a[at * w], key)) {
        lo = at + 1;
        break;
      }
      hi = at;
    } else {
      size_t at = hi - lo > step ? lo + step - 1 : hi - 1;
      if (!stays(s, how, after, a[at * w], key)) {
        hi = at;
        break;
      }
      lo = at + 1;
    }
  }
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (stays(s, how, after, a[mid * w], key)) {
      lo = mid + 1;
    } else {
      hi = mid;
    }
  }
  return lo;
}

/* ---- merging ------------------------------------------------------------------------------------------------ */

/* Merges x[0..nx) (a copy) and y[0..ny) to |to|, which ends where y ends: left to right. */
SK_INLINE void merge_low(Sort *s, int how, size_t w, SkValue *to, const SkValue *x, size_t nx, const SkValue *y, size_t ny) {
  while (nx && ny) {
    size_t wins_x = 0, wins_y = 0;
    while (nx && ny && wins_x < s->min_gallop && wins_y < s->min_gallop) {
      if (less(s, how, y[0], x[0])) {
        copy_one(to, y, w), y += w, ny--, wins_y++, wins_x = 0;
      } else {
        copy_one(to, x, w), x += w, nx--, wins_x++, wins_y = 0;
      }
      to += w;
    }
    while (nx && ny) {
      size_t k = gallop(s, how, w, y[0], x, nx, true, false);
      copy_some(to, x, k, w), to += k * w, x += k * w, nx -= k;
      wins_x = k;
      if (!nx) break;
      copy_one(to, y, w), to += w, y += w, ny--;
      if (!ny) break;
      k = gallop(s, how, w, x[0], y, ny, false, false);
      copy_some(to, y, k, w), to += k * w, y += k * w, ny -= k;
      wins_y = k;
      copy_one(to, x, w), to += w, x += w, nx--;
      if (wins_x < GALLOP_AFTER && wins_y < GALLOP_AFTER) break;
      if (s->min_gallop > 1) s->min_gallop--;
    }
    s->min_gallop += 2;
  }
  copy_some(to, x, nx, w);
}

/* The same from right to left; x lies in place, y is the copy, |to| is behind the last place. */
SK_INLINE void merge_high(Sort *s, int how, size_t w, SkValue *to, const SkValue *x, size_t nx, const SkValue *y, size_t ny) {
  while (nx && ny) {
    size_t wins_x = 0, wins_y = 0;
    while (nx && ny && wins_x < s->min_gallop && wins_y < s->min_gallop) {
      to -= w;
      if (less(s, how, y[(ny - 1) * w], x[(nx - 1) * w])) {
        nx--, wins_x++, wins_y = 0;
        copy_one(to, x + nx * w, w);
      } else {
        ny--, wins_y++, wins_x = 0;
        copy_one(to, y + ny * w, w);
      }
    }
    while (nx && ny) {
      size_t keep = gallop(s, how, w, y[(ny - 1) * w], x, nx, true, true);
      wins_x = nx - keep, nx = keep, to -= wins_x * w;
      copy_some(to, x + nx * w, wins_x, w);
      if (!nx) break;
      ny--, to -= w;
      copy_one(to, y + ny * w, w);
      if (!ny) break;
      keep = gallop(s, how, w, x[(nx - 1) * w], y, ny, false, true);
      wins_y = ny - keep, ny = keep, to -= wins_y * w;
      copy_some(to, y + ny * w, wins_y, w);
      nx--, to -= w;
      copy_one(to, x + nx * w, w);
      if (wins_x < GALLOP_AFTER && wins_y < GALLOP_AFTER) break;
      if (s->min_gallop > 1) s->min_gallop--;
    }
    s->min_gallop += 2;
  }
  copy_some(to - ny * w, y, ny, w);
}

/* Merges the two topmost runs. */
SK_INLINE void merge_top(Sort *s, int how, size_t w) {
  Run *left = &s->runs[s->depth - 2], *right = &s->runs[s->depth - 1];
  SkValue *x = s->a + left->start * w, *y = s->a + right->start * w;
  size_t nx = left->count, ny = right->count;
  left->count += right->count;
  s->depth--;
  size_t skip = gallop(s, how, w, y[0], x, nx, true, false); /* x's head is in place already */
  x += skip * w, nx -= skip;
  if (!nx) return;
  ny = gallop(s, how, w, x[(nx - 1) * w], y, ny, false, true); /* and so is y's tail */
  if (!ny) return;
  sk_charge(s->vm, (nx + ny) / 4);
  if (nx <= ny) {
    copy_some(s->tmp, x, nx, w);
    merge_low(s, how, w, x, s->tmp, nx, y, ny);
  } else {
    copy_some(s->tmp, y, ny, w);
    merge_high(s, how, w, y + ny * w, x, nx, s->tmp, ny);
  }
}

/* ---- the whole ------------------------------------------------------------------------------------------------ */

/* Depth, in the perfectly balanced tree over n elements, of the node between two neighbouring runs: the
 * first binary digit in which the midpoints a/2n and b/2n of the two differ. */
static int run_power(size_t start, size_t n1, size_t n2, size_t n) {
  size_t a = 2 * start + n1, b = a + n1 + n2;
  for (int power = 1;; power++) {
    if (a >= n) {
      a -= n;
      b -= n;
    } else if (b >= n) {
      return power;
    }
    a *= 2;
    b *= 2;
  }
}

SK_INLINE void sort_runs(Sort *s, int how, size_t w) {
  for (size_t start = 0;;) {
    SkValue *a = s->a + start * w;
    size_t left = s->n - start, count = left ? count_run(s, how, w, a, left) : 0;
    size_t least = left < MIN_RUN ? left : MIN_RUN;
    if (count < least) {
      sk_charge(s->vm, least);
      insertion_sort(s, how, w, a, least, count);
      count = least;
    }
    int power = 0; /* at the end: less than all, so that everything is merged */
    if (left && s->depth) {
      Run *top = &s->runs[s->depth - 1];
      power = run_power(top->start, top->count, count, s->n);
    }
    while (s->depth > 1 && s->runs[s->depth - 2].power > power) merge_top(s, how, w);
    if (!left) return;
    if (s->depth) s->runs[s->depth - 1].power = power;
    sk_assert(s->depth < MAX_RUNS);
    s->runs[s->depth++] = (Run){start, count, 0};
    start += count;
  }
}

static int comparison_for(const SkVm *vm, const SkValue *keys, size_t n) {
  size_t ints = 0, floats = 0, strs = 0, tuples = 0;
  for (size_t i = 0; i < n; i++) {
    if (sk_is_smallint(keys[i])) {
      ints++;
    } else if (sk_is_immfloat(keys[i])) {
      floats++;
    } else if (sk_is_exactly(vm, keys[i], SK_T_str)) {
      strs++;
    } else if (sk_is_exactly(vm, keys[i], SK_T_tuple)) {
      tuples++;
    } else {
      return BY_ANY;
    }
  }
  return ints == n ? BY_INT : floats == n ? BY_FLOAT : strs == n ? BY_STR : tuples == n ? BY_TUPLE : BY_ANY;
}

static void sort_single(Sort *s, int how) {
  switch (how) {
    case BY_INT: sort_runs(s, BY_INT, 1); break;
    case BY_FLOAT: sort_runs(s, BY_FLOAT, 1); break;
    case BY_STR: sort_runs(s, BY_STR, 1); break;
    case BY_TUPLE: sort_runs(s, BY_TUPLE, 1); break;
    default: sort_runs(s, BY_ANY, 1); break;
  }
}

static void sort_keyed(Sort *s, int how) {
  switch (how) {
    case BY_INT: sort_runs(s, BY_INT, 2); break;
    case BY_STR: sort_runs(s, BY_STR, 2); break;
    case BY_TUPLE: sort_runs(s, BY_TUPLE, 2); break;
    default: sort_runs(s, BY_ANY, 2); break;
  }
}

/* ---- list.sort -------------------------------------------------------------------------------------------------- */

typedef struct Job { SkList *values; SkValue key; bool reverse; SkRaw *sorted; size_t w; } Job;

static SkList *make_keys(SkVm *vm, SkList *values, SkValue key) {
  SkList *keys = sk_list_new(vm, values->count);
  for (size_t i = 0; i < values->count; i++) sk_list_append(vm, keys, sk_call1(vm, key, values->store->items[i]));
  return keys;
}

/* Sorts a copy of job->values into job->sorted; a reversed sort reverses before and after, which keeps
 * equal elements in their order. */
static void sort_job(SkVm *vm, void *arg) {
  Job *job = arg;
  SkList *values = job->values, *keys = sk_is_none(job->key) ? values : make_keys(vm, values, job->key);
  size_t n = values->count, w = job->w = keys == values ? 1 : 2;
  Sort s = {.vm = vm, .n = n, .min_gallop = GALLOP_AFTER};
  job->sorted = sk_raw_new(vm, n * w * sizeof(SkValue));
  sk_charge(vm, n / 4);
  SkRaw *tmp = sk_raw_new(vm, (n / 2 + 1) * w * sizeof(SkValue));
  s.a = (SkValue *)job->sorted->data;
  s.tmp = (SkValue *)tmp->data;
  for (size_t i = 0; i < n; i++) {
    s.a[i * w] = keys->store->items[i];
    if (w == 2) s.a[i * w + 1] = values->store->items[i];
  }
  int how = comparison_for(vm, keys->store->items, n);
  if (job->reverse) reverse_elements(s.a, n, w);
  if (w == 1) {
    sort_single(&s, how);
  } else {
    sort_keyed(&s, how);
  }
  if (job->reverse) reverse_elements(s.a, n, w);
  sk_keep(tmp);
  sk_keep(keys);
}

void sk_list_sort(SkVm *vm, SkList *l, SkValue key, bool reverse) {
  if (l->count == 0) return;
  /* The list looks empty meanwhile; whoever adds to it replaces the empty store. */
  SkValues *empty = sk_values_new(vm, 0);
  SkList *values = sk_list_new(vm, 0);
  values->store = l->store;
  values->count = l->count;
  sk_write_ptr(vm, l, &l->store, empty);
  l->count = 0;
  Job job = {.values = values, .key = key, .reverse = reverse};
  bool done = sk_protect(vm, sort_job, &job);
  bool touched = l->store != empty;
  sk_barrier(vm, l);
  l->store = values->store;
  l->count = values->count;
  if (!done) sk_throw(vm, sk_take_raised(vm));
  const SkValue *sorted = (const SkValue *)job.sorted->data;
  for (size_t i = 0; i < l->count; i++) l->store->items[i] = sorted[i * job.w + job.w - 1];
  sk_keep(job.sorted);
  if (touched) sk_raise_value(vm, "list modified during sort");
}
