/* unit.c - opening and closing the frame under construction.          Layer 4.
 *
 * Entry of every frame: locals that are no parameters become UNSET (so that nothing ever sees a
 * stale register), the closure's cells are copied in, captured locals get their cells.
 */
#include <string.h>

#include "vm/compile/compile_impl.h"

SkText text_of(const SkName *n) { return (SkText){n->text, n->length}; }
SkText text_z(const char *s) { return (SkText){s, strlen(s)}; }

SkScope *scope_of(C *c, uint32_t mark) { return c->symbols->scopes[mark]; }

static SkText text_join(C *c, SkText a, const char *middle, SkText b) {
  size_t m = strlen(middle);
  char *s = sk_arena_alloc(c->arena, a.n + m + b.n + 1);
  memcpy(s, a.s, a.n);
  memcpy(s + a.n, middle, m);
  memcpy(s + a.n + m, b.s, b.n);
  s[a.n + m + b.n] = 0;
  return (SkText){s, a.n + m + b.n};
}

static bool is_named_scope(const SkScope *s) { return s->kind == SK_SCOPE_FUNCTION || s->kind == SK_SCOPE_CLASS; }

/* Type-parameter functions do not show in the names of what they hold. */
static SkText unit_qualname(C *c, Unit *u) {
  Unit *p = u->outer;
  while (p && p->scope->kind == SK_SCOPE_TYPE_PARAMS) p = p->outer;
  if (!p || p->scope->kind == SK_SCOPE_MODULE) return u->name;
  if (is_named_scope(u->scope) && u->scope->name) {
    SkSymbol *sym = sk_scope_find(p->scope, sk_scope_mangle(c->names, p->scope, u->scope->name));
    if (sym && sym->where == SK_SYM_GLOBAL_EXPLICIT) return u->name;
  }
  bool function = p->scope->kind == SK_SCOPE_FUNCTION || p->scope->kind == SK_SCOPE_LAMBDA;
  return text_join(c, p->qualname, function ? ".<locals>." : ".", u->name);
}

/* A generator expression is asynchronous when something in it is; so is the body of a script. */
static bool scope_is_async(const C *c, const SkScope *s) {
  return s->async_def || (s->coroutine && (s->kind == SK_SCOPE_GENEXP || (s->kind == SK_SCOPE_MODULE && c->opts.top_await)));
}

static uint32_t unit_flags(C *c, const SkScope *s) {
  uint32_t flags = 0;
  if (s->kind >= SK_SCOPE_FUNCTION) flags |= SK_CODE_OPTIMIZED | SK_CODE_NEWLOCALS;
  if (s->kind == SK_SCOPE_CLASS) flags |= SK_CODE_CLASS_BODY;
  if (s->kind == SK_SCOPE_MODULE) flags |= SK_CODE_MODULE_BODY;
  if (s->kind == SK_SCOPE_GENEXP) flags |= SK_CODE_COMPREHENSION;
  if (s->nested) flags |= SK_CODE_NESTED;
  if (s->varargs) flags |= SK_CODE_VARARGS;
  if (s->varkw) flags |= SK_CODE_VARKEYWORDS;
  bool async = scope_is_async(c, s);
  if (s->generator) flags |= async ? SK_CODE_ASYNC_GENERATOR : SK_CODE_GENERATOR;
  else if (async) flags |= SK_CODE_COROUTINE;
  if (c->future_annotations) flags |= SK_CODE_FUTURE_ANNOTATIONS;
  return flags;
}

static void unit_states(C *c, Unit *u) {
  SkScope *s = u->scope;
  u->words = (s->nlocals + 63) / 64 + (s->nlocals == 0);
  u->defined = sk_arena_array(c->arena, uint64_t, u->words);
  u->killable = sk_arena_array(c->arena, uint64_t, u->words);
  for (uint32_t r = 0; r < s->nlocals; r++) {
    SkSymbol *sym = s->locals[r];
    if (!sym || sym->flags & SK_SYM_PARAM) state_set(c, r);
    if (sym && sym->flags & SK_SYM_KILLED) u->killable[r / 64] |= (uint64_t)1 << r % 64;
  }
}

static unsigned count_params(const SkScope *s) {
  unsigned n = 0;
  while (n < s->nlocals && (!s->locals[n] || s->locals[n]->flags & SK_SYM_PARAM)) n++;
  return n;
}

