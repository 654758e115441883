/* signature.h - parsed signatures of natives; seen by vm/object only.                       Layer 6. */
#ifndef SK_OBJECT_SIGNATURE_H
#define SK_OBJECT_SIGNATURE_H

#include "vm/object/object_impl.h"

enum { SIGNATURE_PARAMS_MAX = 48 };

/* Parameters in order: positional (the first |posonly| by position only), *args, keyword-only, **kwargs.
 * names and defaults are parallel; a required parameter is a set bit in |required|. */
struct SkSignature {
  const SkNativeDef *def;
  const char *display;   /* NULL: the name in the signature; else the class that is constructed */
  SkStr *name;
  uint8_t count, positional, posonly, least; /* least: positional ones without a default */
  uint8_t self;          /* 1: the first is self or cls, not counted in messages */
  uint8_t room;          /* of names and defaults */
  bool simple;           /* positional ones only */
  bool parsed;           /* to its end */
  bool plain;            /* without keywords in the call they are enough: no *args, **kwargs, and the keyword-only ones have defaults */
  int8_t varargs, varkw; /* index or -1 */
  uint64_t required;
  SkStr **names;         /* behind the defaults */
  SkValue defaults[];
};

/* |method|: the first parameter is a receiver. */
struct SkSignature *signature_get(SkVm *vm, const SkNativeDef *def, const char *display, bool method);
bool signature_takes_keywords(const struct SkSignature *s);
/* Binds arguments (first: the receiver or UNSET) into out[count]; raises what CPython would.  |n| may be NULL. */
void signature_bind(SkVm *vm, const struct SkSignature *s, const SkNative *n, SkValue first, const SkValue *args, size_t nargs,
                    SkTuple *kwnames, SkValue *out);

#endif
