/* curl_transfer.c - one HTTP request: the class _curl.Transfer, and the module.  Layer 8.
 *
 * Lines of the header collect in |lines|; the body goes into a StreamReader, whose flow control pauses the transfer.
 */
#include <string.h>

#include "stdlib/native/curl_impl.h"
#include "stdlib/native/socket_impl.h"

static Transfer *transfer_of(SkValue v) { return (Transfer *)sk_ptr(v); }

static void transfer_trace(SkMarker *m, SkObject *o) {
  Transfer *t = (Transfer *)o;
  SkValue values[] = {t->body, t->reader, t->lines, t->make_error, t->error, t->url};
  sk_mark_span(m, values, sizeof values / sizeof *values);
  sk_mark_ptr(m, t->prev);
  sk_mark_ptr(m, t->next);
  sk_mark_ptr(m, t->waiter);
}

static void transfer_finalize(SkVm *vm, SkObject *o) {
  (void)vm;
  curl_session_drop((Transfer *)o);
}

/* ---- what arrives ---- */

static void wake(SkVm *vm, Transfer *t) {
  SkAwait *a = t->waiter;
  t->waiter = NULL;
  if (a) sk_wake(vm, a);
}

static void note_facts(SkVm *vm, Transfer *t) {
  const CurlLib *lib = t->session->lib;
  char *url = NULL;
  lib->curl_easy_getinfo_(t->easy, CURLINFO_RESPONSE_CODE, &t->status);
  lib->curl_easy_getinfo_(t->easy, CURLINFO_HTTP_VERSION, &t->version);
  lib->curl_easy_getinfo_(t->easy, CURLINFO_NUM_CONNECTS, &t->connects);
  lib->curl_easy_getinfo_(t->easy, CURLINFO_REDIRECT_COUNT, &t->redirects);
  lib->curl_easy_getinfo_(t->easy, CURLINFO_EFFECTIVE_URL, &url);
  if (url) sk_write(vm, t, &t->url, sk_from_ptr(sk_str_from_cstr(vm, url)));
}

static void headers_complete(SkVm *vm, Transfer *t) {
  if (t->ready) return;
  note_facts(vm, t);
  t->ready = true;
  wake(vm, t);
}

typedef struct Piece { Transfer *t; const char *p; size_t n; } Piece;

static void take_header(SkVm *vm, void *arg) {
  Piece *x = arg;
  Transfer *t = x->t;
  SkList *lines = sk_as_list(t->lines);
  if (x->n >= 5 && !memcmp(x->p, "HTTP/", 5)) sk_list_clear(vm, lines); /* of a redirect, or 100 Continue */
  size_t n = x->n;
  while (n && (x->p[n - 1] == '\r' || x->p[n - 1] == '\n')) n--;
  if (n) {
    sk_list_append(vm, lines, sk_from_ptr(sk_bytes_new(vm, x->p, n)));
    return;
  }
  long status = 0;
  t->session->lib->curl_easy_getinfo_(t->easy, CURLINFO_RESPONSE_CODE, &status);
  if (status >= 200 && !(t->follow && status >= 300 && status < 400)) headers_complete(vm, t);
}

static size_t on_header(char *p, size_t size, size_t count, void *arg) {
  Transfer *t = arg;
  return uv_guard(t->session->u, take_header, &(Piece){t, p, size * count}) ? size * count : 0;
}

static void take_body(SkVm *vm, void *arg) {
  Piece *x = arg;
  headers_complete(vm, x->t);
  if (x->n) uv_reader_feed_raw(vm, (Reader *)sk_ptr(x->t->reader), x->p, x->n);
}

static size_t on_body(char *p, size_t size, size_t count, void *arg) {
  Transfer *t = arg;
  if (t->paused) return CURL_WRITEFUNC_PAUSE;
  return uv_guard(t->session->u, take_body, &(Piece){t, p, size * count}) ? size * count : 0;
}

void curl_transfer_ended(SkVm *vm, Transfer *t, int code) {
  Reader *r = (Reader *)sk_ptr(t->reader);
  if (code == CURLE_OK) {
    headers_complete(vm, t);
    sk_call_method0(vm, sk_from_ptr(r), sk_intern(vm, "feed_eof"));
    return;
  }
  note_facts(vm, t);
  SkValue text = sk_from_ptr(sk_str_from_cstr(vm, *t->text ? t->text : t->session->lib->curl_easy_strerror_((CURLcode)code)));
  SkValue error = sk_call2(vm, t->make_error, sk_smallint(code), text);
  sk_write(vm, t, &t->error, error);
  sk_call_method1(vm, sk_from_ptr(r), sk_intern(vm, "set_exception"), error);
  wake(vm, t);
}

/* ---- construction ---- */

static const char *text_arg(SkVm *vm, SkValue v) { return sk_str_cstr(vm, sk_as_str(v)); }

