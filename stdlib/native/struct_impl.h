/* struct_impl.h - what the files of the struct module share.  Layer 8.
 *
 * A format is compiled once to a run of items, each with its place in the bytes; pad bytes are just gaps.
 */
#ifndef SK_STDLIB_STRUCT_IMPL_H
#define SK_STDLIB_STRUCT_IMPL_H

#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/object/bytes.h"

/* |repeat| values of |size| bytes each, side by side from |offset| on; 's' and 'p' are one value of |size| bytes. */
typedef struct StructItem { char code; bool big; bool native; int64_t size, offset, repeat; } StructItem;

typedef struct Struct {
  SkObject head;
  SkValue format;        /* str */
  SkRaw *items;          /* StructItem x item_count, in a payload cell; NULL before __init__ */
  size_t item_count;
  int64_t size, values;  /* bytes; values to pack; -1 before __init__ */
} Struct;

SK_INLINE const StructItem *struct_items(const Struct *s) { return s->items ? (const StructItem *)s->items->data : NULL; }

SK_NORETURN void struct_raise(SkVm *vm, const char *fmt, ...); /* struct.error */
SkValue struct_error(SkVm *vm);                                /* the class */

/* struct_format.c: fills |s| from its format; raises struct.error. */
void struct_compile(SkVm *vm, Struct *s, SkStr *format);

/* struct_item.c: one value to |p| and back. */
void struct_put(SkVm *vm, const StructItem *it, unsigned char *p, SkValue v);
SkValue struct_get(SkVm *vm, const StructItem *it, const unsigned char *p);

#endif
