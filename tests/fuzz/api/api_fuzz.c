/* api_fuzz.c - random programs of API calls, to be run under the sanitizers.
 *
 * Two VMs with a table of handles each, most of them valid, many stale, some of the other VM, absent or invented.  Host
 * functions go on with the program that called them, so calls nest; finalizers count.  Whatever comes back is taken as
 * it is: what counts is that nothing crashes, nothing is read or written where it should not be, and that a VM can be reset.
 */
#include "tests/fuzz/api/api_fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm/api/skein.h"

enum { HANDLES = 24, SCOPES = 6, REFS = 6, CLASSES = 3, DEEPEST = 4 };

typedef struct Machine {
  skein_vm *vm;
  skein_val handles[HANDLES];
  skein_scope scopes[SCOPES];
  skein_ref *refs[REFS];
  skein_class *classes[CLASSES];
} Machine;

typedef struct Program { const uint8_t *p, *end; int depth; } Program;

static Machine machines[2];
static Program program;
static long alive; /* datas that the VMs have */

/* ---- choices ---- */

static unsigned byte(void) { return program.p < program.end ? *program.p++ : 0; }
static unsigned below(unsigned n) { return byte() % n; }
#define ONE_OF(table) (table)[below(sizeof(table) / sizeof *(table))]

static const char *const names[] = {"x", "f", "d", "l", "C", "append", "__len__", "real", "nope", "", "k\xc3\xa9", "\xff", "__class__", "__dict__", "move"};
static const char *const expressions[] = {
    "1", "'text'", "[1, 2, 3]", "{'x': 1}", "(1, 'a', b'b')", "lambda *a, **k: (a, k)", "range(10)", "1/0", "[i for i in range(50)]", "x", "f(1, 2)", "f(x)", "C()",
    "C(1)", "o.move(1)", "o.prop", "(i * 2 for i in l)", "2**80", "1.5", "None", "ValueError('v')", "ExceptionGroup('g', [OSError(1)])", "l.append(x)", "f(f, f, f)",
    "'a' * 200 + 'b'", "s + 'zz'", "sorted([3, 1, 2], key=lambda v: -v)", "type('T', (), {})()", "__import__('json').dumps([1, {'a': None}])", "f(*range(30))", "o + o", "f.__code__"};
static const char *const statements[] = {
    "x = 1\n", "def f(*a): return a\n", "s = 'q' * 150\nfor i in range(9): s += 'r'\n", "class C:\n  def __init__(self, *a): self.a = a\n", "raise KeyError('k')\n",
    "class D(C):\n  pass\no = D()\n", "del x\n", "l = []\nfor i in range(100): l.append(C())\n", "import gc\ngc.collect()\n", "while True: pass\n", "def g():\n  yield f(1)\n  yield 2\nx = list(g())\n",
    "try:\n  f(1)\nexcept Exception as e:\n  x = e\n", "class W(C):\n  def __del__(self): f(self)\nW()\n", "o = C(1)\no.prop = 5\n", "def r(n): return f(r, n)\nr(1)\n", "x = = 1\n",
    "f.__defaults__ = (1, 2)\n", "f.__code__ = (lambda a: a).__code__\n", "import weakref\nw = weakref.ref(o)\ndel o\n", "async def a(): return f(1)\nimport asyncio\nx = asyncio.run(a())\n"};
static const char *const signatures[] = {
    "f", "f()", "f(a)", "f(a: int, b: str = 'x', *c, d=1, **e) -> int\nDoc.", "f(a, b=..., /, *, k=None)", "f(v: float | None = None)", "move(self, by: int = 1)", "__init__(self, x=0)",
    "__add__(self, other)", "@static z()", "@class z(cls)", "__len__(self)", "__eq__(self, o)", "__hash__(self)", "__getattr__(self, n)", "__call__(self, *a)", "__iter__(self)", "__new__(cls)",
    "f(", "f(a, a)", "f(x: Nope)", "f(x=[])", "f(*)", "prop: int", "f(a: C)", "f(c: callable)", "__del__(self)", "__repr__(self)", "__setattr__(self, n, v)", "__bool__(self)"};
