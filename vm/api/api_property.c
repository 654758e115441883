/* api_property.c - properties of host classes: a getter and a setter made from "name: type".  Layer 9. */
#include <stdio.h>
#include <string.h>

#include "vm/api/api_impl.h"

typedef struct Property { SkValue cls, get, set; const char *name, *doc; size_t name_n; } Property;

static void make_property(SkVm *vm, void *arg) {
  Property *p = arg;
  SkValue doc = p->doc ? sk_from_ptr(sk_str_decode_utf8(vm, p->doc, strlen(p->doc))) : SK_NONE;
  SkValue args[] = {p->get, p->set, SK_NONE, doc};
  SkValue property = sk_call(vm, sk_from_ptr(vm->types[SK_T_property]), args, 4, NULL);
  SkStr *name = sk_str_intern(vm, sk_str_new(vm, p->name, p->name_n));
  sk_write(vm, sk_ptr(property), &((SkProperty *)sk_ptr(property))->name, sk_from_ptr(name));
  sk_type_set(vm, sk_as_type(p->cls), name, property);
}

enum { LONGEST = 200 };

skein_status skein_def_property(skein_vm *v, skein_val host_class, const char *signature, skein_fn get, skein_fn set, void *user) {
  Property p = {.cls = handle_value(v, host_class), .set = SK_NONE, .name = signature};
  if (sk_is_unset(p.cls)) return SKEIN_ERR_MISUSE;
  if (!is_host_class(v, p.cls)) return api_misuse(v, "properties are defined in host classes");
  if (!signature || !get) return api_misuse(v, signature ? "the getter is NULL" : "the signature is NULL");
  const char *line = strchr(signature, '\n');
  size_t n = line ? (size_t)(line - signature) : strlen(signature);
  p.name_n = strcspn(signature, ": \n");
  p.doc = line ? line + 1 : NULL;
  char getter[LONGEST + 32], setter[LONGEST + 32];
  if (n > LONGEST) return api_misuse(v, "the signature of a property is too long");
  snprintf(getter, sizeof getter, "%.*s(self)%s%.*s", (int)p.name_n, signature, p.name_n < n ? " ->" : "",
           p.name_n < n ? (int)(n - p.name_n - 1) : 0, signature + p.name_n + (p.name_n < n));
  snprintf(setter, sizeof setter, "%.*s(self, value%.*s)", (int)p.name_n, signature, (int)(n - p.name_n), signature + p.name_n);
  skein_scope scope = skein_scope_open(v);
  skein_val g, s = {0};
  skein_status status = skein_function(v, setter, set ? set : get, user, NULL, &s); /* the text with the type: what is wrong with it is told first */
  if (status == SKEIN_OK) status = skein_function(v, getter, get, user, NULL, &g);
  if (status == SKEIN_OK) {
    p.get = handle_value(v, g);
    if (set) p.set = handle_value(v, s);
    status = api_enter(v, make_property, &p);
  }
  skein_scope_close(v, scope);
  return status;
}
