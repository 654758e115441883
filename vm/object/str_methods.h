/* str_methods.h - the methods of str, by file, and what the text files share.  Layer 6. */
#ifndef SK_OBJECT_STR_METHODS_H
#define SK_OBJECT_STR_METHODS_H

#include "vm/object/object.h"
#include "vm/object/str.h"

SK_C_BEGIN

/* A method table row in another file than the method: external linkage, one name. */
#define SK_STR_METHOD(name, sig, doc)                              \
  static SkValue str_##name(SkVm *vm, const SkValue *args);        \
  const SkNativeDef sk_str_##name##_def = {sig, doc, str_##name};  \
  static SkValue str_##name(SkVm *vm, const SkValue *args)

#define STR_METHODS(X)                                                                                       \
  X(capitalize) X(casefold) X(lower) X(upper) X(title) X(swapcase) X(isalnum) X(isalpha) X(isascii)          \
  X(isdecimal) X(isdigit) X(isidentifier) X(islower) X(isnumeric) X(isprintable) X(isspace) X(istitle)       \
  X(isupper) /* str_case.c */                                                                                \
  X(find) X(rfind) X(index) X(rindex) X(count) X(startswith) X(endswith) X(replace) X(removeprefix)          \
  X(removesuffix) /* str_search.c */                                                                         \
  X(split) X(rsplit) X(splitlines) X(partition) X(rpartition) X(join) /* str_split.c */                      \
  X(strip) X(lstrip) X(rstrip) X(center) X(ljust) X(rjust) X(zfill) X(expandtabs) X(translate) /* str_layout.c */ \
  X(format) X(format_map) /* str_format.c */                                                                 \
  X(encode) /* codec.c */

#define STR_METHOD_DECLARE(name) extern const SkNativeDef sk_str_##name##_def;
STR_METHODS(STR_METHOD_DECLARE)
extern const SkNativeDef sk_str_maketrans_def;
#undef STR_METHOD_DECLARE

/* The argument must be a str: "must be str, not x". */
SkStr *sk_str_arg(SkVm *vm, SkValue v, const char *method);
SkStr *sk_str_percent(SkVm *vm, SkStr *format, SkValue args);       /* format % args */
SkStr *sk_str_format_spec(SkVm *vm, SkValue self, SkStr *spec);     /* str.__format__ */
bool sk_char_is_space(uint32_t c);
bool sk_char_is_printable(uint32_t c);
bool sk_char_is_line_break(uint32_t c);
int sk_char_decimal(uint32_t c);                                     /* 0..9 or -1 */
/* codecs (codec.c): encoding and errors UNSET for the defaults. */
SkStr *sk_decode(SkVm *vm, SkValue bytes_like, SkValue encoding, SkValue errors);
SkValue sk_encode(SkVm *vm, SkStr *s, SkValue encoding, SkValue errors); /* a bytes object */

SK_C_END

#endif
