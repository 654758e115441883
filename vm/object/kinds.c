/* kinds.c - the heap's table of how to trace and finalize each kind of cell, from kinds.def.  Layer 6. */
#include "vm/object/object.h"

/* One prototype per distinct function; kinds.def names some of them twice. */
SkTraceFn sk_type_trace, sk_cell_trace, sk_str_trace, sk_bytes_trace, sk_bytearray_trace, sk_memoryview_trace,
    sk_tuple_trace, sk_list_trace, sk_dict_trace, sk_dictview_trace, sk_mappingproxy_trace, sk_set_trace,
    sk_range_trace, sk_slice_trace, sk_iter_trace, sk_list_iter_trace, sk_func_trace, sk_codeobj_trace,
    sk_native_trace, sk_method_trace, sk_property_trace, sk_descr_trace, sk_super_trace, sk_module_trace,
    sk_gen_trace, sk_exc_trace, sk_traceback_trace, sk_frame_trace, sk_weakref_trace, sk_generic_alias_trace,
    sk_await_trace, sk_future_trace, sk_loop_trace;
SkFinalizeFn sk_type_finalize, sk_codeobj_finalize;

const SkKindInfo sk_kinds[SK_KIND_COUNT] = {
#define KIND(name, trace, finalize) {#name, trace, finalize},
#include "vm/heap/kinds.def"
#undef KIND
};
