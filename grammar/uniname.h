/* uniname.h - the names of Unicode characters, for \N{...}.           Layer 1. */
#ifndef SK_GRAMMAR_UNINAME_H
#define SK_GRAMMAR_UNINAME_H

#include <stddef.h>
#include <stdint.h>

#include "vm/base/defs.h"

SK_C_BEGIN

/* The character of that name (case does not matter), or -1. */
int32_t sk_uniname_lookup(const char *name, size_t n);

SK_C_END

#endif
