/* api_format.c - exceptions as text, JSON and frames for the host.  The work is stdlib/native/tree.h's and report.c's.  Layer 9. */
#include <string.h>

#include "stdlib/native/tree.h"
#include "vm/api/api_exc.h"

/* ---- text ---- */

typedef struct Format { skein_vm *v; SkValue exc; SkTreeFormat tree; bool native; skein_write_fn write; void *user; } Format;

static void give(void *arg, const char *s, size_t n) {
  Format *f = arg;
  f->write(f->user, 2, s, n);
}

static void format(SkVm *vm, void *arg) {
  Format *f = arg;
  if (f->native) sk_exc_print(vm, f->exc, give, f);
  else sk_tree_print(vm, f->exc, &f->tree, give, f);
}

static SkTreeFormat tree_format(const skein_format *f) {
  static const SkTreeStyle styles[] = {[SKEIN_TB_TREE] = SK_TREE_TREE, [SKEIN_TB_SHORT] = SK_TREE_SHORT, [SKEIN_TB_FULL] = SK_TREE_FULL, [SKEIN_TB_JSON] = SK_TREE_JSON};
  return (SkTreeFormat){.style = styles[f->style], .color = f->color, .ascii = f->ascii, .no_collapse = f->no_collapse, .width = f->width,
                        .max_width = f->max_width, .max_depth = f->max_depth, .max_lines = f->max_lines};
}

skein_status skein_exc_format(skein_vm *v, skein_val h, const skein_format *how, skein_write_fn write, void *user) {
  skein_format mine = {.size = sizeof mine};
  if (how && (how->size < offsetof(skein_format, color) || how->size > sizeof mine)) return api_misuse(v, "a skein_format without its size");
  if (how) memcpy(&mine, how, how->size);
  if ((unsigned)mine.style > SKEIN_TB_JSON) return api_misuse(v, "no such style");
  Format f = {.v = v, .native = mine.style == SKEIN_TB_NATIVE, .write = write, .user = user};
  if (!exc_get(v, h, &f.exc)) return SKEIN_ERR_MISUSE;
  if (!write) return api_misuse(v, "there is nowhere to write to");
  if (!f.native) f.tree = tree_format(&mine);
  if (!sk_stopped(core(v))) return api_enter(v, format, &f);
  if (f.native) f.tree.style = SK_TREE_TREE; /* CPython's text is made by script code, of which none runs any more */
  sk_tree_print(core(v), f.exc, &f.tree, give, &f);
  return SKEIN_OK;
}

/* ---- frames ---- */

typedef struct Frames {
  skein_vm *v;
  skein_val of;
  SkValue exc;
  char *out;
  size_t size, room, count;
  const char *task;
  const SkStr *last_file, *last_function, *last_module; /* recursions repeat them */
  const SkCodeObj *code;
  skein_frame last;
} Frames;

/* A member beyond the caller's |size| is not his. */
static void put(const Frames *f, const skein_frame *frame) {
  skein_frame one = *frame;
  one.size = f->size;
  memcpy(f->out + f->count * f->size, &one, f->size < sizeof one ? f->size : sizeof one);
}

static const char *text(Frames *f, SkStr *s, const SkStr **last, const char *same) {
  if (s == *last) return same;
  const char *out = exc_text(f->v, f->of, s);
  *last = s;
  return out;
}

static void each(SkVm *vm, void *arg, const SkTreeFrame *t) {
  Frames *f = arg;
  if (f->count < f->room) {
    skein_frame *x = &f->last;
    SkValue module = sk_dict_get_cstr(vm, t->func->globals, "__name__");
    x->file = text(f, t->func->code->filename, &f->last_file, x->file);
    x->function = text(f, t->func->code->qualname, &f->last_function, x->function);
    x->module = sk_is_str(module) ? text(f, sk_as_str(module), &f->last_module, x->module) : NULL;
    if (!f->count || f->code != t->func->code || x->line != t->line) {
      SkStr *source = sk_tree_source(vm, t);
      x->source = source ? exc_text(f->v, f->of, source) : NULL;
    }
    f->code = t->func->code;
    x->task = f->task;
    x->line = t->line;
    x->end_line = t->end_line;
    x->col = t->col;
    x->end_col = t->end_col;
    put(f, x);
  }
  f->count++;
}

static void fill_frames(SkVm *vm, void *arg) {
  Frames *f = arg;
  SkStr *task = exc_task_name(vm, sk_as_exc(f->exc));
  if (task && f->room) f->task = exc_text(f->v, f->of, task);
  sk_tree_frames(vm, f->exc, each, f);
}

static void count_frame(SkVm *vm, void *arg, const SkTreeFrame *t) {
  (void)vm;
  (void)t;
  ++*(size_t *)arg;
}

size_t skein_exc_frames(skein_vm *v, skein_val h, skein_frame *out, size_t room) {
  Frames f = {.v = v, .of = h, .out = (char *)out, .room = room};
  size_t count = 0;
  if (!exc_get(v, h, &f.exc)) return 0;
  f.size = room ? out[0].size : 0;
  if (room && (!f.size || f.size > sizeof(skein_frame))) {
    api_misuse(v, "out[0].size is not set");
    return 0;
  }
  if (sk_stopped(core(v)) || !room) {
    sk_tree_frames(core(v), f.exc, count_frame, &count);
    return room ? 0 : count;
  }
  SkValue pending = v->own.pending;
  if (api_enter(v, fill_frames, &f) == SKEIN_ERR_EXC) v->own.pending = pending;
  return f.count;
}
