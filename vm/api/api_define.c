/* api_define.c - functions of the host: made from their signatures and put where they belong.  Layer 9.
 *
 * The function is a Python function whose code is one instruction (vm/run/host.c) and whose constant is a HostBody.  When
 * anything fails before it is there, the host's finalizer has been called and nothing was defined.
 */
#include <string.h>

#include "vm/api/api_def.h"
#include "vm/api/api_literal.h"

static const char unknown_class[] = "the annotation of '%.*s' is no class of builtins: '%.*s'";

typedef struct Making {
  skein_vm *v;
  const Definition *d;
  Signature s;
  SkCode *code;
  HostBody *body;         /* once it is there it owns |life| */
  HostLife *life;
  SkValue place;          /* UNSET: nowhere */
  SkValue result;
  const char *wrong;      /* a format for the two parts: MISUSE */
  Part wrong_name, wrong_text;
  SkDict *notes;
  SkList *classes;
} Making;

/* ---- code ---- */

static size_t register_of(const Signature *s, size_t i) {
  size_t before[4] = {0};
  for (size_t k = 0; k < i; k++) before[s->params[k].kind]++;
  bool varargs = false;
  for (size_t k = 0; k < s->count; k++) varargs |= s->params[k].kind == PARAM_VARARGS;
  switch (s->params[i].kind) {
  case PARAM_PLAIN: return before[PARAM_PLAIN];
  case PARAM_KEYWORD: return s->argcount + before[PARAM_KEYWORD];
  case PARAM_VARARGS: return s->argcount + s->kwonly;
  default: return s->argcount + s->kwonly + varargs;
  }
}

static const Part bare_args = {"args", 4};

static SkText put(char **to, const char *s, size_t n) {
  SkText t = {memcpy(*to, s, n), n};
  *to += n + 1;
  return t;
}

/* Code as the compiler makes it for "def name(...)", but for its one instruction.  NULL: no memory. */
static SkCode *make_code(const Signature *s) {
  size_t n = s->bare ? 1 : s->count, bytes = n * (sizeof(SkText) + 2) + sizeof(SkInsn) + sizeof(SkCodeConst) + 64;
  for (size_t i = 0; i < s->count; i++) bytes += s->params[i].name.n + 1;
  SkCode *c = sk_code_alloc(bytes + s->name.n + 16);
  if (!c) return NULL;
  SkInsn *insn = c->block;
  SkCodeConst *k = (SkCodeConst *)(insn + 1);
  SkText *names = (SkText *)(k + 1);
  uint8_t *cells = (uint8_t *)(names + n);
  char *text = (char *)(cells + n);
  *insn = (SkInsn){.op = SK_OP_HOST};
  *k = (SkCodeConst){.kind = SK_K_NONE}; /* its place is the body's */
  c->name = c->qualname = put(&text, s->name.s, s->name.n);
  c->filename = put(&text, "<host>", 6);
  c->flags = SK_CODE_OPTIMIZED | SK_CODE_NEWLOCALS | (s->bare ? SK_CODE_VARARGS : 0);
  for (size_t i = 0; i < s->count; i++) {
    const Param *p = &s->params[i];
    names[register_of(s, i)] = put(&text, p->name.s, p->name.n);
    c->flags |= p->kind == PARAM_VARARGS ? SK_CODE_VARARGS : p->kind == PARAM_VARKW ? SK_CODE_VARKEYWORDS : 0;
  }
  if (s->bare) names[0] = put(&text, bare_args.s, bare_args.n);
  c->first_line = 1;
  c->argcount = (uint16_t)s->argcount;
  c->posonly = (uint16_t)s->posonly;
  c->kwonly = (uint16_t)s->kwonly;
  c->nlocals = (uint16_t)n;
  c->nregs = (uint16_t)(n ? n : 1);
  c->varnames = names;
  c->is_cell = cells;
  c->insns = insn, c->ninsns = 1;
  c->consts = k, c->nconsts = 1;
  return c;
}

/* ---- annotations ---- */

static bool part_is(Part p, const char *s) { return p.n == strlen(s) && !memcmp(p.s, s, p.n); }

