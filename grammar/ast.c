/* ast.c - names of kinds and operators.                               Layer 1. */
#include "grammar/ast.h"

const char *sk_expr_kind_name(SkExprKind kind) {
  static const char *const names[] = {
#define EXPR(kind, fields) #kind,
#include "grammar/ast.def"
#undef EXPR
  };
  return names[kind];
}

const char *sk_stmt_kind_name(SkStmtKind kind) {
  static const char *const names[] = {
#define STMT(kind, fields) #kind,
#define STMT0(kind) #kind,
#include "grammar/ast.def"
#undef STMT
#undef STMT0
  };
  return names[kind];
}

const char *sk_operator_text(SkOperator op) {
  static const char *const texts[] = {
#define OPERATOR(name, text) text,
#include "grammar/ast.def"
#undef OPERATOR
  };
  return texts[op];
}

const char *sk_unaryop_text(SkUnaryOp op) {
  static const char *const texts[] = {
#define UNARYOP(name, text) text,
#include "grammar/ast.def"
#undef UNARYOP
  };
  return texts[op];
}

const char *sk_cmpop_text(SkCmpOp op) {
  static const char *const texts[] = {
#define CMPOP(name, text) text,
#include "grammar/ast.def"
#undef CMPOP
  };
  return texts[op];
}
