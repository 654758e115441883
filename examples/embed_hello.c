/* embed_hello.c - a host that uses skein.h and nothing else.
 *
 * Two VMs side by side in one process, a function of the host's called by a script, and an error group taken apart
 * as data: which errors there are and where each came from.
 */
#include <stdio.h>
#include <string.h>

#include "skein.h"

/* ---- text out of a VM ---- */

typedef struct Shop { const char *name; int64_t base; } Shop;

static skein_status price(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_val *out) {
  const Shop *shop = (const Shop *)user;
  const char *item;
  size_t length;
  if (n != 1) return skein_raise(vm, "TypeError", "price() takes one argument");
  if (skein_get_str(vm, args[0], &item, &length) != SKEIN_OK) return SKEIN_ERR_EXC;
  if (length == 0) return skein_raise(vm, "LookupError", "no such item");
  *out = skein_int(vm, shop->base + (int64_t)length);
  return SKEIN_OK;
}

static skein_vm *open_shop(Shop *shop) {
  skein_config config;
  skein_config_init(&config);
  config.limits.heap = 64 << 20; /* a script cannot take more */
  skein_vm *vm;
  if (skein_vm_new(&config, &vm) != SKEIN_OK) return NULL;
  skein_val function;
  if (skein_function(vm, "price", price, shop, NULL, &function) != SKEIN_OK || skein_set_global(vm, "price", function) != SKEIN_OK) {
    skein_vm_free(vm);
    return NULL;
  }
  return vm;
}

/* ---- errors as data ---- */

static void show_error(skein_vm *vm, skein_val exc, int depth) {
  skein_frame frames[8];
  frames[0].size = sizeof *frames;
  size_t count = skein_exc_frames(vm, exc, frames, 8);
  printf("%*s%s\n", 2 * depth, "", skein_exc_type(vm, exc));
  printf("%*s  says: %s\n", 2 * depth, "", skein_exc_message(vm, exc));
  for (size_t i = 0; i < count && i < 8; i++)
    printf("%*s  at %s:%u in %s\n", 2 * depth, "", frames[i].file, (unsigned)frames[i].line, frames[i].function);
  for (size_t i = 0; i < skein_exc_count(vm, exc); i++) show_error(vm, skein_exc_at(vm, exc, i), depth + 1);
}

static const char order[] =
    "def total(items):\n"
    "    errors, sum = [], 0\n"
    "    for item in items:\n"
    "        try:\n"
    "            sum += price(item)\n"
    "        except Exception as error:\n"
    "            errors.append(error)\n"
    "    if errors:\n"
    "        raise ExceptionGroup(f'{len(errors)} items without a price', errors)\n"
    "    return sum\n";

/* total(items), its value or its errors: the lookups apart from the rest. */
static void ask(skein_vm *vm, const char *expression) {
  skein_scope scope = skein_scope_open(vm);
  skein_val result, match, rest;
  int64_t sum;
  printf("%s\n", expression);
  if (skein_eval(vm, expression, &result) == SKEIN_OK) {
    if (skein_get_int(vm, result, &sum) == SKEIN_OK) printf("  = %lld\n", (long long)sum);
  } else {
    skein_val exc = skein_exc_take(vm);
    show_error(vm, exc, 1);
    if (skein_typeof(vm, exc) == SKEIN_T_EXCGROUP && skein_exc_split(vm, exc, "LookupError", &match, &rest) == SKEIN_OK)
      printf("  lookups: %zu, others: %zu\n", skein_exc_count(vm, match), skein_exc_count(vm, rest));
  }
  skein_scope_close(vm, scope);
}

int main(void) {
  Shop shops[] = {{"cheap", 1}, {"dear", 100}};
  skein_vm *vms[2];
  for (int i = 0; i < 2; i++) {
    vms[i] = open_shop(&shops[i]);
    if (!vms[i] || skein_exec(vms[i], order, strlen(order), "<order>") != SKEIN_OK) return 1;
  }
  for (int i = 0; i < 2; i++) {
    printf("-- %s\n", shops[i].name);
    ask(vms[i], "total(['tea', 'coffee'])");
  }
  ask(vms[1], "total(['tea', '', 5, ''])");
  for (int i = 0; i < 2; i++) skein_vm_free(vms[i]);
  return 0;
}
