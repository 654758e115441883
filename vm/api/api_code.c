/* api_code.c - compiled code as a thing of its own: made once, shared, saved, loaded.  Layer 9.
 *
 * A skein_code is an SkCode of vm/bytecode: plain memory that nobody writes to; each VM links a copy of its own.
 */
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/bytecode/freeze.h"

static SkCode *inside(const skein_code *code) { return (SkCode *)(uintptr_t)code; }

/* ---- compiling ---- */

typedef struct Compile { const char *source, *filename, *mode; size_t n; SkCode *code; } Compile;

static void do_compile(SkVm *vm, void *arg) {
  Compile *c = arg;
  SkStr *name = sk_str_decode_utf8(vm, c->filename, strlen(c->filename));
  if (c->filename[0] == '<') sk_source_remember(vm, name, c->source, c->n);
  SkSourceOptions o = {.mode = c->mode, .optimize = -1, .script = !strcmp(c->mode, "exec")};
  c->code = sk_code_retain(sk_source_compile(vm, c->source, c->n, name, &o)->code);
}

skein_status skein_compile(skein_vm *v, const char *source, size_t n, const char *filename, skein_mode mode, skein_code **out) {
  static const char *const modes[] = {[SKEIN_EXEC] = "exec", [SKEIN_EVAL] = "eval", [SKEIN_SINGLE] = "single"};
  *out = NULL;
  if ((unsigned)mode > SKEIN_SINGLE) return api_misuse(v, "skein_compile: no such mode");
  if (!source && n) return api_misuse(v, "skein_compile: no source");
  Compile c = {.source = source ? source : "", .n = n, .filename = filename ? filename : "<string>", .mode = modes[mode]};
  skein_status s = api_enter(v, do_compile, &c);
  *out = (skein_code *)c.code;
  return s;
}

skein_code *skein_code_retain(skein_code *code) { return (skein_code *)sk_code_retain(inside(code)); }
void skein_code_release(skein_code *code) { sk_code_release(inside(code)); }

/* ---- bytes ---- */

skein_status skein_code_save(const skein_code *code, skein_write_fn write, void *user) {
  SkBuf bytes;
  sk_buf_init(&bytes);
  sk_code_freeze(inside(code), &bytes);
  bool fine = !bytes.failed;
  if (fine) write(user, 0, bytes.data, bytes.length);
  sk_buf_free(&bytes);
  return fine ? SKEIN_OK : SKEIN_ERR_NOMEM;
}

/* What the library may do is told by this name: nobody else's code may have it. */
static bool poses_as_library(const SkCode *code) {
  static const char head[] = "<frozen ";
  if (code->filename.n >= sizeof head - 1 && !memcmp(code->filename.s, head, sizeof head - 1)) return true;
  for (uint32_t i = 0; i < code->nconsts; i++)
    if (code->consts[i].kind == SK_K_CODE && poses_as_library(code->consts[i].code)) return true;
  return false;
}

skein_status skein_code_load(const void *bytes, size_t n, skein_code **out, const char **why) {
  const char *wrong;
  SkCode *code = sk_code_thaw(bytes, n, SK_THAW_VERIFY, &wrong);
  if (code && !(code->flags & SK_CODE_MODULE_BODY)) wrong = "not the code of a whole text";
  else if (code && poses_as_library(code)) wrong = "code that poses as the library's";
  if (wrong) sk_code_release(code);
  *out = wrong ? NULL : (skein_code *)code;
  if (why) *why = wrong;
  if (!wrong) return SKEIN_OK;
  return wrong == sk_thaw_no_memory ? SKEIN_ERR_NOMEM : SKEIN_ERR_FORMAT;
}

/* ---- running ---- */

OP(do_run_code) {
  Op *op = arg;
  SkModule *m = sk_is_none(op->a) ? api_main_module(vm) : (SkModule *)sk_object(op->a);
  op->result = sk_run_script(vm, sk_link(vm, (SkCode *)(uintptr_t)op->s), m->dict);
}

skein_status skein_run_code(skein_vm *v, const skein_code *code, skein_val module, skein_val *out) {
  Op op = {.a = SK_NONE, .s = (const char *)code};
  if (out) *out = (skein_val){0};
  if (!code) return api_misuse(v, "skein_run_code: no code");
  if (module.bits && !handle_get(v, module, &op.a)) return SKEIN_ERR_MISUSE;
  if (module.bits && !sk_is_module(op.a)) return api_misuse(v, "skein_run_code: not a module");
  return api_run(v, do_run_code, &op, out);
}
