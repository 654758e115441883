/* token_dump.c - --dump=tokens: one token a line.                     Layer 1. */
#include <stdio.h>
#include <string.h>

#include "grammar/lexer.h"
#include "grammar/source.h"

typedef struct Job {
  SkArena *arena;
  SkDiag *diag;
  const char *src;
  size_t n;
  SkWriteFn write;
  void *data;
} Job;

/* The spelling with newlines and backslashes made visible. */
static void write_text(const Job *job, const char *s, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (s[i] == '\n')
      job->write(job->data, "\\n", 2);
    else if (s[i] == '\\')
      job->write(job->data, "\\\\", 2);
    else
      job->write(job->data, s + i, 1);
  }
}

static void write_token(const Job *job, const SkLexer *lx, const SkToken *t) {
  char line[96];
  int n = snprintf(line, sizeof line, "%u:%u-%u:%u", t->range.line, t->range.col, t->range.end_line,
                   t->range.end_col);
  n += snprintf(line + n, sizeof line - (size_t)n, "%*s%-10s ", n < 16 ? 16 - n : 1, "",
                sk_token_kind_name(t->kind));
  job->write(job->data, line, (size_t)n);
  if (t->kind != TK_NEWLINE) write_text(job, lx->text + t->start, t->length);
  job->write(job->data, "\n", 1);
}

static void dump_job(void *arg) {
  Job *job = arg;
  SkLexer *lx = sk_arena_new(job->arena, SkLexer);
  if (!sk_source_decode(job->diag, job->src, job->n, 0)) return;
  sk_lexer_run(lx, job->arena, job->diag);
  for (size_t i = 0; i < lx->count; i++)
    if (lx->tokens[i].kind != TK_ERROR) write_token(job, lx, &lx->tokens[i]);
  if (lx->error_kind)
    sk_diag_error(job->diag, lx->error_range, lx->error_kind, "%s", lx->error_message);
}

bool sk_dump_tokens(SkArena *a, SkDiag *diag, const char *src, size_t n, SkWriteFn write,
                    void *data) {
  Job job = {a, diag, src, n, write, data};
  if (!sk_arena_protect(a, dump_job, &job)) sk_diag_out_of_memory(diag);
  return !sk_diag_failed(diag);
}
