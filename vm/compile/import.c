/* import.c - import statements and future features.                   Layer 4. */
#include <string.h>

#include "vm/compile/compile_impl.h"

static Reg emit_import(C *c, SkRange pos, SkName *module, int level, uint32_t fromlist) {
  Reg dst = tmp(c), args = tmps(c, 2);
  emit_int(c, pos, args, level);
  emit_const(c, pos, args + 1, fromlist);
  emit(c, pos, SK_OP_IMPORT, dst, name_index(c, module), args);
  return dst;
}

static SkName *name_part(C *c, const char *s, size_t n) { return sk_name_intern(c->names, s, n); }

/* import a.b.c as x: x is what the path leads to. */
static void import_as(C *c, SkRange pos, SkAlias *a, Reg module) {
  const char *dot = memchr(a->name->text, '.', a->name->length), *end = a->name->text + a->name->length;
  while (dot) {
    const char *part = dot + 1;
    dot = memchr(part, '.', (size_t)(end - part));
    SkName *name = name_part(c, part, (size_t)((dot ? dot : end) - part));
    emit(c, pos, SK_OP_IMPORTFROM, module, name_index(c, name), module);
  }
  name_store(c, a->asname, pos, module);
}

void import_stmt(C *c, SkStmt *s) {
  for (size_t i = 0; i < s->as.Import.names.n; i++) {
    SkAlias *a = s->as.Import.names.items[i];
    Reg top = c->u->top, module = emit_import(c, s->range, a->name, 0, none_const(c));
    if (a->asname) {
      import_as(c, s->range, a, module);
    } else {
      const char *dot = memchr(a->name->text, '.', a->name->length);
      SkName *first = dot ? name_part(c, a->name->text, (size_t)(dot - a->name->text)) : a->name;
      name_store(c, first, s->range, module);
    }
    c->u->top = top;
  }
}

static bool is_star(const SkName *n) { return n->length == 1 && n->text[0] == '*'; }

void import_from_stmt(C *c, SkStmt *s) {
  SkAliasSeq *names = &s->as.ImportFrom.names;
  if (is_future_import(s) && s->range.line > c->future_line)
    COMPILE_ERROR(c, s->range, "from __future__ imports must occur at the beginning of the file");
  uint32_t *items = sk_arena_array(c->arena, uint32_t, names->n);
  for (size_t i = 0; i < names->n; i++)
    items[i] = sk_asm_const_text(&c->u->as, SK_K_STR, names->items[i]->name->text, names->items[i]->name->length);
  uint32_t fromlist = sk_asm_const_items(&c->u->as, SK_K_TUPLE, items, names->n);
  SkName *module = s->as.ImportFrom.module ? s->as.ImportFrom.module : name_part(c, "", 0);
  Reg m = emit_import(c, s->range, module, s->as.ImportFrom.level, fromlist), item = tmp(c);
  if (is_star(names->items[0]->name)) {
    emit(c, s->range, SK_OP_IMPORTSTAR, m, 0, 0);
    return;
  }
  for (size_t i = 0; i < names->n; i++) {
    SkAlias *a = names->items[i];
    emit(c, s->range, SK_OP_IMPORTFROM, item, name_index(c, a->name), m);
    name_store(c, a->asname ? a->asname : a->name, s->range, item);
  }
}
