/* lint_impl.h - the walk and what rules may ask of it.  Layer 4, this package only. */
#ifndef SK_LINT_LINT_IMPL_H
#define SK_LINT_LINT_IMPL_H

#include <string.h>

#include "grammar/parse.h"
#include "vm/lint/lint.h"

typedef enum LintRuleId {
#define RULE(number, name, severity, on, text) L_##name,
#include "vm/lint/rules.def"
#undef RULE
  L_COUNT
} LintRuleId;

/* What a name stands for, by the file's imports: "trio.sleep".  Names of Skein's own that nothing shadows: "skein.TaskGroup". */
typedef struct LintAlias { struct LintAlias *next; SkName *name; const char *meaning; } LintAlias;

/* Where the walk is: one frame for everything that matters to a rule, innermost first. */
typedef enum LintFrameKind { IN_FUNCTION, IN_LAMBDA, IN_CLASS, IN_GROUP, IN_SCOPE, IN_WITH, IN_LOOP, IN_TRY, IN_HANDLER, IN_FINALLY } LintFrameKind;

typedef struct LintFrame {
  struct LintFrame *up;
  LintFrameKind kind;
  const SkStmt *stmt;             /* the statement; NULL for a lambda */
  const SkExceptHandler *handler; /* IN_HANDLER */
  const char *what;               /* IN_GROUP, IN_SCOPE: what opened it */
  bool is_async, manages, shields;/* function: async, decorated as a context manager or fixture; scope: shield=True */
  bool yields, awaits, starts;    /* function: found so far */
  bool critical;                  /* IN_HANDLER: takes cancellations */
} LintFrame;

typedef struct LintNote { struct LintNote *next; SkLintFinding f; } LintNote;

typedef struct Lint {
  SkArena *arena;
  const SkMod *mod;
  LintAlias *aliases;
  const char *source;
  size_t source_length;
  bool structured;          /* the file uses trio, anyio or skein: cancellation is level-triggered */
  bool enabled[L_COUNT];
  LintFrame *frame;
  LintNote *notes;          /* in no order */
  size_t note_count;
  struct LintAsync *asyncs; /* names of coroutine functions of the file (names.c) */
} Lint;

/* ---- report (lint.c) ---- */
__attribute__((format(printf, 4, 5))) void lint_say(Lint *l, LintRuleId rule, SkRange where, const char *format, ...);
/* With the rule's own text, whose %s are these. */
void lint_found(Lint *l, LintRuleId rule, SkRange where, const char *a, const char *b);

/* ---- names (names.c) ---- */
void lint_names(Lint *l);                                  /* collects aliases and coroutine functions */
const char *lint_meaning(Lint *l, const SkExpr *e);        /* "asyncio.TaskGroup", or NULL */
const char *lint_text(Lint *l, const SkExpr *e);           /* the expression as it stands in the text */
bool lint_is(const char *meaning, const char *names);      /* one of the names, separated by blanks */
bool lint_is_coroutine_function(Lint *l, const SkExpr *func);
SK_INLINE bool name_is(const SkName *n, const char *s) { return n && n->length == strlen(s) && !memcmp(n->text, s, n->length); }

/* ---- the walk (walk.c): children of a node, in order ---- */
typedef struct LintVisitor {
  bool (*expr)(struct LintVisitor *v, const SkExpr *e); /* false: not into it */
  bool (*stmt)(struct LintVisitor *v, const SkStmt *s);
  Lint *lint;
  void *arg;
  bool found;
} LintVisitor;
void lint_visit_expr(LintVisitor *v, const SkExpr *e);
void lint_visit_stmt(LintVisitor *v, const SkStmt *s);
void lint_visit_body(LintVisitor *v, const SkStmtSeq *body);
void lint_expr_children(LintVisitor *v, const SkExpr *e);
void lint_stmt_children(LintVisitor *v, const SkStmt *s);
void lint_walk(Lint *l);                                    /* everything, with frames */
LintFrame *lint_function(Lint *l);                          /* the innermost function or lambda; NULL: none */

/* ---- rules: what they are told of ---- */
void rules_with(Lint *l, const SkStmt *s, const SkWithItem *item, const LintFrame *opened);  /* rules_scope.c */
void rules_yield(Lint *l, const SkExpr *e);
void rules_jump(Lint *l, const SkStmt *s);
void rules_call(Lint *l, const SkExpr *e);                                                    /* rules_call.c */
void rules_expr_stmt(Lint *l, const SkStmt *s);
void rules_await(Lint *l, SkRange where);                                                     /* rules_except.c */
void rules_try(Lint *l, const SkStmt *s);
void rules_raise(Lint *l, const SkStmt *s);
void rules_attribute(Lint *l, const SkExpr *e);
void rules_loop(Lint *l, const SkStmt *s);                                                    /* rules_def.c */
void rules_function(Lint *l, const SkStmt *s, const LintFrame *f);
void rules_class(Lint *l, const SkStmt *s);

/* ---- shared questions ---- */
bool lint_is_cancelling_handler(Lint *l, const SkExceptHandler *h);
bool lint_has_await(Lint *l, const SkStmtSeq *body);        /* in the same function */
bool lint_number(const SkExpr *e, double *out);

#endif
