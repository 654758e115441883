/* class_getitem.c - the __class_getitem__ that all generic built-in classes share.  Layer 6. */
#include "vm/object/object.h"

static SkValue class_getitem(SkVm *vm, const SkValue *args) {
  return sk_generic_alias_new(vm, args[0], args[1]);
}

const SkNativeDef sk_class_getitem_def = {"__class_getitem__(cls, object, /)",
                                          "See PEP 585", class_getitem};