static void unit_entry(C *c, Unit *u, SkRange pos) {
  SkScope *s = u->scope;
  unsigned params = count_params(s);
  if (s->nlocals > params) emit(c, pos, SK_OP_UNSETN, params, s->nlocals - params, 0);
  if (s->nfree) emit(c, pos, SK_OP_COPYFREE, s->nlocals, s->nfree, 0);
  for (uint32_t r = 0; r < s->nlocals; r++) {
    SkSymbol *sym = s->locals[r];
    /* a comprehension's cells are made anew each time it runs */
    if (sym && sym->where == SK_SYM_CELL && sym->scope->kind != SK_SCOPE_COMP)
      emit(c, pos, SK_OP_NEWCELL, r, 0, 0);
  }
}

void unit_open(C *c, Unit *u, SkScope *scope, SkText name, SkRange range) {
  memset(u, 0, sizeof *u);
  u->outer = c->u;
  u->scope = u->names = scope;
  u->name = name;
  u->first_line = (int)range.line;
  u->doc = -1;
  u->generator = scope->generator;
  u->async = scope_is_async(c, scope);
  u->flags = unit_flags(c, scope);
  u->top = u->nregs = scope->nlocals + scope->nfree;
  c->u = u;
  sk_asm_init(&u->as, c->arena);
  u->qualname = unit_qualname(c, u);
  unit_states(c, u);
  SkRange pos = {range.line, 0, range.line, 0};
  u->last = pos;
  if (scope->nlocals + scope->nfree > MAX_REGS / 2)
    COMPILE_ERROR(c, pos, "too many local variables in one function");
  unit_entry(c, u, pos);
}

static void unit_head(C *c, Unit *u, SkAsmHead *h) {
  SkScope *s = u->scope;
  uint32_t nvars = s->nlocals + s->nfree;
  SkText *names = sk_arena_array(c->arena, SkText, nvars);
  uint8_t *cells = sk_arena_array(c->arena, uint8_t, nvars);
  for (uint32_t r = 0; r < nvars; r++) {
    SkSymbol *sym = s->locals[r];
    names[r] = sym ? text_of(sym->name) : text_z(".namespace");
    cells[r] = r >= s->nlocals ? 2 : sym && sym->where == SK_SYM_CELL;
  }
  *h = (SkAsmHead){.name = u->name, .qualname = u->qualname, .filename = text_z(c->filename),
                   .first_line = u->first_line, .flags = u->flags, .nlocals = s->nlocals,
                   .nfree = s->nfree, .nregs = u->nregs, .varnames = names, .is_cell = cells, .doc = u->doc};
}

static void unit_params(Unit *u, SkAsmHead *h) {
  const SkScope *s = u->scope;
  const SkArguments *a = NULL;
  if (s->kind == SK_SCOPE_LAMBDA) a = ((const SkExpr *)s->node)->as.Lambda.args;
  if (s->kind == SK_SCOPE_FUNCTION) a = ((const SkStmt *)s->node)->as.FunctionDef.args;
  if (a) {
    h->posonly = (unsigned)a->posonlyargs.n;
    h->argcount = (unsigned)(a->posonlyargs.n + a->args.n);
    h->kwonly = (unsigned)a->kwonlyargs.n;
  } else {
    h->argcount = s->kind == SK_SCOPE_TYPE_PARAMS || s->kind == SK_SCOPE_GENEXP ? count_params(s) : 0;
    if (s->kind == SK_SCOPE_GENEXP) h->posonly = h->argcount;
  }
}

SkCode *unit_finish(C *c, Unit *u) {
  SkAsmHead head;
  unit_head(c, u, &head);
  unit_params(u, &head);
  c->u = u->outer;
  if (sk_diag_failed(c->diag)) return NULL;
  SkCode *code = sk_asm_finish(&u->as, &head);
  for (uint32_t i = 0; code && i < code->nconsts; i++)
    if (code->consts[i].kind == SK_K_CODE) sk_code_retain(code->consts[i].code);
  return code;
}

static void keep_code(C *c, SkCode *code) {
  if (c->ncodes == c->codes_room) {
    uint32_t more = c->codes_room ? c->codes_room * 2 : 32;
    c->codes = sk_arena_grow(c->arena, c->codes, c->codes_room * sizeof code, more * sizeof code);
    c->codes_room = more;
  }
  c->codes[c->ncodes++] = code;
}

uint32_t unit_close(C *c, Unit *u) {
  if (!is_dead(c)) emit(c, u->last, SK_OP_RETNONE, 0, 0, 0);
  SkCode *code = unit_finish(c, u);
  if (!code) {
    SkRange none = {0};
    sk_diag_error(c->diag, none, SK_DIAG_MEMORY, "out of memory");
    return none_const(c);
  }
  keep_code(c, code);
  return sk_asm_const_code(&c->u->as, code);
}