static const char *const patterns[] = {"i", "q", "u", "d", "b", "s", "z", "s#", "z#", "y", "v", "n", "(ii)", "[sv]", "i|s", "|iis", "vv", "((i)d)", "(", "i||", "x", ""};
static const char *const types[] = {"ValueError", "KeyError", "KeyboardInterrupt", "int", "Nope", "MemoryError", "StopIteration"};

static skein_val handle(Machine *m) {
  unsigned how = below(32);
  if (how == 0) return (skein_val){0};
  if (how == 1) return ONE_OF(machines[m == machines].handles);
  if (how == 2) return (skein_val){(uint64_t)byte() << 32 | byte()};
  if (how == 3) return (skein_val){m->handles[0].bits ^ (uint64_t)1 << below(64)};
  return ONE_OF(m->handles);
}

static skein_val *place(Machine *m) { return &ONE_OF(m->handles); }
static skein_val *place_or_null(Machine *m) { return below(16) ? place(m) : NULL; }

static size_t some_handles(Machine *m, skein_val *out, size_t room) {
  size_t n = below(8) ? below(4) : below((unsigned)room);
  for (size_t i = 0; i < n; i++) out[i] = handle(m);
  return n;
}

/* A text of the table, now and then with a byte changed. */
static const char *mangled(const char *text, char *room, size_t size) {
  if (below(4)) return text;
  size_t n = strlen(text);
  if (n >= size) n = size - 1;
  memcpy(room, text, n);
  room[n] = 0;
  if (n) room[below((unsigned)n)] = (char)byte();
  return room;
}

/* ---- what the VMs call ---- */

static void step(Machine *m);

static Machine *machine_of(const skein_vm *vm) { return &machines[machines[1].vm == vm]; }

static skein_status chaos(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_val *out) {
  static const skein_status statuses[] = {SKEIN_OK, SKEIN_OK, SKEIN_OK, SKEIN_OK, SKEIN_OK, SKEIN_ERR_EXC, SKEIN_ERR_EXC, SKEIN_ERR_NOMEM, SKEIN_ERR_MISUSE, SKEIN_ERR_FUEL, (skein_status)77};
  Machine *m = machine_of(vm);
  (void)user;
  for (size_t i = 0; i < n && i < 4; i++) m->handles[below(HANDLES)] = args[i];
  if (program.depth < DEEPEST) {
    program.depth++;
    for (unsigned i = below(6); i--;) step(m);
    program.depth--;
  }
  *out = handle(m);
  return ONE_OF(statuses);
}

static void finalize(void *data) {
  if (data) {
    alive--;
    free(data);
  }
}

static void *fresh_data(void) {
  int *data = malloc(sizeof *data);
  if (!data) abort();
  *data = 4711;
  alive++;
  return data;
}

static void use_data(const void *data) {
  if (data && *(const int *)data != 4711) abort(); /* another class's, or one that was freed */
}

typedef struct Posted { skein_job job; } Posted;
static void run_job(skein_vm *vm, skein_job *job) {
  free(job);
  if (vm && program.depth < DEEPEST) {
    program.depth++;
    step(machine_of(vm));
    program.depth--;
  }
}

static void post(skein_vm *vm) {
  Posted *p = calloc(1, sizeof *p);
  if (!p) abort();
  p->job.run = run_job;
  skein_post(vm, &p->job);
}

static void nowhere(void *user, int stream, const char *text, size_t n) {
  (void)user, (void)stream, (void)text, (void)n;
}

/* ---- life ---- */

static skein_status setup(skein_vm *vm, void *user) {
  Machine *m = user;
  static const char text[] = "x = 1\nl = [1]\nd = {}\ns = 'abc'\n";
  memset(m->classes, 0, sizeof m->classes);
  if (skein_class_new(vm, (skein_val){0}, "C", finalize, &m->classes[0]) != SKEIN_OK) return SKEIN_ERR_MISUSE;
  skein_val c = skein_class_value(vm, m->classes[0]);
  skein_def(vm, c, "__init__(self, *args)", chaos, NULL, NULL);
  skein_def(vm, c, "move(self, by: int = 1)", chaos, NULL, NULL);
  skein_def(vm, c, "__add__(self, other: C)", chaos, NULL, NULL);
  skein_def_property(vm, c, "prop: int", chaos, chaos, NULL);
  skein_def(vm, (skein_val){0}, "f", chaos, fresh_data(), finalize);
  skein_val o;
  void *data = fresh_data();
  if (skein_object_new(vm, m->classes[0], data, &o) == SKEIN_OK) skein_set_global(vm, "o", o);
  else finalize(data);
  return skein_exec(vm, text, sizeof text - 1, "<setup>");
}

