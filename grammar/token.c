/* token.c - spellings and names of tokens.                            Layer 1. */
#include "grammar/token.h"

#include <stddef.h>

enum { TOKEN_KINDS = 160 };

static const char *const spellings[TOKEN_KINDS] = {
#define KEYWORD(name, text) [TK_##name] = text,
#define SIGN(name, text) [TK_##name] = text,
#include "grammar/tokens.def"
#undef KEYWORD
#undef SIGN
};

static const char *const kind_names[TOKEN_KINDS] = {
#define KEYWORD(name, text) [TK_##name] = #name,
#define SIGN(name, text) [TK_##name] = #name,
#include "grammar/tokens.def"
#undef KEYWORD
#undef SIGN
#define VARIES(name) [TK_##name] = #name,
    VARIES(EOF) VARIES(NAME) VARIES(NUMBER) VARIES(STRING) VARIES(NEWLINE) VARIES(INDENT)
        VARIES(DEDENT) VARIES(FSTART) VARIES(FMIDDLE) VARIES(FEND) VARIES(FLBRACE) VARIES(FRBRACE)
            VARIES(FCOLON) VARIES(FBANG) VARIES(FEQ) VARIES(MATCH) VARIES(CASE) VARIES(TYPE)
#undef VARIES
};

const char *sk_token_spelling(int kind) {
  return kind >= 0 && kind < TOKEN_KINDS ? spellings[kind] : NULL;
}

const char *sk_token_kind_name(int kind) {
  return kind >= 0 && kind < TOKEN_KINDS && kind_names[kind] ? kind_names[kind] : "ERROR";
}

bool sk_token_is_keyword(int kind) {
  static const bool keyword[TOKEN_KINDS] = {
#define KEYWORD(name, text) [TK_##name] = true,
#include "grammar/tokens.def"
#undef KEYWORD
  };
  return kind >= 0 && kind < TOKEN_KINDS && keyword[kind];
}
