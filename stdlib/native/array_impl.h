/* array_impl.h - what the files of array.array share.  Layer 8. */
#ifndef SK_STDLIB_ARRAY_IMPL_H
#define SK_STDLIB_ARRAY_IMPL_H

#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/object/bytes.h"

extern const SkTypeDef sk_array_type;
extern const char array_typecodes[];

/* array_item.c */
size_t array_item_size(int code);                                  /* 0: no type code */
void array_put(SkVm *vm, int code, char *p, SkValue v);            /* TypeError, OverflowError */
SkValue array_get(SkVm *vm, int code, const char *p);
int array_machine_format(int code);                                /* the number that pickles have for it on this machine */
/* Items of a pickle, in any machine's format, through |append|. */
void array_from_machine(SkVm *vm, SkBytearray *a, int64_t format, SkBytes *items, bool (*append)(SkVm *vm, SkValue v, void *a));

#endif
