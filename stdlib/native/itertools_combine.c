/* itertools_combine.c - product, permutations, combinations, combinations_with_replacement.  Layer 8.
 *
 * Each keeps an array of numbers into its pool (product: one pool per number) and steps it to the next
 * arrangement in lexicographic order.
 */
#include "stdlib/native/itertools_impl.h"

typedef struct Combiner {
  SkObject head;
  SkTuple *pool;   /* product: a tuple of pools */
  SkRaw *state;    /* r numbers; permutations: then the cycles, r more behind n numbers */
  size_t r;
  enum { FRESH, RUNNING, DONE } phase;
} Combiner;

static Combiner *as_combiner(SkValue v) { return (Combiner *)sk_ptr(v); }
static size_t *numbers(const Combiner *c) { return (size_t *)c->state->data; }

static void combiner_trace(SkMarker *m, SkObject *o) {
  Combiner *c = (Combiner *)o;
  sk_mark_ptr(m, c->pool);
  sk_mark_cell(m, c->state);
}

static SkValue combiner_new(SkVm *vm, SkValue cls, SkTuple *pool, size_t r, size_t room, bool empty) {
  if (room > SIZE_MAX / 32) sk_raise_nomem(vm);
  SkRaw *state = sk_raw_new(vm, (empty ? 0 : room) * sizeof(size_t));
  Combiner *c = sk_object_new(vm, (SkType *)sk_ptr(cls), 0);
  c->pool = pool;
  c->state = state;
  c->r = r;
  c->phase = empty ? DONE : FRESH;
  return sk_from_ptr(c);
}

static int64_t length_argument(SkVm *vm, SkValue v) {
  int64_t r = sk_to_index(vm, v);
  if (r < 0) sk_raise_value(vm, "r must be non-negative");
  return r;
}

/* The chosen items of the one pool. */
static SkValue chosen(SkVm *vm, const Combiner *c) {
  sk_charge(vm, c->r / 8);
  SkTuple *row = sk_tuple_new(vm, c->r);
  for (size_t i = 0; i < c->r; i++) row->items[i] = c->pool->items[numbers(c)[i]];
  return sk_from_ptr(row);
}

/* FRESH: the first arrangement is ready.  Otherwise |step| makes the next one, or says that there is none. */
static bool advance(Combiner *c, bool (*step)(Combiner *)) {
  if (c->phase == RUNNING && !step(c)) c->phase = DONE;
  if (c->phase == DONE) return false;
  c->phase = RUNNING;
  return true;
}

/* ---- product ---------------------------------------------------------------------------------------------------- */

static SkValue product_new(SkVm *vm, const SkValue *args) {
  SkTuple *given = sk_as_tuple(args[1]);
  int64_t repeat = sk_to_index(vm, args[2]);
  if (repeat < 0) sk_raise_value(vm, "repeat argument cannot be negative");
  if (given->count && repeat > INT32_MAX / (int64_t)given->count) sk_raisef(vm, SK_T_OverflowError, "repeat argument too large");
  if (repeat == 0) given = sk_tuple_new(vm, 0);
  size_t n = given->count, r = n * (size_t)repeat;
  SkTuple *pools = sk_tuple_new(vm, r);
  bool empty = false;
  for (size_t i = 0; i < n; i++) {
    SkTuple *pool = sk_to_tuple(vm, given->items[i]);
    empty |= pool->count == 0;
    sk_charge(vm, (r + pool->count) / 8);
    sk_barrier(vm, pools);
    for (size_t k = i; k < r; k += n) pools->items[k] = sk_from_ptr(pool);
  }
  return combiner_new(vm, args[0], pools, r, r, empty);
}
static const SkNativeDef product_new_def = {"__new__(cls, /, *iterables, repeat=1)", NULL, product_new};

static bool product_step(Combiner *c) {
  for (size_t i = c->r; i-- > 0;) {
    if (++numbers(c)[i] < sk_as_tuple(c->pool->items[i])->count) return true;
    numbers(c)[i] = 0;
  }
  return false;
}

static SkValue product_next(SkVm *vm, SkValue self) {
  Combiner *c = as_combiner(self);
  if (!advance(c, product_step)) return SK_UNSET;
  sk_charge(vm, c->r / 4);
  SkTuple *row = sk_tuple_new(vm, c->r);
  for (size_t i = 0; i < c->r; i++) row->items[i] = sk_as_tuple(c->pool->items[i])->items[numbers(c)[i]];
  return sk_from_ptr(row);
}

/* ---- combinations: strictly rising numbers ------------------------------------------------------------------------ */

static SkValue combinations_new(SkVm *vm, const SkValue *args) {
  int64_t r = length_argument(vm, args[2]);
  SkTuple *pool = sk_to_tuple(vm, args[1]);
  bool empty = (uint64_t)r > pool->count;
  SkValue v = combiner_new(vm, args[0], pool, (size_t)r, (size_t)r, empty);
  if (!empty) {
    for (size_t i = 0; i < (size_t)r; i++) numbers(as_combiner(v))[i] = i;
  }
  return v;
}
static const SkNativeDef combinations_new_def = {"__new__(cls, iterable, r)", NULL, combinations_new};

