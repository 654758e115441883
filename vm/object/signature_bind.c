/* signature_bind.c - arguments of a call to the parameters of a native, and what to say if they don't fit.
 *                                                                                             Layer 6.
 * CPython's natives complain in three dialects; which one follows from the shape of the signature:
 *   no or one positional-only parameter   list.append() takes exactly one argument (2 given)
 *   several positional-only ones          insert expected 2 arguments, got 1
 *   parameters with names                 sorted() missing required argument 'iterable' (pos 1)
 */
#include "vm/object/signature.h"
#include "vm/object/suggest.h"

typedef struct SkSignature Sig;

static SkStr *bare_name(SkVm *vm, const Sig *s) { return s->display ? sk_str_from_cstr(vm, s->display) : s->name; }

static SkStr *full_name(SkVm *vm, const Sig *s, const SkNative *n) {
  if (s->display || !n) return bare_name(vm, s);
  if (n->owner) return sk_format(vm, "%U.%U", n->owner->qualname, n->name);
  if (sk_is_str(n->module) && sk_as_str(n->module) != SK_NAME(vm, builtins)) return sk_format(vm, "%U.%U", sk_as_str(n->module), n->name);
  return n->name;
}

static bool is_positional_only(const Sig *s) { return s->posonly == s->count; }

/* name(a, b, /, **kwargs) counts positions in the dialect without names. */
static bool counts_positions(const Sig *s) { return s->positional == s->posonly && s->varkw == s->count - 1 && s->varargs < 0 && s->varkw == s->positional; }
bool signature_takes_keywords(const Sig *s) {
  return s->varkw >= 0 || s->count - (s->varargs >= 0) > s->posonly;
}

SK_COLD SK_NORETURN static void raise_count(SkVm *vm, const Sig *s, const SkNative *n, size_t given) {
  size_t most = s->positional - s->self, least = s->least > s->self ? (size_t)(s->least - s->self) : 0;
  given -= s->self;
  if (most == 0 && !s->display) sk_raise_type(vm, "%U() takes no arguments (%zu given)", full_name(vm, s, n), given);
  if (most == 0) sk_raise_type(vm, "%U() takes no arguments", bare_name(vm, s));
  if (most == 1 && least == 1 && !s->display)
    sk_raise_type(vm, "%U() takes exactly one argument (%zu given)", full_name(vm, s, n), given);
  size_t bound = given < least ? least : most;
  const char *how = least == most ? "" : given < least ? "at least " : "at most ";
  sk_raise_type(vm, "%U expected %s%zu argument%s, got %zu", bare_name(vm, s), how, bound, bound == 1 ? "" : "s", given);
}

/* Two that have parameters with names but count as if they had not. */
static bool counts_as_nameless(const Sig *s) { return s->display && (!strcmp(s->display, "int") || !strcmp(s->display, "str")); }

/* The dialect of signatures with names: too many arguments altogether, or by position. */
static void check_named_count(SkVm *vm, const Sig *s, size_t given, size_t nkw) {
  size_t len = s->count - s->self - (s->varargs >= 0) - (s->varkw >= 0), most = s->positional - s->self;
  if (!nkw && given > s->positional && counts_as_nameless(s)) raise_count(vm, s, NULL, given);
  given -= s->self;
  if (s->varkw < 0 && s->varargs < 0 && given + nkw > len)
    sk_raise_type(vm, "%U() takes at most %zu %sargument%s (%zu given)", bare_name(vm, s), len, given == 0 ? "keyword " : "",
                  len == 1 ? "" : "s", given + nkw);
  if (s->varargs < 0 && given > most) {
    if (most == 0) sk_raise_type(vm, "%U() takes no positional arguments", bare_name(vm, s));
    bool exact = s->least == s->positional;
    sk_raise_type(vm, "%U() takes %s %zu positional argument%s (%zu given)", bare_name(vm, s), exact ? "exactly" : "at most", most,
                  most == 1 ? "" : "s", given);
  }
  size_t least = (s->least < s->posonly ? s->least : s->posonly);
  least = least > s->self ? least - s->self : 0;
  if (given < least)
    sk_raise_type(vm, "%U() takes %s %zu positional argument%s (%zu given)", bare_name(vm, s),
                  s->varargs < 0 && least == most ? "exactly" : "at least", least, least == 1 ? "" : "s", given);
}