static void set_body(Transfer *t, const CurlLib *lib, const char *method) {
  if (sk_is_bytes(t->body)) {
    lib->curl_easy_setopt_(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)sk_as_bytes(t->body)->length);
    lib->curl_easy_setopt_(t->easy, CURLOPT_POSTFIELDS, sk_as_bytes(t->body)->data); /* not copied: the transfer keeps it */
  }
  if (!strcmp(method, "HEAD")) lib->curl_easy_setopt_(t->easy, CURLOPT_NOBODY, 1L);
  else if (strcmp(method, sk_is_bytes(t->body) ? "POST" : "GET")) lib->curl_easy_setopt_(t->easy, CURLOPT_CUSTOMREQUEST, method);
}

static void set_tls(SkVm *vm, Transfer *t, const CurlLib *lib, SkValue verify) {
  if (sk_is_str(verify)) {
    lib->curl_easy_setopt_(t->easy, CURLOPT_CAINFO, text_arg(vm, verify));
  } else if (!sk_truth(vm, verify)) {
    lib->curl_easy_setopt_(t->easy, CURLOPT_SSL_VERIFYPEER, 0L);
    lib->curl_easy_setopt_(t->easy, CURLOPT_SSL_VERIFYHOST, 0L);
  }
}

static long milliseconds(SkVm *vm, SkValue v) {
  if (sk_is_none(v)) return 0;
  double s = sk_to_double(vm, v) * 1000;
  return s < 1 ? 1 : s > 1e9 ? 1000000000L : (long)s;
}

static void set_callbacks(Transfer *t, const CurlLib *lib) {
  lib->curl_easy_setopt_(t->easy, CURLOPT_PRIVATE, t);
  lib->curl_easy_setopt_(t->easy, CURLOPT_ERRORBUFFER, t->text);
  lib->curl_easy_setopt_(t->easy, CURLOPT_HEADERFUNCTION, on_header);
  lib->curl_easy_setopt_(t->easy, CURLOPT_HEADERDATA, t);
  lib->curl_easy_setopt_(t->easy, CURLOPT_WRITEFUNCTION, on_body);
  lib->curl_easy_setopt_(t->easy, CURLOPT_WRITEDATA, t);
  lib->curl_easy_setopt_(t->easy, CURLOPT_NOSIGNAL, 1L);
}

