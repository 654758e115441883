/* api_signature.c - the text of a signature, taken apart.  Layer 9.
 *
 *   "@static clamp(x: float, lo: float = 0.0, /, *rest, hi: float | None = None, **more) -> float\nIts docstring."
 *
 * Only the text is looked at here, nothing is made: what is wrong with it is told with its place.  What annotations and
 * defaults mean is api_def.c's.
 */
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/base/utf8.h"

typedef struct Reader { skein_vm *v; const char *text, *p; Signature *s; bool keyword_only, fallbacks; } Reader;

static bool complain(Reader *r, const char *what) {
  int shown = (int)strcspn(r->text, "\n");
  api_misusef(r->v, "signature '%.*s': %s at column %d", shown > 60 ? 60 : shown, r->text, what, (int)(r->p - r->text) + 1);
  return false;
}

static void blanks(Reader *r) {
  while (*r->p == ' ' || *r->p == '\t') r->p++;
}

static bool taken(Reader *r, const char *word) {
  size_t n = strlen(word);
  if (strncmp(r->p, word, n) != 0) return false;
  r->p += n;
  blanks(r);
  return true;
}

static bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80); }

static bool read_name(Reader *r, Part *name) {
  name->s = r->p;
  if (!starts_name(*r->p)) return complain(r, "a name expected");
  while (starts_name(*r->p) || (*r->p >= '0' && *r->p <= '9')) r->p++;
  name->n = (size_t)(r->p - name->s);
  blanks(r);
  return true;
}

static void trim(Part *p) {
  while (p->n && (p->s[p->n - 1] == ' ' || p->s[p->n - 1] == '\t')) p->n--;
}

/* Up to one of |ends| outside of quotes and brackets. */
static bool read_until(Reader *r, const char *ends, Part *part) {
  int depth = 0;
  part->s = r->p;
  for (; *r->p && *r->p != '\n'; r->p++) {
    if (depth == 0 && strchr(ends, *r->p)) break;
    if (*r->p == '(' || *r->p == '[') depth++;
    if (*r->p == ')' || *r->p == ']') depth--;
    if (*r->p != '\'' && *r->p != '"') continue;
    char quote = *r->p++;
    for (; *r->p != quote; r->p++) {
      if (*r->p == '\\' && r->p[1]) r->p++;
      if (!*r->p || *r->p == '\n') return complain(r, "a string without an end");
    }
  }
  part->n = (size_t)(r->p - part->s);
  trim(part);
  return part->n ? true : complain(r, "something expected");
}

static bool is_new(Reader *r, const Part *name) {
  for (size_t i = 0; i < r->s->count; i++) {
    const Part *other = &r->s->params[i].name;
    if (other->n == name->n && !memcmp(other->s, name->s, name->n)) return false;
  }
  return true;
}

static bool read_param(Reader *r, ParamKind kind) {
  Signature *s = r->s;
  if (s->count == SIGNATURE_PARAMS) return complain(r, "too many parameters");
  Param p = {.kind = kind};
  const char *at = r->p;
  if (!read_name(r, &p.name)) return false;
  if (!is_new(r, &p.name)) return r->p = at, complain(r, "a name that another parameter has");
  if (taken(r, ":") && !read_until(r, ",)=", &p.note)) return false;
  if (taken(r, "=")) {
    if (kind == PARAM_VARARGS || kind == PARAM_VARKW) return complain(r, "a default for * or **");
    if (!read_until(r, ",)", &p.fallback)) return false;
  }
  if (kind == PARAM_PLAIN) {
    if (r->fallbacks && !p.fallback.n) return r->p = at, complain(r, "a parameter without a default after one with a default");
    r->fallbacks |= p.fallback.n > 0;
    s->argcount++;
  }
  s->kwonly += kind == PARAM_KEYWORD;
  s->params[s->count++] = p;
  return true;
}

static bool has_kind(const Signature *s, ParamKind kind) {
  for (size_t i = 0; i < s->count; i++)
    if (s->params[i].kind == kind) return true;
  return false;
}

static bool read_entry(Reader *r) {
  Signature *s = r->s;
  if (has_kind(s, PARAM_VARKW)) return complain(r, "something after **");
  if (taken(r, "**")) return read_param(r, PARAM_VARKW);
  if (*r->p == '*') {
    if (r->keyword_only) return complain(r, "a second *");
    taken(r, "*");
    r->keyword_only = true;
    if (*r->p != ',') return *r->p == ')' ? complain(r, "no parameter after *") : read_param(r, PARAM_VARARGS);
    return true;
  }
  if (*r->p == '/') {
    if (s->posonly || !s->count || r->keyword_only) return complain(r, "a / that is out of place");
    taken(r, "/");
    s->posonly = s->count;
    return true;
  }
  return read_param(r, r->keyword_only ? PARAM_KEYWORD : PARAM_PLAIN);
}

static bool read_params(Reader *r) {
  if (!taken(r, "(")) return complain(r, "'(' expected");
  while (*r->p != ')') {
    if (!read_entry(r)) return false;
    if (*r->p != ')' && !taken(r, ",")) return complain(r, "',' or ')' expected");
  }
  if (r->keyword_only && !r->s->kwonly && !has_kind(r->s, PARAM_VARARGS)) return complain(r, "no parameter after *");
  return taken(r, ")");
}

static bool read_end(Reader *r) {
  if (taken(r, "->") && !read_until(r, "", &r->s->returns)) return false;
  if (*r->p == '\n') {
    r->s->doc = (Part){r->p + 1, strlen(r->p + 1)};
    return true;
  }
  return *r->p ? complain(r, "the end expected") : true;
}

static bool read_signature(Reader *r) {
  if (sk_utf8_scan(r->text, strlen(r->text), false).error != SK_UTF8_OK) return complain(r, "no UTF-8");
  blanks(r);
  if (taken(r, "@static ")) r->s->binding = 's';
  else if (taken(r, "@class ")) r->s->binding = 'c';
  if (!read_name(r, &r->s->name)) return false;
  r->s->bare = !*r->p || *r->p == '\n';
  return (r->s->bare || read_params(r)) && read_end(r);
}

skein_status signature_parse(skein_vm *v, const char *text, Signature *s) {
  memset(s, 0, sizeof *s);
  if (!text) return api_misuse(v, "the signature is NULL");
  Reader r = {.v = v, .text = text, .p = text, .s = s};
  return read_signature(&r) ? SKEIN_OK : SKEIN_ERR_MISUSE;
}
