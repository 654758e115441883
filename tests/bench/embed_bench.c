/* embed_bench.c - what crossing the border costs: Skein's C interface and Lua 5.4's, side by side in one run.
 *
 *   embed_bench                  the table: nanoseconds of CPU time for one operation, least of seven rounds that take turns
 *   embed_bench NAME ENGINE N    one operation N times ("skein" or "lua"), to be run under callgrind: the difference of two
 *                                runs by the difference of their N is instructions per operation
 */
#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vm/api/skein.h"

static skein_vm *vm;
static lua_State *lua;
static volatile int64_t sink;

static void check(bool good) {
  if (good) return;
  fprintf(stderr, "failed: %s\n", vm ? skein_misuse(vm) : "");
  exit(1);
}

/* ---- functions of the host ---- */

static skein_status s_zero(skein_vm *v, void *user, const skein_val *args, size_t n, skein_val *out) {
  (void)v, (void)user, (void)args, (void)n, (void)out;
  return SKEIN_OK;
}
static skein_status s_one(skein_vm *v, void *user, const skein_val *args, size_t n, skein_val *out) {
  (void)user, (void)n;
  int64_t a;
  if (skein_get_int(v, args[0], &a) != SKEIN_OK) return SKEIN_ERR_EXC;
  *out = skein_int(v, a + 1);
  return SKEIN_OK;
}
static skein_status s_three(skein_vm *v, void *user, const skein_val *args, size_t n, skein_val *out) {
  (void)user, (void)n;
  int64_t a, b, c;
  if (skein_get_int(v, args[0], &a) != SKEIN_OK || skein_get_int(v, args[1], &b) != SKEIN_OK || skein_get_int(v, args[2], &c) != SKEIN_OK) return SKEIN_ERR_EXC;
  *out = skein_int(v, a + b + c);
  return SKEIN_OK;
}
static int l_zero(lua_State *l) { return (void)l, 0; }
static int l_one(lua_State *l) { return lua_pushinteger(l, luaL_checkinteger(l, 1) + 1), 1; }
static int l_three(lua_State *l) { return lua_pushinteger(l, luaL_checkinteger(l, 1) + luaL_checkinteger(l, 2) + luaL_checkinteger(l, 3)), 1; }

/* ---- setting up ---- */

static const char s_text[] =
    "def f0(): return 1\ndef f1(a): return a\ndef f3(a, b, c): return a\n"
    "def out0(n):\n  h = h0\n  for i in range(n): h()\n"
    "def out1(n):\n  h = h1\n  for i in range(n): h(i)\n"
    "def out3(n):\n  h = h3\n  for i in range(n): h(i, i, i)\n"
    "def loop(n):\n  for i in range(n): pass\n"
    "d = {'key': 1}\n";
static const char l_text[] =
    "function f0() return 1 end function f1(a) return a end function f3(a, b, c) return a end\n"
    "function out0(n) local h = h0 for i = 1, n do h() end end\n"
    "function out1(n) local h = h1 for i = 1, n do h(i) end end\n"
    "function out3(n) local h = h3 for i = 1, n do h(i, i, i) end end\n"
    "function loop(n) for i = 1, n do end end\n"
    "d = {key = 1}\n";

static skein_val s_f[3], s_d;

static skein_val s_global(const char *name) {
  skein_val v;
  check(skein_get_global(vm, name, &v) == SKEIN_OK);
  return v;
}

