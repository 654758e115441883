/* codecs_module.c - _codecs: the registry and the built-in codecs as functions.  Layer 8. */
#include "stdlib/native/native.h"
#include "vm/object/bytes.h"
#include "vm/object/codec.h"
#include "vm/object/str_methods.h"

/* ---- the registry ---- */

SK_NATIVE(codecs_register, "register(search_function, /)", "Register a codec search function.") {
  if (!SK_SLOTS(vm, args[0])->call) sk_raise_type(vm, "argument must be callable");
  sk_list_append(vm, sk_codec_searchers(vm), args[0]);
  return SK_NONE;
}

SK_NATIVE(codecs_unregister, "unregister(search_function, /)", "Unregister a codec search function and clear the registry's cache.") {
  SkList *search = sk_codec_searchers(vm);
  for (size_t i = 0; i < search->count; i++)
    if (sk_is(sk_list_items(search)[i], args[0])) {
      sk_dict_clear(vm, sk_codec_registry(vm, "cache"));
      sk_list_pop(vm, search, i);
      break;
    }
  return SK_NONE;
}

SK_NATIVE(codecs_lookup, "lookup(encoding, /)", "Looks up a codec tuple in the Python codec registry and returns a CodecInfo object.") {
  return sk_codec_lookup(vm, sk_str_arg(vm, args[0], "lookup() argument"));
}

SK_NATIVE(codecs_register_error, "register_error(errors, handler, /)", "Register the specified error handler under the name errors.") {
  SkStr *name = sk_str_arg(vm, args[0], "register_error() argument 1");
  if (!SK_SLOTS(vm, args[1])->call) sk_raise_type(vm, "handler must be callable");
  sk_dict_set_str(vm, sk_codec_registry(vm, "errors"), name, args[1]);
  return SK_NONE;
}

SK_NATIVE(codecs_lookup_error, "lookup_error(name, /)", "Return the error handler for the specified error handling name.") {
  return sk_codec_lookup_error(vm, sk_str_arg(vm, args[0], "lookup_error() argument"));
}

static SkValue run(SkVm *vm, const SkValue *args, int which) {
  SkValue info = sk_codec_lookup(vm, sk_str_arg(vm, args[1], which ? "decode() argument 'encoding'" : "encode() argument 'encoding'"));
  SkValue pair = sk_call2(vm, sk_getitem(vm, info, sk_smallint(which)), args[0], args[2]);
  if (!sk_is_tuple(pair) || sk_as_tuple(pair)->count != 2) sk_raise_type(vm, "%s must return a tuple (object, integer)", which ? "decoder" : "encoder");
  return sk_as_tuple(pair)->items[0];
}
SK_NATIVE(codecs_encode, "encode(obj, encoding='utf-8', errors='strict')", "Encodes obj using the codec registered for encoding.") { return run(vm, args, 0); }
SK_NATIVE(codecs_decode, "decode(obj, encoding='utf-8', errors='strict')", "Decodes obj using the codec registered for encoding.") { return run(vm, args, 1); }

/* ---- one codec after another ---- */

static SkValue errors_arg(SkVm *vm, SkValue v) {
  return sk_is_none(v) ? SK_UNSET : sk_from_ptr(sk_str_arg(vm, v, "argument 2"));
}

static SkValue encode_with(SkVm *vm, const SkValue *args, const char *name) {
  SkStr *s = sk_str_arg(vm, args[0], "argument 1");
  SkBytes *b = sk_codec_encode(vm, sk_codec_find(name, strlen(name)), s, errors_arg(vm, args[1]));
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_from_ptr(b), sk_smallint((int64_t)s->count)));
}

static SkValue decode_with(SkVm *vm, const SkValue *args, const char *name, bool final, int *order, bool text_too) {
  SkChars in;
  if (text_too && sk_is_str(args[0])) in = (SkChars){sk_as_str(args[0])->data, sk_as_str(args[0])->bytes};
  else in = sk_to_bytes(vm, args[0]);
  size_t used;
  SkStr *s = sk_codec_decode(vm, sk_codec_find(name, strlen(name)), in, errors_arg(vm, args[1]), final, &used, order);
  SkValue text = sk_from_ptr(s), n = sk_smallint((int64_t)used);
  if (order) return sk_from_ptr(sk_tuple_pack(vm, 3, text, n, sk_smallint(*order)));
  return sk_from_ptr(sk_tuple_pack(vm, 2, text, n));
}

