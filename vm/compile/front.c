/* front.c - lexer, parser, symbols and compiler behind one call.  Layer 4. */
#include "vm/compile/front.h"

#include <stdlib.h>
#include <string.h>

#include "grammar/parse.h"
#include "grammar/uniname.h"
#include "vm/base/utf8.h"
#include "vm/bytecode/disasm.h"
#include "vm/compile/compile.h"
#include "vm/symbols/symbols.h"

struct SkFrontMemory { SkArena arena; SkDiag diag; };

static_assert((int)SK_FRONT_FUTURE_ANNOTATIONS == (int)SK_FUTURE_ANNOTATIONS, "one number for both sides");

static SkFrontError error_of(SkDiagKind kind) {
  switch (kind) {
    case SK_DIAG_NONE: return SK_FRONT_OK;
    case SK_DIAG_SYNTAX: return SK_FRONT_SYNTAX;
    case SK_DIAG_INDENTATION: return SK_FRONT_INDENTATION;
    case SK_DIAG_TAB: return SK_FRONT_TAB;
    case SK_DIAG_MEMORY: return SK_FRONT_MEMORY;
    case SK_DIAG_RECURSION: return SK_FRONT_RECURSION;
    case SK_DIAG_VALUE: return SK_FRONT_VALUE;
    case SK_DIAG_OVERFLOW: return SK_FRONT_OVERFLOW;
  }
  return SK_FRONT_SYNTAX;
}

static bool begin(SkFront *out, const char *filename) {
  *out = (SkFront){.memory = malloc(sizeof *out->memory)};
  if (!out->memory) {
    out->error = SK_FRONT_MEMORY;
    return false;
  }
  sk_arena_init(&out->memory->arena, NULL, NULL);
  sk_diag_init(&out->memory->diag, &out->memory->arena, filename);
  return true;
}

/* 1-based column in characters of a byte column in |line|. */
static int char_column(const SkDiag *diag, uint32_t line, uint32_t col) {
  size_t n;
  const char *s = sk_diag_line(diag, line, &n);
  return s ? (int)sk_utf8_count(s, col < n ? col : n) + 1 : (int)col + 1;
}

static SkFrontWarning warning_of(const SkDiag *diag, const SkDiagWarning *w) {
  SkFrontWarning out = {.message = w->message, .line = w->range.line, .deprecated = w->deprecated};
  out.text = sk_diag_line(diag, w->range.line, &out.text_length);
  out.col = char_column(diag, w->range.line, w->range.col);
  out.end_line = (int)w->range.end_line;
  out.end_col = char_column(diag, w->range.end_line, w->range.end_col);
  return out;
}

static void take_warnings(SkFront *out, const SkDiag *diag) {
  size_t n = 0;
  for (const SkDiagWarning *w = diag->warnings; w; w = w->next) n++;
  if (!n) return;
  SkFrontWarning *list = sk_arena_alloc(diag->arena, n * sizeof *list);
  if (!list) return;
  out->warnings = list;
  for (const SkDiagWarning *w = diag->warnings; w; w = w->next)
    list[out->warning_count++] = warning_of(diag, w);
}

static void take_diag(SkFront *out) {
  const SkDiag *diag = &out->memory->diag;
  const SkDiagError *e = &diag->error;
  out->error = error_of(e->kind);
  out->incomplete = diag->incomplete;
  if (out->error == SK_FRONT_OK) {
    take_warnings(out, diag);
    return;
  }
  out->message = e->message;
  out->text = e->text;
  out->text_length = e->text_length;
  out->after_parse = e->after_parse;
  out->line = e->line;
  out->col = e->col;
  out->end_line = e->end_line;
  out->end_col = e->end_col;
}

static SkMod *parse(SkFront *out, const char *text, size_t n, const char *filename, const SkFrontOptions *o) {
  static const SkParseMode modes[] = {SK_PARSE_FILE, SK_PARSE_EVAL, SK_PARSE_SINGLE};
  unsigned flags = (o->portable ? SK_PARSE_PORTABLE : 0u) | (o->is_str ? SK_PARSE_IS_STR : 0u) |
                   (o->interactive ? SK_PARSE_INCOMPLETE | SK_PARSE_DONT_IMPLY_DEDENT : 0u);
  SkMod *mod = NULL;
  return sk_parse(&out->memory->arena, &out->memory->diag, text, n, filename, modes[o->mode], flags, &mod) ? mod : NULL;
}

static void compile(SkFront *out, const SkMod *mod, const char *filename, const SkFrontOptions *o) {
  SkCompileOptions opts = {.optimize = o->optimize, .portable = o->portable, .dev = o->dev, .task_rules = o->task_rules, .top_await = o->top_await, .future = o->future};
  out->code = sk_compile(&out->memory->arena, &out->memory->diag, mod, filename, &opts);
}

/* A compound statement at a prompt ends with an empty line, even one that fits on its first line. */
static bool goes_on(const SkMod *mod, const char *text, size_t n) {
  if (mod->kind != SK_MOD_Interactive || mod->body.n == 0) return false;
  switch (mod->body.items[0]->kind) {
    case SK_STMT_FunctionDef: case SK_STMT_AsyncFunctionDef: case SK_STMT_ClassDef: case SK_STMT_For: case SK_STMT_AsyncFor:
    case SK_STMT_While: case SK_STMT_If: case SK_STMT_With: case SK_STMT_AsyncWith: case SK_STMT_Match: case SK_STMT_Try:
      return !(n >= 2 && text[n - 1] == '\n' && text[n - 2] == '\n');
    default: return false;
  }
}

void sk_front_compile(SkFront *out, const char *text, size_t n, const char *filename, const SkFrontOptions *o) {
  if (!begin(out, filename)) return;
  SkMod *mod = parse(out, text, n, filename, o);
  bool waits = mod && o->interactive && goes_on(mod, text, n);
  if (mod && !waits) compile(out, mod, filename, o);
  take_diag(out);
  out->incomplete |= waits;
}

void sk_front_free(SkFront *out) {
  if (out->memory) sk_arena_free(&out->memory->arena);
  free(out->memory);
  out->memory = NULL;
}

/* ---- --dump ---- */

static void dump_symbols(SkFront *out, const SkMod *mod, const SkFrontOptions *o, SkFrontWriteFn *write, void *arg) {
  SkSymbols *s = sk_symbols_build(&out->memory->arena, &out->memory->diag, mod, (o->future & SK_FUTURE_ANNOTATIONS) != 0, o->task_rules);
  if (s) sk_dump_symbols(s, write, arg);
}

bool sk_front_dump(SkFront *out, SkFrontDump what, const char *text, size_t n, const char *filename, const SkFrontOptions *o,
                   SkFrontWriteFn *write, void *arg) {
  if (!begin(out, filename)) return false;
  if (what == SK_DUMP_TOKENS) {
    sk_dump_tokens(&out->memory->arena, &out->memory->diag, text, n, write, arg);
  } else {
    SkMod *mod = parse(out, text, n, filename, o);
    if (mod && what == SK_DUMP_AST) sk_dump_ast(mod, true, write, arg);
    if (mod && what == SK_DUMP_SYMBOLS) dump_symbols(out, mod, o, write, arg);
    if (mod && what == SK_DUMP_CODE) compile(out, mod, filename, o);
    if (out->code) sk_dump_code(out->code, write, arg);
  }
  take_diag(out);
  return out->error == SK_FRONT_OK;
}

int32_t sk_front_character(const char *name, size_t n) { return sk_uniname_lookup(name, n); }
