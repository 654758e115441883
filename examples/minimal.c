/* minimal.c - the smallest host: one VM, one answer, one error. */
#include <inttypes.h>
#include <stdio.h>

#include "skein.h"

int main(void) {
  skein_vm *vm;
  if (skein_vm_new(NULL, &vm) != SKEIN_OK) return 1;

  skein_val answer;
  int64_t n;
  if (skein_eval(vm, "sum(n * n for n in range(10))", &answer) == SKEIN_OK && skein_get_int(vm, answer, &n) == SKEIN_OK)
    printf("the squares below 10 add up to %" PRId64 "\n", n);

  if (skein_eval(vm, "1 / 0", &answer) == SKEIN_ERR_EXC) {
    skein_val exc = skein_exc_take(vm);
    printf("%s: %s\n", skein_exc_type(vm, exc), skein_exc_message(vm, exc));
  }
  skein_vm_free(vm);
  return 0;
}
