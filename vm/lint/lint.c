/* lint.c - the linter from outside: parse, collect names, walk, sort, leave out what "noqa" says.  Layer 4. */
#include "vm/lint/lint_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

const SkLintRule sk_lint_rules[] = {
#define RULE(number, name, severity, on, text) {number, #name, text, SK_LINT_##severity, on},
#include "vm/lint/rules.def"
#undef RULE
    {0, NULL, NULL, SK_LINT_ERROR, false}};

/* ---- finding ---- */

static void add(Lint *l, const SkLintRule *r, SkRange where, const char *message) {
  LintNote *n = sk_arena_alloc(l->arena, sizeof *n);
  *n = (LintNote){l->notes, {r->number, r->name, message, r->severity, where.line, where.col, where.end_line, where.end_col}};
  l->notes = n;
  l->note_count++;
}

void lint_say(Lint *l, LintRuleId rule, SkRange where, const char *format, ...) {
  if (!l->enabled[rule]) return;
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *text = sk_arena_alloc(l->arena, (size_t)n + 1);
  vsnprintf(text, (size_t)n + 1, format, again);
  va_end(again);
  add(l, &sk_lint_rules[rule], where, text);
}

void lint_found(Lint *l, LintRuleId rule, SkRange where, const char *a, const char *b) {
  const char *parts[] = {a, b};
  if (!l->enabled[rule]) return;
  const char *t = sk_lint_rules[rule].text;
  size_t room = strlen(t) + (a ? strlen(a) : 0) + (b ? strlen(b) : 0) + 1, n = 0;
  char *text = sk_arena_alloc(l->arena, room);
  for (int at = 0; *t;) {
    if (t[0] == '%' && t[1] == 's') {
      n += strlen(strcpy(text + n, at < 2 && parts[at] ? parts[at] : ""));
      at++;
      t += 2;
    } else {
      text[n++] = *t++;
    }
  }
  text[n] = 0;
  add(l, &sk_lint_rules[rule], where, text);
}

/* ---- noqa ---- */

static const char *line_of(const Lint *l, uint32_t line, size_t *n) {
  const char *p = l->source, *end = p + l->source_length;
  for (; line > 1 && p < end; line--) {
    const char *nl = memchr(p, '\n', (size_t)(end - p));
    p = nl ? nl + 1 : end;
  }
  const char *nl = memchr(p, '\n', (size_t)(end - p));
  *n = (size_t)((nl ? nl : end) - p);
  return p;
}

static const char *find(const char *p, size_t n, const char *what) {
  size_t w = strlen(what);
  for (; n >= w; p++, n--)
    if (!strncasecmp(p, what, w)) return p;
  return NULL;
}

/* "# noqa" alone, or "# noqa: SK101, ASYNC102". */
static bool is_silenced(const Lint *l, const SkLintFinding *f) {
  size_t n;
  const char *p = line_of(l, f->line, &n), *end = p + n;
  const char *at = find(p, n, "# noqa");
  if (!at && !(at = find(p, n, "#noqa"))) return false;
  at += at[1] == ' ' ? 6 : 5;
  while (at < end && *at == ' ') at++;
  if (at >= end || *at != ':') return true;
  for (at++; at < end; at++) {
    while (at < end && !(*at >= '0' && *at <= '9')) at++;
    int number = 0;
    for (; at < end && *at >= '0' && *at <= '9'; at++) number = number * 10 + (*at - '0');
    if (number == f->number) return true;
  }
  return false;
}

/* ---- the run ---- */

typedef struct Job {
  const char *text, *filename;
  size_t n;
  const SkLintOptions *o;
  SkLintFn *report;
  void *arg;
  SkArena *arena;
} Job;

static bool listed(const int *list, size_t n, int number) {
  for (size_t i = 0; i < n; i++)
    if (list[i] == number) return true;
  return false;
}

static void enable(Lint *l, const SkLintOptions *o) {
  for (int i = 0; i < L_COUNT; i++) {
    const SkLintRule *r = &sk_lint_rules[i];
    bool on = o->select_count ? listed(o->select, o->select_count, r->number) : r->on || o->all;
    l->enabled[i] = on && !listed(o->ignore, o->ignore_count, r->number);
  }
}

static int by_place(const void *a, const void *b) {
  const SkLintFinding *x = a, *y = b;
  if (x->line != y->line) return x->line < y->line ? -1 : 1;
  if (x->col != y->col) return x->col < y->col ? -1 : 1;
  return x->number - y->number;
}

static void report_all(Lint *l, const Job *j) {
  SkLintFinding *all = sk_arena_alloc(l->arena, (l->note_count + 1) * sizeof *all);
  size_t n = 0;
  for (LintNote *note = l->notes; note; note = note->next)
    if (!is_silenced(l, &note->f)) all[n++] = note->f;
  qsort(all, n, sizeof *all, by_place);
  for (size_t i = 0; i < n; i++) j->report(j->arg, &all[i]);
}

static void report_syntax(const SkDiag *d, const Job *j) {
  const SkDiagError *e = &d->error;
  SkLintFinding f = {.name = "syntax", .message = e->message, .severity = SK_LINT_SYNTAX, .line = e->line > 0 ? (uint32_t)e->line : 1,
                     .col = e->col > 0 ? (uint32_t)e->col - 1 : 0};
  f.end_line = e->end_line > 0 ? (uint32_t)e->end_line : f.line;
  f.end_col = e->end_col > 0 ? (uint32_t)e->end_col - 1 : f.col;
  j->report(j->arg, &f);
}

static void run(void *arg) {
  Job *j = arg;
  SkDiag diag;
  Lint l = {.arena = j->arena};
  SkMod *mod;
  sk_diag_init(&diag, j->arena, j->filename);
  if (!sk_parse(j->arena, &diag, j->text, j->n, j->filename, SK_PARSE_FILE, 0, &mod)) {
    report_syntax(&diag, j);
    return;
  }
  l.mod = mod;
  l.source = diag.source;
  l.source_length = diag.source_length;
  enable(&l, j->o);
  lint_names(&l);
  lint_walk(&l);
  report_all(&l, j);
}

bool sk_lint(const char *text, size_t n, const char *filename, const SkLintOptions *o, SkLintFn *report, void *arg) {
  static const SkLintOptions usual = {0};
  SkArena arena;
  sk_arena_init(&arena, NULL, NULL);
  Job j = {text, filename, n, o ? o : &usual, report, arg, &arena};
  bool fine = sk_arena_protect(&arena, run, &j);
  sk_arena_free(&arena);
  return fine;
}
