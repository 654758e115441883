/* str_percent.h - '%' formatting for text and bytes.  Layer 6, this package only. */
#ifndef SK_OBJECT_STR_PERCENT_H
#define SK_OBJECT_STR_PERCENT_H

#include "vm/object/chars.h"
#include "vm/object/str.h"

/* Appends |format| % |args| to |out|; |bytes|: with the rules of bytes. */
void percent_format(SkVm *vm, SkStrBuf *out, SkChars format, SkValue args, bool bytes);

#endif
