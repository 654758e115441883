/* str_format.h - the parser of '{}' format strings, for str.format and _string.  Layer 6. */
#ifndef SK_OBJECT_STR_FORMAT_H
#define SK_OBJECT_STR_FORMAT_H

#include "vm/object/chars.h"
#include "vm/object/str.h"

SK_C_BEGIN

/* One step through a format string: a literal, then perhaps a field. */
typedef struct SkFormatField {
  SkChars literal;
  bool present, nested; /* a field follows; its spec holds fields itself */
  SkChars name, spec;
  uint32_t conversion;  /* 0: none */
} SkFormatField;

/* False at the end; *at is where to go on.  ValueError when the text is wrong. */
bool sk_format_field_next(SkVm *vm, const char **at, const char *end, SkFormatField *out);

/* The parts of a field name: first the name up to '.' or '[', then one lookup after another. */
SkChars sk_format_name_first(SkChars name, SkChars *rest);
bool sk_format_name_next(SkVm *vm, SkChars *rest, bool *is_attribute, SkChars *part);
/* The number that |text| is; -1: it is none. */
int64_t sk_format_name_number(SkVm *vm, SkChars text);

SK_C_END

#endif