static bool combinations_step(Combiner *c) {
  size_t *a = numbers(c), n = c->pool->count;
  for (size_t i = c->r; i-- > 0;) {
    if (a[i] == i + n - c->r) continue;
    a[i]++;
    for (size_t j = i + 1; j < c->r; j++) a[j] = a[j - 1] + 1;
    return true;
  }
  return false;
}

static SkValue combinations_next(SkVm *vm, SkValue self) {
  Combiner *c = as_combiner(self);
  return advance(c, combinations_step) ? chosen(vm, c) : SK_UNSET;
}

/* ---- combinations_with_replacement: rising numbers ------------------------------------------------------------------- */

static SkValue combinations_wr_new(SkVm *vm, const SkValue *args) {
  int64_t r = length_argument(vm, args[2]);
  SkTuple *pool = sk_to_tuple(vm, args[1]);
  return combiner_new(vm, args[0], pool, (size_t)r, (size_t)r, pool->count == 0 && r > 0);
}
static const SkNativeDef combinations_wr_new_def = {"__new__(cls, iterable, r)", NULL, combinations_wr_new};

static bool combinations_wr_step(Combiner *c) {
  size_t *a = numbers(c), n = c->pool->count;
  for (size_t i = c->r; i-- > 0;) {
    if (a[i] + 1 >= n) continue;
    size_t number = a[i] + 1;
    for (size_t j = i; j < c->r; j++) a[j] = number;
    return true;
  }
  return false;
}

static SkValue combinations_wr_next(SkVm *vm, SkValue self) {
  Combiner *c = as_combiner(self);
  return advance(c, combinations_wr_step) ? chosen(vm, c) : SK_UNSET;
}

/* ---- permutations: all n numbers, the first r of which count, and r countdowns ----------------------------------------- */

static SkValue permutations_new(SkVm *vm, const SkValue *args) {
  SkTuple *pool = sk_to_tuple(vm, args[1]);
  if (!sk_is_none(args[2]) && !sk_is_int(args[2])) sk_raise_type(vm, "Expected int as r");
  int64_t r = sk_is_none(args[2]) ? (int64_t)pool->count : length_argument(vm, args[2]);
  size_t n = pool->count;
  bool empty = (uint64_t)r > n;
  SkValue v = combiner_new(vm, args[0], pool, (size_t)r, n + (size_t)r, empty);
  if (!empty) {
    size_t *a = numbers(as_combiner(v));
    for (size_t i = 0; i < n; i++) a[i] = i;
    for (size_t i = 0; i < (size_t)r; i++) a[n + i] = n - i;
  }
  return v;
}
static const SkNativeDef permutations_new_def = {"__new__(cls, iterable, r=None)", NULL, permutations_new};

static bool permutations_step(Combiner *c) {
  size_t n = c->pool->count, *a = numbers(c), *countdown = a + n;
  for (size_t i = c->r; i-- > 0;) {
    size_t number = a[i];
    if (--countdown[i] == 0) {
      memmove(a + i, a + i + 1, (n - i - 1) * sizeof *a);
      a[n - 1] = number;
      countdown[i] = n - i;
    } else {
      size_t j = n - countdown[i];
      a[i] = a[j];
      a[j] = number;
      return true;
    }
  }
  return false;
}

static SkValue permutations_next(SkVm *vm, SkValue self) {
  Combiner *c = as_combiner(self);
  return advance(c, permutations_step) ? chosen(vm, c) : SK_UNSET;
}

/* ---- the classes ---------------------------------------------------------------------------------------------------- */

#define COMBINER(id, name_, doc_, next_, new__)                                                                  \
  const SkTypeDef id = {.name = "itertools." name_, .doc = doc_, .kind = SK_KIND_NATIVE_OBJECT,                    \
                        .size = sizeof(Combiner), .slots = {.iter = sk_iter_self, .next = next_},                  \
                        .new_ = new__, .trace = combiner_trace}

COMBINER(sk_it_product_type, "product",
         "product(*iterables, repeat=1) --> product object\n\n"
         "Cartesian product of input iterables.  Equivalent to nested for-loops.",
         product_next, &product_new_def);
COMBINER(sk_it_permutations_type, "permutations",
         "Return successive r-length permutations of elements in the iterable.\n\n"
         "permutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)",
         permutations_next, &permutations_new_def);
COMBINER(sk_it_combinations_type, "combinations",
         "Return successive r-length combinations of elements in the iterable.\n\n"
         "combinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)",
         combinations_next, &combinations_new_def);
COMBINER(sk_it_combinations_wr_type, "combinations_with_replacement",
         "Return successive r-length combinations of elements in the iterable allowing individual elements to have "
         "successive repeats.\n\ncombinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), "
         "('B','C'), ('C','C')",
         combinations_wr_next, &combinations_wr_new_def);
#undef COMBINER
