/* curl_session.c - a multi handle of libcurl on a loop's poller: sockets, the timer, the end of transfers.  Layer 8. */
#include <stdlib.h>

#include "stdlib/native/curl_impl.h"

/* ---- what libcurl asks for ---- */

static void act(CurlSession *s, curl_socket_t fd, int events) {
  int running;
  s->lib->curl_multi_socket_action_(s->multi, fd, events, &running);
  curl_session_check(s);
}

static void readable(SkVm *vm, UvLoop *u, int fd, SkValue object) {
  (void)vm, (void)object;
  if (u->extra.data) act(u->extra.data, fd, CURL_CSELECT_IN);
}
static void writable(SkVm *vm, UvLoop *u, int fd, SkValue object) {
  (void)vm, (void)object;
  if (u->extra.data) act(u->extra.data, fd, CURL_CSELECT_OUT);
}

typedef struct Socket { UvLoop *u; int fd, what; } Socket;
static void watch_socket(SkVm *vm, void *arg) {
  Socket *s = arg;
  bool in = s->what == CURL_POLL_IN || s->what == CURL_POLL_INOUT, out = s->what == CURL_POLL_OUT || s->what == CURL_POLL_INOUT;
  if (in) uv_watch_set(vm, s->u, s->fd, UV_READING, SK_NONE, readable);
  else uv_watch_clear(s->u, s->fd, UV_READING);
  if (out) uv_watch_set(vm, s->u, s->fd, UV_WRITING, SK_NONE, writable);
  else uv_watch_clear(s->u, s->fd, UV_WRITING);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *own) {
  (void)easy, (void)own;
  CurlSession *s = arg;
  if (!s->u->closing) uv_guard(s->u, watch_socket, &(Socket){s->u, fd, what});
  return 0;
}

static void set_timing(CurlSession *s, bool on) {
  if (s->timing == on) return;
  s->timing = on;
  s->u->takers += on ? 1u : -1u;
}

static void timer_fired(SkVm *vm, void *arg) {
  (void)vm;
  act(arg, CURL_SOCKET_TIMEOUT, 0);
}
static void on_timeout(uv_timer_t *timer) {
  CurlSession *s = timer->data;
  set_timing(s, false);
  uv_guard(s->u, timer_fired, s);
  uv_stop(timer->loop); /* timers run before libuv waits: it must not wait when this made a task ready */
}

static int on_timer(CURLM *multi, long milliseconds, void *arg) {
  (void)multi;
  CurlSession *s = arg;
  if (s->u->closing) return 0;
  if (milliseconds < 0) uv_timer_stop(s->timer);
  else uv_timer_start(s->timer, on_timeout, (uint64_t)milliseconds, 0);
  set_timing(s, milliseconds >= 0);
  return 0;
}

/* ---- birth and death ---- */

static void timer_closed(uv_handle_t *h) { free(h); }

static void session_close(UvLoop *u) {
  CurlSession *s = u->extra.data;
  u->extra.data = NULL;
  while (s->first) curl_session_drop(s->first);
  s->lib->curl_multi_cleanup_(s->multi);
  uv_close((uv_handle_t *)s->timer, timer_closed);
  free(s);
}

static void session_trace(SkMarker *m, const UvLoop *u) {
  CurlSession *s = u->extra.data;
  for (Transfer *t = s ? s->first : NULL; t; t = t->next) sk_mark_ptr(m, t);
}

CurlSession *curl_session(SkVm *vm, UvLoop *u) {
  if (u->extra.data) return u->extra.data;
  const CurlLib *lib = curl_library(vm);
  CurlSession *s = calloc(1, sizeof *s);
  uv_timer_t *timer = malloc(sizeof *timer);
  CURLM *multi = s && timer ? lib->curl_multi_init_() : NULL;
  if (!multi) {
    free(s);
    free(timer);
    sk_raise_nomem(vm);
  }
  *s = (CurlSession){.lib = lib, .u = u, .multi = multi, .timer = timer};
  uv_timer_init(&u->uv, timer);
  timer->data = s;
  lib->curl_multi_setopt_(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  lib->curl_multi_setopt_(multi, CURLMOPT_SOCKETDATA, s);
  lib->curl_multi_setopt_(multi, CURLMOPT_TIMERFUNCTION, on_timer);
  lib->curl_multi_setopt_(multi, CURLMOPT_TIMERDATA, s);
  lib->curl_multi_setopt_(multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  u->extra = (UvExtra){s, session_close, session_trace};
  return s;
}

/* ---- transfers ---- */

void curl_session_add(SkVm *vm, CurlSession *s, Transfer *t) {
  t->session = s;
  t->prev = NULL;
  if (s->first) sk_write_ptr(vm, s->first, &s->first->prev, t);
  sk_write_ptr(vm, t, &t->next, s->first);
  sk_barrier(vm, s->u->state);
  s->first = t;
  s->u->takers++;
  s->lib->curl_multi_add_handle_(s->multi, t->easy);
}

void curl_session_drop(Transfer *t) {
  CurlSession *s = t->session;
  if (!s) return;
  t->session = NULL;
  if (t->prev) t->prev->next = t->next;
  else s->first = t->next;
  if (t->next) t->next->prev = t->prev;
  t->prev = t->next = NULL;
  s->u->takers--;
  s->lib->curl_multi_remove_handle_(s->multi, t->easy);
  s->lib->curl_easy_cleanup_(t->easy);
  s->lib->curl_slist_free_all_(t->headers);
  t->easy = NULL;
  t->headers = NULL;
}

typedef struct End { Transfer *t; int code; } End;
static void tell_end(SkVm *vm, void *arg) {
  End *e = arg;
  curl_transfer_ended(vm, e->t, e->code);
}

void curl_session_check(CurlSession *s) {
  int left;
  for (CURLMsg *m; (m = s->lib->curl_multi_info_read_(s->multi, &left));) {
    if (m->msg != CURLMSG_DONE) continue;
    End e = {.code = (int)m->data.result};
    char *own = NULL;
    s->lib->curl_easy_getinfo_(m->easy_handle, CURLINFO_PRIVATE, &own);
    e.t = (Transfer *)(void *)own;
    uv_guard(s->u, tell_end, &e);
    curl_session_drop(e.t);
  }
}
