/* api_token.c - source text as an editor sees it: tokens to colour, whether a statement is whole.  Layer 9.
 *
 * The lexer stops at the first error.  Here it begins again in the next line, so that a quotation mark just typed does not take the colours away
 * from everything behind it.
 */
#include <string.h>

#include "grammar/lexer.h"
#include "vm/api/skein.h"

typedef struct Tokens {
  SkArena *arena;
  const char *text;
  size_t n;
  skein_token_fn token;
  void *user;
  size_t at;          /* up to here everything was told */
  skein_token previous;
  bool defines, decorates;
} Tokens;

static void tell(Tokens *t, skein_token kind, size_t start, size_t end) {
  if (t->token && end > start) t->token(t->user, kind, start, end);
}

/* Between tokens: only comments are seen. */
static void tell_gap(Tokens *t, size_t to) {
  while (t->at < to) {
    const char *hash = memchr(t->text + t->at, '#', to - t->at);
    if (!hash) break;
    const char *nl = memchr(hash, '\n', (size_t)(t->text + to - hash));
    size_t start = (size_t)(hash - t->text), end = nl ? (size_t)(nl - t->text) : to;
    tell(t, SKEIN_TOKEN_COMMENT, start, end);
    t->at = end;
  }
  t->at = to;
}

static skein_token kind_of(Tokens *t, const SkToken *k) {
  switch (k->kind) {
    case TK_NONE: case TK_TRUE: case TK_FALSE: return SKEIN_TOKEN_CONSTANT;
    case TK_NAME: return t->defines ? SKEIN_TOKEN_DEFINED : t->decorates ? SKEIN_TOKEN_DECORATOR : SKEIN_TOKEN_NAME;
    case TK_NUMBER: return SKEIN_TOKEN_NUMBER;
    case TK_STRING: case TK_FSTART: case TK_FMIDDLE: case TK_FEND: return SKEIN_TOKEN_STRING;
    case TK_AT: return k->flags & SK_TOKEN_STMT_START ? SKEIN_TOKEN_DECORATOR : SKEIN_TOKEN_OPERATOR;
    default: break;
  }
  if (k->flags & SK_TOKEN_SOFT) return SKEIN_TOKEN_SOFT_KEYWORD;
  return sk_token_is_keyword(k->kind) ? SKEIN_TOKEN_KEYWORD : SKEIN_TOKEN_OPERATOR;
}

static void tell_tokens(Tokens *t, const SkLexer *lx, size_t base) {
  for (size_t i = 0; i < lx->count; i++) {
    const SkToken *k = &lx->tokens[i];
    if (k->kind == TK_EOF || k->kind == TK_ERROR) break;
    if (k->kind == TK_NEWLINE || k->kind == TK_INDENT || k->kind == TK_DEDENT || !k->length) {
      if (k->kind == TK_NEWLINE) t->decorates = t->defines = false;
      continue;
    }
    size_t start = base + k->start, end = start + k->length;
    tell_gap(t, start);
    skein_token kind = kind_of(t, k);
    tell(t, kind, start, end);
    t->decorates = (k->kind == TK_AT && (k->flags & SK_TOKEN_STMT_START)) || (t->decorates && (k->kind == TK_NAME || k->kind == TK_DOT));
    t->defines = k->kind == TK_DEF || k->kind == TK_CLASS;
    t->at = end;
  }
}

static size_t line_end(const Tokens *t, size_t at) {
  const char *nl = at < t->n ? memchr(t->text + at, '\n', t->n - at) : NULL;
  return nl ? (size_t)(nl - t->text) + 1 : t->n;
}

/* A string that ends with its line, or never, is still one. */
static bool is_quote(const char *p, const char *end) {
  while (p < end && strchr("rRbBuUfF", *p)) p++;
  return p < end && (*p == '"' || *p == '\'');
}

/* The lexer stops at a NUL behind the text. */
static const char *with_end(SkArena *a, const char *text, size_t n) {
  char *copy = sk_arena_alloc(a, n + 1);
  memcpy(copy, text, n);
  copy[n] = 0;
  return copy;
}

static void run(void *arg) {
  Tokens *t = arg;
  t->text = with_end(t->arena, t->text, t->n);
  for (size_t from = 0; from < t->n;) {
    SkDiag diag;
    SkLexer *lx = sk_arena_new(t->arena, SkLexer);
    sk_diag_init(&diag, t->arena, "");
    diag.source = t->text + from;
    diag.source_length = t->n - from;
    sk_lexer_run(lx, t->arena, &diag);
    tell_tokens(t, lx, from);
    if (!lx->error_kind) {
      tell_gap(t, t->n);
      return;
    }
    size_t blank = t->at;
    while (blank < t->n && strchr(" \t\n", t->text[blank])) blank++;
    size_t to = lx->wants_more && is_quote(t->text + blank, t->text + t->n) ? t->n : line_end(t, blank);
    if (blank < t->n && t->text[blank] == '#') tell_gap(t, to);
    else tell(t, is_quote(t->text + blank, t->text + t->n) ? SKEIN_TOKEN_STRING : SKEIN_TOKEN_ERROR, blank, to && t->text[to - 1] == '\n' && to > blank ? to - 1 : to);
    t->at = from = to > from ? to : from + 1;
  }
}

