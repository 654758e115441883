/* open_group.c - yields that would leave a task group open.            Layer 2.
 *
 * A generator suspended inside `async with TaskGroup()` keeps tasks running that nobody waits for.  Where the
 * text proves it, it is an error: the name is Skein's own, because nothing shadows it, and the function has no
 * decorator that could make a context manager of it.  The groups of asyncio and trio are named through modules
 * of which nothing is provable here: a warning.
 */
#include <string.h>

#include "vm/symbols/symbols_impl.h"

enum { GROUP_NONE, GROUP_OWN, GROUP_ASYNCIO, GROUP_TRIO };

static bool is_name(const SkName *n, const char *s) { return n->length == strlen(s) && memcmp(n->text, s, n->length) == 0; }

static int group_of(const SkExpr *e) {
  if (e->kind != SK_EXPR_Call) return GROUP_NONE;
  const SkExpr *f = e->as.Call.func;
  if (f->kind == SK_EXPR_Name) return is_name(f->as.Name.id, "TaskGroup") ? GROUP_OWN : GROUP_NONE;
  if (f->kind != SK_EXPR_Attribute || f->as.Attribute.value->kind != SK_EXPR_Name) return GROUP_NONE;
  const SkName *module = f->as.Attribute.value->as.Name.id, *attr = f->as.Attribute.attr;
  if (is_name(module, "asyncio") && is_name(attr, "TaskGroup")) return GROUP_ASYNCIO;
  return is_name(module, "trio") && is_name(attr, "open_nursery") ? GROUP_TRIO : GROUP_NONE;
}

void open_group_begin(SymWalk *w, const SkExpr *manager) {
  int kind = group_of(manager);
  if (kind == GROUP_OWN) w->cur->groups.own = true;
  else if (kind != GROUP_NONE) w->cur->groups.foreign = (uint8_t)kind;
}

static bool is_undecorated_def(const SkScope *s) {
  return s->kind == SK_SCOPE_FUNCTION && ((const SkStmt *)s->node)->as.FunctionDef.decorator_list.n == 0;
}

void open_group_yield(SymWalk *w, const SkExpr *e) {
  SkScope *s = w->cur;
  if (!w->s->task_rules || !is_undecorated_def(s)) return;
  if (s->groups.own && !s->yields_in_group) {
    s->yields_in_group = true;
    s->group_yield = e->range;
  } else if (s->groups.foreign) {
    bool trio = s->groups.foreign == GROUP_TRIO;
    sk_diag_warn(w->diag, e->range,
                 "'yield' inside 'async with %s()': the tasks run on while the generator is suspended; move the yield out "
                 "of the %s, or decorate the function with @contextlib.asynccontextmanager or @%s",
                 trio ? "trio.open_nursery" : "asyncio.TaskGroup", trio ? "nursery" : "group",
                 trio ? "trio.as_safe_channel" : "skein.stream");
  }
}

/* Whether |name|, as |s| sees it, is bound nowhere in the text. */
static bool is_unshadowed(const SkSymbols *all, const SkScope *s, SkName *name) {
  const SkSymbol *here = sk_scope_find(s, name), *top = sk_scope_find(all->top, name);
  return here && here->where == SK_SYM_GLOBAL_IMPLICIT && !all->top->imports_all && (!top || !(top->flags & ~SK_SYM_USED));
}

bool open_group_check(SymWalk *w) {
  SkName *name = sk_name_intern_z(w->s->names, "TaskGroup");
  for (uint32_t i = 0; i < w->s->nscopes; i++) {
    const SkScope *s = w->s->scopes[i];
    if (!s->yields_in_group || !is_unshadowed(w->s, s, name)) continue;
    return sk_diag_error(w->diag, s->group_yield, SK_DIAG_SYNTAX,
                         "'yield' inside 'async with TaskGroup()': the tasks would run on while the generator is suspended; "
                         "move the yield out of the group, or decorate the function with @contextlib.asynccontextmanager or "
                         "@stream");
  }
  return true;
}
