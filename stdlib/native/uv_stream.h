/* uv_stream.h - asyncio's streams in C: transport, reader, writer, which feed each other without Python in between.  Layer 8. */
#ifndef SK_STDLIB_UV_STREAM_H
#define SK_STDLIB_UV_STREAM_H

#include "stdlib/native/uv_impl.h"

/* What asyncio.StreamReader inherits from.  The buffered bytes are data[start..end) of |chunk|, or of |raw| when chunk is UNSET. */
typedef struct Reader {
  SkObject head;
  SkValue loop, transport, exception; /* None when there is none */
  SkValue chunk;                      /* bytes as they came: what read() wants is nearly always just that */
  SkRaw *raw;
  size_t start, end;
  SkAwait *waiter;                    /* the one read that waits */
  int64_t limit;
  bool eof, paused;
} Reader;

/* What the socket and pipe transports of asyncio inherit from: the hot half; the cold half is Python. */
typedef struct Transport {
  SkObject head;
  SkValue loop;                       /* the Python loop object, None once closed */
  SkLoop *engine;
  SkValue sock, protocol;
  SkValue reader;                     /* Reader that gets the data directly, or UNSET: protocol.data_received() */
  SkContext *context;                 /* callbacks run in it */
  SkRaw *out;                         /* bytes start..end wait for the descriptor */
  size_t start, end, high, low;
  uint32_t conn_lost;                 /* connection_lost() is on its way; counts writes after it */
  int fd;
  bool is_socket, closing, eof, paused, protocol_paused, buffered;
} Transport;

SK_INLINE bool uv_is_reader(SkVm *vm, SkValue v) { return sk_is_native(vm, v, &sk_uv_reader_type); }
SK_INLINE bool uv_is_transport(SkVm *vm, SkValue v) { return sk_is_native(vm, v, &sk_uv_transport_type); }

void uv_reader_feed_raw(SkVm *vm, Reader *r, const char *p, size_t n);
SkValue uv_reader_exception(SkVm *vm, SkValue reader);
size_t uv_reader_length(const Reader *r);
const char *uv_reader_data(const Reader *r);
SkValue uv_reader_take(SkVm *vm, Reader *r, size_t n);  /* the first n bytes as an object */
void uv_reader_drop(Reader *r, size_t n);               /* gone, unseen */
void uv_reader_resume(SkVm *vm, Reader *r);             /* starts the transport again if little is buffered */
/* The read |a| waits for more; |name| for the error when somebody else does. */
bool uv_reader_wait(SkVm *vm, Reader *r, SkAwait *a, const char *name, SkValue *out);
extern const SkNativeDef uv_reader_read_def, uv_reader_readline_def, uv_reader_readuntil_def, uv_reader_readexactly_def;
SkValue uv_reader_anext(SkVm *vm, SkValue self);

void uv_transport_write(SkVm *vm, Transport *t, SkValue self, SkValue data);
bool uv_transport_flows(const Transport *t);            /* drain() need not wait */
void uv_transport_pause(SkVm *vm, Transport *t);
void uv_transport_resume(SkVm *vm, Transport *t);

#endif
