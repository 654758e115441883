/* itertools.c - module itertools: its list of classes.  Layer 8. */
#include "stdlib/native/itertools_impl.h"

static void itertools_init(SkVm *vm, SkModule *m) {
  const SkTypeDef *const types[] = {
      &sk_it_tee_type,        &sk_it_tee_data_type,     &sk_it_batched_type,   &sk_it_pairwise_type,
      &sk_it_accumulate_type, &sk_it_combinations_type, &sk_it_cycle_type,     &sk_it_dropwhile_type,
      &sk_it_takewhile_type,  &sk_it_islice_type,       &sk_it_starmap_type,   &sk_it_chain_type,
      &sk_it_compress_type,   &sk_it_filterfalse_type,  &sk_it_count_type,     &sk_it_zip_longest_type,
      &sk_it_product_type,    &sk_it_permutations_type, &sk_it_groupby_type,   &sk_it_grouper_type,
      &sk_it_repeat_type,     &sk_it_combinations_wr_type,
  };
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) sk_module_add_type(vm, m, types[i]);
}

static const SkNativeDef *const itertools_functions[] = {&sk_it_tee_def, NULL};

const SkModuleDef sk_itertools_module = {
    .name = "itertools",
    .doc = "Functional tools for creating and using iterators.",
    .functions = itertools_functions,
    .init = itertools_init,
};
