/* numtext.h - doubles to text and back, exactly.  Layer 0.
 *
 * Nothing here follows the locale, allocates or fails: printf and strtod are
 * not used.  Every conversion is correctly rounded, half to even, on the exact
 * binary value.
 */
#ifndef SK_BASE_NUMTEXT_H
#define SK_BASE_NUMTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vm/base/defs.h"

SK_C_BEGIN

enum {
  SK_DECIMAL_ROOM = 800,    /* no double has more than 767 significant digits */
  SK_DOUBLE_REPR_ROOM = 32, /* holds any repr or hex form */
};

/* The digits of |x|: 0.d1 d2 ... dn times 10^point, d1 and dn not '0'.  Zero
 * has no digits and point 1. */
typedef struct SkDecimal {
  int point;
  int length;
  char digits[SK_DECIMAL_ROOM];
} SkDecimal;

/* The shortest digits that read back as |x|, the closest of those.  Finite. */
void sk_decimal_shortest(SkDecimal *d, double x);

/* The first |count| >= 1 significant digits of |x|.  Finite. */
void sk_decimal_significant(SkDecimal *d, double x, int count);

/* |x| rounded to |places| digits after the point; may be negative.  Finite. */
void sk_decimal_places(SkDecimal *d, double x, int places);

/* The double nearest to the decimal (after any change of digits or point). */
double sk_decimal_to_double(const SkDecimal *d);

typedef enum SkDoubleFlags {
  SK_DOUBLE_PLAIN = 0,
  SK_DOUBLE_ALTERNATE = 1,  /* '#': always a point; 'g' keeps trailing zeros */
  SK_DOUBLE_POINT_ZERO = 2, /* ".0" after what would look like an int */
} SkDoubleFlags;

/* Formats as Python does for one of the kinds
 *   'e' 'f' 'g'  with |precision|      'r'  shortest (precision ignored)
 * and their capitals ('E' gives "1E+02", "INF").  Starts with '-' if the sign
 * bit is set, never with '+'.  Writes no NUL; returns the length, which is at
 * most sk_double_format_bound(). */
size_t sk_double_format(double x, char kind, int precision, SkDoubleFlags flags, char *out);
size_t sk_double_format_bound(double x, char kind, int precision);

/* repr(x) without a NUL; |out| has SK_DOUBLE_REPR_ROOM bytes. */
size_t sk_double_print(double x, char *out);

/* float.hex(x), same room. */
size_t sk_double_hex(double x, char *out);

/* Reads the longest prefix of the form
 *   [+-] (digits [. [digits]] | . digits) [(e|E) [+-] digits]
 * where single underscores may stand between digits.  Returns its length, 0 if
 * there is none.  Too large gives an infinity. */
size_t sk_double_parse(const char *s, size_t length, double *out);

/* The same, or [+-] inf, infinity, nan in any case. */
size_t sk_double_parse_any(const char *s, size_t length, double *out);

typedef enum SkHexResult { SK_HEX_OK, SK_HEX_INVALID, SK_HEX_TOO_LARGE } SkHexResult;

/* Reads all of |s| as float.fromhex does, blanks around it apart. */
SkHexResult sk_double_parse_hex(const char *s, size_t length, double *out);

SK_C_END

#endif
