/* tree_carets.c - which part of a source line gets ^ and which ~.  Layer 8.
 *
 * Of the part that ran, the operator, the index or the arguments get ^, the rest ~; nothing is marked where marks would say nothing: a whole
 * line, and "x = f(...)", "return f(...)".  The same rules as stdlib/_tb_carets.py, for one line.
 */
#include <string.h>

#include "stdlib/native/tree_impl.h"

typedef enum Kind { NAME, NUMBER, STRING, OP, OPENING, CLOSING } Kind;
typedef struct Token { Kind kind; size_t from, to; int depth; } Token;
enum { TOKENS_MOST = 256, DEPTH_MOST = 64 };
typedef struct Scan { const char *s; size_t n; Token tokens[TOKENS_MOST]; int count; } Scan;
typedef struct Anchors { const Token *first, *last; bool call; } Anchors;

/* ---- tokens ---- */

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\r' || c == '\\'; }

static size_t word_end(const Scan *s, size_t i) {
  while (i < s->n && (is_letter(s->s[i]) || is_digit(s->s[i]))) i++;
  return i;
}

/* One past the closing quote; 0: there is none.  What is inside {} of an f-string may have quotes of the other kind. */
static size_t string_end(const Scan *s, size_t i) {
  char quote = s->s[i];
  size_t width = i + 2 < s->n && s->s[i + 1] == quote && s->s[i + 2] == quote ? 3 : 1;
  for (i += width; i < s->n; i++) {
    if (s->s[i] == '\\') i++;
    else if (s->s[i] == quote && (width == 1 || (i + 2 < s->n && s->s[i + 1] == quote && s->s[i + 2] == quote))) return i + width;
  }
  return 0;
}

static size_t operator_end(const Scan *s, size_t i) {
  static const char *const operators[] = {"**=", "//=", "<<=", ">>=", "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->",
                                          ":=",  "+=",  "-=",  "*=",  "/=",  "%=", "@=", "&=", "|=", "^="};
  for (size_t k = 0; k < sizeof operators / sizeof *operators; k++) {
    size_t n = strlen(operators[k]);
    if (s->n - i >= n && !memcmp(s->s + i, operators[k], n)) return i + n;
  }
  return i + 1;
}

static size_t token_end(const Scan *s, size_t i, Kind *kind) {
  char c = s->s[i];
  if (is_letter(c)) {
    size_t end = word_end(s, i);
    bool prefix = end < s->n && (s->s[end] == '"' || s->s[end] == '\'') && end - i <= 2;
    *kind = prefix ? STRING : NAME;
    return prefix ? string_end(s, end) : end;
  }
  if (is_digit(c) || (c == '.' && i + 1 < s->n && is_digit(s->s[i + 1]))) {
    *kind = NUMBER;
    while (i < s->n && (is_letter(s->s[i]) || is_digit(s->s[i]) || s->s[i] == '.')) i++;
    return i;
  }
  *kind = c == '"' || c == '\'' ? STRING : strchr("([{", c) ? OPENING : strchr(")]}", c) ? CLOSING : OP;
  return *kind == STRING ? string_end(s, i) : *kind == OP ? operator_end(s, i) : i + 1;
}

/* False: not well formed, or too long to tell. */
static bool scan(Scan *s, const char *text, size_t n) {
  char closers[DEPTH_MOST];
  int depth = 0;
  *s = (Scan){.s = text, .n = n};
  for (size_t i = 0; i < n;) {
    char c = text[i];
    if (is_blank(c)) {
      i++;
      continue;
    }
    if (c == '#') break;
    Kind kind;
    size_t end = token_end(s, i, &kind);
    if (!end || s->count == TOKENS_MOST || !c) return false;
    if (kind == CLOSING && (!depth || closers[--depth] != c)) return false;
    s->tokens[s->count++] = (Token){kind, i, end, depth};
    if (kind == OPENING) {
      if (depth == DEPTH_MOST) return false;
      closers[depth++] = c == '(' ? ')' : c == '[' ? ']' : '}';
    }
    i = end;
  }
  return !depth;
}

static bool is(const Scan *s, const Token *t, const char *word) {
  size_t n = strlen(word);
  return t->to - t->from == n && !memcmp(s->s + t->from, word, n);
}

static bool one_of(const Scan *s, const Token *t, const char *const *words) {
  for (; *words; words++)
    if (is(s, t, *words)) return true;
  return false;
}

/* ---- the outermost operation ---- */