skein_status skein_tokens(const char *text, size_t n, skein_token_fn token, void *user) {
  if (!text || !token) return SKEIN_ERR_MISUSE;
  SkArena arena;
  sk_arena_init(&arena, NULL, NULL);
  Tokens t = {.arena = &arena, .text = text, .n = n, .token = token, .user = user};
  bool fine = sk_arena_protect(&arena, run, &t);
  sk_arena_free(&arena);
  return fine ? SKEIN_OK : SKEIN_ERR_NOMEM;
}

/* ---- is it whole? ---- */

typedef struct Whole { SkArena *arena; const char *text; size_t n; bool more; int indent; } Whole;

static int indentation(const char *line, const char *end) {
  int n = 0;
  for (; line < end && (*line == ' ' || *line == '\t'); line++) n = *line == '\t' ? n / 8 * 8 + 8 : n + 1;
  return n;
}

/* Not one of those that have no text: NEWLINE, INDENT, the end. */
static bool is_seen(const SkToken *k) {
  return k->kind != TK_EOF && k->kind != TK_ERROR && k->kind != TK_NEWLINE && k->kind != TK_INDENT && k->kind != TK_DEDENT && k->length;
}

static bool heads_block(const SkToken *k) {
  static const uint8_t heads[] = {TK_AT, TK_IF, TK_ELIF, TK_ELSE, TK_FOR, TK_WHILE, TK_TRY, TK_EXCEPT, TK_FINALLY, TK_WITH, TK_DEF, TK_CLASS, TK_ASYNC};
  return memchr(heads, k->kind, sizeof heads) != NULL;
}

/* The next line stands below the last that is not blank: deeper behind a colon, shallower behind what leaves the block. */
static void look(void *arg) {
  Whole *w = arg;
  w->text = with_end(w->arena, w->text, w->n);
  SkDiag diag;
  SkLexer *lx = sk_arena_new(w->arena, SkLexer);
  sk_diag_init(&diag, w->arena, "");
  diag.source = w->text;
  diag.source_length = w->n;
  lx->single = lx->keep_blocks = true;
  sk_lexer_run(lx, w->arena, &diag);
  const SkToken *last = NULL, *first = NULL;
  bool starts = true;
  for (size_t i = 0; i < lx->count; i++) {
    const SkToken *k = &lx->tokens[i];
    if (k->kind == TK_NEWLINE) starts = true;
    if (!is_seen(k)) continue;
    if (starts) first = k;
    last = k;
    starts = false;
  }
  w->more = lx->wants_more || (last && last->kind == TK_COLON);
  if (!first) return;
  const char *line = w->text + first->start;
  while (line > w->text && line[-1] != '\n') line--;
  w->indent = indentation(line, w->text + first->start);
  if (lx->depth) w->indent += 4;
  else if (last->kind == TK_COLON) w->indent += 4;
  else if ((first->kind == TK_RETURN || first->kind == TK_RAISE || first->kind == TK_BREAK || first->kind == TK_CONTINUE || first->kind == TK_PASS) && w->indent >= 4) w->indent -= 4;
  if (w->indent || heads_block(first)) w->more = true; /* a block goes on until an empty line */
}

bool skein_wants_more(const char *text, size_t n, int *indent) {
  SkArena arena;
  sk_arena_init(&arena, NULL, NULL);
  Whole w = {.arena = &arena, .text = text, .n = n};
  if (!sk_arena_protect(&arena, look, &w)) w.more = false;
  sk_arena_free(&arena);
  if (indent) *indent = w.indent;
  return w.more;
}

/* ---- the first statement ---- */

typedef struct First { SkArena *arena; const char *text; size_t n, end; } First;

static void find_first(void *arg) {
  First *f = arg;
  f->text = with_end(f->arena, f->text, f->n);
  SkDiag diag;
  SkLexer *lx = sk_arena_new(f->arena, SkLexer);
  sk_diag_init(&diag, f->arena, "");
  diag.source = f->text;
  diag.source_length = f->n;
  sk_lexer_run(lx, f->arena, &diag);
  bool seen = false, decorated = false, starts = true;
  for (size_t i = 0; i < lx->count; i++) {
    const SkToken *k = &lx->tokens[i];
    if (k->kind == TK_ERROR || k->kind == TK_EOF) return;
    if (k->kind == TK_NEWLINE) starts = true;
    if (!starts || !is_seen(k)) continue;
    starts = false;
    if (k->start && f->text[k->start - 1] != '\n') continue;
    bool goes_on = k->kind == TK_ELSE || k->kind == TK_ELIF || k->kind == TK_EXCEPT || k->kind == TK_FINALLY || decorated;
    if (seen && !goes_on) {
      f->end = k->start;
      return;
    }
    seen = true;
    decorated = k->kind == TK_AT;
  }
}

size_t skein_statement_end(const char *text, size_t n) {
  SkArena arena;
  sk_arena_init(&arena, NULL, NULL);
  First f = {&arena, text, n, n};
  if (!sk_arena_protect(&arena, find_first, &f)) f.end = n;
  sk_arena_free(&arena);
  return f.end;
}
