#include "grammar/diagnose.h"
void sk_diagnose(SkParser *p, const SkLexer *lx, int mode_token) {
  (void)mode_token;
  if (lx->error_kind) { sk_diag_error(p->diag, lx->error_range, lx->error_kind, "%s", lx->error_message); return; }
  sk_diag_error(p->diag, p->look->range, SK_DIAG_SYNTAX, "invalid syntax");
}
