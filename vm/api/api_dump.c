/* api_dump.c - --dump: the stages of the front end as text.  Layer 9. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/compile/front.h"

typedef struct Dump { const char *what, *path; skein_status status; } Dump;

static void to_stdout(void *arg, const char *s, size_t n) { fwrite(s, 1, n, arg); }

static void do_dump(SkVm *vm, void *arg) {
  Dump *d = arg;
  static const char *const names[] = {"tokens", "ast", "symbols", "code"};
  int what = 0;
  while (what < 4 && strcmp(names[what], d->what)) what++;
  if (what == 4) {
    d->status = SKEIN_ERR_MISUSE;
    return;
  }
  SkRaw *raw;
  size_t n;
  SkStr *path = sk_str_decode_utf8(vm, d->path, strlen(d->path));
  if (!sk_read_file(vm, strcmp(d->path, "-") ? d->path : "/dev/stdin", &raw, &n)) sk_raise_os(vm, errno, sk_from_ptr(path));
  SkFront f;
  SkFrontOptions o = {.mode = SK_FRONT_EXEC, .optimize = vm->options.optimize, .portable = vm->options.portable};
  bool good = sk_front_dump(&f, (SkFrontDump)what, (const char *)raw->data, n, d->path, &o, to_stdout, stdout);
  sk_front_free(&f);
  if (f.code) sk_code_release(f.code);
  fflush(stdout);
  /* Wrong source is reported the way running it would report it. */
  if (!good) sk_source_compile(vm, (const char *)raw->data, n, path, &(SkSourceOptions){.mode = "exec", .optimize = -1, .no_warnings = true});
  sk_keep(raw);
}

skein_status skein_dump(skein_vm *v, const char *what, const char *path) {
  Dump d = {what, path, SKEIN_OK};
  skein_status s = api_enter(v, do_dump, &d);
  return s == SKEIN_OK ? d.status : s;
}
