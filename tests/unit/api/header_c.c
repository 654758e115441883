/* header_c.c - skein.h alone is enough for C17, with every warning an error. */
#include "vm/api/skein.h"

int main(void) {
  skein_vm *vm;
  skein_val answer;
  int64_t n = 0;
  if (skein_vm_new(NULL, &vm) != SKEIN_OK) return 1;
  skein_status s = skein_eval(vm, "6 * 7", &answer);
  if (s == SKEIN_OK) s = skein_get_int(vm, answer, &n);
  skein_vm_free(vm);
  return s == SKEIN_OK && n == 42 ? 0 : 1;
}