/* Outside of brackets any of these makes the whole something else than an operation, index or call. */
static bool is_loose(const Scan *s, const Token *t) {
  static const char *const words[] = {"and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
                                      "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
                                      "raise", "return", "try", "while", "with", "yield", NULL};
  static const char *const operators[] = {"<", ">", "==", "!=", "<=", ">=", ":=", ",", ":", "=", NULL};
  return t->kind == NAME ? one_of(s, t, words) : t->kind == OP && one_of(s, t, operators);
}

static int binding(const Scan *s, const Token *t) {
  static const char *const rows[][7] = {{"|", NULL}, {"^", NULL}, {"&", NULL}, {"<<", ">>", NULL}, {"+", "-", NULL}, {"*", "/", "//", "%", "@", NULL}};
  if (is(s, t, "**")) return 8;
  for (int i = 0; i < 6; i++)
    if (one_of(s, t, rows[i])) return i + 1;
  return 0;
}

static bool ends_operand(const Scan *s, const Token *t) { return t->kind == NAME ? !is_loose(s, t) : t->kind == NUMBER || t->kind == STRING || t->kind == CLOSING; }

/* Operators group to the left, so the last of the loosest is outermost; ** to the right. */
static const Token *outer_operator(const Scan *s) {
  const Token *best = NULL, *before = NULL;
  for (int i = 0; i < s->count; i++) {
    const Token *t = &s->tokens[i];
    if (t->depth) continue;
    int tight = t->kind == OP && before && ends_operand(s, before) ? binding(s, t) : 0;
    if (tight && (!best || tight < binding(s, best) || (tight == binding(s, best) && tight != 8))) best = t;
    before = t;
  }
  return best;
}

static Anchors classify(const Scan *s) {
  Anchors none = {NULL, NULL, false};
  if (!s->count) return none;
  for (int i = 0; i < s->count; i++)
    if (!s->tokens[i].depth && is_loose(s, &s->tokens[i])) return none;
  const Token *first = &s->tokens[0], *last = &s->tokens[s->count - 1], *opening = NULL;
  bool prefixed = first->kind == OP;
  if (prefixed && (is(s, first, "*") || is(s, first, "**"))) return none;
  const Token *best = outer_operator(s);
  if (best) return is(s, best, "**") && prefixed ? none : (Anchors){best, best, false};
  if (prefixed || last->kind != CLOSING) return none;
  for (int i = 0; i + 1 < s->count; i++)
    if (s->tokens[i].kind == OPENING && !s->tokens[i].depth) opening = &s->tokens[i];
  if (!opening || opening == first || !ends_operand(s, opening - 1) || s->s[opening->from] == '{') return none;
  return (Anchors){opening, last, s->s[opening->from] == '('};
}

/* ---- what says nothing ---- */

/* "x =" and "return" before, nothing but a comment behind a call. */
static bool says_nothing(const Scan *line, const char *text, size_t n, size_t from, size_t to, const Scan *part, const Anchors *a) {
  if (!line->count) return true; /* nothing but a comment: the file has changed */
  size_t end = from;
  while (to < n && strchr(" \t)", text[to])) to++;
  if ((to < n && text[to] != '#' && text[to] != ';') || !a->call) return false;
  while (end && strchr(" \t(", text[end - 1])) end--;
  Scan before;
  if (!scan(&before, text, end) || !before.count) return false;
  if (before.count == 1 && is(&before, &before.tokens[0], "return")) return part->count > 1 && a->first == &part->tokens[1];
  return before.count == 2 && before.tokens[0].kind == NAME && is(&before, &before.tokens[1], "=");
}

bool tree_carets(const char *text, size_t n, size_t from, size_t to, char *marks) {
  if (from >= to || to > n) return false;
  Scan line, part;
  if (!scan(&line, text, n)) line.count = 1;
  Anchors a = {NULL, NULL, false};
  if (scan(&part, text + from, to - from)) a = classify(&part);
  if (says_nothing(&line, text, n, from, to, &part, &a)) return false;
  size_t left = from, right = to;
  while (left && is_blank(text[left - 1])) left--;
  while (right < n && is_blank(text[right])) right++;
  if (!a.first && !left && right == n) return false;
  memset(marks, ' ', from);
  memset(marks + from, a.first ? '~' : '^', to - from);
  if (a.first) memset(marks + from + a.first->from, '^', a.last->to - a.first->from);
  marks[to] = 0;
  return true;
}
