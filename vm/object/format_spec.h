/* format_spec.h - the format specification mini-language, and numbers laid out by it.  Layer 6.
 *
 *   [[fill]align][sign][z][#][0][width][grouping][.precision][type]
 */
#ifndef SK_OBJECT_FORMAT_SPEC_H
#define SK_OBJECT_FORMAT_SPEC_H

#include "vm/object/object.h"
#include "vm/object/str.h"

SK_C_BEGIN

typedef struct SkFormatSpec {
  uint32_t fill;     /* code point; ' ' unless given, '0' after the 0 flag */
  char align;        /* '<' '>' '^' '=', or the default */
  char sign;         /* '+' '-' ' ', 0: not given */
  bool no_neg_zero;  /* z */
  bool alternate;    /* # */
  bool align_given;  /* an alignment was written (or implied by the 0 flag) */
  bool fill_given;   /* a fill was written before the alignment */
  char group;        /* ',' '_', 0: none */
  int group_size;    /* 3, or 4 for '_' with b o x X */
  int64_t width;     /* -1: not given */
  int64_t precision; /* -1: not given */
  uint32_t type;     /* code point, or the default */
} SkFormatSpec;

/* Parses |text| for formatting |value| (named in errors).  default_type is the type when none is written (0 for
 * "none"), default_align '<' or '>'. */
void sk_format_spec_parse(SkVm *vm, SkStr *text, SkFormatSpec *out, uint32_t default_type, char default_align,
                          SkValue value);

/* ValueError: Unknown format code 'x' for object of type 'y'. */
SK_NORETURN void sk_format_unknown_type(SkVm *vm, uint32_t type, SkValue value);

/* Appends |count| code points of UTF-8 text padded to the spec's width ('=' counts as '<'). */
void sk_format_pad(SkStrBuf *out, const SkFormatSpec *spec, const char *text, size_t bytes, size_t count);

/* format(v, spec) of the built-in numbers (and of their subclasses, which give str(v) for an empty spec). */
SkStr *sk_int_format(SkVm *vm, SkValue v, SkStr *spec); /* int and bool */
SkStr *sk_float_format(SkVm *vm, SkValue v, SkStr *spec);
SkStr *sk_complex_format(SkVm *vm, SkValue v, SkStr *spec);

/* One number of '%' formatting: type d i u o x X e E f F g G. */
typedef struct SkPercentSpec {
  bool left, plus, blank, alternate, zero; /* - + space # 0 */
  bool bytes;                              /* for b'' % x: one TypeError reads otherwise */
  int64_t width, precision;                /* -1: not given */
  char type;
} SkPercentSpec;

/* Converts |v| as '%' does (TypeErrors as there) and appends it with sign, prefix, zeros and padding. */
void sk_percent_number(SkVm *vm, SkStrBuf *out, SkValue v, const SkPercentSpec *spec);

SK_C_END

#endif