static void set_headers(SkVm *vm, Transfer *t, const CurlLib *lib, SkValue headers) {
  SkTuple *lines = sk_to_tuple(vm, headers);
  for (size_t i = 0; i < lines->count; i++) {
    struct curl_slist *more = lib->curl_slist_append_(t->headers, sk_as_bytes(lines->items[i])->data);
    if (!more) sk_raise_nomem(vm);
    t->headers = more;
  }
  lib->curl_easy_setopt_(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

typedef struct Setup { Transfer *t; const CurlLib *lib; const SkValue *args; } Setup;
static void set_up(SkVm *vm, void *arg) {
  Setup *s = arg;
  Transfer *t = s->t;
  const CurlLib *lib = s->lib;
  const SkValue *args = s->args;
  sk_need(vm, SK_CAP_NET_CONNECT, text_arg(vm, args[2]));
  lib->curl_easy_setopt_(t->easy, CURLOPT_URL, text_arg(vm, args[2]));
  lib->curl_easy_setopt_(t->easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
  set_callbacks(t, lib);
  set_body(t, lib, text_arg(vm, args[1]));
  set_headers(vm, t, lib, args[3]);
  set_tls(vm, t, lib, args[8]);
  lib->curl_easy_setopt_(t->easy, CURLOPT_TIMEOUT_MS, milliseconds(vm, args[5]));
  if (!sk_is_none(args[6])) lib->curl_easy_setopt_(t->easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(vm, args[6]));
  int64_t redirects = sk_to_index(vm, args[7]);
  t->follow = redirects > 0;
  lib->curl_easy_setopt_(t->easy, CURLOPT_FOLLOWLOCATION, (long)t->follow);
  lib->curl_easy_setopt_(t->easy, CURLOPT_MAXREDIRS, (long)redirects);
  lib->curl_easy_setopt_(t->easy, CURLOPT_HTTP_VERSION, (long)sk_to_index(vm, args[9]));
  lib->curl_easy_setopt_(t->easy, CURLOPT_ACCEPT_ENCODING, "");
  lib->curl_easy_setopt_(t->easy, CURLOPT_PIPEWAIT, 1L);
}

static SkValue transfer_new(SkVm *vm, const SkValue *args) {
  UvLoop *u = uv_running(vm);
  CurlSession *s = curl_session(vm, u);
  Transfer *t = sk_object_new(vm, sk_as_type(args[0]), 0);
  t->body = t->reader = t->lines = t->make_error = t->error = t->url = SK_NONE;
  if (!uv_is_reader(vm, args[10])) sk_raise_type(vm, "a StreamReader is required, not %T", args[10]);
  sk_write(vm, t, &t->body, args[4]);
  sk_write(vm, t, &t->reader, args[10]);
  sk_write(vm, t, &t->make_error, args[11]);
  sk_write(vm, t, &t->lines, sk_from_ptr(sk_list_new(vm, 8)));
  t->easy = s->lib->curl_easy_init_();
  if (!t->easy) sk_raise_nomem(vm);
  if (!sk_protect_any(vm, set_up, &(Setup){t, s->lib, args})) {
    s->lib->curl_slist_free_all_(t->headers);
    s->lib->curl_easy_cleanup_(t->easy);
    t->easy = NULL;
    t->headers = NULL;
    sk_throw(vm, sk_take_raised(vm));
  }
  curl_session_add(vm, s, t);
  return sk_from_ptr(t);
}
static const SkNativeDef transfer_new_def = {
    "__new__(cls, method, url, headers, body, timeout, connect_timeout, redirects, verify, version, reader, make_error, /)", NULL, transfer_new};

/* ---- methods ---- */

static bool headers_abort(SkVm *vm, SkAwait *a) {
  (void)vm;
  if (transfer_of(a->self)->waiter == a) transfer_of(a->self)->waiter = NULL;
  return true;
}
static bool headers_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  Transfer *t = transfer_of(a->self);
  if (!sk_is_none(t->error)) sk_raise_exc(vm, t->error);
  if (t->ready) {
    *out = t->lines;
    return true;
  }
  if (t->waiter || !t->session) sk_raisef(vm, SK_T_RuntimeError, "the transfer is not under way");
  sk_write_ptr(vm, t, &t->waiter, a);
  *out = sk_park(vm, a);
  return false;
}
static const SkAwaitOps headers_ops = {"headers", "Transfer.headers", "an HTTP response", headers_step, NULL, headers_abort};
SK_NATIVE(transfer_headers, "headers(self, /)", "Wait for the response's header: its lines.") { return sk_await_new(vm, &headers_ops, args[0], SK_NONE, SK_NONE); }

SK_NATIVE(transfer_close, "close(self, /)", "Abort it, if it is under way.") {
  (void)vm;
  curl_session_drop(transfer_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(transfer_pause, "pause_reading(self, /)", NULL) {
  (void)vm;
  transfer_of(args[0])->paused = true;
  return SK_NONE;
}
SK_NATIVE(transfer_resume, "resume_reading(self, /)", NULL) {
  (void)vm;
  Transfer *t = transfer_of(args[0]);
  t->paused = false;
  if (t->session) {
    CurlSession *s = t->session;
    s->lib->curl_easy_pause_(t->easy, CURLPAUSE_CONT);
    curl_session_check(s);
  }
  return SK_NONE;
}
static SkValue get_status(SkVm *vm, SkValue self) { return sk_int_new(vm, transfer_of(self)->status); }
static SkValue get_version(SkVm *vm, SkValue self) { return sk_int_new(vm, transfer_of(self)->version); }
static SkValue get_connects(SkVm *vm, SkValue self) { return sk_int_new(vm, transfer_of(self)->connects); }
static SkValue get_redirects(SkVm *vm, SkValue self) { return sk_int_new(vm, transfer_of(self)->redirects); }
static SkValue get_active(SkVm *vm, SkValue self) { (void)vm; return sk_bool(transfer_of(self)->session); }

static const SkAttrDef transfer_attrs[] = {
    SK_METHOD(transfer_headers), SK_METHOD(transfer_close), SK_METHOD(transfer_pause), SK_METHOD(transfer_resume),
    SK_GETSET("status", get_status, NULL, "200 ..."), SK_GETSET("version", get_version, NULL, "libcurl's number: 2 is HTTP/1.1, 3 is HTTP/2"),
    SK_GETSET("connects", get_connects, NULL, "Connections that were made for it; 0: one was there."),
    SK_GETSET("redirects", get_redirects, NULL, "How many were followed."), SK_GETSET("active", get_active, NULL, "Still under way."),
    SK_MEMBER("url", Transfer, url, true, "Where it went in the end."), SK_ATTRS_END};

const SkTypeDef sk_curl_transfer_type = {
    .name = "_curl.Transfer", .doc = "An HTTP request under way.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Transfer), .flags = SK_TYPE_WEAKREFABLE,
    .attrs = transfer_attrs, .new_ = &transfer_new_def, .trace = transfer_trace, .finalize = transfer_finalize};

static void init(SkVm *vm, SkModule *m) {
  const CurlLib *lib = curl_library(vm);
  sk_module_add_type(vm, m, &sk_curl_transfer_type);
  sk_module_add(vm, m, "version", sk_from_ptr(sk_str_from_cstr(vm, lib->curl_version_())));
}

const SkModuleDef sk_curl_module = {"_curl", "HTTP by libcurl.", NULL, init};
