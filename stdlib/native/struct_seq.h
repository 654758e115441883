/* struct_seq.h - tuples with named fields, as system calls return them.  Layer 8. */
#ifndef SK_STDLIB_STRUCT_SEQ_H
#define SK_STDLIB_STRUCT_SEQ_H

#include "vm/object/object.h"

/* |fields| ends with NULL; the first |visible| are the tuple's items, the others attributes only. */
typedef struct SkStructSeq { const char *name, *doc; const char *const *fields; size_t visible; } SkStructSeq;

SkValue sk_struct_seq_class(SkVm *vm, const SkStructSeq *def);                       /* one per VM */
SkValue sk_struct_seq_new(SkVm *vm, const SkStructSeq *def, const SkValue *values);  /* one value per field */

#endif
