// alloc_test.cc - a VM lives on its host's memory alone: every byte is asked for, given back with its size, and may be refused.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <unordered_map>

#include "vm/api/skein.h"

namespace {

struct Counter {
  std::mutex lock;
  std::unordered_map<void *, std::pair<size_t, size_t>> blocks;  // address -> size, alignment
  size_t bytes = 0, peak = 0, requests = 0, fail_at = 0, mistakes = 0;
};

void *Allocate(void *user, void *p, size_t old_size, size_t new_size, size_t align) {
  auto *c = static_cast<Counter *>(user);
  std::lock_guard<std::mutex> hold(c->lock);
  if (p) {
    auto it = c->blocks.find(p);
    if (it == c->blocks.end() || it->second.first != old_size || (new_size == 0 && it->second.second != align)) c->mistakes++;
  }
  if (new_size && ++c->requests == c->fail_at) return nullptr;
  void *q = nullptr;
  if (new_size) {
    size_t room = (new_size + align - 1) & ~(align - 1);
    q = align > 16 ? aligned_alloc(align, room) : malloc(new_size);
    if (!q) return nullptr;
    memset(q, 0xa5, new_size);  // nobody may count on zeroes
    if (p) memcpy(q, p, old_size < new_size ? old_size : new_size);
    c->blocks[q] = {new_size, align};
    c->bytes += new_size;
    if (c->bytes > c->peak) c->peak = c->bytes;
  }
  if (p) {
    c->blocks.erase(p);
    c->bytes -= old_size;
    free(p);
  }
  return q;
}

skein_config Config(Counter *c) {
  skein_config config;
  skein_config_init(&config);
  config.alloc = Allocate;
  config.alloc_user = c;
  config.caps = 0xfff;
  return config;
}

// Runs |script| in a VM of its own; what the allocator holds afterwards must be nothing.
void RunAndCount(const char *script) {
  Counter c;
  skein_config config = Config(&c);
  skein_vm *vm = nullptr;
  ASSERT_EQ(skein_vm_new(&config, &vm), SKEIN_OK);
  EXPECT_GT(c.bytes, 0u);
  EXPECT_EQ(skein_exec(vm, script, strlen(script), "<test>"), SKEIN_OK) << script;
  skein_vm_free(vm);
  EXPECT_EQ(c.bytes, 0u) << script;
  EXPECT_EQ(c.blocks.size(), 0u);
  EXPECT_EQ(c.mistakes, 0u);
}

TEST(Alloc, NothingIsLeft) { RunAndCount("x = [i * 1.5 for i in range(1000)]\n"); }

TEST(Alloc, BigAndManyObjects) {
  RunAndCount("a = ['%d' % i for i in range(100000)]\nb = b'x' * 5000000\ndel a, b\nimport gc\ngc.collect()\nc = [{} for i in range(100000)]\n");
}

TEST(Alloc, ClassesAndWeakReferences) {
  RunAndCount(
      "import weakref\n"
      "class A:\n"
      "    def __del__(self): pass\n"
      "    def __add__(self, o): return self\n"
      "for i in range(50):\n"
      "    class B(A): x = i\n"
      "    for n in range(30): setattr(B(), 'n%d' % n, n)\n"
      "d = weakref.WeakValueDictionary()\n"
      "keep = [A() for i in range(500)]\n"
      "for i, a in enumerate(keep): d[i] = a\n"
      "del keep[250:]\n");
}

TEST(Alloc, TasksAndRegexesAndJson) {
  RunAndCount(
      "import asyncio, json, re\n"
      "async def work(i):\n"
      "    await asyncio.sleep(0)\n"
      "    return json.loads(json.dumps({'a': [i] * 10}))['a'][0]\n"
      "async def main():\n"
      "    async with asyncio.TaskGroup() as g:\n"
      "        ts = [g.create_task(work(i)) for i in range(100)]\n"
      "    assert sum(t.result() for t in ts) == 4950\n"
      "asyncio.run(main())\n"
      "assert re.sub(r'(\\w+)', r'<\\1>', 'a b' * 100).count('<') > 100\n");
}

TEST(Alloc, Threads) {
  RunAndCount(
      "import threading\n"
      "out = []\n"
      "ts = [threading.Thread(target=lambda: out.append(sum(range(10000)))) for i in range(8)]\n"
      "for t in ts: t.start()\n"
      "for t in ts: t.join()\n"
      "assert len(out) == 8\n");
}

TEST(Alloc, AnErrorThatNobodyTakes) {
  Counter c;
  skein_config config = Config(&c);
  skein_vm *vm = nullptr;
  ASSERT_EQ(skein_vm_new(&config, &vm), SKEIN_OK);
  const char *script = "def f(n): return f(n - 1) if n else 1 // 0\nf(100)";
  EXPECT_EQ(skein_exec(vm, script, strlen(script), "<test>"), SKEIN_ERR_EXC);
  skein_vm_free(vm);
  EXPECT_EQ(c.bytes, 0u);
}

TEST(Alloc, AYoungVmIsSmall) {
  Counter c;
  skein_config config = Config(&c);
  skein_vm *vm = nullptr;
  ASSERT_EQ(skein_vm_new(&config, &vm), SKEIN_OK);
  EXPECT_LT(c.bytes, 4u << 20);
  skein_vm_free(vm);
  EXPECT_EQ(c.bytes, 0u);
}

// The n-th request of a birth fails: no VM, no crash, nothing left.
TEST(Alloc, ABirthWithoutMemory) {
  size_t needed = 0;
  for (size_t n = 1; n < 10000; n++) {
    Counter c;
    c.fail_at = n;
    skein_config config = Config(&c);
    skein_vm *vm = nullptr;
    skein_status s = skein_vm_new(&config, &vm);
    if (s == SKEIN_OK) {
      skein_vm_free(vm);
      if (c.requests < n) needed = n;
    } else {
      EXPECT_EQ(vm, nullptr);
    }
    EXPECT_EQ(c.bytes, 0u) << n;
    EXPECT_EQ(c.mistakes, 0u) << n;
    if (needed || HasFailure()) break;
  }
  EXPECT_GT(needed, 10u);
}

// The same while a script runs: an error or none, and nothing left.
TEST(Alloc, AScriptWithoutMemory) {
  const char *script = "class A:\n    x = 1\na = [A() for i in range(20000)]\nb = {i: str(i) for i in range(20000)}\n";
  size_t born = 0;
  for (size_t n = 0; n < 60; n++) {
    Counter c;
    c.fail_at = n ? born + n : 0;
    skein_config config = Config(&c);
    skein_vm *vm = nullptr;
    ASSERT_EQ(skein_vm_new(&config, &vm), SKEIN_OK);
    if (!n) born = c.requests;
    skein_exec(vm, script, strlen(script), "<test>");
    c.fail_at = 0;
    skein_vm_free(vm);
    EXPECT_EQ(c.bytes, 0u) << n;
    EXPECT_EQ(c.mistakes, 0u) << n;
  }
}

}  // namespace
