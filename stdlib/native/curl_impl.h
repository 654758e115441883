/* curl_impl.h - HTTP by libcurl, driven by a loop's poller.  Layer 8.
 *
 * libcurl is loaded when _curl is imported (dlopen): the program neither needs it nor pays for it otherwise.
 *
 *   CurlSession  one per loop: a multi handle with its connections; malloc'ed, ends with the poller
 *   Transfer     one request: a heap object, linked to its session while it is under way
 *
 * libcurl's callbacks run inside curl_multi_socket_action() or curl_easy_pause(); what they do with the VM is guarded (uv_guard), so
 * that nothing unwinds through libcurl.
 */
#ifndef SK_STDLIB_CURL_IMPL_H
#define SK_STDLIB_CURL_IMPL_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#include "stdlib/native/uv_stream.h"

#define CURL_FUNCTIONS(X)                                                                                                    \
  X(curl_global_init) X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_setopt) X(curl_easy_getinfo) X(curl_easy_pause)       \
  X(curl_easy_strerror) X(curl_multi_init) X(curl_multi_cleanup) X(curl_multi_setopt) X(curl_multi_add_handle)                 \
  X(curl_multi_remove_handle) X(curl_multi_socket_action) X(curl_multi_info_read) X(curl_slist_append) X(curl_slist_free_all) X(curl_version)

typedef struct CurlLib {
#define FIELD(name) __typeof__(&name) name##_;
  CURL_FUNCTIONS(FIELD)
#undef FIELD
} CurlLib;

/* The functions, loaded by the first call; ImportError when there is no libcurl. */
const CurlLib *curl_library(SkVm *vm);

typedef struct Transfer Transfer;

typedef struct CurlSession {
  const CurlLib *lib;
  UvLoop *u;
  CURLM *multi;
  uv_timer_t *timer;    /* closes by itself after the session */
  bool timing;
  Transfer *first;      /* under way */
} CurlSession;

struct Transfer {
  SkObject head;
  CurlSession *session; /* NULL when it is over */
  Transfer *prev, *next;
  CURL *easy;           /* NULL when it is over */
  struct curl_slist *headers;
  SkValue body;         /* bytes that are being sent, None */
  SkValue reader;       /* StreamReader that gets the response's body */
  SkValue lines;        /* header lines of the response: list of bytes */
  SkValue make_error;   /* callable(code, text) */
  SkValue error, url;   /* error: exception or None */
  SkAwait *waiter;      /* of headers() */
  long status, version, connects, redirects;
  char text[CURL_ERROR_SIZE];
  bool follow, ready /* headers are complete */, paused;
};
extern const SkTypeDef sk_curl_transfer_type;

CurlSession *curl_session(SkVm *vm, UvLoop *u);  /* the loop's, made when missing */
void curl_session_add(SkVm *vm, CurlSession *s, Transfer *t);
void curl_session_drop(Transfer *t);             /* aborts it if it is under way; frees what libcurl holds */
void curl_session_check(CurlSession *s);         /* tells transfers that have ended */
void curl_transfer_ended(SkVm *vm, Transfer *t, int code);

#endif
