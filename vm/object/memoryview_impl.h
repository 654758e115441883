/* memoryview_impl.h - what the files of memoryview share.  Layer 6, this package only. */
#ifndef SK_OBJECT_MEMORYVIEW_IMPL_H
#define SK_OBJECT_MEMORYVIEW_IMPL_H

#include "vm/object/bytes.h"

extern const SkAttrDef sk_memoryview_attrs[];

SkMemoryview *memoryview_self(SkVm *vm, SkValue v); /* ValueError when released */
SkMemoryview *memoryview_clone(SkVm *vm, const SkMemoryview *from);
void memoryview_release(SkMemoryview *m);
uint32_t memoryview_item_size(char letter); /* of a native format */
bool memoryview_contiguous(const SkMemoryview *m);
/* One item as a value, and back. */
SkValue memoryview_unpack(SkVm *vm, const SkMemoryview *m, const char *p);
void memoryview_pack(SkVm *vm, const SkMemoryview *m, char *p, SkValue v);

#endif
