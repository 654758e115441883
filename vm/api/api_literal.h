/* api_literal.h - literals in the signatures of host functions.  Layer 9. */
#ifndef SK_API_API_LITERAL_H
#define SK_API_API_LITERAL_H

#include "vm/api/api_impl.h"

/* None, True, False, ..., a number, a str, bytes, (): its value; UNSET for anything else.  May raise MemoryError. */
SkValue host_literal(SkVm *vm, Part text);

#endif
