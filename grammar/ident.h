/* ident.h - identifiers beyond ASCII.                                 Layer 1. */
#ifndef SK_GRAMMAR_IDENT_H
#define SK_GRAMMAR_IDENT_H

#include <stdint.h>

#include "vm/base/name.h"

SK_C_BEGIN

/* XID_Start (with '_') and XID_Continue, for str.isidentifier too. */
bool sk_ident_is_start(int32_t c);
bool sk_ident_is_continue(int32_t c);
/* The interned NFKC form of a valid identifier. */
SkName *sk_ident_intern(SkNames *names, const char *text, size_t n);

SK_C_END

#endif
