/* bind.c - from the arguments of a call to the parameters of a function.  Layer 7.
 *
 * Works in place: the positional arguments already stand in the parameters' registers.  A register that is
 * still UNSET after arguments and defaults is what a "missing" message names.
 */
#include "vm/object/suggest.h"
#include "vm/run/run_impl.h"

typedef struct Bind {
  SkVm *vm;
  SkFunc *f;
  const SkCode *c;
  SkValue *nr;
  size_t given;        /* positional arguments */
  SkTuple *kwnames;
  const SkValue *kwvalues;
  SkDict *extra;       /* **kwargs */
} Bind;

static SkStr *param_name(const Bind *b, size_t i) { return (SkStr *)(b->f->code->params->items[i].bits - 1); }

static bool name_is(const SkText *t, const SkStr *s) { return t->n == s->bytes && memcmp(t->s, s->data, t->n) == 0; }

/* 'a', 'b', and 'c' */
static SkStr *listing(Bind *b, const size_t *which, size_t n) {
  SkStrBuf out;
  sk_strbuf_init(b->vm, &out);
  for (size_t i = 0; i < n; i++) {
    if (i) sk_strbuf_adds(&out, n == 2 ? " and " : i == n - 1 ? ", and " : ", ");
    sk_strbuf_adds(&out, "'");
    sk_strbuf_add(&out, b->c->varnames[which[i]].s, b->c->varnames[which[i]].n);
    sk_strbuf_adds(&out, "'");
  }
  return sk_strbuf_finish(&out);
}

SK_NORETURN static void raise_missing(Bind *b, size_t from, size_t to, const char *kind) {
  size_t *which = sk_scratch(b->vm, (to - from + 1) * sizeof *which), n = 0;
  for (size_t i = from; i < to; i++) {
    if (sk_is_unset(b->nr[i])) which[n++] = i;
  }
  SkStr *names = listing(b, which, n);
  sk_raise_type(b->vm, "%S() missing %zd required %s argument%s: %U", b->f->qualname, n, kind, n == 1 ? "" : "s", names);
}

SK_NORETURN static void raise_too_many(Bind *b) {
  size_t argc = b->c->argcount, defaults = b->f->defaults ? b->f->defaults->count : 0, kwonly = 0;
  for (size_t i = argc; i < (size_t)argc + b->c->kwonly; i++) kwonly += !sk_is_unset(b->nr[i]);
  SkVm *vm = b->vm;
  SkStr *takes = defaults ? sk_format(vm, "from %zd to %zd", argc - defaults, argc) : sk_format(vm, "%zd", argc);
  bool plural = defaults || argc != 1;
  SkStr *given = kwonly ? sk_format(vm, "%zd positional argument%s (and %zd keyword-only argument%s) were", b->given,
                                    b->given == 1 ? "" : "s", kwonly, kwonly == 1 ? "" : "s")
                        : sk_format(vm, "%zd %s", b->given, b->given == 1 ? "was" : "were");
  sk_raise_type(vm, "%S() takes %U positional argument%s but %U given", b->f->qualname, takes, plural ? "s" : "", given);
}

/* Positional-only parameters that were given by keyword: all of them are named at once. */
static void check_posonly(Bind *b) {
  SkStrBuf out;
  bool any = false;
  for (size_t i = 0; i < b->c->posonly; i++) {
    for (size_t j = 0; j < b->kwnames->count; j++) {
      if (!name_is(&b->c->varnames[i], sk_as_str(b->kwnames->items[j]))) continue;
      if (!any) sk_strbuf_init(b->vm, &out);
      if (any) sk_strbuf_adds(&out, ", ");
      any = true;
      sk_strbuf_add(&out, b->c->varnames[i].s, b->c->varnames[i].n);
    }
  }
  if (any) {
    sk_raise_type(b->vm, "%S() got some positional-only arguments passed as keyword arguments: '%U'", b->f->qualname, sk_strbuf_finish(&out));
  }
}

SK_NORETURN static void raise_unexpected(Bind *b, SkStr *name) {
  if (b->c->posonly) check_posonly(b);
  size_t from = b->c->posonly, n = (size_t)b->c->argcount + b->c->kwonly;
  SkList *names = sk_list_new(b->vm, n - from);
  for (size_t i = from; i < n; i++) sk_list_append(b->vm, names, sk_from_ptr(param_name(b, i)));
  SkStr *best = sk_suggest(name, sk_list_items(names), names->count);
  if (best) sk_raise_type(b->vm, "%S() got an unexpected keyword argument '%U'. Did you mean '%U'?", b->f->qualname, name, best);
  sk_raise_type(b->vm, "%S() got an unexpected keyword argument '%U'", b->f->qualname, name);
}

