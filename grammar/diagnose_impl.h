/* diagnose_impl.h - what the diagnoser's files share.                 Layer 1.
 *
 * A rule looks at the refused token and its surroundings; it reports and
 * returns true, or returns false and the next rule looks.  Rules are tried
 * in the order in which CPython's parser would come upon them: inner
 * constructs before outer ones.
 */
#ifndef SK_GRAMMAR_DIAGNOSE_IMPL_H
#define SK_GRAMMAR_DIAGNOSE_IMPL_H

#include "grammar/automaton.h"
#include "grammar/diagnose.h"

typedef struct SkCase {
  SkParser *p;
  const SkLexer *lx;
  const void *automaton; /* has taken every token before |t| */
  const SkToken *t;      /* the refused token */
  const SkToken *line;   /* first token of its logical line */
  const SkToken *open;   /* innermost bracket open before |t|, or NULL */
  bool eval;             /* the text is one expression */
  const SkToken *furthest; /* the last token a probe has looked at */
  bool met_error;        /* some probe came to the lexer's error */
} SkCase;

typedef bool (*SkRule)(SkCase *c);

/* Reports with the given range; always true. */
bool sk_case_report(SkCase *c, SkDiagKind kind, SkRange range, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same for a SyntaxError at one token, or from one to another. */
bool sk_case_at(SkCase *c, const SkToken *t, const char *message);
bool sk_case_span(SkCase *c, const SkToken *from, const SkToken *to, const char *message);
/* From a token to the tokenizer's place: the end of |last|. */
bool sk_case_from(SkCase *c, const SkToken *from, const SkToken *last, const char *message);

bool sk_case_accepts(const SkCase *c, int kind);

/* The longest expression that begins at |from|, read by a fresh automaton
 * from |mode|.  end is the token after it; e NULL: there is none. */
typedef struct SkProbe {
  SkExpr *e;
  const SkToken *end;
  bool met_error; /* the lexer's error stands where it went on */
} SkProbe;
SkProbe sk_case_probe(SkCase *c, int mode, const SkToken *from);

/* Reports what stopped the lexer. */
bool sk_case_lexer_error(SkCase *c);

/* At |t|, or, if it is INDENT, DEDENT or EOF, where CPython's tokenizer then stood. */
bool sk_case_fetched(SkCase *c, const SkToken *t, SkDiagKind kind, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Is this bracket that of a call or a subscript? */
bool sk_case_is_call(const SkCase *c, const SkToken *open);

/* Where the innermost expression that ends right before |end| begins; NULL
 * if the grammar does not ask for a full expression there. */
const SkToken *sk_case_expr_start(const SkCase *c, const SkToken *end);
/* The unmatched opening bracket before |t|, or NULL. */
const SkToken *sk_case_opener(const SkCase *c, const SkToken *t);
const SkToken *sk_case_closer(const SkCase *c, const SkToken *open);
bool sk_starts_expression(int kind);

/* 1 for an opening bracket, -1 for a closing one, else 0. */
int sk_nesting(int kind);

/* Files of rules. */
bool sk_diagnose_block(SkCase *c);
bool sk_diagnose_header(SkCase *c);
bool sk_diagnose_fstring(SkCase *c);
bool sk_diagnose_fstring_around(SkCase *c);
bool sk_diagnose_params(SkCase *c);
bool sk_diagnose_expr(SkCase *c);

#endif
