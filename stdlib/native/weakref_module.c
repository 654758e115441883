/* weakref_module.c - the module _weakref: the classes of vm/object/weakref.c, and counting.  Layer 8. */
#include "stdlib/native/native.h"

static SkValue refs_of(SkVm *vm, SkValue v) {
  SkList *out = sk_list_new(vm, 4);
  if (!sk_is_ptr(v)) return sk_from_ptr(out);
  size_t n = sk_weak_refs(vm, sk_object(v), NULL, 0);
  SkValues *room = sk_values_new(vm, n);
  n = sk_weak_refs(vm, sk_object(v), (SkObject **)room->items, n);
  SkObject **refs = (SkObject **)room->items;
  for (size_t i = 0; i < n; i++) refs[i] = (SkObject *)((uintptr_t)refs[i] + 1); /* pointers become Values in place */
  for (size_t i = 0; i < n; i++) sk_list_append(vm, out, room->items[i]);
  return sk_from_ptr(out);
}

SK_NATIVE(getweakrefcount, "getweakrefcount(object, /)", "How many weak references to the object there are.") {
  (void)vm;
  return sk_smallint(sk_is_ptr(args[0]) ? (int64_t)sk_weak_refs(vm, sk_object(args[0]), NULL, 0) : 0);
}

SK_NATIVE(getweakrefs, "getweakrefs(object, /)", "The weak references to the object.") { return refs_of(vm, args[0]); }

/* del dct[key] only if the reference it holds is dead: the callbacks of weak dictionaries. */
SK_NATIVE(remove_dead, "_remove_dead_weakref(dct, key, /)", NULL) {
  SkValue ref = sk_is_dict(args[0]) ? sk_dict_get(vm, sk_as_dict(args[0]), args[1]) : SK_UNSET;
  if (!sk_is_unset(ref) && sk_has_kind(ref, SK_KIND_WEAKREF) && (sk_object(ref)->aux & 1)) sk_dict_delete(vm, sk_as_dict(args[0]), args[1]);
  return SK_NONE;
}

SK_NATIVE(proxy, "proxy(object, callback=None, /)", "A stand-in for the object that does not keep it alive.") {
  return sk_weakproxy_new(vm, args[0], args[1]);
}

static void weakref_init(SkVm *vm, SkModule *m) {
  static const struct { const char *name; int type; } classes[] = {
      {"ref", SK_T_weakref}, {"ReferenceType", SK_T_weakref}, {"ProxyType", SK_T_weakproxy}, {"CallableProxyType", SK_T_weakcallableproxy}};
  for (size_t i = 0; i < 4; i++) sk_module_add(vm, m, classes[i].name, sk_from_ptr(vm->types[classes[i].type]));
}

static const SkNativeDef *const functions[] = {&getweakrefcount_def, &getweakrefs_def, &remove_dead_def, &proxy_def, NULL};
const SkModuleDef sk_weakref_module = {"_weakref", "Weak references.", functions, weakref_init};