#define CODEC(id, name)                                                                                                   \
  SK_NATIVE(id##_encode, #id "_encode(str, errors=None, /)", NULL) { return encode_with(vm, args, name); }                 \
  SK_NATIVE(id##_decode, #id "_decode(data, errors=None, final=False, /)", NULL) {                                        \
    return decode_with(vm, args, name, sk_truth(vm, args[2]), NULL, false);                                               \
  }
CODEC(utf_8, "utf-8")
CODEC(utf_16, "utf-16")
CODEC(utf_16_le, "utf-16-le")
CODEC(utf_16_be, "utf-16-be")
CODEC(utf_32, "utf-32")
CODEC(utf_32_le, "utf-32-le")
CODEC(utf_32_be, "utf-32-be")

#define SMALL_CODEC(id, name, text_too)                                                                                   \
  SK_NATIVE(id##_encode, #id "_encode(str, errors=None, /)", NULL) { return encode_with(vm, args, name); }                 \
  SK_NATIVE(id##_decode, #id "_decode(data, errors=None, final=True, /)", NULL) {                                         \
    return decode_with(vm, args, name, sk_truth(vm, args[2]), NULL, text_too);                                            \
  }
SMALL_CODEC(ascii, "ascii", false)
SMALL_CODEC(latin_1, "latin-1", false)
SMALL_CODEC(unicode_escape, "unicode-escape", true)
SMALL_CODEC(raw_unicode_escape, "raw-unicode-escape", true)

static SkValue decode_order(SkVm *vm, const SkValue *args, const char *name) {
  int order = (int)sk_to_index(vm, args[2]);
  return decode_with(vm, args, name, sk_truth(vm, args[3]), &order, false);
}
SK_NATIVE(utf_16_ex_decode, "utf_16_ex_decode(data, errors=None, byteorder=0, final=False, /)", NULL) { return decode_order(vm, args, "utf-16"); }
SK_NATIVE(utf_32_ex_decode, "utf_32_ex_decode(data, errors=None, byteorder=0, final=False, /)", NULL) { return decode_order(vm, args, "utf-32"); }

SK_NATIVE(readbuffer_encode, "readbuffer_encode(data, errors=None, /)", NULL) {
  SkChars s = sk_is_str(args[0]) ? (SkChars){sk_as_str(args[0])->data, sk_as_str(args[0])->bytes} : sk_to_bytes(vm, args[0]);
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_from_ptr(sk_bytes_new(vm, s.p, s.n)), sk_smallint((int64_t)s.n)));
}

static const SkNativeDef *const functions[] = {
    &codecs_register_def, &codecs_unregister_def, &codecs_lookup_def, &codecs_register_error_def, &codecs_lookup_error_def,
    &codecs_encode_def, &codecs_decode_def, &utf_8_encode_def, &utf_8_decode_def, &utf_16_encode_def, &utf_16_decode_def,
    &utf_16_le_encode_def, &utf_16_le_decode_def, &utf_16_be_encode_def, &utf_16_be_decode_def, &utf_32_encode_def,
    &utf_32_decode_def, &utf_32_le_encode_def, &utf_32_le_decode_def, &utf_32_be_encode_def, &utf_32_be_decode_def,
    &ascii_encode_def, &ascii_decode_def, &latin_1_encode_def, &latin_1_decode_def, &unicode_escape_encode_def,
    &unicode_escape_decode_def, &raw_unicode_escape_encode_def, &raw_unicode_escape_decode_def, &utf_16_ex_decode_def,
    &utf_32_ex_decode_def, &readbuffer_encode_def, NULL};
const SkModuleDef sk_codecs_module = {"_codecs", "The registry of codecs and the built-in ones.", functions, NULL};
