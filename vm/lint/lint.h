/* lint.h - the linter: source text in, findings out.  Layer 4.
 *
 * Rules look at the syntax tree of one file and at what its imports say about names; rules.def lists them.  What cannot be known from the
 * file is given the benefit of the doubt: a rule speaks only where it is sure.
 */
#ifndef SK_LINT_LINT_H
#define SK_LINT_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vm/base/defs.h"

SK_C_BEGIN

typedef enum SkLintSeverity { SK_LINT_ERROR, SK_LINT_WARNING, SK_LINT_SYNTAX /* the text does not compile; number 0 */ } SkLintSeverity;

typedef struct SkLintFinding {
  int number;               /* of the rule: SK101 is 101 */
  const char *name, *message; /* the finding's, until the callback returns */
  SkLintSeverity severity;
  uint32_t line, col, end_line, end_col; /* lines from 1; columns in UTF-8 bytes from 0 */
} SkLintFinding;

typedef struct SkLintOptions {
  const int *select; size_t select_count; /* only these rules, also those that are off; 0: those that are on */
  const int *ignore; size_t ignore_count;
  bool all;                               /* also those that are off */
} SkLintOptions;

typedef void SkLintFn(void *arg, const SkLintFinding *f);

/* Calls |report| for each finding, in the order of the text.  False: memory ran out. */
bool sk_lint(const char *text, size_t n, const char *filename, const SkLintOptions *o, SkLintFn *report, void *arg);

typedef struct SkLintRule { int number; const char *name, *text; SkLintSeverity severity; bool on; } SkLintRule;
extern const SkLintRule sk_lint_rules[]; /* ends with number 0 */

SK_C_END

#endif
