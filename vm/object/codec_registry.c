/* codec_registry.c - what scripts registered: search functions and error handlers.  Layer 6.
 *
 * The tables live in vm->module_state under "_codecs"; the module of that name (stdlib/native) fills them.
 */
#include "vm/object/call.h"
#include "vm/object/codec.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

static SkDict *state(SkVm *vm) {
  SkValue v = sk_dict_get_cstr(vm, vm->module_state, "_codecs");
  if (sk_is_unset(v)) {
    v = sk_from_ptr(sk_dict_new(vm));
    sk_dict_set_cstr(vm, vm->module_state, "_codecs", v);
  }
  return sk_as_dict(v);
}

SkDict *sk_codec_registry(SkVm *vm, const char *part) {
  SkDict *all = state(vm);
  SkValue v = sk_dict_get_cstr(vm, all, part);
  if (sk_is_unset(v)) {
    v = sk_from_ptr(sk_dict_new(vm));
    sk_dict_set_cstr(vm, all, part, v);
  }
  return sk_as_dict(v);
}

SkList *sk_codec_searchers(SkVm *vm) {
  SkDict *all = state(vm);
  SkValue v = sk_dict_get_cstr(vm, all, "search");
  if (sk_is_unset(v)) {
    v = sk_from_ptr(sk_list_new(vm, 2));
    sk_dict_set_cstr(vm, all, "search", v);
  }
  return sk_as_list(v);
}

/* Lower case, blanks as '_'. */
static SkStr *normalised(SkVm *vm, SkStr *name) {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (size_t i = 0; i < name->bytes; i++) {
    char c = name->data[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
    if (c == ' ' || c == '-') c = '_';
    sk_strbuf_add(&b, &c, 1);
  }
  return sk_strbuf_finish(&b);
}

/* The module codecs knows more encodings than this package; it registers itself when first imported. */
static void import_codecs(SkVm *vm) {
  SkDict *all = state(vm);
  if (!sk_is_unset(sk_dict_get_cstr(vm, all, "asked"))) return;
  sk_dict_set_cstr(vm, all, "asked", SK_TRUE);
  if (vm->hooks.import) vm->hooks.import(vm, sk_intern(vm, "codecs"), NULL, SK_NONE, 0);
}

SkValue sk_codec_lookup(SkVm *vm, SkStr *name) {
  import_codecs(vm);
  SkDict *cache = sk_codec_registry(vm, "cache");
  SkStr *key = normalised(vm, name);
  SkValue found = sk_dict_get_str(vm, cache, key);
  if (!sk_is_unset(found)) return found;
  SkList *search = sk_codec_searchers(vm);
  for (size_t i = 0; i < search->count; i++) {
    found = sk_call1(vm, sk_list_items(search)[i], sk_from_ptr(key));
    if (sk_is_none(found)) continue;
    if (!sk_is_tuple(found) || sk_as_tuple(found)->count != 4) sk_raise_type(vm, "codec search functions must return 4-tuples");
    sk_dict_set_str(vm, cache, key, found);
    return found;
  }
  sk_raisef(vm, SK_T_LookupError, "unknown encoding: %U", name);
}

SkValue sk_codec_lookup_error(SkVm *vm, SkStr *name) {
  SkValue v = sk_dict_get_str(vm, sk_codec_registry(vm, "errors"), name);
  if (sk_is_unset(v)) sk_raisef(vm, SK_T_LookupError, "unknown error handler name '%U'", name);
  return v;
}
