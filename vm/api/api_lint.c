/* api_lint.c - the linter for hosts.  Layer 9. */
#include "vm/api/api_impl.h"
#include "vm/lint/lint.h"

typedef struct Passing { skein_finding_fn found; void *user; } Passing;

static void pass_on(void *arg, const SkLintFinding *f) {
  Passing *p = arg;
  skein_finding out = {.size = sizeof out, .number = f->number, .rule = f->name, .message = f->message, .error = f->severity != SK_LINT_WARNING,
                       .line = f->line, .col = f->col, .end_line = f->end_line, .end_col = f->end_col};
  p->found(p->user, &out);
}

skein_status skein_lint(const char *source, size_t n, const char *filename, const skein_lint_options *o, skein_finding_fn found, void *user) {
  SkLintOptions options = {0};
  if (!source || !found) return SKEIN_ERR_MISUSE;
  if (o) options = (SkLintOptions){o->select, o->select_count, o->ignore, o->ignore_count, o->all};
  return sk_lint(source, n, filename ? filename : "<string>", &options, pass_on, &(Passing){found, user}) ? SKEIN_OK : SKEIN_ERR_NOMEM;
}

int skein_lint_rule(size_t i, const char **rule, const char **text, bool *error, bool *on) {
  static const SkLintRule end;
  const SkLintRule *r = sk_lint_rules;
  for (size_t k = 0; k < i && r->number; k++) r++;
  if (!r->number) r = &end;
  if (rule) *rule = r->name;
  if (text) *text = r->text;
  if (error) *error = r->severity == SK_LINT_ERROR;
  if (on) *on = r->on;
  return r->number;
}
