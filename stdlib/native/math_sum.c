/* math_sum.c - module math: sums, products and norms.  Layer 8.
 *
 * Exact sums keep "partials": doubles that do not overlap, smallest first,
 * whose sum is exactly what was added so far (Shewchuk 1997).  Only the last
 * step rounds.
 */
#include <math.h>

#include "stdlib/native/math_impl.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

/* Partials do not overlap, and there are 2098 places for a bit of a double. */
enum { MAX_PARTIALS = 2100 };

typedef struct Partials {
  size_t count;
  double parts[MAX_PARTIALS];
} Partials;

/* Adds a finite x; returns false when an intermediate sum overflows. */
static bool partials_add(Partials *p, double x) {
  size_t kept = 0;
  for (size_t i = 0; i < p->count; i++) {
    double y = p->parts[i];
    if (fabs(x) < fabs(y)) {
      double swap = x;
      x = y, y = swap;
    }
    double high = x + y, low = y - (high - x);
    if (low != 0) p->parts[kept++] = low;
    x = high;
  }
  if (!isfinite(x)) return false;
  if (x != 0) p->parts[kept++] = x;
  p->count = kept;
  return true;
}

static double partials_round(const Partials *p) {
  size_t n = p->count;
  if (!n) return 0;
  double high = p->parts[--n], low = 0;
  while (n > 0) {
    double x = high, y = p->parts[--n];
    high = x + y;
    low = y - (high - x);
    if (low != 0) break;
  }
  /* Halfway cases: what lies below |low| decides where it is a tie. */
  if (n > 0 && ((low < 0 && p->parts[n - 1] < 0) || (low > 0 && p->parts[n - 1] > 0))) {
    double twice = low * 2, up = high + twice;
    if (twice == up - high) high = up;
  }
  return high;
}

typedef struct FsumState {
  Partials partials;
  double special, infinities; /* sums of what is not finite */
} FsumState;

static bool fsum_item(SkVm *vm, SkValue item, void *arg) {
  FsumState *state = arg;
  double x = sk_to_double(vm, item);
  if (isfinite(x)) {
    if (!partials_add(&state->partials, x)) {
      sk_raisef(vm, SK_T_OverflowError, "intermediate overflow in fsum");
    }
  } else {
    if (isinf(x)) state->infinities += x;
    state->special += x;
  }
  return true;
}

SK_NATIVE(math_fsum, "fsum(seq, /)", "Return an accurate floating-point sum of values in the iterable seq.") {
  FsumState state;
  state.partials.count = 0;
  state.special = state.infinities = 0;
  sk_iterate(vm, args[0], fsum_item, &state);
  if (state.special != 0) {
    if (isnan(state.infinities)) sk_raise_value(vm, "-inf + inf in fsum");
    return sk_float_new(vm, state.special);
  }
  return sk_float_new(vm, partials_round(&state.partials));
}

static bool prod_item(SkVm *vm, SkValue item, void *arg) {
  SkValue *product = arg;
  *product = sk_binary(vm, SK_BIN_MUL, *product, item);
  return true;
}

SK_NATIVE(math_prod, "prod(iterable, /, *, start=1)",
          "Calculate the product of all the elements in the input iterable.") {
  SkValue product = args[1];
  sk_iterate(vm, args[0], prod_item, &product);
  return product;
}

/* ---- sumprod ---- */

/* A running dot product in three doubles (Ogita, Rump and Oishi, "Accurate sum
 * and dot product", SumKVert with K = 3). */
typedef struct Triple {
  double high, low, tiny;
} Triple;

typedef struct Pair {
  double high, low;
} Pair;

static Pair two_sum(double a, double b) {
  double sum = a + b, b_seen = sum - a;
  return (Pair){sum, (a - (sum - b_seen)) + (b - b_seen)};
}

static Triple triple_add_product(Triple t, double x, double y) {
  double product = x * y;
  Pair high = two_sum(t.high, product), low = two_sum(t.low, fma(x, y, -product));
  Pair both = two_sum(low.high, high.low);
  return (Triple){high.high, both.high, t.tiny + low.low + both.low};
}

static double triple_round(Triple t) {
  Pair last = two_sum(t.low, t.high);
  return t.tiny + last.low + last.high;
}

/* Runs of floats (and ints among them) are added up in a Triple; anything
 * else, or an infinity, joins the running total the ordinary way. */
typedef struct Dot {
  SkValue total;
  Triple floats;
  bool floating; /* |floats| holds something of the sum */
} Dot;

static void dot_flush(SkVm *vm, Dot *d) {
  if (!d->floating) return;
  d->total = sk_binary(vm, SK_BIN_ADD, d->total, sk_float_new(vm, triple_round(d->floats)));
  d->floating = false;
  d->floats = (Triple){0};
}

