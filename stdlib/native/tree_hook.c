/* tree_hook.c - which style sys.excepthook writes: what the command was told, and what the stream is.  Layer 8. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "stdlib/native/native.h"
#include "stdlib/native/tree.h"

static const char *env(SkVm *vm, const char *name) {
  const char *s = vm->options.ignore_environment ? NULL : getenv(name);
  return s && *s ? s : NULL;
}

static bool is_color(SkVm *vm, bool terminal) {
  if (env(vm, "NO_COLOR")) return false;
  if (env(vm, "FORCE_COLOR")) return true;
  const char *term = env(vm, "TERM");
  return terminal && term && strcmp(term, "dumb") != 0;
}

static bool is_ascii(SkVm *vm) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  const char *s = NULL;
  for (int i = 0; i < 3 && !s; i++) s = env(vm, names[i]);
  return !s || !(strcasestr(s, "utf-8") || strcasestr(s, "utf8"));
}

static uint32_t columns(SkVm *vm, bool terminal) {
  const char *s = env(vm, "COLUMNS");
  long n = s ? strtol(s, NULL, 10) : 0;
  if (n > 0 && n < 10000) return (uint32_t)n;
  struct winsize w;
  return terminal && ioctl(2, TIOCGWINSZ, &w) == 0 && w.ws_col ? w.ws_col : 0;
}

static bool is_own_stderr(SkVm *vm) {
  SkValue now = sk_sys_get(vm, "stderr");
  return !sk_is_unset(now) && sk_is(now, sk_sys_get(vm, "__stderr__"));
}

bool sk_tree_report(SkVm *vm, SkValue exc, SkWriteFn *write, void *arg) {
  static const char *const names[] = {"tree", "short", "full", "json"};
  SkValue options = sk_sys_get(vm, "_xoptions"), want = sk_is_dict(options) ? sk_dict_get_cstr(vm, sk_as_dict(options), "tb") : SK_UNSET;
  if (!sk_is_str(want)) return false;
  bool terminal = is_own_stderr(vm) && isatty(2);
  SkTreeFormat f = {.style = SK_TREE_TREE};
  if (sk_str_equal_cstr(sk_as_str(want), "auto")) {
    if (!terminal) return false;
  } else {
    int i = 0;
    while (i < 4 && !sk_str_equal_cstr(sk_as_str(want), names[i])) i++;
    if (i == 4) return false;
    f.style = (SkTreeStyle)i;
  }
  f.color = is_color(vm, terminal);
  f.ascii = is_ascii(vm);
  f.width = columns(vm, terminal);
  sk_tree_print(vm, exc, &f, write, arg);
  return true;
}
