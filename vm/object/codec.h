/* codec.h - turning text into bytes and back.  Layer 6.
 *
 * The built-in codecs are a table; an unknown encoding is asked of the search functions that scripts registered
 * (codecs.register), an unknown error handler of codecs.register_error.
 */
#ifndef SK_OBJECT_CODEC_H
#define SK_OBJECT_CODEC_H

#include "vm/object/bytes.h"
#include "vm/object/str.h"

SK_C_BEGIN

typedef struct SkCodec SkCodec;
typedef struct SkCoding SkCoding;

typedef enum SkErrorMode {
  SK_ERRORS_STRICT, SK_ERRORS_IGNORE, SK_ERRORS_REPLACE, SK_ERRORS_BACKSLASH, SK_ERRORS_XML, SK_ERRORS_ESCAPE,
  SK_ERRORS_PASS, SK_ERRORS_CUSTOM
} SkErrorMode;

struct SkCodec {
  const char *name;             /* normalised: lower case, '_' */
  const char *aliases;          /* " alias alias " */
  const char *shown;            /* in messages */
  const char *reason;           /* why a character cannot be encoded */
  uint32_t limit;               /* code points below it can be encoded, but surrogates where |unit| is not 1 byte of a small set */
  int bytes;                    /* of a code unit; negative: little endian */
  bool mark;                    /* writes a byte order mark, and reads one */
  void (*put)(SkCoding *c, uint32_t code);
  void (*decode)(SkCoding *c);
  void (*encode)(SkCoding *c);  /* instead of |put| */
};

/* One encoding or decoding under way. */
struct SkCoding {
  SkVm *vm;
  const SkCodec *codec;
  const char *shown;
  SkStrBuf out;
  SkValue errors;     /* a str; UNSET for 'strict' */
  SkErrorMode mode;
  SkStr *text;        /* being encoded */
  SkChars in;         /* being decoded */
  size_t at;          /* bytes decoded */
  bool final;         /* an incomplete end is an error; else it is left undecoded */
  int order;          /* byte order found: -1 little, 1 big, 0 not known */
};

/* The codec of that name; NULL: none of the built-in ones. */
const SkCodec *sk_codec_find(const char *name, size_t n);
SkBytes *sk_codec_encode(SkVm *vm, const SkCodec *codec, SkStr *s, SkValue errors);
/* Decodes; with |final| false what is incomplete at the end is left over, and *used says how much was not. */
SkStr *sk_codec_decode(SkVm *vm, const SkCodec *codec, SkChars in, SkValue errors, bool final, size_t *used, int *order);

/* Deals with characters [from, to) of the text as the error handler says; returns where to go on. */
size_t sk_codec_encode_error(SkCoding *c, size_t from, size_t to, const char *reason);
/* Deals with bytes [from, to): leaves c->at where to go on. */
void sk_codec_decode_error(SkCoding *c, size_t from, size_t to, const char *reason);
SkErrorMode sk_codec_error_mode(SkValue errors);
/* The replacement that a built-in handler other than strict has for the exception |exc| (as a script would call it). */
SkValue sk_codec_handle(SkVm *vm, SkErrorMode mode, SkValue exc);

/* ---- the registry (codec_registry.c) ---- */
SkDict *sk_codec_registry(SkVm *vm, const char *part); /* "errors": name -> callable; "cache": name -> tuple */
SkList *sk_codec_searchers(SkVm *vm);
/* (encode, decode, reader, writer) of any encoding; LookupError. */
SkValue sk_codec_lookup(SkVm *vm, SkStr *name);
SkValue sk_codec_lookup_error(SkVm *vm, SkStr *name);

/* tables */
extern const SkCodec sk_codec_utf8, sk_codec_ascii, sk_codec_latin1;
void sk_codec_utf8_decode(SkCoding *c);
void sk_codec_utf16_decode(SkCoding *c);
void sk_codec_utf32_decode(SkCoding *c);
void sk_codec_escape_encode(SkCoding *c);
void sk_codec_escape_decode(SkCoding *c);
void sk_codec_raw_escape_encode(SkCoding *c);
void sk_codec_raw_escape_decode(SkCoding *c);

SK_C_END

#endif
