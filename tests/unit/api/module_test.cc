// module_test.cc - modules of the host: the loader hook, skein_module, skein_import.
#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "vm/api/skein.h"

namespace {

struct Store {
  std::map<std::string, std::string> modules;  // name -> source; a name that ends in / is a package
  std::vector<std::string> asked;
};

skein_status Load(skein_vm *vm, void *user, const char *name, skein_source *out) {
  auto *s = static_cast<Store *>(user);
  s->asked.push_back(name);
  if (!std::strcmp(name, "forbidden")) return skein_raise(vm, "ImportError", "not for you");
  if (!std::strcmp(name, "careless")) return SKEIN_ERR_EXC;
  auto it = s->modules.find(name), package = s->modules.find(std::string(name) + "/");
  if (it == s->modules.end() && package == s->modules.end()) return SKEIN_OK;
  out->package = it == s->modules.end();
  const std::string &text = out->package ? package->second : it->second;
  out->text = text.data();
  out->length = text.size();
  if (!std::strcmp(name, "named")) out->filename = "rules/named.py";
  return SKEIN_OK;
}

class Modules : public testing::Test {
 protected:
  void SetUp() override {
    store_.modules = {{"one", "x = 1\nimport two\n"}, {"two", "import one\ny = one.x + 1\n"}, {"pack/", "z = 3\nfrom . import inner\n"},
                      {"pack.inner", "from .deep import w\n"}, {"pack.deep", "w = __name__\n"}, {"bad", "def f(:\n"}, {"json", "loads = len\n"},
                      {"named", "def f():\n    raise ValueError('in named')\n"}, {"fails", "1/0\n"}};
    skein_config c;
    skein_config_init(&c);
    c.load = Load, c.load_user = &store_;
    ASSERT_EQ(skein_vm_new(&c, &vm_), SKEIN_OK);
  }
  void TearDown() override { skein_vm_free(vm_); }

  std::string RunText(const std::string &text) {
    if (skein_exec(vm_, text.data(), text.size(), "<test>") == SKEIN_OK) return "";
    skein_val exc = skein_exc_take(vm_);
    return std::string(skein_exc_type(vm_, exc)) + ": " + skein_exc_message(vm_, exc);
  }

  Store store_;
  skein_vm *vm_ = nullptr;
};

TEST_F(Modules, TheHostIsAskedFirstAndOnce) {
  EXPECT_EQ(RunText("import one\nassert one.two.y == 2\nimport one, two\nimport json\nassert json.loads is len\n"), "");
  EXPECT_EQ(store_.asked, (std::vector<std::string>{"one", "two", "json"}));
}

TEST_F(Modules, TheLibraryIsStillThere) {
  EXPECT_EQ(RunText("import math, collections\nassert math.pi > 3 and collections.OrderedDict"), "");
}

TEST_F(Modules, PackagesHaveSubmodules) {
  EXPECT_EQ(RunText("import pack\nassert pack.z == 3 and pack.inner.w == 'pack.deep'\nassert pack.__path__ == [] and pack.__package__ == 'pack'\n"
                "assert pack.inner.__package__ == 'pack' and pack.__file__ == '<pack>' and pack.__spec__.name == 'pack'\n"),
            "");
  EXPECT_EQ(RunText("import one.three"), "ModuleNotFoundError: No module named 'one.three'; 'one' is not a package");
  EXPECT_EQ(RunText("import pack.nothing"), "ModuleNotFoundError: No module named 'pack.nothing'");
}

TEST_F(Modules, ErrorsAreTheScripts) {
  EXPECT_EQ(RunText("import forbidden"), "ImportError: not for you");
  EXPECT_EQ(RunText("import careless"), "SystemError: the module loader failed for 'careless' without raising an exception");
  EXPECT_EQ(RunText("import bad").substr(0, 12), "SyntaxError:");
  EXPECT_EQ(RunText("import fails"), "ZeroDivisionError: division by zero");
  EXPECT_EQ(RunText("import fails"), "ZeroDivisionError: division by zero");  // not half made
}

TEST_F(Modules, TracebacksShowTheHostsText) {
  EXPECT_EQ(RunText("import named"), "");
  EXPECT_EQ(skein_exec(vm_, "named.f()", 9, "<test>"), SKEIN_ERR_EXC);
  std::string text;
  ASSERT_EQ(skein_exc_format(vm_, skein_exc_take(vm_), nullptr, [](void *to, int, const char *s, size_t n) { static_cast<std::string *>(to)->append(s, n); }, &text), SKEIN_OK);
  EXPECT_NE(text.find("  File \"rules/named.py\", line 2, in f\n    raise ValueError('in named')\n"), std::string::npos) << text;
}

TEST_F(Modules, MadeFromOutside) {
  skein_val m, v;
  ASSERT_EQ(skein_module(vm_, "host", &m), SKEIN_OK);
  EXPECT_EQ(skein_typeof(vm_, m), SKEIN_T_MODULE);
  ASSERT_EQ(skein_set_attr(vm_, m, "answer", skein_int(vm_, 42)), SKEIN_OK);
  EXPECT_EQ(RunText("import host\nassert host.answer == 42 and host.__name__ == 'host'"), "");
  ASSERT_EQ(skein_import(vm_, "pack.inner", &v), SKEIN_OK);
  ASSERT_EQ(skein_get_attr(vm_, v, "w", &v), SKEIN_OK);
  EXPECT_EQ(skein_import(vm_, "nothing", &v), SKEIN_ERR_EXC);
  EXPECT_EQ(v.bits, 0u);
  EXPECT_EQ(skein_module(vm_, nullptr, &v), SKEIN_ERR_MISUSE);
}

}  // namespace
