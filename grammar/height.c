/* height.c - how deep a tree is, from ast.def.                        Layer 1.
 *
 * Builders work bottom-up, so a node's height needs its children's alone.
 * The limit keeps every later recursive walk within the C stack.
 */
#include "grammar/build.h"

static unsigned highest(unsigned a, unsigned b) { return a > b ? a : b; }

/* The height of one field, by its type. */
#define H_expr(x) ((x) ? (unsigned)(x)->height : 0u)
#define H_stmt(x) H_expr(x)
#define H_pattern(x) H_expr(x)
#define H_type_param(x) H_expr(x)
#define H_comprehension(x) H_expr(x)
#define H_arg(x) H_expr(x)
#define H_arguments(x) H_expr(x)
#define H_keyword(x) H_expr(x)
#define H_withitem(x) H_expr(x)
#define H_match_case(x) H_expr(x)
#define H_excepthandler(x) H_expr(x)
#define H_alias(x) 0u
#define H_identifier(x) 0u
#define H_cmpop(x) 0u

#define F(type, name) h = highest(h, H_##type(n->name));
#define O(type, name) F(type, name)
#define S(type, name) \
  for (size_t i = 0; i < n->name.n; i++) h = highest(h, H_##type(n->name.items[i]));
#define V(type, name)
#define B(name)

#define NODE(prefix, kind, ...)                     \
  case prefix##kind: {                              \
    const __typeof__(node->as.kind) *n = &node->as.kind; \
    (void)n;                                        \
    __VA_ARGS__ break;                              \
  }

unsigned sk_expr_height(const SkExpr *node) {
  unsigned h = 0;
  switch (node->kind) {
#define EXPR(kind, fields) NODE(SK_EXPR_, kind, fields)
#include "grammar/ast.def"
#undef EXPR
  }
  return h;
}

unsigned sk_stmt_height(const SkStmt *node) {
  unsigned h = 0;
  switch (node->kind) {
#define STMT(kind, fields) NODE(SK_STMT_, kind, fields)
#define STMT0(kind)
#include "grammar/ast.def"
#undef STMT
#undef STMT0
  }
  return h;
}

unsigned sk_pattern_height(const SkPattern *node) {
  unsigned h = 0;
  switch (node->kind) {
#define PATTERN(kind, fields) NODE(SK_PATTERN_, kind, fields)
#include "grammar/ast.def"
#undef PATTERN
  }
  return h;
}

bool sk_height_check(SkParser *p, unsigned height, SkRange range) {
  (void)range;
  if (height <= SK_AST_MAX_HEIGHT) return true;
  return sk_diag_error(p->diag, (SkRange){0}, SK_DIAG_RECURSION,
                       "maximum recursion depth exceeded during compilation");
}

SkExpr *sk_expr_done(SkParser *p, SkExpr *e) {
  unsigned h = sk_expr_height(e) + 1;
  if (h > SK_AST_MAX_HEIGHT) {
    if (e->kind == SK_EXPR_UnaryOp || e->kind == SK_EXPR_Lambda || e->kind == SK_EXPR_IfExp)
      sk_diag_error(p->diag, (SkRange){0}, SK_DIAG_MEMORY,
                    "Parser stack overflowed - Python source too complex to parse");
    sk_height_check(p, h, e->range);
    h = SK_AST_MAX_HEIGHT;
  }
  e->height = (uint16_t)h;
  return e;
}

SkStmt *sk_stmt_done(SkParser *p, SkStmt *s) {
  unsigned h = sk_stmt_height(s) + 1;
  if (!sk_height_check(p, h, s->range)) h = SK_AST_MAX_HEIGHT;
  s->height = (uint16_t)h;
  return s;
}