static void set_up(void) {
  check(skein_vm_new(NULL, &vm) == SKEIN_OK);
  check(skein_def(vm, (skein_val){0}, "h0()", s_zero, NULL, NULL) == SKEIN_OK);
  check(skein_def(vm, (skein_val){0}, "h1(a)", s_one, NULL, NULL) == SKEIN_OK);
  check(skein_def(vm, (skein_val){0}, "h3(a, b, c)", s_three, NULL, NULL) == SKEIN_OK);
  check(skein_exec(vm, s_text, sizeof s_text - 1, NULL) == SKEIN_OK);
  s_f[0] = s_global("f0"), s_f[1] = s_global("f1"), s_f[2] = s_global("f3"), s_d = s_global("d");
  lua = luaL_newstate();
  luaL_openlibs(lua);
  lua_register(lua, "h0", l_zero);
  lua_register(lua, "h1", l_one);
  lua_register(lua, "h3", l_three);
  check(luaL_dostring(lua, l_text) == LUA_OK);
  lua_getglobal(lua, "f0"), lua_getglobal(lua, "f1"), lua_getglobal(lua, "f3"), lua_getglobal(lua, "d"); /* stack 1 to 4 */
}

/* ---- operations ---- */

static void s_call(int which, int n_args) {
  skein_scope scope = skein_scope_open(vm);
  skein_val args[3], out;
  int64_t i = 0;
  for (int k = 0; k < n_args; k++) args[k] = skein_int(vm, k);
  check(skein_call(vm, s_f[which], args, (size_t)n_args, &out) == SKEIN_OK && skein_get_int(vm, out, &i) == SKEIN_OK);
  sink += i;
  skein_scope_close(vm, scope);
}
static void l_call(int which, int n_args) {
  lua_pushvalue(lua, which + 1);
  for (int k = 0; k < n_args; k++) lua_pushinteger(lua, k);
  check(lua_pcall(lua, n_args, 1, 0) == LUA_OK);
  sink += lua_tointeger(lua, -1);
  lua_pop(lua, 1);
}
static void s_in0(long n) { while (n--) s_call(0, 0); }
static void s_in1(long n) { while (n--) s_call(1, 1); }
static void s_in3(long n) { while (n--) s_call(2, 3); }
static void l_in0(long n) { while (n--) l_call(0, 0); }
static void l_in1(long n) { while (n--) l_call(1, 1); }
static void l_in3(long n) { while (n--) l_call(2, 3); }

static void s_run(const char *name, long n) {
  skein_scope scope = skein_scope_open(vm);
  skein_val arg = skein_int(vm, n);
  check(skein_call(vm, s_global(name), &arg, 1, NULL) == SKEIN_OK);
  skein_scope_close(vm, scope);
}
static void l_run(const char *name, long n) {
  lua_getglobal(lua, name);
  lua_pushinteger(lua, n);
  check(lua_pcall(lua, 1, 0, 0) == LUA_OK);
}
static void s_out0(long n) { s_run("out0", n); }
static void s_out1(long n) { s_run("out1", n); }
static void s_out3(long n) { s_run("out3", n); }
static void l_out0(long n) { l_run("out0", n); }
static void l_out1(long n) { l_run("out1", n); }
static void l_out3(long n) { l_run("out3", n); }