static void limits(skein_limits *l) {
  skein_limits_init(l);
  l->fuel = 30000;
  l->heap = 48 << 20;
  l->depth = 200;
  l->final = below(4) ? 0 : below(16);
}

static void make_machine(Machine *m) {
  skein_config c;
  skein_config_init(&c);
  c.write = nowhere;
  c.setup = setup;
  c.setup_user = m;
  c.caps = SKEIN_CAP_EVAL;
  c.limits.heap = 48 << 20;
  memset(m, 0, sizeof *m);
  if (skein_vm_new(&c, &m->vm) != SKEIN_OK) abort();
}

static void renew(Machine *m) {
  if (skein_vm_reset(m->vm) == SKEIN_OK) return;
  if (program.depth) return; /* refused from inside */
  for (int i = 0; i < REFS; i++) skein_ref_free(m->vm, m->refs[i]);
  skein_vm_free(m->vm);
  make_machine(m);
}

/* ---- steps ---- */

static void make_value(Machine *m, skein_vm *vm) {
  char room[64];
  skein_val items[40];
  skein_val *out = place_or_null(m);
  const char *text = ONE_OF(expressions);
  switch (below(12)) {
  case 0: *place(m) = skein_int(vm, (int64_t)((uint64_t)byte() << below(64)) - byte()); break;
  case 1: *place(m) = skein_float(vm, (double)byte() / 7 * (below(8) ? 1 : 1e300)); break;
  case 2: *place(m) = skein_none(vm); break;
  case 3: *place(m) = skein_bool(vm, below(2)); break;
  case 4: skein_str(vm, mangled(text, room, sizeof room), strlen(text) % 60, out); break;
  case 5: skein_bytes(vm, below(8) ? text : NULL, below(8), out); break;
  case 6: skein_int_text(vm, mangled("12345678901234567890", room, sizeof room), out); break;
  case 7: skein_list(vm, items, some_handles(m, items, 40), out); break;
  case 8: skein_tuple(vm, items, some_handles(m, items, 40), out); break;
  case 9: skein_dict(vm, out); break;
  case 10: skein_build(vm, out, "{s:i,s:[vv],z:(dnb)}", "a", (int)byte(), "b", handle(m), handle(m), below(2) ? "c" : NULL, 1.5, (int)below(2)); break;
  default: skein_build(vm, out, "[quys#v]", (int64_t)byte(), (uint64_t)byte() << 56, "bytes", (size_t)below(6), "text", (size_t)below(5), handle(m)); break;
  }
}

static void read_value(Machine *m, skein_vm *vm) {
  bool b, is;
  int64_t i;
  double d;
  const char *s;
  const void *p;
  size_t n;
  skein_val v = handle(m);
  switch (below(12)) {
  case 0: skein_get_bool(vm, v, &b); break;
  case 1: skein_get_int(vm, v, &i); break;
  case 2: skein_get_float(vm, v, &d); break;
  case 3: if (skein_get_str(vm, v, &s, below(2) ? &n : NULL) == SKEIN_OK && s[strlen(s)]) abort(); break;
  case 4: skein_get_bytes(vm, v, &p, &n); break;
  case 5: skein_typeof(vm, v); break;
  case 6: if (strlen(skein_type_name(vm, v)) > 1000) abort(); break;
  case 7: skein_len(vm, v, &n); break;
  case 8: skein_equal(vm, v, handle(m), &is); break;
  case 9: skein_is(vm, v, handle(m)); break;
  case 10: skein_repr(vm, v, place_or_null(m)); break;
  default: skein_text(vm, v, place_or_null(m)); break;
  }
}