static bool is_float(SkVm *vm, SkValue v) {
  return sk_is_immfloat(v) || sk_is_exactly(vm, v, SK_T_float);
}

/* An exact int that becomes a finite double, if perhaps a rounded one. */
static bool is_moderate_int(SkVm *vm, SkValue v) {
  if (sk_is_smallint(v)) return true;
  return sk_is_exactly(vm, v, SK_T_int) && sk_int_bit_length(v) < 1024;
}

static bool dot_add_floats(SkVm *vm, Dot *d, SkValue a, SkValue b) {
  bool a_float = is_float(vm, a), b_float = is_float(vm, b);
  if (!a_float && !b_float) return false;
  if (!a_float && !is_moderate_int(vm, a)) return false;
  if (!b_float && !is_moderate_int(vm, b)) return false;
  double x = sk_to_double(vm, a), y = sk_to_double(vm, b);
  Triple sum = triple_add_product(d->floats, x, y);
  if (!isfinite(sum.high)) return false;
  d->floats = sum;
  d->floating = true;
  return true;
}

SK_NATIVE(math_sumprod, "sumprod(p, q, /)",
          "Return the sum of products of values from two iterables p and q.") {
  SkValue p = sk_iter(vm, args[0]), q = sk_iter(vm, args[1]);
  Dot d = {.total = sk_smallint(0)};
  for (;;) {
    SkValue a = sk_next(vm, p), b = sk_next(vm, q);
    if (sk_is_unset(a) != sk_is_unset(b)) {
      sk_raise_value(vm, "Inputs are not the same length");
    }
    if (sk_is_unset(a)) break;
    if (dot_add_floats(vm, &d, a, b)) continue;
    dot_flush(vm, &d);
    SkValue product = sk_binary(vm, SK_BIN_MUL, a, b);
    d.total = sk_binary(vm, SK_BIN_ADD, d.total, product);
  }
  dot_flush(vm, &d);
  return d.total;
}

/* ---- norms ---- */

/* sqrt of the sum of squares, to within rounding: scaled by a power of two,
 * summed exactly, and the root corrected by its own error. */
static double norm(const double *v, size_t n) {
  double largest = 0;
  bool any_nan = false;
  for (size_t i = 0; i < n; i++) {
    any_nan |= isnan(v[i]);
    if (fabs(v[i]) > largest) largest = fabs(v[i]);
  }
  if (isinf(largest)) return largest;
  if (any_nan) return NAN;
  if (largest == 0 || n == 1) return largest;
  int exponent;
  frexp(largest, &exponent);
  Partials sum;
  sum.count = 0;
  for (size_t i = 0; i < n; i++) {
    double x = ldexp(v[i], -exponent), high = x * x;
    partials_add(&sum, high);
    partials_add(&sum, fma(x, x, -high));
  }
  double root = sqrt(partials_round(&sum)), square = root * root;
  partials_add(&sum, -square);
  partials_add(&sum, -fma(root, root, -square));
  return ldexp(root + partials_round(&sum) / (2 * root), exponent);
}

SK_NATIVE(math_hypot, "hypot(*coordinates)",
          "Multidimensional Euclidean distance from the origin to a point.") {
  SkTuple *coordinates = sk_as_tuple(args[0]);
  size_t mark = sk_scratch_mark(vm);
  double *v = sk_scratch(vm, (coordinates->count + 1) * sizeof *v);
  for (size_t i = 0; i < coordinates->count; i++) {
    sk_charge(vm, 1);
    v[i] = fabs(sk_to_double(vm, coordinates->items[i]));
  }
  double result = norm(v, coordinates->count);
  sk_scratch_release(vm, mark);
  return sk_float_new(vm, result);
}

SK_NATIVE(math_dist, "dist(p, q, /)", "Return the Euclidean distance between two points p and q.") {
  SkTuple *p = sk_is_tuple(args[0]) ? sk_as_tuple(args[0]) : sk_to_tuple(vm, args[0]);
  SkTuple *q = sk_is_tuple(args[1]) ? sk_as_tuple(args[1]) : sk_to_tuple(vm, args[1]);
  if (p->count != q->count) {
    sk_raise_value(vm, "both points must have the same number of dimensions");
  }
  size_t mark = sk_scratch_mark(vm);
  double *v = sk_scratch(vm, (p->count + 1) * sizeof *v);
  for (size_t i = 0; i < p->count; i++) {
    sk_charge(vm, 1);
    v[i] = fabs(sk_to_double(vm, p->items[i]) - sk_to_double(vm, q->items[i]));
  }
  double result = norm(v, p->count);
  sk_scratch_release(vm, mark);
  return sk_float_new(vm, result);
}

const SkNativeDef *const sk_math_sum_functions[] = {
    &math_dist_def, &math_fsum_def, &math_hypot_def, &math_prod_def, &math_sumprod_def, NULL,
};
