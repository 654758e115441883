/* unicode.h - what Unicode says of a character: category, case, compatible spelling.  Layer 0.
 *
 * The data comes from utf8proc when Skein is built: unicode_gen.c asks it about every character and writes
 * unicode_tables.h.  The program itself needs no library for it.  Any number may be asked about: what is no character has category Cn
 * and stands for itself.
 */
#ifndef SK_BASE_UNICODE_H
#define SK_BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vm/base/defs.h"

SK_C_BEGIN

/* General categories, by their names in the standard. */
typedef enum SkCategory {
  SK_CN, SK_LU, SK_LL, SK_LT, SK_LM, SK_LO, SK_MN, SK_MC, SK_ME, SK_ND, SK_NL, SK_NO, SK_PC, SK_PD, SK_PS, SK_PE, SK_PI, SK_PF, SK_PO,
  SK_SM, SK_SC, SK_SK, SK_SO, SK_ZS, SK_ZL, SK_ZP, SK_CC, SK_CF, SK_CS, SK_CO
} SkCategory;

SkCategory sk_unicode_category(uint32_t c);

/* Mappings to one character; |c| itself when there is none. */
uint32_t sk_unicode_lower(uint32_t c);
uint32_t sk_unicode_upper(uint32_t c);
uint32_t sk_unicode_title(uint32_t c);

/* Other, separator or unassigned, but for the blank: what repr() escapes. */
bool sk_unicode_is_printable(uint32_t c);

enum { SK_UNICODE_FOLD = 4, SK_UNICODE_PARTS = 18 };

/* Full case folding; how many characters there are in |out|. */
size_t sk_unicode_fold(uint32_t c, uint32_t out[SK_UNICODE_FOLD]);

/* Compatibility decomposition, complete. */
size_t sk_unicode_decompose(uint32_t c, uint32_t out[SK_UNICODE_PARTS]);

/* NFKC of decomposed text, in place: puts marks into order and joins what has a character of its own.  The new length. */
size_t sk_unicode_compose(uint32_t *s, size_t n);

SK_C_END

#endif
