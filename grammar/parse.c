/* parse.c - drives the tokens through the automaton.                  Layer 1. */
#include "grammar/parse.h"

#include "grammar/automaton.h"
#include "grammar/diagnose.h"
#include "grammar/lexer.h"
#include "grammar/source.h"

typedef struct Job {
  SkArena *arena;
  SkDiag *diag;
  const char *src;
  size_t n;
  SkParseMode mode;
  unsigned flags;
  SkMod *mod;
} Job;

static int mode_token(SkParseMode mode) {
  return mode == SK_PARSE_FILE   ? TK_MODE_FILE
         : mode == SK_PARSE_EVAL ? TK_MODE_EVAL
                                 : TK_MODE_SINGLE;
}

/* Feeds tokens until one is refused or an action reports an error. */
static void drive(SkParser *p, void *automaton) {
  for (const SkToken *t = p->tokens; t < p->tokens + p->count; t++) {
    p->look = t;
    if (t->kind == TK_ERROR) return;
    sk_yy(automaton, t->kind, t);
    if (p->rejected || sk_diag_failed(p->diag)) return;
  }
}

static void parse_job(void *arg) {
  Job *job = arg;
  SkLexer *lx = sk_arena_new(job->arena, SkLexer);
  if (!sk_source_decode(job->diag, job->src, job->n, job->flags)) return;
  lx->single = job->mode == SK_PARSE_SINGLE;
  lx->keep_blocks = job->flags & SK_PARSE_DONT_IMPLY_DEDENT;
  sk_lexer_run(lx, job->arena, job->diag);
  SkNames *names = sk_arena_new(job->arena, SkNames);
  sk_names_init(names, job->arena);
  SkParser parser = {.arena = job->arena,
                     .diag = job->diag,
                     .names = names,
                     .text = lx->text,
                     .tokens = lx->tokens,
                     .count = lx->count,
                     .flags = job->flags,
                     .no_newline = job->n == 0 || job->src[job->n - 1] != '\n',
                     .mod = sk_arena_new(job->arena, SkMod)};
  void *automaton = sk_arena_alloc(job->arena, sk_yy_size());
  sk_yyInit(automaton, &parser);
  sk_yy(automaton, mode_token(job->mode), lx->tokens);
  if (!parser.rejected) drive(&parser, automaton);
  if (parser.rejected || lx->error_kind || sk_diag_failed(job->diag))
    sk_diagnose(&parser, lx, mode_token(job->mode));
  else
    job->mod = parser.mod;
}

bool sk_parse(SkArena *a, SkDiag *diag, const char *src, size_t n, const char *filename,
              SkParseMode mode, unsigned flags, SkMod **out) {
  Job job = {.arena = a, .diag = diag, .src = src, .n = n, .mode = mode, .flags = flags};
  diag->filename = filename;
  *out = NULL;
  if (!sk_arena_protect(a, parse_job, &job)) {
    sk_diag_out_of_memory(diag);
    return false;
  }
  SkDiagError *e = &diag->error;
  if (!job.mod && mode == SK_PARSE_EVAL && (n == 0 || src[n - 1] != '\n') && e->text_length &&
      e->text + e->text_length == diag->source + diag->source_length)
    e->text_length--; /* the newline is ours: CPython adds none to an expression */
  *out = job.mod;
  diag->parsed = job.mod != NULL;
  return job.mod != NULL;
}
