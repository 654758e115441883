/* build.h - what python.y's actions call, inside the package.         Layer 1.
 *
 * Parse wide, then narrow: the grammar accepts a superset, and these
 * functions refuse the rest (targets, order of arguments and parameters,
 * patterns) with the ranges of the nodes they were given.  After an error
 * they return whatever is at hand: the driver stops at the next token.
 */
#ifndef SK_GRAMMAR_BUILD_H
#define SK_GRAMMAR_BUILD_H

#include "grammar/parse.h"
#include "grammar/token.h"

typedef struct SkParser {
  SkArena *arena;
  SkDiag *diag;
  SkNames *names;
  const char *text;
  const SkToken *tokens;
  size_t count;
  const SkToken *look; /* the lookahead; look[-1] ends the rule being reduced */
  unsigned flags;
  bool at_place;   /* the error is where CPython stops reading, though we have read on */
  bool no_newline; /* the text did not end with one */
  bool rejected;  /* *look cannot stand where it stands */
  int as_items;   /* `a as b` in brackets, not yet taken by a with statement */
  SkMod *mod;
} SkParser;

/* Parts of nodes, on the automaton's stack until the node is complete. */
typedef enum SkItemKind {
  SK_ITEM_EXPR,    /* a      */
  SK_ITEM_STAR,    /* *a     */
  SK_ITEM_DSTAR,   /* **a    */
  SK_ITEM_KEYWORD, /* a=b    */
  SK_ITEM_GENEXP   /* a for ... without parentheses of its own */
} SkItemKind;

typedef struct SkItem {
  SkItemKind kind;
  SkExpr *a, *b;
  const SkToken *token; /* '*', '**' or '=' */
} SkItem;

typedef struct SkArgs {
  SkExprSeq args;
  SkKeywordSeq keywords;
  SkExpr *genexp; /* an argument that wants to be alone */
  bool has_dstar;
  const char *misplaced; /* what to say of a positional argument after a keyword */
  const SkToken *first;
  size_t count;
} SkArgs;

typedef enum SkParamKind {
  SK_PARAM_PLAIN,
  SK_PARAM_SLASH,
  SK_PARAM_STAR,
  SK_PARAM_STAR_NAME,
  SK_PARAM_DSTAR
} SkParamKind;

typedef struct SkParam {
  SkParamKind kind;
  SkArg *arg;
  SkExpr *value;
  const SkToken *token;
} SkParam;

typedef struct SkParams {
  SkArguments *to;
  const SkToken *star;     /* '*' or '*args' has been seen */
  const SkToken *bare;     /* a lone '*' that nothing follows yet */
  const SkToken *slash;
  bool is_lambda;
} SkParams;

typedef struct SkFromModule {
  SkExpr *name;
  int level;
} SkFromModule;

typedef struct SkPair {
  SkExpr *key, *value;
  const SkToken *dstar;
} SkPair;

typedef struct SkPairs {
  SkExprSeq keys, values;
} SkPairs;

typedef struct SkClassPattern {
  SkPatternSeq patterns, kwd_patterns;
  SkNameSeq kwd_attrs;
  SkPattern *misplaced, *misplaced_end; /* positional ones after a keyword */
  size_t keywords_then;
} SkClassPattern;

typedef struct SkMapPattern {
  SkExprSeq keys;
  SkPatternSeq patterns;
  SkName *rest;
} SkMapPattern;

typedef struct SkField {
  const SkToken *open;
  SkExpr *value;
  const SkToken *eq, *bang;
  SkExpr *spec;
  const SkToken *close;
} SkField;

/* `a as b` inside brackets, until a with statement takes it apart. */
enum { SK_EXPR_As = 250 };

/* ---- shared by the builders ---- */

SkRange sk_range_join(SkRange from, SkRange to);
/* From |first| to the last token of the rule being reduced. */
SkRange sk_range_here(const SkParser *p, const SkToken *first);
SkName *sk_token_name(SkParser *p, const SkToken *t);
const SkToken *sk_expr_first(const SkParser *p, const SkExpr *e);

SkExpr *sk_expr_new(SkParser *p, SkExprKind kind, const SkToken *first);
/* Call when the fields are set: the height of the tree is limited. */
SkExpr *sk_expr_done(SkParser *p, SkExpr *e);
SkStmt *sk_stmt_done(SkParser *p, SkStmt *s);
unsigned sk_expr_height(const SkExpr *e);
unsigned sk_stmt_height(const SkStmt *s);
unsigned sk_pattern_height(const SkPattern *pattern);
bool sk_height_check(SkParser *p, unsigned height, SkRange range);

bool sk_error_at(SkParser *p, SkRange range, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The automaton took |t|, but it cannot stand there. */
void sk_reject(SkParser *p, const SkToken *t);

/* Grows a sequence by one: its room is n rounded up to a power of two. */
void *sk_seq_room(SkArena *a, void *items, size_t n, size_t item);
#define SK_SEQ_PUSH(p, seq, item)                                                             \
  ((seq).items = sk_seq_room((p)->arena, (void *)(seq).items, (seq).n, sizeof *(seq).items), \
   (seq).items[(seq).n++] = (item))

SkConst sk_number_value(SkParser *p, const SkToken *t);

/* narrow.c */
const char *sk_expr_describe(const SkExpr *e);
typedef enum SkTargetKind { SK_TARGET_ASSIGN, SK_TARGET_FOR, SK_TARGET_DEL } SkTargetKind;
SkExpr *sk_invalid_target(SkExpr *e, SkTargetKind kind);
void sk_set_context(SkExpr *e, SkExprContext ctx);

#endif
