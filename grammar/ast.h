/* ast.h - the syntax tree, made from ast.def.                         Layer 1.
 *
 * A node is a tagged struct: switch on e->kind, read e->as.BinOp.left.  All
 * of it lives in the parse arena and is never freed alone.
 * Invariants:
 *   - every node has its exact source range (columns in UTF-8 bytes);
 *   - names are interned: equal names are equal pointers;
 *   - height (1 + the highest child) never passes SK_AST_MAX_HEIGHT, so a
 *     recursive walk needs no depth check of its own; keep the frames of
 *     such walks small all the same.
 */
#ifndef SK_GRAMMAR_AST_H
#define SK_GRAMMAR_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vm/base/arena.h"
#include "vm/base/diag.h"
#include "vm/base/name.h"

SK_C_BEGIN

enum { SK_AST_MAX_HEIGHT = 4000 };

typedef enum SkBoolOp { SK_BOOLOP_And, SK_BOOLOP_Or } SkBoolOp;
typedef enum SkExprContext { SK_CTX_Load, SK_CTX_Store, SK_CTX_Del } SkExprContext;

typedef enum SkOperator {
#define OPERATOR(name, text) SK_OPERATOR_##name,
#include "grammar/ast.def"
#undef OPERATOR
} SkOperator;

typedef enum SkUnaryOp {
#define UNARYOP(name, text) SK_UNARYOP_##name,
#include "grammar/ast.def"
#undef UNARYOP
} SkUnaryOp;

typedef enum SkCmpOp {
#define CMPOP(name, text) SK_CMPOP_##name,
#include "grammar/ast.def"
#undef CMPOP
} SkCmpOp;

typedef enum SkConstKind {
  SK_CONST_NONE,
  SK_CONST_TRUE,
  SK_CONST_FALSE,
  SK_CONST_ELLIPSIS,
  SK_CONST_INT,     /* i */
  SK_CONST_BIGINT,  /* text: digits only, in |base|; does not fit an int64 */
  SK_CONST_FLOAT,   /* f */
  SK_CONST_COMPLEX, /* f is the imaginary part; the real part is 0 */
  SK_CONST_STR,     /* text: UTF-8; lone surrogates from escapes as WTF-8 (ED A0 80...) */
  SK_CONST_BYTES    /* text */
} SkConstKind;

typedef struct SkConst {
  SkConstKind kind;
  uint8_t base;  /* BIGINT: 2, 8, 10, 16 */
  bool u_prefix; /* STR written u"..." */
  union {
    int64_t i;
    double f;
    struct {
      const char *data; /* NUL after it */
      size_t length;
    } text;
  } as;
} SkConst;

typedef struct SkExpr SkExpr;
typedef struct SkStmt SkStmt;
typedef struct SkPattern SkPattern;
typedef struct SkTypeParam SkTypeParam;
#define RECORD(Type, name, fields) typedef struct Sk##Type Sk##Type;
#include "grammar/ast.def"
#undef RECORD

/* Sequences: items[0..n-1].  Room is n rounded up to a power of two. */
typedef struct SkExprSeq { size_t n; SkExpr **items; } SkExprSeq;
typedef struct SkStmtSeq { size_t n; SkStmt **items; } SkStmtSeq;
typedef struct SkPatternSeq { size_t n; SkPattern **items; } SkPatternSeq;
typedef struct SkTypeParamSeq { size_t n; SkTypeParam **items; } SkTypeParamSeq;
typedef struct SkNameSeq { size_t n; SkName **items; } SkNameSeq;
typedef struct SkCmpOpSeq { size_t n; SkCmpOp *items; } SkCmpOpSeq;
#define RECORD(Type, name, fields) \
  typedef struct Sk##Type##Seq { size_t n; Sk##Type **items; } Sk##Type##Seq;
#include "grammar/ast.def"
#undef RECORD

