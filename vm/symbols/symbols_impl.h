/* symbols_impl.h - shared by the files of this package.               Layer 2. */
#ifndef SK_SYMBOLS_IMPL_H
#define SK_SYMBOLS_IMPL_H

#include "vm/symbols/symbols.h"

typedef struct SymWalk {
  SkSymbols *s;
  SkDiag *diag;
  SkScope *cur;
} SymWalk;

/* scope.c */
SkScope *scope_open(SymWalk *w, SkScopeKind kind, SkName *name, const void *node, SkRange range);
void scope_close(SymWalk *w);
SkSymbol *scope_add(SkSymbols *s, SkScope *scope, SkName *mangled, unsigned flags, SkRange range);
/* Notes a use or binding of |name| in the current scope; false after an error. */
bool sym_note(SymWalk *w, SkName *name, unsigned flags, SkRange range);
bool sym_note_in(SymWalk *w, SkScope *scope, SkName *name, unsigned flags, SkRange range);
bool scope_is_function(const SkScope *s); /* names are registers */
bool scope_is_frame(const SkScope *s);

/* walk_expr.c, walk_stmt.c, walk_type.c */
bool walk_expr(SymWalk *w, SkExpr *e);
bool walk_exprs(SymWalk *w, const SkExprSeq *seq); /* NULL items are skipped */
bool walk_annotation(SymWalk *w, SkExpr *e);
bool walk_defaults(SymWalk *w, const SkArguments *a);
bool walk_params(SymWalk *w, const SkArguments *a);
bool walk_stmts(SymWalk *w, const SkStmtSeq *seq);
bool walk_pattern(SymWalk *w, SkPattern *p);
SkScope *walk_type_params_open(SymWalk *w, SkName *name, const void *node, const SkTypeParamSeq *params,
                               SkRange range, bool for_class);
bool walk_type_expr(SymWalk *w, SkExpr *e, const void *node, SkName *name, const char *what);

/* open_group.c */
void open_group_begin(SymWalk *w, const SkExpr *manager); /* async with: its body follows; cur->groups is put back behind it */
void open_group_yield(SymWalk *w, const SkExpr *e);
bool open_group_check(SymWalk *w);                       /* after resolving */

/* resolve.c */
bool sym_resolve(SymWalk *w, SkScope *top);

#endif
