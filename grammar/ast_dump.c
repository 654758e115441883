/* ast_dump.c - the tree as text, in the form of Python's ast.dump(indent=2).
 *                                                                    Layer 1.
 * A node whose arguments are all simple (no arguments of their own) and at
 * most three stands on one line, as there.  Text is ASCII: other characters
 * are escaped.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "grammar/build.h"
#include "vm/base/numtext.h"

typedef struct Dump {
  SkWriteFn write;
  void *data;
  bool positions;
  unsigned level;
} Dump;

static void puts_n(Dump *d, const char *s, size_t n) { d->write(d->data, s, n); }
static void put(Dump *d, const char *s) { puts_n(d, s, strlen(s)); }

__attribute__((format(printf, 2, 3))) static void putf(Dump *d, const char *format, ...) {
  char text[128];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  put(d, text);
}

static void line_break(Dump *d) {
  put(d, "\n");
  for (unsigned i = 0; i < d->level; i++) put(d, "  ");
}

/* ---- values -------------------------------------------------------------------------------- */

static void put_escape(Dump *d, unsigned c, bool bytes) {
  if (c == '\n') put(d, "\\n");
  else if (c == '\r') put(d, "\\r");
  else if (c == '\t') put(d, "\\t");
  else if (c < 0x100 || bytes) putf(d, "\\x%02x", c);
  else if (c < 0x10000) putf(d, "\\u%04x", c);
  else putf(d, "\\U%08x", c);
}

static void put_quoted(Dump *d, const char *text, size_t n, bool bytes) {
  const unsigned char *s = (const unsigned char *)text, *end = s + n;
  char quote = memchr(text, '\'', n) && !memchr(text, '"', n) ? '"' : '\'';
  puts_n(d, &quote, 1);
  while (s < end) {
    unsigned c = *s;
    size_t more = bytes || c < 0xC0 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
    if (more) c &= 0x3Fu >> more;
    for (s++; more-- > 0; s++) c = c << 6 | (*s & 0x3F);
    if (c == '\\' || c == (unsigned char)quote) putf(d, "\\%c", (int)c);
    else if (c < 0x20 || c >= 0x7F) put_escape(d, c, bytes);
    else putf(d, "%c", (int)c);
  }
  puts_n(d, &quote, 1);
}

static void put_double(Dump *d, double f, bool as_imaginary) {
  char text[SK_DOUBLE_REPR_ROOM];
  size_t n = sk_double_print(f, text);
  if (as_imaginary && n > 2 && text[n - 1] == '0' && text[n - 2] == '.') n -= 2;
  puts_n(d, text, n);
}

static void put_const(Dump *d, const SkConst *c) {
  switch (c->kind) {
    case SK_CONST_NONE: put(d, "None"); break;
    case SK_CONST_TRUE: put(d, "True"); break;
    case SK_CONST_FALSE: put(d, "False"); break;
    case SK_CONST_ELLIPSIS: put(d, "Ellipsis"); break;
    case SK_CONST_INT: putf(d, "%lld", (long long)c->as.i); break;
    case SK_CONST_BIGINT:
      if (c->base != 10) putf(d, "0%c", c->base == 16 ? 'x' : c->base == 8 ? 'o' : 'b');
      puts_n(d, c->as.text.data, c->as.text.length);
      break;
    case SK_CONST_FLOAT: put_double(d, c->as.f, false); break;
    case SK_CONST_COMPLEX:
      put_double(d, c->as.f, true);
      put(d, "j");
      break;
    case SK_CONST_STR: put_quoted(d, c->as.text.data, c->as.text.length, false); break;
    case SK_CONST_BYTES:
      put(d, "b");
      put_quoted(d, c->as.text.data, c->as.text.length, true);
      break;
  }
}

static const char *const operator_names[] = {
#define OPERATOR(name, text) #name "()",
#include "grammar/ast.def"
#undef OPERATOR
};
static const char *const unaryop_names[] = {
#define UNARYOP(name, text) #name "()",
#include "grammar/ast.def"
#undef UNARYOP
};
static const char *const cmpop_names[] = {
#define CMPOP(name, text) #name "()",
#include "grammar/ast.def"
#undef CMPOP
};
static const char *const context_names[] = {"Load()", "Store()", "Del()"};

static void P_constant(Dump *d, SkConst c) { put_const(d, &c); }
static void P_int(Dump *d, int i) { putf(d, "%d", i); }
static void P_operator(Dump *d, SkOperator op) { put(d, operator_names[op]); }
static void P_unaryop(Dump *d, SkUnaryOp op) { put(d, unaryop_names[op]); }
static void P_cmpop(Dump *d, SkCmpOp op) { put(d, cmpop_names[op]); }
static void P_boolop(Dump *d, SkBoolOp op) { put(d, op == SK_BOOLOP_And ? "And()" : "Or()"); }
static void P_expr_context(Dump *d, SkExprContext ctx) { put(d, context_names[ctx]); }
static void P_identifier(Dump *d, const SkName *name) {
  if (name) put_quoted(d, name->text, name->length, false);
  else put(d, "None");
}