static int param_by_name(const Sig *s, SkStr *name) {
  for (int i = s->posonly; i < s->count; i++)
    if (i != s->varargs && i != s->varkw && (s->names[i] == name || sk_str_equal(s->names[i], name))) return i;
  return -1;
}

SK_COLD SK_NORETURN static void raise_unexpected(SkVm *vm, const Sig *s, SkStr *name) {
  SkValue candidates[SIGNATURE_PARAMS_MAX];
  size_t n = 0;
  for (int i = s->posonly; i < s->count; i++)
    if (i != s->varargs) candidates[n++] = sk_from_ptr(s->names[i]);
  SkStr *meant = sk_suggest(name, candidates, n);
  if (meant) sk_raise_type(vm, "%U() got an unexpected keyword argument '%U'. Did you mean '%U'?", bare_name(vm, s), name, meant);
  sk_raise_type(vm, "%U() got an unexpected keyword argument '%U'", bare_name(vm, s), name);
}

/* A keyword argument that names no parameter, or one that has its value already. */
SK_COLD static void check_keyword(SkVm *vm, const Sig *s, SkStr *name, int i, size_t given) {
  if (i < 0 && s->varkw < 0) raise_unexpected(vm, s, name);
  if (i >= 0 && (size_t)i < given && i < s->positional)
    sk_raise_type(vm, "argument for %U() given by name ('%U') and position (%d)", bare_name(vm, s), name, i + 1 - s->self);
}

static void check_missing(SkVm *vm, const Sig *s, uint64_t bound) {
  uint64_t missing = s->required & ~bound;
  if (!missing) return;
  int i = __builtin_ctzll(missing);
  sk_raise_type(vm, "%U() missing required argument '%U' (pos %d)", bare_name(vm, s), s->names[i], i + 1 - s->self);
}

void signature_bind(SkVm *vm, const Sig *s, const SkNative *n, SkValue first, const SkValue *args, size_t nargs, SkTuple *kwnames,
                    SkValue *out) {
  size_t shift = !sk_is_unset(first), given = nargs + shift, nkw = kwnames ? kwnames->count : 0;
  if (nkw && !signature_takes_keywords(s)) sk_raise_type(vm, "%U() takes no keyword arguments", full_name(vm, s, n));
  if (is_positional_only(s)) {
    if (given < s->least || given > s->positional) raise_count(vm, s, n, given);
  } else if (counts_positions(s)) {
    if (given < s->least || given > s->positional) raise_count(vm, s, n, given);
  } else {
    check_named_count(vm, s, given, nkw);
  }
  size_t by_position = given < s->positional ? given : s->positional;
  uint64_t bound = 0;
  for (int i = 0; i < s->count; i++) out[i] = s->defaults[i];
  for (size_t i = 0; i < by_position; i++) {
    out[i] = i < shift ? first : args[i - shift];
    bound |= (uint64_t)1 << i;
  }
  if (s->varargs >= 0) {
    size_t extra = given - by_position;
    out[s->varargs] = sk_from_ptr(extra ? sk_tuple_from(vm, args + (by_position - shift), extra) : vm->empty_tuple);
  }
  if (s->varkw >= 0) out[s->varkw] = sk_from_ptr(sk_dict_new(vm));
  for (size_t i = 0; i < nkw; i++) {
    SkStr *name = sk_as_str(kwnames->items[i]);
    int p = param_by_name(s, name);
    if (p >= 0 && !(bound >> p & 1)) out[p] = args[nargs + i];
    else if (p < 0 && s->varkw >= 0) sk_dict_set_str(vm, sk_as_dict(out[s->varkw]), name, args[nargs + i]);
    if (p >= 0) bound |= (uint64_t)1 << p;
  }
  check_missing(vm, s, bound); /* before unknown names, as CPython does */
  for (size_t i = 0; i < nkw; i++) {
    SkStr *name = sk_as_str(kwnames->items[i]);
    check_keyword(vm, s, name, param_by_name(s, name), given);
  }
}
