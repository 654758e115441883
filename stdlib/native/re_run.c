/* re_run.c - running a compiled pattern, so that a stop of the VM may come in between.  Layer 8.
 *
 * PCRE2 gives a match limit: backtracks from one start.  A search is cut into windows of starts, each with a limit, so that
 * no call takes more than a few milliseconds; what a window's limit does not suffice for is tried again in smaller windows
 * with larger limits, and at last by a second form of the pattern that calls us before each of its items: slow, but
 * every item is charged, and it may take as long as fuel and time allow.  The levels change nothing about the result.
 */
#include "stdlib/native/re_impl.h"

enum { JIT_AFTER_USES = 8, JIT_FROM_BYTES = 512, LEVELS = 4, ITEMS_PER_LOOK = 1024, UNITS_PER_STEP = 128 /* backtracks, about a microsecond */, GIVE_UP = 100000000 };

static const struct { size_t starts; uint32_t limit; } levels[LEVELS] = {{1 << 16, 64}, {1 << 12, 512}, {1 << 6, 1 << 14}, {1, 1 << 19}};

void re_run_init(Pattern *p) {
  pcre2_set_match_limit(p->context, levels[0].limit);
  pcre2_set_depth_limit(p->context, UINT32_MAX);
  pcre2_set_heap_limit(p->context, 512 * 1024);
}

static void speed_up(Pattern *p, size_t bytes) {
  if (p->jit_tried || (++p->uses < JIT_AFTER_USES && bytes < JIT_FROM_BYTES)) return;
  p->jit_tried = true;
  pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE); /* when it fails, the interpreter goes on */
}

static int match(Pattern *p, const Subject *s, size_t from, uint32_t options) {
  PCRE2_SPTR text = (PCRE2_SPTR)(s->text.p ? s->text.p : "");
  int n = pcre2_match(p->code, text, s->text.n, from, options, p->data, p->context);
  if (n != PCRE2_ERROR_JIT_STACKLIMIT) return n;
  return pcre2_match(p->code, text, s->text.n, from, options | PCRE2_NO_JIT, p->data, p->context);
}

/* ---- counting every item ---- */

typedef struct Count { SkVm *vm; size_t items; bool stopped; } Count;

static void charge_items(SkVm *vm, void *arg) {
  (void)arg;
  sk_charge(vm, ITEMS_PER_LOOK / 4);
}

/* Nothing may unwind through PCRE2. */
static int count_item(pcre2_callout_block *block, void *arg) {
  (void)block;
  Count *c = arg;
  if (++c->items % ITEMS_PER_LOOK || sk_protect_any(c->vm, charge_items, NULL)) return 0;
  c->stopped = true;
  return PCRE2_ERROR_CALLOUT;
}

static int match_counted(SkVm *vm, Pattern *p, const Subject *s, size_t from, uint32_t options) {
  int error;
  if (!p->counted) p->counted = re_compile_code(p, PCRE2_AUTO_CALLOUT, &error);
  if (!p->counted) { /* too large with callouts */
    pcre2_set_match_limit(p->context, GIVE_UP);
    return match(p, s, from, options);
  }
  Count count = {.vm = vm};
  pcre2_set_match_limit(p->context, UINT32_MAX);
  pcre2_set_heap_limit(p->context, vm->limits.heap && vm->limits.heap < (size_t)512 << 20 ? (uint32_t)(vm->limits.heap >> 10) : 512 * 1024);
  pcre2_set_callout(p->context, count_item, &count);
  int n = pcre2_match(p->counted, (PCRE2_SPTR)(s->text.p ? s->text.p : ""), s->text.n, from, options, p->data, p->context);
  pcre2_set_callout(p->context, NULL, NULL);
  if (count.stopped) sk_throw(vm, sk_take_raised(vm));
  return n;
}

/* ---- windows ---- */

/* The first start behind a window that began at |at|; SIZE_MAX: the window is the last one. */
static size_t behind(const Pattern *p, const Subject *s, size_t at, size_t starts) {
  if (s->text.n - at <= starts) return SIZE_MAX;
  size_t next = at + starts;
  while (!p->bytes && next < s->text.n && ((unsigned char)s->text.p[next] & 0xc0) == 0x80) next++;
  return next;
}

static int search(SkVm *vm, Pattern *p, const Subject *s, size_t from, uint32_t options) {
  int level = 0;
  for (size_t at = from;;) {
    size_t next = options & PCRE2_ANCHORED ? SIZE_MAX : behind(p, s, at, levels[level].starts);
    pcre2_set_offset_limit(p->context, next == SIZE_MAX ? PCRE2_UNSET : next - 1);
    pcre2_set_match_limit(p->context, levels[level].limit);
    int n = match(p, s, at, options);
    sk_charge_slow(vm); /* a look, whatever was charged */
    if (n == PCRE2_ERROR_MATCHLIMIT) {
      sk_charge(vm, levels[level].limit / UNITS_PER_STEP);
      if (++level < LEVELS) continue;
      pcre2_set_offset_limit(p->context, PCRE2_UNSET);
      return match_counted(vm, p, s, at, options);
    }
    /* What was tried may have cost as much as the level allows. */
    size_t starts = n > 0 ? re_spans(p)[0] - at + 1 : next == SIZE_MAX ? s->text.n - at + 1 : next - at;
    if (level) sk_charge(vm, (options & PCRE2_ANCHORED ? 1 : starts) * levels[level].limit / UNITS_PER_STEP);
    if (n != PCRE2_ERROR_NOMATCH || next == SIZE_MAX) return n;
    sk_charge_bytes(vm, next - at);
    at = next;
    options &= ~(uint32_t)PCRE2_NOTEMPTY_ATSTART;
    if (level) level--;
  }
}

bool re_run(SkVm *vm, Pattern *p, const Subject *s, size_t from, int how, bool not_empty) {
  if (from > s->text.n) return false;
  uint32_t options = PCRE2_NO_UTF_CHECK;
  if (how != RE_SEARCH) options |= PCRE2_ANCHORED;
  if (how == RE_FULLMATCH) options |= PCRE2_ENDANCHORED;
  if (not_empty) options |= PCRE2_NOTEMPTY_ATSTART;
  size_t bytes = s->text.n - from;
  if (how == RE_SEARCH) speed_up(p, bytes);
  int n = bytes <= levels[0].starts ? match(p, s, from, options) : PCRE2_ERROR_MATCHLIMIT;
  if (n == PCRE2_ERROR_MATCHLIMIT) {
    n = search(vm, p, s, from, options);
    pcre2_set_offset_limit(p->context, PCRE2_UNSET);
    re_run_init(p);
  }
  sk_charge(vm, 1 + (n > 0 ? re_spans(p)[1] - from : bytes) / 64);
  if (n > 0) return true;
  if (n == PCRE2_ERROR_NOMATCH) return false;
  if (n == PCRE2_ERROR_NOMEMORY || (n == PCRE2_ERROR_HEAPLIMIT && vm->limits.heap)) sk_raise_nomem(vm);
  if (n == PCRE2_ERROR_MATCHLIMIT || n == PCRE2_ERROR_DEPTHLIMIT || n == PCRE2_ERROR_HEAPLIMIT)
    sk_raisef(vm, SK_T_RuntimeError, "regular expression gave up: too much backtracking");
  sk_raisef(vm, SK_T_RuntimeError, "internal error in regular expression engine (%d)", n);
}