/* The field types ast.def speaks of. */
#define SK_AST_expr SkExpr *
#define SK_AST_stmt SkStmt *
#define SK_AST_pattern SkPattern *
#define SK_AST_type_param SkTypeParam *
#define SK_AST_identifier SkName *
#define SK_AST_comprehension SkComprehension *
#define SK_AST_arg SkArg *
#define SK_AST_arguments SkArguments *
#define SK_AST_keyword SkKeyword *
#define SK_AST_alias SkAlias *
#define SK_AST_withitem SkWithItem *
#define SK_AST_match_case SkMatchCase *
#define SK_AST_excepthandler SkExceptHandler *
#define SK_AST_expr_seq SkExprSeq
#define SK_AST_stmt_seq SkStmtSeq
#define SK_AST_pattern_seq SkPatternSeq
#define SK_AST_type_param_seq SkTypeParamSeq
#define SK_AST_identifier_seq SkNameSeq
#define SK_AST_cmpop_seq SkCmpOpSeq
#define SK_AST_comprehension_seq SkComprehensionSeq
#define SK_AST_arg_seq SkArgSeq
#define SK_AST_keyword_seq SkKeywordSeq
#define SK_AST_alias_seq SkAliasSeq
#define SK_AST_withitem_seq SkWithItemSeq
#define SK_AST_match_case_seq SkMatchCaseSeq
#define SK_AST_excepthandler_seq SkExceptHandlerSeq
#define SK_AST_boolop SkBoolOp
#define SK_AST_operator SkOperator
#define SK_AST_unaryop SkUnaryOp
#define SK_AST_expr_context SkExprContext
#define SK_AST_constant SkConst
#define SK_AST_int int
#define F(type, name) SK_AST_##type name;
#define O(type, name) SK_AST_##type name;
#define S(type, name) SK_AST_##type##_seq name;
#define V(type, name) SK_AST_##type name;
#define B(name) bool name;

typedef enum SkExprKind {
#define EXPR(kind, fields) SK_EXPR_##kind,
#include "grammar/ast.def"
#undef EXPR
} SkExprKind;

struct SkExpr {
  uint8_t kind;   /* SkExprKind */
  bool parens;    /* written in parentheses of its own */
  uint16_t height;
  uint32_t mark;  /* 0; free for the layers above */
  uint32_t token; /* index of its first token, its own parentheses included */
  SkRange range;
  union {
#define EXPR(kind, fields) struct { fields } kind;
#include "grammar/ast.def"
#undef EXPR
  } as;
};

typedef enum SkStmtKind {
#define STMT(kind, fields) SK_STMT_##kind,
#define STMT0(kind) SK_STMT_##kind,
#include "grammar/ast.def"
#undef STMT
#undef STMT0
} SkStmtKind;

struct SkStmt {
  uint8_t kind; /* SkStmtKind */
  uint16_t height;
  uint32_t mark; /* 0; free for the layers above */
  SkRange range;
  union {
#define STMT(kind, fields) struct { fields } kind;
#define STMT0(kind)
#include "grammar/ast.def"
#undef STMT
#undef STMT0
  } as;
};

typedef enum SkPatternKind {
#define PATTERN(kind, fields) SK_PATTERN_##kind,
#include "grammar/ast.def"
#undef PATTERN
} SkPatternKind;

struct SkPattern {
  uint8_t kind; /* SkPatternKind */
  bool open, lone_star; /* while parsing: a sequence without brackets; `*x` alone */
  uint16_t height;
  uint32_t mark; /* while parsing: index of its own '(' */
  SkRange range;
  union {
#define PATTERN(kind, fields) struct { fields } kind;
#include "grammar/ast.def"
#undef PATTERN
  } as;
};

typedef enum SkTypeParamKind {
#define TYPE_PARAM(kind, fields) SK_TYPE_PARAM_##kind,
#include "grammar/ast.def"
#undef TYPE_PARAM
} SkTypeParamKind;

struct SkTypeParam {
  uint8_t kind; /* SkTypeParamKind */
  uint16_t height;
  SkRange range;
  union {
#define TYPE_PARAM(kind, fields) struct { fields } kind;
#include "grammar/ast.def"
#undef TYPE_PARAM
  } as;
};

/* struct SkArguments, SkArg, SkKeyword, SkAlias, SkWithItem, ... */
#define RECORD(Type, name, fields) \
  struct Sk##Type {                \
    SkRange range;                 \
    uint16_t height;               \
    fields                         \
  };
#include "grammar/ast.def"
#undef RECORD
#undef F
#undef O
#undef S
#undef V
#undef B

typedef enum SkModKind { SK_MOD_Module, SK_MOD_Interactive, SK_MOD_Expression } SkModKind;

typedef struct SkMod {
  SkModKind kind;
  SkStmtSeq body;  /* Module, Interactive */
  SkExpr *expr;    /* Expression */
  SkNames *names;  /* every name of the tree; later layers intern theirs here too */
  bool uses_mixed_except; /* some try mixes `except` and `except*` */
} SkMod;

/* Node kind to its name ("BinOp"), and operators to their spelling ("+"). */
const char *sk_expr_kind_name(SkExprKind kind);
const char *sk_stmt_kind_name(SkStmtKind kind);
const char *sk_operator_text(SkOperator op);
const char *sk_unaryop_text(SkUnaryOp op);
const char *sk_cmpop_text(SkCmpOp op);

SK_C_END

#endif
