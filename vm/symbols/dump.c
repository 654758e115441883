/* dump.c - --dump=symbols: the scope tree as text.                    Layer 2.
 *
 *   function f (line 3) generator
 *     x        local 0, parameter
 */
#include <string.h>

#include "vm/base/buf.h"
#include "vm/symbols/symbols_impl.h"

static const char *const kinds[] = {"module", "class", "function", "lambda", "generator expression",
                                    "comprehension", "type parameters", "type expression"};
static const char *const wheres[] = {"unresolved", "local", "cell", "free", "global", "implicit global", "outer"};

static void dump_flags(SkBuf *b, const SkSymbol *sym) {
  static const struct { unsigned flag; const char *text; } names[] = {
      {SK_SYM_PARAM, "parameter"},    {SK_SYM_IMPORTED, "imported"},    {SK_SYM_ANNOTATED, "annotated"},
      {SK_SYM_NONLOCAL, "nonlocal"},  {SK_SYM_TYPE_PARAM, "type parameter"}, {SK_SYM_ITER, "iteration variable"},
      {SK_SYM_WALRUS, "walrus"},      {SK_SYM_KILLED, "may be unbound"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (sym->flags & names[i].flag) sk_buf_addf(b, ", %s", names[i].text);
}

static void dump_symbol(SkBuf *b, const SkSymbol *sym, int indent) {
  const SkSymbol *place = sym->where == SK_SYM_ALIAS ? sym->target : sym;
  sk_buf_addf(b, "%*s%-12s %s", indent, "", sym->name->text, wheres[sym->where]);
  bool has_register = place->where == SK_SYM_CELL || place->where == SK_SYM_FREE ||
                      (place->where == SK_SYM_LOCAL && scope_is_function(place->scope));
  if (has_register) sk_buf_addf(b, " %u", place->reg);
  dump_flags(b, sym);
  sk_buf_add_char(b, '\n');
}

static void dump_scope(SkBuf *b, const SkScope *s, int indent) {
  sk_buf_addf(b, "%*s%s", indent, "", kinds[s->kind]);
  if (s->name) sk_buf_addf(b, " %s", s->name->text);
  sk_buf_addf(b, " (line %u)", s->range.line);
  if (s->generator) sk_buf_add_str(b, " generator");
  if (s->coroutine) sk_buf_add_str(b, " async");
  if (s->needs_class_cell) sk_buf_add_str(b, " __class__");
  sk_buf_add_char(b, '\n');
  for (uint32_t i = 0; i < s->nsymbols; i++) dump_symbol(b, s->symbols[i], indent + 2);
  for (const SkScope *c = s->first_child; c; c = c->next)
    if (!c->discarded) dump_scope(b, c, indent + 2);
}

void sk_dump_symbols(const SkSymbols *symbols, SkSymbolsWriteFn write, void *data) {
  SkBuf b;
  sk_buf_init(&b);
  dump_scope(&b, symbols->top, 0);
  write(data, sk_buf_cstr(&b), b.length);
  sk_buf_free(&b);
}
