/* symbols.h - which scope every name belongs to.                      Layer 2.
 *
 * One walk over the tree makes a scope for each module, function, lambda, class, comprehension
 * and type-parameter list; a second pass decides for every name of every scope where it lives.
 *
 * A FRAME scope has registers of its own at run time.  List, set and dict comprehensions are
 * inlined: their |frame| is the scope around them, and a name of theirs is either their own local
 * (a register of that frame) or an alias of the symbol it means there.
 *
 * The tree node that opened a scope holds its number in |mark| (index into SkSymbols.scopes).
 */
#ifndef SK_SYMBOLS_SYMBOLS_H
#define SK_SYMBOLS_SYMBOLS_H

#include "grammar/ast.h"

SK_C_BEGIN

typedef enum SkScopeKind {
  SK_SCOPE_MODULE,
  SK_SCOPE_CLASS,
  SK_SCOPE_FUNCTION,
  SK_SCOPE_LAMBDA,
  SK_SCOPE_GENEXP,      /* a function of its own */
  SK_SCOPE_COMP,        /* list, set, dict comprehension: inlined */
  SK_SCOPE_TYPE_PARAMS, /* around a generic function, class or alias: a function called at once */
  SK_SCOPE_TYPE_EXPR    /* lazily evaluated: bound, constraints, default, value of an alias */
} SkScopeKind;

enum { /* SkSymbol.flags */
  SK_SYM_GLOBAL = 1,       /* named in a global statement */
  SK_SYM_NONLOCAL = 2,
  SK_SYM_BOUND = 4,        /* assigned, imported, defined ... here */
  SK_SYM_PARAM = 8,
  SK_SYM_USED = 16,
  SK_SYM_ANNOTATED = 32,
  SK_SYM_ITER = 64,        /* target of a comprehension's for */
  SK_SYM_TYPE_PARAM = 128,
  SK_SYM_KILLED = 256,     /* may become unbound again: del, except .. as */
  SK_SYM_WALRUS = 512,     /* target of := */
  SK_SYM_IMPORTED = 1024,
  SK_SYM_HIDDEN = 2048     /* put in by us: __class__, .type_params */
};

typedef enum SkSymWhere {
  SK_SYM_UNRESOLVED,
  SK_SYM_LOCAL,           /* a register (function-like scopes) or a namespace entry (module, class) */
  SK_SYM_CELL,            /* a register that holds a cell */
  SK_SYM_FREE,            /* a cell of the closure */
  SK_SYM_GLOBAL_EXPLICIT,
  SK_SYM_GLOBAL_IMPLICIT,
  SK_SYM_ALIAS            /* inlined comprehension: see |target| */
} SkSymWhere;

typedef struct SkScope SkScope;
/* Task groups around the place being visited (open_group.c). */
typedef struct SymGroups { bool own; uint8_t foreign; } SymGroups;
typedef struct SkSymbol {
  SkName *name;            /* mangled */
  uint16_t flags;
  uint8_t where;           /* SkSymWhere */
  bool declared_here;      /* class: bound here as well as free */
  uint32_t reg;            /* function-like frames: register, set by resolve */
  struct SkSymbol *target; /* ALIAS */
  SkScope *scope;
  SkRange range;           /* the first global, nonlocal or := that declared it */
} SkSymbol;

struct SkScope {
  uint8_t kind;
  bool generator, coroutine, varargs, varkw, nested;
  bool async_def;        /* written `async def` */
  bool sees_class;       /* type scope directly in a class: names look in the class namespace first */
  bool needs_class_cell; /* class: something inside says __class__ or super */
  bool needs_classdict;
  bool has_annotations;  /* an annotated assignment in this very block */
  bool discarded;        /* annotations under the future import: checked, never compiled */
  bool async_comp;       /* comprehension with await or async for */
  bool imports_all;      /* module: from .. import * */
  bool yields_in_group;  /* at group_yield */
  SymGroups groups;
  uint8_t in_iterable;   /* depth of comprehension iterables being visited */
  bool iter_target;
  const char *what;      /* for messages: "a TypeVar bound" ... */
  SkName *name;
  SkName *private_name;  /* class whose names are mangled here */
  const SkTypeParamSeq *mangled_only; /* head of a generic class: only these names are */
  const void *node;
  SkScope *parent, *frame;
  SkScope *first_child, *last_child, *next;
  SkSymbol **symbols;    /* in order of first appearance */
  uint32_t nsymbols, room;
  uint32_t *table, table_size; /* of index + 1, once there are many */
  SkRange range, group_yield;
  /* frames, after resolving: */
  uint32_t nlocals, nfree; /* registers [0, nlocals), then nfree cells of the closure */
  SkSymbol **locals;       /* by register, nlocals + nfree */
  SkSymbol *class_symbol, *classdict_symbol;
};

typedef struct SkSymbols {
  SkArena *arena;
  SkDiag *diag;
  SkNames *names;
  SkScope **scopes;
  uint32_t nscopes, room;
  SkScope *top;
  bool future_annotations, task_rules;
  /* names with a meaning */
  SkName *n_super, *n_class, *n_classdict, *n_debug, *n_type_params, *n_type_params_dot, *n_generic_base, *n_zero;
} SkSymbols;

/* |task_rules|: a yield that leaves a task group open is an error.  NULL: diag->error says why. */
SkSymbols *sk_symbols_build(SkArena *a, SkDiag *diag, const SkMod *mod, bool future_annotations, bool task_rules);
SkSymbol *sk_scope_find(const SkScope *s, const SkName *name);
/* The name as it is spelt in |scope|: with the class's name if it is private. */
SkName *sk_scope_mangle(SkNames *names, const SkScope *scope, SkName *name);
/* Scope of a TypeVar bound, default ... inside a type-parameter scope: the child made for |node|. */
SkScope *sk_scope_child(const SkScope *s, const void *node);

typedef void (*SkSymbolsWriteFn)(void *data, const char *text, size_t n);
/* --dump=symbols */
void sk_dump_symbols(const SkSymbols *symbols, SkSymbolsWriteFn write, void *data);

SK_C_END

#endif
