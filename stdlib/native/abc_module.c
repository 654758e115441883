/* abc_module.c - the module _abc: which classes `match` takes for sequences and mappings.  Layer 8. */
#include "stdlib/native/native.h"

static void mark(SkVm *vm, SkType *t, uint32_t flag) {
  if (t->flags & SK_TYPE_IMMUTABLE) return; /* str registers as a Sequence, but no sequence pattern takes it */
  t->flags = (t->flags & ~(uint32_t)(SK_TYPE_SEQUENCE | SK_TYPE_MAPPING)) | flag;
  SkValue subclasses = sk_call_method0(vm, sk_from_ptr(t), sk_intern(vm, "__subclasses__"));
  SkList *l = sk_to_list(vm, subclasses);
  for (size_t i = 0; i < l->count; i++)
    if (sk_is_type(sk_list_items(l)[i])) mark(vm, sk_as_type(sk_list_items(l)[i]), flag);
}

SK_NATIVE(mark_collection, "mark_collection(cls, flags, /)", "Instances of cls and its subclasses match as sequences (32) or mappings (64).") {
  int64_t flags = sk_to_index(vm, args[1]);
  if (!sk_is_type(args[0])) sk_raise_type(vm, "mark_collection() argument 1 must be a class, not %T", args[0]);
  mark(vm, sk_as_type(args[0]), flags & 32 ? SK_TYPE_SEQUENCE : flags & 64 ? SK_TYPE_MAPPING : 0);
  return SK_NONE;
}

static const SkNativeDef *const functions[] = {&mark_collection_def, NULL};
const SkModuleDef sk_abc_module = {"_abc", "What abc needs of the runtime.", functions, NULL};
