/* itertools_impl.h - what the files of module itertools share.  Layer 8. */
#ifndef SK_STDLIB_ITERTOOLS_IMPL_H
#define SK_STDLIB_ITERTOOLS_IMPL_H

#include "stdlib/native/native_type.h"

/* The public classes, in the order of the manual. */
extern const SkTypeDef sk_it_count_type, sk_it_cycle_type, sk_it_repeat_type, sk_it_accumulate_type, sk_it_batched_type,
    sk_it_chain_type, sk_it_compress_type, sk_it_dropwhile_type, sk_it_filterfalse_type, sk_it_groupby_type,
    sk_it_grouper_type, sk_it_islice_type, sk_it_pairwise_type, sk_it_starmap_type, sk_it_takewhile_type,
    sk_it_tee_type, sk_it_tee_data_type, sk_it_zip_longest_type, sk_it_product_type, sk_it_permutations_type,
    sk_it_combinations_type, sk_it_combinations_wr_type;
extern const SkNativeDef sk_it_tee_def;

/* An iterator class whose objects are SkIters. */
#define SK_ITER_CLASS(id, name_, doc_, next_, new__, attrs_)                                                    \
  const SkTypeDef id = {.name = "itertools." name_, .doc = doc_, .kind = SK_KIND_ITER, .size = sizeof(SkIter),     \
                        .slots = {.iter = sk_iter_self, .next = next_}, .new_ = new__, .attrs = attrs_}

/* The single or the two positional arguments in *args; CPython's complaint otherwise. */
SK_INLINE const SkValue *sk_exactly_args(SkVm *vm, const char *name, SkValue args, size_t n) {
  SkTuple *t = sk_as_tuple(args);
  if (t->count != n) sk_raise_type(vm, "%s expected %zu argument%s, got %zu", name, n, n == 1 ? "" : "s", t->count);
  return t->items;
}

#endif