/* ---- how many arguments a node prints ------------------------------------------------------ */

typedef struct Shape {
  unsigned args;
  bool simple; /* no argument has arguments itself */
} Shape;

#define RECORD(Type, name, fields) static Shape shape_##name(const Sk##Type *n, bool positions, bool deep);
#include "grammar/ast.def"
#undef RECORD
static Shape shape_expr(const SkExpr *n, bool positions, bool deep);
static Shape shape_stmt(const SkStmt *n, bool positions, bool deep);
static Shape shape_pattern(const SkPattern *n, bool positions, bool deep);
static Shape shape_type_param(const SkTypeParam *n, bool positions, bool deep);
static Shape shape_identifier(const SkName *n, bool positions, bool deep) {
  (void)n, (void)positions, (void)deep;
  return (Shape){0, true};
}

#define F(type, name)                                                                          \
  shape.args++;                                                                                \
  if (deep && shape_##type(x->name, positions, false).args) shape.simple = false;
#define O(type, name) \
  if (x->name) {      \
    F(type, name)     \
  }
#define S(type, name) \
  if (x->name.n) shape.args++, shape.simple = false;
#define V(type, name) shape.args++;
#define B(name) shape.args += x->name;

#define CASE(prefix, kind, ...)                       \
  case prefix##kind: {                                \
    const __typeof__(n->as.kind) *x = &n->as.kind;    \
    (void)x;                                          \
    __VA_ARGS__ break;                                \
  }

static Shape shape_expr(const SkExpr *n, bool positions, bool deep) {
  Shape shape = {positions ? 4 : 0, true};
  switch (n->kind) {
#define EXPR(kind, fields) CASE(SK_EXPR_, kind, fields)
#include "grammar/ast.def"
#undef EXPR
  }
  if (n->kind == SK_EXPR_Constant) shape.args += n->as.Constant.value.u_prefix;
  return shape;
}

static Shape shape_stmt(const SkStmt *n, bool positions, bool deep) {
  Shape shape = {positions ? 4 : 0, true};
  switch (n->kind) {
#define STMT(kind, fields) CASE(SK_STMT_, kind, fields)
#define STMT0(kind)
#include "grammar/ast.def"
#undef STMT
#undef STMT0
  }
  return shape;
}

static Shape shape_pattern(const SkPattern *n, bool positions, bool deep) {
  Shape shape = {positions ? 4 : 0, true};
  switch (n->kind) {
#define PATTERN(kind, fields) CASE(SK_PATTERN_, kind, fields)
#include "grammar/ast.def"
#undef PATTERN
  }
  return shape;
}

static Shape shape_type_param(const SkTypeParam *n, bool positions, bool deep) {
  Shape shape = {positions ? 4 : 0, true};
  switch (n->kind) {
#define TYPE_PARAM(kind, fields) CASE(SK_TYPE_PARAM_, kind, fields)
#include "grammar/ast.def"
#undef TYPE_PARAM
  }
  return shape;
}

/* Python gives these records no range of their own. */
enum { RANGE_comprehension = 0, RANGE_arguments = 0, RANGE_withitem = 0, RANGE_match_case = 0,
       RANGE_arg = 1, RANGE_keyword = 1, RANGE_alias = 1, RANGE_excepthandler = 1 };

#define RECORD(Type, name, fields)                                                 \
  static Shape shape_##name(const Sk##Type *x, bool positions, bool deep) {        \
    Shape shape = {positions && RANGE_##name ? 4 : 0, true};                       \
    (void)deep;                                                                    \
    fields return shape;                                                           \
  }
#include "grammar/ast.def"
#undef RECORD
#undef F
#undef O
#undef S
#undef V
#undef B

/* ---- printing ------------------------------------------------------------------------------ */

typedef struct Args {
  bool one_line, first;
} Args;

static void arg_begin(Dump *d, Args *args, const char *name) {
  if (!args->first) put(d, args->one_line ? ", " : ",");
  if (!args->one_line) line_break(d);
  args->first = false;
  put(d, name);
  put(d, "=");
}

static Args node_begin(Dump *d, const char *kind, Shape shape) {
  put(d, kind);
  put(d, "(");
  d->level++;
  return (Args){shape.simple && shape.args <= 3, true};
}

static void node_end(Dump *d, Args *args, const SkRange *range) {
  if (range && d->positions) {
    const char *names[] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};
    const uint32_t values[] = {range->line, range->col, range->end_line, range->end_col};
    for (int i = 0; i < 4; i++) {
      arg_begin(d, args, names[i]);
      putf(d, "%u", values[i]);
    }
  }
  put(d, ")");
  d->level--;
}

