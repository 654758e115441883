// header_test.cc - skein.h alone is enough for C++17, and declares nothing that is not there.
#include "vm/api/skein.h"

#include <gtest/gtest.h>

#include "tests/unit/api/header_functions.h"

namespace {

using Function = void (*)();
#define FN(name) reinterpret_cast<Function>(&name)
const Function all[] = {SKEIN_FUNCTIONS(FN)};

TEST(Header, EveryFunctionIsDefined) {
  for (Function f : all) EXPECT_NE(f, nullptr);
  EXPECT_EQ(skein_abi_version(), static_cast<uint32_t>(SKEIN_ABI));
  EXPECT_STREQ(skein_version(), SKEIN_VERSION);
}

}  // namespace
