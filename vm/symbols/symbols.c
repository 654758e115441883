/* symbols.c - the door of the package: builds and resolves.           Layer 2. */
#include "vm/symbols/symbols_impl.h"

static void symbols_names(SkSymbols *s) {
  s->n_super = sk_name_intern_z(s->names, "super");
  s->n_class = sk_name_intern_z(s->names, "__class__");
  s->n_classdict = sk_name_intern_z(s->names, "__classdict__");
  s->n_debug = sk_name_intern_z(s->names, "__debug__");
  s->n_type_params = sk_name_intern_z(s->names, "__type_params__");
  s->n_type_params_dot = sk_name_intern_z(s->names, ".type_params");
  s->n_generic_base = sk_name_intern_z(s->names, ".generic_base");
  s->n_zero = sk_name_intern_z(s->names, ".0");
}

SkSymbols *sk_symbols_build(SkArena *a, SkDiag *diag, const SkMod *mod, bool future_annotations, bool task_rules) {
  SkSymbols *s = sk_arena_new(a, SkSymbols);
  *s = (SkSymbols){.arena = a, .diag = diag, .names = mod->names, .future_annotations = future_annotations, .task_rules = task_rules};
  symbols_names(s);
  SymWalk w = {s, diag, NULL};
  SkRange whole = {1, 0, 1, 0};
  s->top = scope_open(&w, SK_SCOPE_MODULE, NULL, mod, whole);
  bool ok = mod->kind == SK_MOD_Expression ? walk_expr(&w, mod->expr) : walk_stmts(&w, &mod->body);
  return ok && sym_resolve(&w, s->top) && open_group_check(&w) ? s : NULL;
}