static void use_parts(Machine *m, skein_vm *vm) {
  skein_val o = handle(m), *out = place_or_null(m);
  const char *name = below(32) ? ONE_OF(names) : NULL;
  bool more;
  switch (below(14)) {
  case 0: skein_get_attr(vm, o, name, out); break;
  case 1: skein_set_attr(vm, o, name, handle(m)); break;
  case 2: skein_get_item(vm, o, handle(m), out); break;
  case 3: skein_set_item(vm, o, handle(m), handle(m)); break;
  case 4: skein_get_index(vm, o, (int64_t)byte() - 8, out); break;
  case 5: skein_get_key(vm, o, name, out); break;
  case 6: skein_set_key(vm, o, name, handle(m)); break;
  case 7: skein_append(vm, o, handle(m)); break;
  case 8: skein_get_global(vm, name, out); break;
  case 9: skein_set_global(vm, name, handle(m)); break;
  case 10: skein_iter(vm, o, out); break;
  case 11: skein_next(vm, o, out, &more); break;
  case 12: skein_module(vm, name, out); break;
  default: skein_import(vm, below(4) ? "json" : name ? name : "x", out); break;
  }
}

static void call_things(Machine *m, skein_vm *vm) {
  skein_val args[40], *out = place_or_null(m);
  size_t n = some_handles(m, args, 40);
  switch (below(4)) {
  case 0: case 1: skein_call(vm, handle(m), args, n, out); break;
  case 2: skein_call_kw(vm, handle(m), args, n, handle(m), out); break;
  default: skein_call_method(vm, handle(m), ONE_OF(names), args, n, out); break;
  }
}

static void run_text(Machine *m, skein_vm *vm) {
  char room[256];
  const char *text = below(2) ? ONE_OF(expressions) : ONE_OF(statements);
  bool more;
  switch (below(4)) {
  case 0: text = ONE_OF(statements); skein_exec(vm, text, strlen(text), below(2) ? "<fuzz>" : NULL); break;
  case 1: text = mangled(text, room, sizeof room); skein_exec(vm, text, strlen(text), NULL); break;
  case 2: skein_eval(vm, mangled(ONE_OF(expressions), room, sizeof room), place_or_null(m)); break;
  default: skein_interactive(vm, text, strlen(text), below(2) ? &more : NULL); break;
  }
}

static void use_scopes(Machine *m, skein_vm *vm) {
  skein_ref **ref = &ONE_OF(m->refs);
  switch (below(6)) {
  case 0: ONE_OF(m->scopes) = skein_scope_open(vm); break;
  case 1: skein_scope_close(vm, ONE_OF(m->scopes)); break;
  case 2: *place(m) = skein_scope_escape(vm, ONE_OF(m->scopes), handle(m)); break;
  case 3:
    skein_ref_free(vm, *ref);
    *ref = skein_ref_new(vm, handle(m));
    break;
  case 4: *place(m) = skein_ref_get(vm, *ref); break;
  default: *place(m) = skein_ref_get(vm, ONE_OF(machines[m == machines].refs)); break;
  }
}

static void define_things(Machine *m, skein_vm *vm) {
  char room[96];
  const char *signature = mangled(ONE_OF(signatures), room, sizeof room);
  skein_class **c = &ONE_OF(m->classes);
  skein_val *out = place_or_null(m);
  void *data = fresh_data();
  switch (below(8)) {
  case 0: skein_def(vm, handle(m), signature, chaos, data, finalize); return;
  case 1: skein_function(vm, signature, chaos, data, finalize, out); return;
  case 2: skein_def(vm, skein_class_value(vm, *c), signature, below(16) ? chaos : NULL, data, finalize); return;
  case 3: skein_def_property(vm, skein_class_value(vm, *c), signature, chaos, below(2) ? chaos : NULL, NULL); break;
  case 4: skein_class_new(vm, handle(m), ONE_OF(names), finalize, c); break;
  case 5:
    if (skein_object_new(vm, below(8) ? *c : ONE_OF(machines[m == machines].classes), data, out) == SKEIN_OK) return;
    break;
  case 6:
    if (skein_object_set(vm, handle(m), data) == SKEIN_OK) return;
    break;
  default: use_data(skein_object_data(vm, handle(m), *c)); break;
  }
  finalize(data);
}

