/* menu.c - completion: ask the session, insert what is sure, offer the rest.  Layer 9b. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vm/repl/repl_impl.h"

void menu_close(skein_repl *r) {
  Menu *m = &r->menu;
  for (size_t i = 0; i < m->count; i++) free(m->items[i].text);
  free(m->items);
  *m = (Menu){.picked = SIZE_MAX};
}

/* (start, [candidates]) of Session.complete(). */
static bool ask(skein_repl *r) {
  Edit *e = &r->edit;
  Menu *m = &r->menu;
  skein_vm *vm = r->vm;
  skein_val args[2], answer, start, list, item;
  size_t n, count = 0;
  int64_t from;
  char *text = edit_text(e, &n);
  if (!text) return false;
  bool fine = skein_str(vm, e->rows[e->row].s, e->col, &args[0]) == SKEIN_OK && skein_str(vm, text, n, &args[1]) == SKEIN_OK &&
              run_session_call(r, "complete", args, 2, &answer) && skein_get_index(vm, answer, 0, &start) == SKEIN_OK &&
              skein_get_int(vm, start, &from) == SKEIN_OK && skein_get_index(vm, answer, 1, &list) == SKEIN_OK && skein_len(vm, list, &count) == SKEIN_OK;
  free(text);
  if (!fine || !count || from < 0 || (size_t)from > e->col || !(m->items = calloc(count, sizeof *m->items))) return false;
  for (size_t i = 0; i < count; i++) {
    const char *s;
    if (skein_get_index(vm, list, (int64_t)i, &item) != SKEIN_OK || skein_get_str(vm, item, &s, NULL) != SKEIN_OK || !(m->items[i].text = strdup(s))) break;
    m->count++;
  }
  m->row = e->row;
  m->from = (size_t)from;
  m->to = e->col;
  return m->count > 0;
}

static void replace(skein_repl *r, const char *s, size_t n) {
  Menu *m = &r->menu;
  if (m->to > m->from) edit_erase(&r->edit, m->row, m->from, m->to);
  edit_insert(&r->edit, s, n);
  m->to = m->from + n;
}

/* What all begin with. */
static size_t common(const Menu *m) {
  size_t n = strlen(m->items[0].text);
  for (size_t i = 1; i < m->count; i++) {
    size_t k = 0;
    while (k < n && m->items[i].text[k] == m->items[0].text[k]) k++;
    n = k;
  }
  while (n && ((unsigned char)m->items[0].text[n] & 0xc0) == 0x80) n--;
  return n;
}

void menu_complete(skein_repl *r) {
  Menu *m = &r->menu;
  if (m->open) {
    menu_move(r, 1);
    return;
  }
  skein_scope scope = skein_scope_open(r->vm);
  menu_close(r);
  bool some = ask(r);
  skein_exc_take(r->vm);
  skein_scope_close(r->vm, scope);
  if (!some) return;
  size_t n = common(m), had = m->to - m->from;
  if (n > had || m->count == 1) replace(r, m->items[0].text, n);
  if (m->count == 1) menu_close(r);
  else m->open = true;
}

void menu_move(skein_repl *r, int by) {
  Menu *m = &r->menu;
  if (m->picked == SIZE_MAX) m->picked = by > 0 ? 0 : m->count - 1;
  else m->picked = (m->picked + m->count + (size_t)(by + (int)m->count)) % m->count;
  replace(r, m->items[m->picked].text, strlen(m->items[m->picked].text));
}

/* The part behind the last dot: the rest is the same for all. */
static const char *shown(const char *s, size_t *n) {
  const char *dot = strrchr(s, '.');
  const char *p = dot && dot[1] ? dot + 1 : s;
  *n = strlen(p);
  return p;
}

void menu_rows(skein_repl *r, int most) {
  Menu *m = &r->menu;
  View *v = &r->view;
  int widest = 1;
  size_t n;
  for (size_t i = 0; i < m->count; i++) {
    const char *s = shown(m->items[i].text, &n);
    int w = text_width(s, n);
    if (w > widest) widest = w;
  }
  size_t across = (size_t)((v->columns - 1) / (widest + 2)), down, from = 0;
  if (!across) across = 1;
  down = (m->count + across - 1) / across;
  size_t room = most > 1 ? (size_t)most - (down > (size_t)most) : 1, row = m->picked == SIZE_MAX ? 0 : m->picked / across;
  if (row >= room) from = row - room + 1;
  for (size_t y = from; y < down && y < from + room; y++) {
    if (!view_row(v)) return;
    for (size_t x = 0; x < across && y * across + x < m->count; x++) {
      const char *s = shown(m->items[y * across + x].text, &n);
      bool picked = y * across + x == m->picked;
      if (picked) view_style(v, "7");
      view_text(v, s, n);
      if (picked) view_style(v, "");
      for (int w = text_width(s, n); w < widest + 2 && v->width < v->columns - 1; w++) view_text(v, " ", 1);
    }
  }
  if (down > from + room && view_row(v)) view_text(v, "...", 3);
}