#define RECORD(Type, name, fields) static void P_##name(Dump *d, const Sk##Type *x);
#include "grammar/ast.def"
#undef RECORD
static void P_expr(Dump *d, const SkExpr *n);
static void P_stmt(Dump *d, const SkStmt *n);
static void P_pattern(Dump *d, const SkPattern *n);
static void P_type_param(Dump *d, const SkTypeParam *n);

#define F(type, name)                          \
  arg_begin(d, &args, field_name(#name));      \
  P_##type(d, x->name);
#define O(type, name) \
  if (x->name) {      \
    F(type, name)     \
  }
#define V(type, name) F(type, name)
#define B(name)                \
  if (x->name) {               \
    arg_begin(d, &args, #name); \
    put(d, "1");               \
  }
#define S(type, name)                                   \
  if (x->name.n) {                                      \
    arg_begin(d, &args, #name);                         \
    put(d, "[");                                        \
    d->level++;                                         \
    for (size_t i = 0; i < x->name.n; i++) {            \
      if (i) put(d, ",");                               \
      line_break(d);                                    \
      P_##type(d, x->name.items[i]);                    \
    }                                                   \
    d->level--;                                         \
    put(d, "]");                                        \
  }

/* Expression is the one node whose field our struct calls otherwise. */
static const char *field_name(const char *name) { return strcmp(name, "expr") == 0 ? "body" : name; }

static void P_expr(Dump *d, const SkExpr *n) {
  if (!n) {
    put(d, "None");
    return;
  }
  Args args = node_begin(d, sk_expr_kind_name((SkExprKind)n->kind), shape_expr(n, d->positions, true));
  switch (n->kind) {
#define EXPR(kind, fields) CASE(SK_EXPR_, kind, fields)
#include "grammar/ast.def"
#undef EXPR
  }
  if (n->kind == SK_EXPR_Constant && n->as.Constant.value.u_prefix) {
    arg_begin(d, &args, "kind");
    put(d, "'u'");
  }
  node_end(d, &args, &n->range);
}

/* Python tells a try of `except*` handlers by its kind. */
static const char *stmt_name(const SkStmt *n) {
  if (n->kind == SK_STMT_Try && n->as.Try.handlers.n && n->as.Try.handlers.items[0]->is_star)
    return "TryStar";
  return sk_stmt_kind_name((SkStmtKind)n->kind);
}

static void P_stmt(Dump *d, const SkStmt *n) {
  Args args = node_begin(d, stmt_name(n), shape_stmt(n, d->positions, true));
  switch (n->kind) {
#define STMT(kind, fields) CASE(SK_STMT_, kind, fields)
#define STMT0(kind)
#include "grammar/ast.def"
#undef STMT
#undef STMT0
  }
  node_end(d, &args, &n->range);
}

static void P_pattern(Dump *d, const SkPattern *n) {
  static const char *const names[] = {
#define PATTERN(kind, fields) #kind,
#include "grammar/ast.def"
#undef PATTERN
  };
  Args args = node_begin(d, names[n->kind], shape_pattern(n, d->positions, true));
  switch (n->kind) {
#define PATTERN(kind, fields) CASE(SK_PATTERN_, kind, fields)
#include "grammar/ast.def"
#undef PATTERN
  }
  node_end(d, &args, &n->range);
}

static void P_type_param(Dump *d, const SkTypeParam *n) {
  static const char *const names[] = {
#define TYPE_PARAM(kind, fields) #kind,
#include "grammar/ast.def"
#undef TYPE_PARAM
  };
  Args args = node_begin(d, names[n->kind], shape_type_param(n, d->positions, true));
  switch (n->kind) {
#define TYPE_PARAM(kind, fields) CASE(SK_TYPE_PARAM_, kind, fields)
#include "grammar/ast.def"
#undef TYPE_PARAM
  }
  node_end(d, &args, &n->range);
}

static const char *record_name(const char *name) {
  return strcmp(name, "excepthandler") == 0 ? "ExceptHandler" : name;
}

#define RECORD(Type, name, fields)                                                        \
  static void P_##name(Dump *d, const Sk##Type *x) {                                      \
    Args args = node_begin(d, record_name(#name), shape_##name(x, d->positions, true));   \
    fields node_end(d, &args, RANGE_##name ? &x->range : NULL);                           \
  }
#include "grammar/ast.def"
#undef RECORD

void sk_dump_ast(const SkMod *mod, bool positions, SkWriteFn write, void *data) {
  static const char *const names[] = {"Module", "Interactive", "Expression"};
  Dump dump = {write, data, positions, 0}, *d = &dump;
  const SkMod *x = mod;
  bool expression = mod->kind == SK_MOD_Expression;
  Args args = node_begin(d, names[mod->kind], (Shape){expression || mod->body.n, false});
  if (expression) {
    F(expr, expr)
  } else {
    S(stmt, body)
  }
  node_end(d, &args, NULL);
  put(d, "\n");
}
