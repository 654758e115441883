/* io_impl.h - what the files of _io share.  Layer 8. */
#ifndef SK_STDLIB_IO_IMPL_H
#define SK_STDLIB_IO_IMPL_H

#include "stdlib/native/native_type.h"
#include "vm/object/bytes.h"
#include "vm/object/codec.h"
#include "vm/object/str_methods.h"

enum { SK_IO_BUFFER = 8192 };

extern const SkTypeDef sk_io_base_type, sk_io_raw_type, sk_io_buffered_type, sk_io_text_type, sk_io_stringio_type,
    sk_io_bytesio_type, sk_io_fileio_type, sk_io_reader_type, sk_io_writer_type, sk_io_random_type, sk_io_pair_type,
    sk_io_wrapper_type, sk_io_newlines_type;
extern const SkNativeDef sk_io_open_def, sk_io_open_code_def, sk_io_text_encoding_def;

/* The class of |def| in this VM; made as a subclass of |base| when first asked for. */
SkType *io_class(SkVm *vm, const SkTypeDef *def, const SkTypeDef *base);
SkType *io_class_of(SkVm *vm, const SkTypeDef *def); /* with the base that the module gives it */
SK_NORETURN void io_unsupported(SkVm *vm, const char *what);
SK_NORETURN void io_closed(SkVm *vm); /* ValueError: I/O operation on closed file. */

/* Size arguments: None or absent is -1. */
int64_t io_size(SkVm *vm, SkValue v);

/* ---- newlines: what `newline=` asks for ---- */
typedef struct IoNewline {
  bool universal;   /* lines end at \r, \n and \r\n */
  bool translate;   /* and are read as \n */
  char write[3];    /* what \n is written as; empty: as it is */
} IoNewline;
void io_newline_parse(SkVm *vm, SkValue newline, IoNewline *out); /* ValueError "illegal newline value: 'x'" */
/* Length of the first line of |text|, its end included; 0: no line ends there. */
size_t io_line_end(SkVm *vm, const IoNewline *nl, SkChars text);
SkStr *io_newlines_to_lf(SkVm *vm, SkStr *s);
SkStr *io_write_translate(SkVm *vm, const IoNewline *nl, SkStr *s);

/* obj.method(...) by C name */
SkValue io_call0(SkVm *vm, SkValue obj, const char *name);
SkValue io_call1(SkVm *vm, SkValue obj, const char *name, SkValue a);
SkValue io_call2(SkVm *vm, SkValue obj, const char *name, SkValue a, SkValue b);
bool io_attr_true(SkVm *vm, SkValue obj, const char *name);
/* line iteration shared by the classes: obj.readline() until it is empty */
SkValue io_iter_next(SkVm *vm, SkValue self);
SkValue io_iter_self(SkVm *vm, SkValue self);

#endif
