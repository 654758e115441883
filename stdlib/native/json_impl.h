/* json_impl.h - what the files of _json share.  Layer 8. */
#ifndef SK_STDLIB_JSON_IMPL_H
#define SK_STDLIB_JSON_IMPL_H

#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/object/str_methods.h"

extern const SkTypeDef sk_json_scanner_type, sk_json_encoder_type;
extern const SkNativeDef sk_json_scanstring_def, sk_json_encode_ascii_def, sk_json_encode_def;

#endif
