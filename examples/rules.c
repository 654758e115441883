/* rules.c - a rules engine: rules are expressions, compiled once and evaluated for every record.
 *
 * Shows skein_compile and skein_run_code in a module that holds the record, scopes in a loop, and how a rule that fails is
 * reported with the place in its text.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "skein.h"

typedef struct Order { const char *country; int64_t amount; bool first; } Order;
typedef struct Rule { const char *name, *text; skein_code *code; int64_t hits, failures; } Rule;

static Rule rules[] = {
    {"large", "amount > 900", NULL, 0, 0},
    {"free delivery", "amount >= 50 and country in ('DE', 'FR')", NULL, 0, 0},
    {"check", "first and amount > 500 or country not in known", NULL, 0, 0},
    {"per cent", "100 // (amount - 13) > 50", NULL, 0, 0},
};
enum { RULES = sizeof rules / sizeof *rules, ORDERS = 1000 };

static skein_status prepare(skein_vm *vm, skein_val *module) {
  static const char known[] = "known = frozenset('DE FR NL US'.split())";
  skein_val set;
  skein_status s = skein_module(vm, "record", module);
  if (s == SKEIN_OK) s = skein_exec(vm, known, sizeof known - 1, NULL);
  if (s == SKEIN_OK) s = skein_get_global(vm, "known", &set);
  if (s == SKEIN_OK) s = skein_set_attr(vm, *module, "known", set);
  for (int i = 0; i < RULES && s == SKEIN_OK; i++)
    s = skein_compile(vm, rules[i].text, strlen(rules[i].text), rules[i].name, SKEIN_EVAL, &rules[i].code);
  return s;
}

static skein_status set_record(skein_vm *vm, skein_val module, const Order *o) {
  skein_val country;
  skein_status s = skein_str(vm, o->country, strlen(o->country), &country);
  if (s == SKEIN_OK) s = skein_set_attr(vm, module, "country", country);
  if (s == SKEIN_OK) s = skein_set_attr(vm, module, "amount", skein_int(vm, o->amount));
  return s == SKEIN_OK ? skein_set_attr(vm, module, "first", skein_bool(vm, o->first)) : s;
}

static void apply(skein_vm *vm, skein_val module, Rule *r) {
  skein_val v;
  bool hit;
  if (skein_run_code(vm, r->code, module, &v) == SKEIN_OK && skein_get_bool(vm, v, &hit) == SKEIN_OK) {
    r->hits += hit;
    return;
  }
  skein_val exc = skein_exc_take(vm);
  skein_frame at;
  at.size = sizeof at;
  if (r->failures++ == 0 && skein_exc_frames(vm, exc, &at, 1) > 0)
    printf("rule '%s' fails: %s, in '%.*s'\n", at.file, skein_exc_message(vm, exc), (int)(at.end_col - at.col), r->text + at.col);
}

int main(void) {
  static const char *const countries[] = {"DE", "FR", "US", "XX"};
  skein_vm *vm;
  skein_val module;
  if (skein_vm_new(NULL, &vm) != SKEIN_OK) return 1;
  if (prepare(vm, &module) != SKEIN_OK) return 1;
  for (int i = 0; i < ORDERS; i++) {
    Order order = {countries[i % 4], i, i % 10 == 0};
    skein_scope scope = skein_scope_open(vm);
    if (set_record(vm, module, &order) != SKEIN_OK) return 1;
    for (int k = 0; k < RULES; k++) apply(vm, module, &rules[k]);
    skein_scope_close(vm, scope);
  }
  for (int i = 0; i < RULES; i++) {
    printf("%-14s %4" PRId64 " hits, %" PRId64 " failures\n", rules[i].name, rules[i].hits, rules[i].failures);
    skein_code_release(rules[i].code);
  }
  skein_vm_free(vm);
  return 0;
}