static void bind_keywords(Bind *b) {
  size_t n = (size_t)b->c->argcount + b->c->kwonly;
  for (size_t j = 0; j < b->kwnames->count; j++) {
    SkStr *name = sk_as_str(b->kwnames->items[j]);
    size_t i = b->c->posonly;
    while (i < n && param_name(b, i) != name) i++;
    if (i == n && !(name->head.aux & SK_STR_INTERNED)) {
      i = b->c->posonly;
      while (i < n && !sk_str_equal(param_name(b, i), name)) i++;
    }
    if (i < n) {
      if (!sk_is_unset(b->nr[i])) sk_raise_type(b->vm, "%S() got multiple values for argument '%U'", b->f->qualname, name);
      b->nr[i] = b->kwvalues[j];
    } else if (b->extra) {
      sk_dict_set_str(b->vm, b->extra, name, b->kwvalues[j]);
    } else {
      raise_unexpected(b, name);
    }
  }
}

static void bind_defaults(Bind *b) {
  size_t argc = b->c->argcount, kwonly = b->c->kwonly;
  size_t defaults = b->f->defaults ? b->f->defaults->count : 0;
  size_t required = argc > defaults ? argc - defaults : 0;
  bool missing = false;
  for (size_t i = b->given; i < required; i++) missing |= sk_is_unset(b->nr[i]);
  if (missing) raise_missing(b, b->given, required, "positional");
  for (size_t i = b->given > required ? b->given : required; i < argc; i++) {
    if (sk_is_unset(b->nr[i])) b->nr[i] = b->f->defaults->items[i - (argc - defaults)];
  }
  if (!kwonly) return;
  for (size_t i = argc; i < argc + kwonly; i++) {
    if (!sk_is_unset(b->nr[i])) continue;
    if (b->f->kwdefaults) b->nr[i] = sk_dict_get_str(b->vm, b->f->kwdefaults, param_name(b, i));
    missing |= sk_is_unset(b->nr[i]);
  }
  if (missing) raise_missing(b, argc, argc + kwonly, "keyword-only");
}

static void bind_all(Bind *b) {
  size_t argc = b->c->argcount, named = argc + b->c->kwonly, given = b->given;
  SkTuple *rest = NULL;
  if (b->c->flags & SK_CODE_VARARGS) {
    rest = given > argc ? sk_tuple_from(b->vm, b->nr + argc, given - argc) : b->vm->empty_tuple;
  }
  for (size_t i = given < argc ? given : argc; i < named; i++) b->nr[i] = SK_UNSET;
  size_t at = named;
  if (rest) b->nr[at++] = sk_from_ptr(rest);
  if (b->c->flags & SK_CODE_VARKEYWORDS) b->nr[at++] = sk_from_ptr(b->extra = sk_dict_new(b->vm));
  if (b->kwnames) bind_keywords(b);
  if (given > argc && !rest) raise_too_many(b);
  if (b->given > argc) b->given = argc;
  bind_defaults(b);
}

void run_bind(SkVm *vm, SkFunc *f, SkValue *nr, size_t nargs, SkTuple *kwnames) {
  const SkCode *c = f->code->code;
  if (!kwnames && !c->kwonly && !(c->flags & (SK_CODE_VARARGS | SK_CODE_VARKEYWORDS))) {
    size_t argc = c->argcount;
    if (nargs == argc) return;
    size_t defaults = f->defaults ? f->defaults->count : 0;
    if (nargs < argc && nargs + defaults >= argc) {
      const SkValue *d = f->defaults->items + defaults - argc;
      for (size_t i = nargs; i < argc; i++) nr[i] = d[i];
      return;
    }
  }
  size_t nkw = kwnames ? kwnames->count : 0;
  SkValue few[8], *kw = few;
  size_t most = (size_t)c->argcount + c->kwonly + 2;
  run_of(vm)->live_top = nr + (nargs + nkw > most ? nargs + nkw : most);
  if (nkw > 8) kw = sk_tuple_from(vm, nr + nargs, nkw)->items;
  else memcpy(few, nr + nargs, nkw * sizeof *kw);
  Bind b = {.vm = vm, .f = f, .c = c, .nr = nr, .given = nargs, .kwnames = kwnames, .kwvalues = kw};
  bind_all(&b);
  run_of(vm)->live_top = NULL;
  sk_keep(kw);
}
