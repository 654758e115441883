/* api_module.c - modules that the host has: the loader hook, modules made from outside.  Layer 9. */
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/compile/front.h"

/* The host's text becomes code before it can change its mind; its lines are kept for tracebacks. */
static SkValue code_of(SkVm *vm, SkStr *name, const skein_source *src, SkStr **filename) {
  *filename = src->filename ? sk_str_decode_utf8(vm, src->filename, strlen(src->filename)) : sk_format(vm, "<%U>", name);
  if (src->code) {
    SkCodeObj *code = sk_link(vm, (SkCode *)src->code);
    return sk_from_ptr(code);
  }
  sk_source_remember(vm, *filename, src->text, src->length);
  return sk_from_ptr(sk_source_compile(vm, src->text, src->length, *filename, &(SkSourceOptions){.mode = "exec", .optimize = -1}));
}

typedef struct Load { SkStr *name; const skein_source *src; SkStr **filename; SkValue code; } Load;
static void make_code(SkVm *vm, void *arg) {
  Load *l = arg;
  l->code = code_of(vm, l->name, l->src, l->filename);
}

static SkValue find_module(SkVm *vm, SkStr *name, SkStr **filename, bool *package) {
  skein_vm *v = vm->host;
  skein_source src = {.size = sizeof src};
  const char *cname = sk_str_cstr(vm, name);
  SkValue before = v->own.pending;
  v->own.pending = SK_UNSET;
  skein_scope scope = skein_scope_open(v);
  skein_status s = v->config.load(v, v->config.load_user, cname, &src);
  skein_scope_close(v, scope);
  SkValue raised = v->own.pending;
  v->own.pending = before;
  if (s != SKEIN_OK) {
    if (src.code) sk_code_release((SkCode *)src.code);
    if (!sk_is_unset(raised)) sk_raise_exc(vm, raised);
    sk_raisef(vm, SK_T_SystemError, "the module loader failed for '%U' without raising an exception", name);
  }
  if (!src.text && !src.code) return SK_UNSET;
  *package = src.package;
  Load load = {name, &src, filename, SK_NONE};
  bool fine = sk_protect_any(vm, make_code, &load);
  if (src.code) sk_code_release((SkCode *)src.code); /* the linked copy has its own */
  if (!fine) sk_throw(vm, sk_take_raised(vm));
  return load.code;
}

void api_modules_install(skein_vm *v) { core(v)->hooks.find_module = v->config.load ? find_module : NULL; }

OP(op_module) {
  Op *o = arg;
  o->result = sk_from_ptr(sk_import_add_module(vm, sk_intern(vm, o->s)));
}

skein_status skein_module(skein_vm *v, const char *name, skein_val *out) {
  if (!name) return api_misuse(v, "the name of a module is NULL");
  return api_run(v, op_module, &(Op){.s = name}, out);
}
