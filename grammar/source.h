/* source.h - bytes of a file to the text the lexer reads.             Layer 1. */
#ifndef SK_GRAMMAR_SOURCE_H
#define SK_GRAMMAR_SOURCE_H

#include "grammar/parse.h"

SK_C_BEGIN

/* Sets diag->source: UTF-8, no byte order mark, every line ended by '\n',
 * a NUL after it.  False: a wrong byte, a NUL or an unknown encoding. */
bool sk_source_decode(SkDiag *diag, const char *src, size_t n, unsigned flags);

/* Valid UTF-8 (no surrogates, no overlong forms)?  Else *bad is the offset. */
bool sk_source_is_utf8(const char *src, size_t n, size_t *bad);

SK_C_END

#endif
