/* chunk.c - memory from the system: chunks, runs of blocks, and which addresses are ours.  Layer 5. */
#include <sys/mman.h>

#include "vm/heap/heap_impl.h"

static size_t table_slot(const SkHeap *h, uintptr_t key) {
  size_t i = (key * 0x9e3779b97f4a7c15u) >> 32 & (h->table_size - 1);
  while (h->table_keys[i] && h->table_keys[i] != key) i = (i + 1) & (h->table_size - 1);
  return i;
}

Chunk *heap_find_chunk(const SkHeap *h, uintptr_t address) {
  if (address < h->lowest || address >= h->highest) return NULL;
  return h->table[table_slot(h, address >> CHUNK_BITS)];
}

static bool table_grow(SkHeap *h) {
  size_t size = h->table_size ? h->table_size * 2 : 16, old_size = h->table_size;
  Chunk **old = h->table;
  uintptr_t *old_keys = h->table_keys;
  Chunk **table = sk_mem_new(h->vm, size * sizeof *table);
  uintptr_t *keys = sk_mem_new(h->vm, size * sizeof *keys);
  if (!table || !keys) {
    sk_mem_free(h->vm, table, size * sizeof *table);
    sk_mem_free(h->vm, keys, size * sizeof *keys);
    return false;
  }
  h->table = table;
  h->table_keys = keys;
  h->table_size = size;
  for (size_t i = 0; i < old_size; i++) {
    if (!old_keys[i]) continue;
    size_t at = table_slot(h, old_keys[i]);
    keys[at] = old_keys[i];
    table[at] = old[i];
  }
  sk_mem_free(h->vm, old, old_size * sizeof *old);
  sk_mem_free(h->vm, old_keys, old_size * sizeof *old_keys);
  return true;
}

static bool table_add(SkHeap *h, uintptr_t key, Chunk *c) {
  if ((h->table_used + 1) * 2 > h->table_size && !table_grow(h)) return false;
  size_t at = table_slot(h, key);
  if (!h->table_keys[at]) h->table_used++;
  h->table_keys[at] = key;
  h->table[at] = c;
  return true;
}

/* Keys stay behind with a NULL chunk: the same address comes back often. */
static void table_remove(SkHeap *h, uintptr_t key) { h->table[table_slot(h, key)] = NULL; }

enum { SHORT_CHUNK = 256 << 10 };

static Chunk *chunk_new(SkHeap *h, size_t bytes) {
  bytes = (bytes + CHUNK_BYTES - 1) & ~(size_t)(CHUNK_BYTES - 1);
  bool system = sk_mem_is_system(h->vm);
  if (bytes == CHUNK_BYTES && !h->chunk_count && !system) bytes = SHORT_CHUNK;
  if (h->chunk_count == h->chunk_room) {
    size_t room = h->chunk_room ? h->chunk_room * 2 : 16;
    Chunk **chunks = sk_mem_grow(h->vm, h->chunks, h->chunk_room * sizeof *chunks, room * sizeof *chunks);
    if (!chunks) return NULL;
    h->chunks = chunks;
    h->chunk_room = room;
  }
  char *p = sk_mem_map(h->vm, bytes, CHUNK_BYTES);
  if (!p) return NULL;
  Chunk *c = (Chunk *)p;
  c->mapped = bytes;
  int blocks = bytes < CHUNK_BYTES ? (int)(bytes / BLOCK_BYTES) : BLOCKS;
  c->free_blocks = blocks - 1;
  for (int i = 1; i < BLOCKS; i++) c->blocks[i] = (Block){.state = i < blocks ? BLOCK_FREE : BLOCK_ABSENT, .fresh = i < blocks};
  for (size_t off = 0; off < bytes; off += CHUNK_BYTES)
    if (!table_add(h, ((uintptr_t)p + off) >> CHUNK_BITS, c)) {
      for (size_t done = 0; done < off; done += CHUNK_BYTES) table_remove(h, ((uintptr_t)p + done) >> CHUNK_BITS);
      sk_mem_unmap(h->vm, p, bytes, CHUNK_BYTES);
      return NULL;
    }
  h->chunks[h->chunk_count++] = c;
  if (!h->lowest || (uintptr_t)p < h->lowest) h->lowest = (uintptr_t)p;
  if ((uintptr_t)p + bytes > h->highest) h->highest = (uintptr_t)p + bytes;
  return c;
}