static uint32_t kind_named(Part p) {
  static const struct { const char *name; uint32_t kind; } kinds[] = {
      {"None", TAKES_NONE}, {"int", TAKES_INT}, {"float", TAKES_FLOAT}, {"str", TAKES_STR}, {"bytes", TAKES_BYTES}, {"bool", TAKES_BOOL},
      {"list", TAKES_LIST}, {"tuple", TAKES_TUPLE}, {"dict", TAKES_DICT}, {"set", TAKES_SET}, {"callable", TAKES_CALLABLE}, {"object", TAKES_ANY}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (part_is(p, kinds[i].name)) return kinds[i].kind;
  return 0;
}

/* A class of builtins, of the module where the function goes, or the host class itself; UNSET: unknown. */
static SkValue class_named(SkVm *vm, const Making *m, Part p) {
  if (part_is(p, "None")) return SK_NONE;
  SkStr *name = sk_str_intern(vm, sk_str_new(vm, p.s, p.n));
  SkValue x = sk_dict_get_str(vm, vm->builtins->dict, name);
  if (sk_is_unset(x) && sk_is_module(m->place)) x = sk_dict_get_str(vm, ((SkModule *)sk_ptr(m->place))->dict, name);
  if (sk_is_type(m->place) && sk_str_equal(sk_as_type(m->place)->name, name)) x = m->place;
  return sk_is_type(x) || part_is(p, "callable") ? x : SK_UNSET;
}

static bool next_alternative(Part *rest, Part *one) {
  if (!rest->n) return false;
  const char *bar = memchr(rest->s, '|', rest->n);
  size_t n = bar ? (size_t)(bar - rest->s) : rest->n, used = bar ? n + 1 : n;
  *one = (Part){rest->s, n};
  *rest = (Part){rest->s + used, rest->n - used};
  while (one->n && *one->s == ' ') one->s++, one->n--;
  while (one->n && one->s[one->n - 1] == ' ') one->n--;
  return true;
}

/* What __annotations__ shows; text that is no union of classes stays text. */
static SkValue note_value(SkVm *vm, Making *m, Part note) {
  SkValue all = SK_UNSET;
  for (Part rest = note, one; next_alternative(&rest, &one);) {
    SkValue x = class_named(vm, m, one);
    if (!sk_is_unset(x)) all = sk_is_unset(all) ? x : sk_union_or(vm, all, x);
    if (sk_is_unset(x) || sk_is_notimplemented(all)) return sk_from_ptr(sk_str_new(vm, note.s, note.n));
  }
  return all;
}

static void add_note(SkVm *vm, Making *m, Part name, Part note) {
  if (!m->notes) m->notes = sk_dict_new(vm);
  SkValue x = note_value(vm, m, note);
  sk_dict_set_str(vm, m->notes, sk_str_intern(vm, sk_str_new(vm, name.s, name.n)), x);
}

static void wrong_with(Making *m, const char *format, Part name, Part text) {
  if (m->wrong) return;
  m->wrong = format;
  m->wrong_name = name;
  m->wrong_text = text;
}

static uint32_t note_kinds(SkVm *vm, Making *m, const Param *p, Check *c) {
  uint32_t kinds = IS_CHECKED;
  for (Part rest = p->note, one; next_alternative(&rest, &one);) {
    uint32_t kind = kind_named(one);
    kinds |= kind;
    if (kind) continue;
    SkValue x = class_named(vm, m, one);
    if (!sk_is_type(x)) {
      wrong_with(m, unknown_class, p->name, one);
      return kinds;
    }
    if (!m->classes) m->classes = sk_list_new(vm, 4);
    if (!c->count++) c->first = (uint16_t)m->classes->count;
    sk_list_append(vm, m->classes, x);
  }
  return kinds & TAKES_ANY ? 0 : kinds;
}

/* ---- the body ---- */

static Part moved(Part p, const char *from, const char *to) { return p.n ? (Part){to + (p.s - from), p.n} : (Part){NULL, 0}; }

static void fill_body(SkVm *vm, Making *m) {
  HostBody *f = m->body;
  const Signature *s = &m->s;
  size_t text = strcspn(m->d->signature, "\n"), n = s->count, head = n * sizeof(Check) + n;
  sk_write_ptr(vm, f, &f->name, sk_str_intern(vm, sk_str_new(vm, s->name.s, s->name.n)));
  sk_write_ptr(vm, f, &f->table, sk_raw_new(vm, head + text + 1));
  Check *checks = (Check *)f->table->data;
  uint8_t *registers = (uint8_t *)(checks + n);
  char *copy = (char *)(registers + n);
  memcpy(copy, m->d->signature, text);
  f->enter = m->d->enter;
  f->fn = m->d->fn;
  f->user = m->d->user;
  f->count = (uint8_t)n;
  f->bare = s->bare;
  f->plain = true;
  for (size_t i = 0; i < n; i++) {
    const Param *p = &s->params[i];
    checks[i] = (Check){.name = moved(p->name, m->d->signature, copy), .note = moved(p->note, m->d->signature, copy)};
    registers[i] = (uint8_t)register_of(s, i);
    bool one = p->kind == PARAM_PLAIN || p->kind == PARAM_KEYWORD; /* what *args: T says about each item is not checked */
    if (p->note.n && one) checks[i].kinds = note_kinds(vm, m, p, &checks[i]);
    if (part_is(p->fallback, "...")) checks[i].kinds |= IS_OPTIONAL;
    if (part_is(p->fallback, "None") && checks[i].kinds) checks[i].kinds |= TAKES_NONE;
    if (p->note.n) add_note(vm, m, p->name, p->note);
    f->plain &= !checks[i].kinds && registers[i] == i;
  }
  if (m->classes) sk_write_ptr(vm, f, &f->classes, sk_list_as_tuple(vm, m->classes));
}

/* ---- defaults ---- */

static void set_defaults(SkVm *vm, Making *m, SkFunc *f) {
  SkList *plain = sk_list_new(vm, 0);
  for (size_t i = 0; i < m->s.count && !m->wrong; i++) {
    const Param *p = &m->s.params[i];
    if (!p->fallback.n) continue;
    SkValue x = host_literal(vm, p->fallback);
    const Check *c = &((const Check *)m->body->table->data)[i];
    if (sk_is_unset(x)) wrong_with(m, "the default of '%.*s' is no literal: '%.*s'", p->name, p->fallback);
    else if (p->kind == PARAM_PLAIN) sk_list_append(vm, plain, x);
    else {
      if (!f->kwdefaults) sk_write_ptr(vm, f, &f->kwdefaults, sk_dict_new(vm));
      sk_dict_set_str(vm, f->kwdefaults, sk_str_intern(vm, sk_str_new(vm, p->name.s, p->name.n)), x);
    }
    if (!m->wrong && (c->kinds & IS_CHECKED) && !(c->kinds & IS_OPTIONAL) && !host_fits(vm, m->body, c, x))
      wrong_with(m, "the default of '%.*s' is not what its annotation says: '%.*s'", p->name, p->fallback);
  }
  if (plain->count) sk_write_ptr(vm, f, &f->defaults, sk_list_as_tuple(vm, plain));
}

/* ---- places ---- */

SkValue host_place(SkVm *vm, SkValue where) { return sk_is_unset(where) ? sk_from_ptr(api_main(vm)) : where; }

void host_set(SkVm *vm, SkValue place, SkStr *name, SkValue value) {
  if (sk_is_module(place)) sk_dict_set_str(vm, ((SkModule *)sk_ptr(place))->dict, name, value);
  else sk_type_set(vm, sk_as_type(place), name, value);
}

static void look_like_method(SkVm *vm, SkFunc *f, const SkType *t) {
  SkValue module = sk_getattr_opt(vm, sk_from_ptr(t), SK_NAME(vm, dunder_module));
  if (!sk_is_unset(module)) sk_write(vm, f, &f->module, module);
  SkStr *qualname = sk_format(vm, "%U.%S", t->qualname, f->name);
  sk_write(vm, f, &f->qualname, sk_from_ptr(qualname));
}

static SkValue bound_as(SkVm *vm, char binding, SkFunc *f) {
  SkValue x = sk_from_ptr(f);
  if (!binding) return x;
  return sk_call1(vm, sk_from_ptr(vm->types[binding == 's' ? SK_T_staticmethod : SK_T_classmethod]), x);
}

static const SkTypeDef body_def;

static void make(SkVm *vm, void *arg) {
  Making *m = arg;
  const Definition *d = m->d;
  skein_vm *v = m->v;
  if (d->where) m->place = host_place(vm, m->place);
  if (d->finalize) m->life = host_life_new(vm, d->finalize, d->user);
  if (!v->body_type) v->body_type = sk_type_from_def(vm, &body_def);
  m->body = sk_object_new(vm, v->body_type, 0);
  m->body->life = m->life;
  fill_body(vm, m);
  SkDict *globals = sk_is_module(m->place) ? ((SkModule *)sk_ptr(m->place))->dict : api_main(vm)->dict;
  SkFunc *f = sk_host_func_new(vm, m->code, globals, m->body);
  if (m->s.doc.n) sk_write(vm, f, &f->doc, sk_from_ptr(sk_str_new(vm, m->s.doc.s, m->s.doc.n)));
  if (m->s.returns.n) add_note(vm, m, (Part){"return", 6}, m->s.returns);
  if (m->notes) sk_write(vm, f, &f->annotations, sk_from_ptr(m->notes));
  set_defaults(vm, m, f);
  if (m->wrong) return;
  if (sk_is_type(m->place)) look_like_method(vm, f, sk_as_type(m->place));
  SkValue value = bound_as(vm, m->s.binding, f);
  if (d->where) host_set(vm, m->place, m->body->name, value);
  m->result = value;
}

static skein_status look(Making *m) {
  skein_vm *v = m->v;
  const skein_val *where = m->d->where;
  skein_status s = signature_parse(v, m->d->signature, &m->s);
  if (s != SKEIN_OK) return s;
  if (where && where->bits) {
    if (!handle_get(v, *where, &m->place)) return SKEIN_ERR_MISUSE;
    if (!sk_is_module(m->place) && !is_host_class(v, m->place)) return api_misuse(v, "functions are defined in modules and host classes");
  }
  if (m->s.binding && !sk_is_type(m->place)) return api_misuse(v, "@static and @class are for host classes");
  if (sk_is_type(m->place) && part_is(m->s.name, "__new__")) return api_misuse(v, "host classes are made by __init__, not __new__");
  m->code = make_code(&m->s);
  return m->code ? SKEIN_OK : SKEIN_ERR_NOMEM;
}

/* The function will never be there: the host is told at once. */
static void give_up(Making *m) {
  if (m->body) m->body->life = NULL;
  if (m->life) sk_mem_free(core(m->v), m->life, sizeof *m->life);
  if (m->d->finalize) m->d->finalize(m->d->user);
}

skein_status host_define(skein_vm *v, const Definition *d) {
  if (d->out) *d->out = (skein_val){0};
  Making m = {.v = v, .d = d, .place = SK_UNSET, .result = SK_NONE};
  skein_status s = d->fn ? look(&m) : api_misuse(v, "the function is NULL");
  if (s == SKEIN_OK) s = api_enter(v, make, &m);
  if (m.code) sk_code_release(m.code);
  if (s == SKEIN_OK && m.wrong) s = api_misusef(v, m.wrong, (int)m.wrong_name.n, m.wrong_name.s, (int)m.wrong_text.n, m.wrong_text.s);
  if (s == SKEIN_OK && d->out && !(*d->out = handle_new(v, m.result)).bits) s = SKEIN_ERR_NOMEM;
  if (s != SKEIN_OK) give_up(&m);
  return s;
}

/* ---- the object that holds the host's function ---- */

static void body_trace(SkMarker *m, SkObject *o) {
  HostBody *f = (HostBody *)o;
  sk_mark_ptr(m, f->name);
  sk_mark_cell(m, f->table);
  sk_mark_ptr(m, f->classes);
}

static void body_finalize(SkVm *vm, SkObject *o) { host_life_over(vm, ((HostBody *)o)->life); }

static const SkTypeDef body_def = {.name = "host_body", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(HostBody),
                                   .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_FINAL, .trace = body_trace, .finalize = body_finalize};

/* ---- the interface ---- */

skein_status skein_def(skein_vm *v, skein_val where, const char *signature, skein_fn fn, void *user, skein_free_fn finalize) {
  return host_define(v, &(Definition){.signature = signature, .fn = (void (*)(void))fn, .user = user, .finalize = finalize, .where = &where});
}

skein_status skein_function(skein_vm *v, const char *signature, skein_fn fn, void *user, skein_free_fn finalize, skein_val *out) {
  skein_val ignored;
  Definition d = {.signature = signature, .fn = (void (*)(void))fn, .user = user, .finalize = finalize, .out = out ? out : &ignored};
  if (out) return host_define(v, &d);
  if (finalize) finalize(user);
  return api_misuse(v, "no place for the result");
}