static void use_errors(Machine *m, skein_vm *vm) {
  skein_val v = handle(m);
  skein_frame frames[3] = {{.size = sizeof *frames}};
  bool is_exc = skein_typeof(vm, v) == SKEIN_T_EXC || skein_typeof(vm, v) == SKEIN_T_EXCGROUP;
  if (!is_exc && below(8) > 2) return;
  switch (below(is_exc ? 10 : 4)) {
  case 0: skein_raise(vm, ONE_OF(types), "message"); break;
  case 1: skein_raise_exc(vm, v); break;
  case 2: case 3: *place(m) = skein_exc_take(vm); break;
  case 4: if (strlen(skein_exc_type(vm, v)) > 1000) abort(); break;
  case 5: if (strlen(skein_exc_message(vm, v)) > 1000000) abort(); break;
  case 6: skein_exc_frames(vm, v, frames, 3); break;
  case 7: skein_exc_split(vm, v, ONE_OF(types), place(m), place(m)); break;
  case 8: *place(m) = skein_exc_at(vm, v, below(3)); break;
  default: skein_exc_format(vm, v, NULL, nowhere, NULL); break;
  }
}

static void parse_things(Machine *m, skein_vm *vm) {
  struct { uint64_t words[4]; } room[12];
  skein_val args[4];
  char text[8];
  size_t n = below(4);
  for (size_t i = 0; i < n; i++) args[i] = handle(m);
  const char *pattern = mangled(ONE_OF(patterns), text, sizeof text);
  if (strlen(pattern) > 6) return;
  skein_parse(vm, args, n, pattern, &room[0], &room[1], &room[2], &room[3], &room[4], &room[5], &room[6], &room[7], &room[8], &room[9], &room[10], &room[11]);
}

static void rare_things(Machine *m, skein_vm *vm) {
  skein_limits l;
  skein_stats stats = {.size = sizeof stats};
  switch (below(12)) {
  case 0: if (!below(16)) renew(m); break;
  case 1: limits(&l); skein_set_limits(vm, &l); break;
  case 2: skein_interrupt(vm, (skein_stop)below(2)); break;
  case 3: if (!below(8)) skein_interrupt(vm, SKEIN_STOP_KILL); break;
  case 4: skein_uninterrupt(vm); break;
  case 5: case 6: post(vm); break;
  case 7: skein_vm_stats(vm, &stats); break;
  case 8: if (program.depth) skein_vm_free(vm); break; /* refused */
  case 9: skein_stopped(vm); break;
  case 10: if (strlen(skein_misuse(vm)) > 1000) abort(); break;
  default: if (!below(4)) skein_gc(vm); break;
  }
}

static void step(Machine *m) {
  if (!below(12)) m = &machines[m == machines]; /* also in the middle of a call of the other */
  skein_vm *vm = m->vm;
  switch (below(16)) {
  case 0: case 1: make_value(m, vm); break;
  case 2: case 3: read_value(m, vm); break;
  case 4: case 5: use_parts(m, vm); break;
  case 6: case 7: call_things(m, vm); break;
  case 8: case 9: run_text(m, vm); break;
  case 10: use_scopes(m, vm); break;
  case 11: case 12: define_things(m, vm); break;
  case 13: use_errors(m, vm); break;
  case 14: parse_things(m, vm); break;
  default: rare_things(m, vm); break;
  }
}

void api_fuzz(const uint8_t *bytes, size_t n) {
  program = (Program){bytes, bytes + n, 0};
  for (int i = 0; i < 2; i++) {
    Machine *m = &machines[i];
    skein_limits l;
    if (!m->vm) make_machine(m);
    skein_uninterrupt(m->vm);
    skein_exc_take(m->vm);
    skein_scope_close(m->vm, (skein_scope){0}); /* what the last program left */
    limits(&l);
    if (skein_stopped(m->vm) != SKEIN_OK) renew(m);
    skein_set_limits(m->vm, &l);
  }
  while (program.p < program.end) step(&machines[0]);
}

void api_fuzz_end(void) {
  for (int i = 0; i < 2; i++) {
    Machine *m = &machines[i];
    for (int k = 0; m->vm && k < REFS; k++) skein_ref_free(m->vm, m->refs[k]);
    skein_vm_free(m->vm);
    m->vm = NULL;
  }
  if (alive) {
    fprintf(stderr, "%ld objects of the host were never finalized\n", alive);
    abort();
  }
}