static void s_int(long n) {
  while (n--) {
    skein_scope scope = skein_scope_open(vm);
    int64_t i = 0;
    check(skein_get_int(vm, skein_int(vm, n), &i) == SKEIN_OK);
    sink += i;
    skein_scope_close(vm, scope);
  }
}
static void l_int(long n) {
  while (n--) {
    lua_pushinteger(lua, n);
    sink += lua_tointeger(lua, -1);
    lua_pop(lua, 1);
  }
}
static void s_string(long n) {
  while (n--) {
    skein_scope scope = skein_scope_open(vm);
    skein_val v;
    const char *s = "    ";
    size_t size;
    check(skein_str(vm, "a short text", 12, &v) == SKEIN_OK && skein_get_str(vm, v, &s, &size) == SKEIN_OK);
    sink += s[3];
    skein_scope_close(vm, scope);
  }
}
static void l_string(long n) {
  while (n--) {
    size_t size;
    lua_pushlstring(lua, "a short text", 12);
    sink += lua_tolstring(lua, -1, &size)[3];
    lua_pop(lua, 1);
  }
}
static void s_get(long n) {
  while (n--) {
    skein_scope scope = skein_scope_open(vm);
    skein_val v;
    int64_t i = 0;
    check(skein_get_key(vm, s_d, "key", &v) == SKEIN_OK && skein_get_int(vm, v, &i) == SKEIN_OK);
    sink += i;
    skein_scope_close(vm, scope);
  }
}
static void l_get(long n) {
  while (n--) {
    lua_getfield(lua, 4, "key");
    sink += lua_tointeger(lua, -1);
    lua_pop(lua, 1);
  }
}
static void s_set(long n) {
  while (n--) {
    skein_scope scope = skein_scope_open(vm);
    check(skein_set_key(vm, s_d, "key", skein_int(vm, n)) == SKEIN_OK);
    skein_scope_close(vm, scope);
  }
}
static void l_set(long n) {
  while (n--) {
    lua_pushinteger(lua, n);
    lua_setfield(lua, 4, "key");
  }
}
static void s_list(long n) {
  while (n--) {
    skein_scope scope = skein_scope_open(vm);
    skein_val items[1000], v;
    for (int i = 0; i < 1000; i++) items[i] = skein_int(vm, i);
    check(skein_list(vm, items, 1000, &v) == SKEIN_OK);
    skein_scope_close(vm, scope);
  }
}
static void l_list(long n) {
  while (n--) {
    lua_createtable(lua, 1000, 0);
    for (int i = 0; i < 1000; i++) {
      lua_pushinteger(lua, i);
      lua_rawseti(lua, -2, i + 1);
    }
    lua_pop(lua, 1);
  }
}
static void s_birth(long n) {
  while (n--) {
    skein_vm *v;
    check(skein_vm_new(NULL, &v) == SKEIN_OK);
    skein_vm_free(v);
  }
}
static void l_birth(long n) {
  while (n--) {
    lua_State *l = luaL_newstate();
    luaL_openlibs(l);
    lua_close(l);
  }
}

typedef struct Bench { const char *name, *what; long n; void (*skein)(long), (*lua)(long); } Bench;
static const Bench benches[] = {
    {"in0", "call into the script, no arguments", 100000, s_in0, l_in0},
    {"in1", "call into the script, 1 argument", 100000, s_in1, l_in1},
    {"in3", "call into the script, 3 arguments", 100000, s_in3, l_in3},
    {"out0", "call of the host, no arguments", 200000, s_out0, l_out0},
    {"out1", "call of the host, 1 argument", 200000, s_out1, l_out1},
    {"out3", "call of the host, 3 arguments", 200000, s_out3, l_out3},
    {"int", "an int in and out", 200000, s_int, l_int},
    {"string", "a string in and out", 100000, s_string, l_string},
    {"get", "item of a dict by name", 100000, s_get, l_get},
    {"set", "item of a dict set by name", 100000, s_set, l_set},
    {"list", "list of 1,000 ints", 200, s_list, l_list},
    {"birth", "VM made and freed, with the library", 10, s_birth, l_birth},
};

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double once(void (*fn)(long), long n) {
  double start = seconds();
  fn(n);
  return (seconds() - start) / (double)n * 1e9;
}

int main(int argc, char **argv) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  set_up();
  if (argc == 4) {
    for (size_t i = 0; i < sizeof benches / sizeof *benches; i++)
      if (!strcmp(benches[i].name, argv[1])) (*argv[2] == 'l' ? benches[i].lua : benches[i].skein)(atol(argv[3]));
    return 0;
  }
  printf("%-40s %10s %10s %8s\n", "ns, least of 7", "Skein", "Lua 5.4", "ratio");
  for (size_t i = 0; i < sizeof benches / sizeof *benches; i++) {
    const Bench *b = &benches[i];
    double s = 1e30, l = 1e30;
    for (int round = 0; round < 7; round++) {
      double x = once(b->skein, b->n), y = once(b->lua, b->n);
      if (x < s) s = x;
      if (y < l) l = y;
    }
    printf("%-40s %10.1f %10.1f %8.2f\n", b->what, s, l, s / l);
  }
  return 0;
}
