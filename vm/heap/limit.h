/* limit.h - what a VM may use and may do, how it is stopped, where its memory comes from.  Layer 5.
 *
 * STEPS.  A Python call or a jump is one step; the loop counts them itself (vm/run).  C code that works in proportion to
 * something says so: sk_charge(vm, n) before or while it touches n * 64 bytes or does n small pieces of work, sk_charge_bytes for
 * bytes.  Charging never runs script code and leaves the caller only by a stop: it is safe wherever longjmp is, also in the
 * middle of an update that is half done.  Rule of thumb: no more than about 100 us of work between two charges.
 *
 * THE ACCOUNT.  All threads and the loop draw on limits.credit, in memory, so that every way out of the loop keeps the count.  Below
 * zero the loop polls (sk_limits_look gives new credit from |fuel|); C code may go on down to |floor|, so that the loop's
 * poll comes soon afterwards.  Steps taken so far: granted - credit.
 *
 * A STOP (fuel, time, kill, a final limit) is an unwinding that nothing catches: vm->limits.stop stays set, sk_protect passes it on
 * by itself, every entry into the loop raises it again.  Only C code that must tidy up what a reset cannot (memory of the system, frames
 * of a foreign library) catches it, with sk_protect_any, and passes it on.  Only a reset of the VM clears it.
 */
#ifndef SK_HEAP_LIMIT_H
#define SK_HEAP_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vm/heap/value.h"

SK_C_BEGIN

typedef enum SkStopKind { SK_STOP_NONE, SK_STOP_FUEL, SK_STOP_DEADLINE, SK_STOP_KILL, SK_STOP_HEAP, SK_STOP_LIMIT } SkStopKind;

enum { SK_FINAL_HEAP = 1, SK_FINAL_DEPTH = 2, SK_FINAL_TASKS = 4, SK_FINAL_SIZE = 8 };

/* What scripts may do outside the VM: the bits of skein_cap, in the same order. */
enum {
  SK_CAP_FS_READ = 1, SK_CAP_FS_WRITE = 2, SK_CAP_NET_CONNECT = 4, SK_CAP_NET_LISTEN = 8, SK_CAP_PROCESS = 16, SK_CAP_ENV = 32,
  SK_CAP_CLOCK = 64, SK_CAP_RANDOM = 128, SK_CAP_SIGNAL = 256, SK_CAP_THREADS = 512, SK_CAP_STDIN = 1024, SK_CAP_EVAL = 2048
};

typedef struct SkLimits {
  int64_t credit;      /* steps left until the loop polls */
  int64_t floor;       /* C code may take the credit down to here, at most 0, until sk_charge_slow must look */
  uint64_t granted;    /* all credit given so far */
  uint64_t fuel;       /* steps left beyond what was granted; UINT64_MAX: no limit */
  int64_t deadline;    /* CLOCK_MONOTONIC nanoseconds; 0: none */
  size_t heap;         /* bytes; 0: what the machine has */
  size_t length;       /* most bytes of a str, bytes or int; 0: no limit */
  uint32_t depth, tasks; /* 0: no limit */
  uint32_t final;      /* SK_FINAL_... */
  uint32_t caps;       /* SK_CAP_... granted; sk_need() asks */
  SkStopKind stop;     /* set once, for good */
  uint64_t *descriptors; /* a bit for each descriptor that scripts opened; sk_mem, grown by sk_fd_made */
  uint32_t descriptor_words;
} SkLimits;

/* ---- steps ---- */
void sk_charge_slow(SkVm *vm); /* looks at fuel, clock and interrupts; may stop the VM */
#define sk_charge(vm, steps) ((void)(SK_UNLIKELY(((vm)->limits.credit -= (int64_t)(steps)) < (vm)->limits.floor) ? sk_charge_slow(vm) : (void)0))
#define sk_charge_bytes(vm, bytes) sk_charge(vm, (bytes) / 64)
void sk_limits_look(SkVm *vm);  /* the same at a safepoint, and new credit */
/* Fuel and time from now on; UINT64_MAX, 0: no limit. */
void sk_limits_start(SkVm *vm, uint64_t fuel, uint64_t nanoseconds);
uint64_t sk_steps_taken(const SkVm *vm);
/* |until| (monotonic nanoseconds, negative: never), or the VM's deadline if that comes first: nothing may wait longer. */
int64_t sk_limits_until(const SkVm *vm, int64_t until);
bool sk_time_is_over(const SkVm *vm);

/* ---- stops ---- */
SK_NORETURN void sk_stop(SkVm *vm, SkStopKind why);
#define sk_stopped(vm) SK_UNLIKELY((vm)->limits.stop != SK_STOP_NONE)

/* ---- sizes and other limits ---- */
/* Before a str, bytes or int of that many bytes is made: MemoryError or a stop beyond limits.length. */
void sk_check_length_slow(SkVm *vm);
#define sk_check_length(vm, bytes) ((void)((vm)->limits.length && (bytes) > (vm)->limits.length ? sk_check_length_slow(vm) : (void)0))

/* ---- capabilities ---- */
/* Before an effect outside the VM: PermissionError unless |cap| is granted and the host agrees to |what| (a path, "host:port",
 * a name; never NULL).  May call the host. */
void sk_need(SkVm *vm, uint32_t cap, const char *what);
#define sk_may(vm, cap) (((vm)->limits.caps & (cap)) == (cap))

/* ---- descriptors by number (descriptor.c) ---- */
/* A script may name a descriptor by its number when it was opened for one in this VM.  Any other belongs to the host, and takes
 * SK_CAP_PROCESS. */
void sk_fd_made(SkVm *vm, int fd);  /* never raises: what cannot be noted down is refused later */
void sk_fd_gone(SkVm *vm, int fd);  /* also from finalizers */
void sk_need_fd(SkVm *vm, int fd);
void sk_fds_free(SkVm *vm);

/* ---- memory ---- */
/* The allocator of a VM, as skein_alloc_fn. */
typedef void *SkAllocFn(void *user, void *p, size_t old_size, size_t new_size, size_t align);
void *sk_default_alloc(void *user, void *p, size_t old_size, size_t new_size, size_t align);
/* All memory of a VM comes from its allocator: the record, the heap's chunks, tables, stacks.  Only what VMs share or what serves one
 * compilation does not: code units and the verifier (vm/bytecode), the front end's arenas, and the libraries (PCRE2, libuv, libcurl).
 * Memory outside the heap proper; NULL: there is none.  Sizes are given back exactly. */
void *sk_mem_new(SkVm *vm, size_t bytes);      /* zeroed */
void *sk_mem_grow(SkVm *vm, void *p, size_t old_bytes, size_t new_bytes);
void sk_mem_free(SkVm *vm, void *p, size_t bytes); /* NULL is fine */
/* Large pieces: zeroed, and where the memory is the system's own, not used before they are touched (sk_mem_is_system). */
enum { SK_PAGE = 4096 };
void *sk_mem_map(SkVm *vm, size_t bytes, size_t align); /* |align|: a power of two, SK_PAGE at least */
void sk_mem_unmap(SkVm *vm, void *p, size_t bytes, size_t align);
bool sk_mem_is_system(const SkVm *vm);

SK_C_END

#endif
