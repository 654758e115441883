/* api_def.h - annotations of host functions as bits, between api_def.c and api_define.c.  Layer 9. */
#ifndef SK_API_API_DEF_H
#define SK_API_API_DEF_H

#include "vm/api/api_impl.h"

enum { /* Check.kinds */
  TAKES_NONE = 1, TAKES_INT = 2, TAKES_FLOAT = 4, TAKES_STR = 8, TAKES_BYTES = 16, TAKES_BOOL = 32, TAKES_LIST = 64, TAKES_TUPLE = 128,
  TAKES_DICT = 256, TAKES_SET = 512, TAKES_CALLABLE = 1024,
  TAKES_ANY = 2048,       /* object */
  IS_CHECKED = 1 << 16,   /* there is an annotation that refuses something */
  IS_OPTIONAL = 1 << 17   /* the default is ..., which the host gets as an absent handle */
};

bool host_fits(SkVm *vm, const HostBody *f, const Check *c, SkValue x);
/* |x| as the parameter takes it, an int as a float where only that will do; or TypeError. */
SkValue host_checked(SkVm *vm, const HostBody *f, const Check *c, SkValue x);

#endif