static void chunk_release(SkHeap *h, Chunk *c) {
  sk_mem_free(h->vm, c->shadow, sizeof c->marks);
  sk_mem_unmap(h->vm, c, c->mapped, CHUNK_BYTES);
}

static void chunk_free(SkHeap *h, Chunk *c) {
  for (size_t i = 0; i < h->chunk_count; i++)
    if (h->chunks[i] == c) {
      h->chunks[i] = h->chunks[--h->chunk_count];
      break;
    }
  size_t bytes = c->mapped;
  for (size_t off = 0; off < bytes; off += CHUNK_BYTES) table_remove(h, ((uintptr_t)c + off) >> CHUNK_BITS);
  chunk_release(h, c);
}

static int find_run(const Chunk *c, size_t count) {
  size_t run = 0;
  for (int i = 1; i < BLOCKS; i++) {
    run = c->blocks[i].state == BLOCK_FREE ? run + 1 : 0;
    if (run == count) return i - (int)count + 1;
  }
  return 0;
}

Block *heap_take_blocks(SkVm *vm, size_t count, char **start) {
  SkHeap *h = vm->heap;
  size_t bytes = count * BLOCK_BYTES;
  if (h->used_bytes + bytes > h->limit) return NULL;
  Chunk *c = NULL;
  int first = 0;
  if (count < BLOCKS) {
    /* Newest chunks first: older ones are mostly full. */
    for (size_t i = h->chunk_count; i-- > 0 && !first;)
      if (h->chunks[i]->mapped <= CHUNK_BYTES && h->chunks[i]->free_blocks >= (int)count)
        if ((first = find_run(h->chunks[i], count))) c = h->chunks[i];
    if (!c && (c = chunk_new(h, CHUNK_BYTES)) && c->free_blocks < (int)count) c = chunk_new(h, CHUNK_BYTES); /* after a short one */
    if (!first) first = 1;
  } else if ((c = chunk_new(h, bytes + BLOCK_BYTES))) {
    first = 1;
  }
  if (!c) return NULL;
  size_t here = count < BLOCKS ? count : BLOCKS - 1;
  c->free_blocks -= (int)here;
  h->used_bytes += bytes;
  if (h->used_bytes > h->most_bytes) h->most_bytes = h->used_bytes;
  bool fresh = true;
  for (size_t i = 0; i < here; i++) {
    Block *b = &c->blocks[first + (int)i];
    fresh &= b->fresh;
    *b = (Block){.state = i ? BLOCK_RUN_REST : BLOCK_RUN, .head = (uint8_t)first, .swept = true};
  }
  Block *head = &c->blocks[first];
  head->run_blocks = (uint32_t)count;
  head->fresh = fresh;
  *start = (char *)c + (size_t)first * BLOCK_BYTES;
  return head;
}

void heap_give_blocks(SkHeap *h, Chunk *c, int first, size_t count) {
  h->used_bytes -= count * BLOCK_BYTES;
  if (c->mapped > CHUNK_BYTES) {
    chunk_free(h, c);
    return;
  }
  size_t g = (size_t)first * (BLOCK_BYTES / GRAIN) / 64;
  memset(&c->marks[g], 0, count * (BLOCK_BYTES / GRAIN / 8));
  char *p = (char *)c + (size_t)first * BLOCK_BYTES;
  /* Large stretches go back to the system: they come again zeroed. */
  bool returned = count >= 4 && sk_mem_is_system(h->vm) && madvise(p, count * BLOCK_BYTES, MADV_DONTNEED) == 0;
  for (size_t i = 0; i < count; i++) c->blocks[first + (int)i] = (Block){.state = BLOCK_FREE, .fresh = returned};
  c->free_blocks += (int)count;
  if (c->free_blocks == BLOCKS - 1 && h->chunk_count > 1) chunk_free(h, c);
}

void heap_unmap_all(SkHeap *h) {
  for (size_t i = 0; i < h->chunk_count; i++) chunk_release(h, h->chunks[i]);
  sk_mem_free(h->vm, h->chunks, h->chunk_room * sizeof *h->chunks);
  sk_mem_free(h->vm, h->table, h->table_size * sizeof *h->table);
  sk_mem_free(h->vm, h->table_keys, h->table_size * sizeof *h->table_keys);
}
