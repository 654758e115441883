// bytecode_test.cc - assembling, verifying, freezing, printing code.
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "vm/bytecode/assemble.h"
#include "vm/bytecode/disasm.h"
#include "vm/bytecode/freeze.h"

namespace {

const SkRange kPos = {1, 0, 1, 1};

class BytecodeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    sk_arena_init(&arena_, nullptr, nullptr);
    sk_asm_init(&as_, &arena_);
  }
  void TearDown() override {
    sk_code_release(code_);
    sk_arena_free(&arena_);
  }
  SkInsn *Emit(SkOp op, unsigned a = 0, unsigned b = 0, unsigned c = 0) {
    return sk_asm_emit(&as_, kPos, op, a, b, c);
  }
  // The code so far as a function of one parameter with |regs| registers.
  SkCode *Finish(unsigned regs = 8) {
    static const SkText kNames[] = {{"x", 1}};
    static const uint8_t kCells[] = {0};
    SkAsmHead head = {};
    head.name = head.qualname = {"f", 1};
    head.filename = {"f.py", 4};
    head.first_line = 1;
    head.argcount = 1;
    head.nlocals = 1;
    head.nregs = regs;
    head.varnames = kNames;
    head.is_cell = kCells;
    head.doc = -1;
    code_ = sk_asm_finish(&as_, &head);
    return code_;
  }
  std::string Verify() {
    uint32_t at;
    const char *why = sk_code_verify(code_, &at);
    return why ? why : "";
  }

  SkArena arena_;
  SkAsm as_;
  SkCode *code_ = nullptr;
};

TEST_F(BytecodeTest, EqualConstantsShareAnIndexUnlessTheirKindsDiffer) {
  SkCodeConst zero = {}, minus = {};
  zero.kind = minus.kind = SK_K_FLOAT;
  minus.d = -0.0;
  EXPECT_EQ(sk_asm_const_int(&as_, 7), sk_asm_const_int(&as_, 7));
  EXPECT_NE(sk_asm_const(&as_, &zero), sk_asm_const(&as_, &minus));
  EXPECT_NE(sk_asm_const_text(&as_, SK_K_STR, "a", 1), sk_asm_const_text(&as_, SK_K_BYTES, "a", 1));
}

TEST_F(BytecodeTest, CodeNobodyReachesIsNotKept) {
  SkLabel end = sk_asm_label(&as_);
  Emit(SK_OP_RET, 0);
  Emit(SK_OP_NOP);
  sk_asm_jump(&as_, kPos, SK_OP_JMP, 0, 0, 0, end);
  sk_asm_place(&as_, end);
  EXPECT_EQ(Finish()->ninsns, 1u);
  EXPECT_EQ(Verify(), "");
}

TEST_F(BytecodeTest, AFusedBranchTooFarIsStretched) {
  SkLabel far = sk_asm_label(&as_);
  sk_asm_jump(&as_, kPos, SK_OP_JLT, 0, 0, 0, far);
  for (int i = 0; i < 40000; i++) Emit(SK_OP_NOP);
  sk_asm_place(&as_, far);
  Emit(SK_OP_RETNONE);
  const SkCode *code = Finish();
  EXPECT_EQ(code->insns[0].c, 2);
  EXPECT_EQ(code->insns[1].op, SK_OP_JMP);
  EXPECT_EQ(sk_insn_jump32(&code->insns[1]), 2);
  EXPECT_EQ(2 + sk_insn_jump32(&code->insns[2]), 40003);
  EXPECT_EQ(Verify(), "");
}

TEST_F(BytecodeTest, AJumpToAJumpGoesAllTheWay) {
  SkLabel first = sk_asm_label(&as_), last = sk_asm_label(&as_);
  sk_asm_jump(&as_, kPos, SK_OP_JT, 0, 0, 0, first);
  Emit(SK_OP_RETNONE);
  sk_asm_place(&as_, first);
  sk_asm_jump(&as_, kPos, SK_OP_JMP, 0, 0, 0, last);
  sk_asm_place(&as_, last);
  Emit(SK_OP_RET, 0);
  EXPECT_EQ(sk_insn_jump32(&Finish()->insns[0]), 3);
}

TEST_F(BytecodeTest, ReadingWhatWasNeverWrittenIsRefused) {
  Emit(SK_OP_RET, 3);
  Finish();
  EXPECT_EQ(Verify(), "register read before it is written");
}

TEST_F(BytecodeTest, ReadingWhatOnlyOnePathWroteIsRefused) {
  SkLabel join = sk_asm_label(&as_);
  sk_asm_jump(&as_, kPos, SK_OP_JT, 0, 0, 0, join);
  Emit(SK_OP_MOVE, 2, 0);
  sk_asm_place(&as_, join);
  Emit(SK_OP_RET, 2);
  Finish();
  EXPECT_EQ(Verify(), "register read before it is written");
}

TEST_F(BytecodeTest, ACallDestroysItsWindow) {
  Emit(SK_OP_MOVE, 2, 0);
  Emit(SK_OP_MOVE, 5, 0);
  Emit(SK_OP_CALL, 2, 1, 1);
  Emit(SK_OP_RET, 5);
  Finish();
  EXPECT_EQ(Verify(), "register read before it is written");
}

TEST_F(BytecodeTest, AHandlerOnlyHasWhatWasWrittenBeforeItsRange) {
  SkLabel handler = sk_asm_label(&as_);
  Emit(SK_OP_NEG, 2, 0);
  sk_asm_protect(&as_, 0, handler, 3);
  Emit(SK_OP_RET, 2);
  sk_asm_place(&as_, handler);
  Emit(SK_OP_MOVE, 4, 3);
  Emit(SK_OP_RET, 2);
  Finish();
  EXPECT_EQ(Verify(), "register read before it is written");
}

TEST_F(BytecodeTest, RegistersConstantsAndJumpsMustExist) {
  const struct { SkOp op; unsigned a, b, c; const char *why; } kRows[] = {
      {SK_OP_MOVE, 99, 0, 0, "register out of range"},
      {SK_OP_LOADK, 1, 5, 0, "constant out of range"},
      {SK_OP_GLOBAL, 1, 5, 0, "name out of range"},
      {SK_OP_JT, 0, 100, 0, "jump between instructions"},
      {SK_OP_TUPLE, 1, 6, 9, "run of registers out of range"},
      {SK_OP_CONT, 0, 0, 0, "unknown instruction"},
      {SK_OP_INTRINSIC, 1, 0, 999, "bad immediate operand"},
  };
  for (const auto &row : kRows) {
    sk_asm_init(&as_, &arena_);
    Emit(row.op, row.a, row.b, row.c);
    Emit(SK_OP_RETNONE);
    Finish();
    EXPECT_EQ(Verify(), row.why) << sk_op_info[row.op].name;
    sk_code_release(code_);
    code_ = nullptr;
  }
}

TEST_F(BytecodeTest, CodeMustNotFallOffItsEnd) {
  Emit(SK_OP_NOP);
  Finish();
  EXPECT_EQ(Verify(), "falls off the end");
}

TEST_F(BytecodeTest, TheSecondWordOfACallCanHaveItsOwnPosition) {
  SkRange name = {2, 3, 2, 6};
  uint32_t n = sk_asm_name(&as_, "m", 1);
  Emit(SK_OP_MOVE, 4, 0);
  Emit(SK_OP_CALLM, 1, 1, 1)[1].method.name = (uint16_t)n;
  sk_asm_second_range(&as_, name);
  Emit(SK_OP_RET, 1);
  const SkCode *code = Finish();
  EXPECT_EQ(sk_code_position(code, 1).line, 1);
  EXPECT_EQ(sk_code_position(code, 2).line, 2);
  EXPECT_EQ(sk_code_position(code, 4).line, 1);
  EXPECT_EQ(Verify(), "");
}

std::string Frozen(const SkCode *code) {
  SkBuf b;
  sk_buf_init(&b);
  sk_code_freeze(code, &b);
  std::string bytes(b.data, b.length);
  sk_buf_free(&b);
  return bytes;
}

TEST_F(BytecodeTest, ThawedCodeFreezesToTheSameBytes) {
  uint32_t items[] = {sk_asm_const_int(&as_, -5), sk_asm_const_text(&as_, SK_K_STR, "text", 4)};
  uint32_t k = sk_asm_const_items(&as_, SK_K_TUPLE, items, 2);
  Emit(SK_OP_LOADK, 1, k);
  Emit(SK_OP_RET, 1);
  Finish();
  std::string bytes = Frozen(code_);
  const char *why;
  SkCode *again = sk_code_thaw(bytes.data(), bytes.size(), SK_THAW_VERIFY, &why);
  ASSERT_NE(again, nullptr) << why;
  EXPECT_EQ(Frozen(again), bytes);
  sk_code_release(again);
}

TEST_F(BytecodeTest, DamagedBytesNeverThawToBadCode) {
  uint32_t k = sk_asm_const_text(&as_, SK_K_STR, "text", 4);
  Emit(SK_OP_LOADK, 1, k);
  Emit(SK_OP_RET, 1);
  Finish();
  std::string bytes = Frozen(code_);
  for (size_t i = 0; i < bytes.size(); i++)
    for (int bit = 0; bit < 8; bit++) {
      std::string bad = bytes;
      bad[i] ^= (char)(1 << bit);
      EXPECT_EQ(sk_code_thaw(bad.data(), bad.size(), SK_THAW_VERIFY, nullptr), nullptr) << i;
      sk_freeze_repair(bad.data(), bad.size()); /* an attacker knows the checksum */
      SkCode *code = sk_code_thaw(bad.data(), bad.size(), SK_THAW_VERIFY, nullptr);
      uint32_t at;
      if (code) EXPECT_EQ(sk_code_verify(code, &at), nullptr);
      sk_code_release(code);
    }
  for (size_t n = 0; n < bytes.size(); n++) EXPECT_EQ(sk_code_thaw(bytes.data(), n, SK_THAW_OWN, nullptr), nullptr);
}

TEST_F(BytecodeTest, OwnCodeIsUsedWhereItLies) {
  uint32_t k = sk_asm_const_text(&as_, SK_K_STR, "text", 4);
  Emit(SK_OP_LOADK, 1, k);
  Emit(SK_OP_RET, 1);
  Finish();
  std::string bytes = Frozen(code_);
  SkCode *code = sk_code_thaw(bytes.data(), bytes.size(), SK_THAW_OWN, nullptr);
  ASSERT_NE(code, nullptr);
  auto inside = [&](const void *p) { return (const char *)p >= bytes.data() && (const char *)p < bytes.data() + bytes.size(); };
  EXPECT_TRUE(inside(code->insns) && inside(code->consts[0].text) && inside(code->name.s) && inside(code->places));
  EXPECT_EQ(sk_code_position(code, 1).line, 1);
  sk_code_release(code);
}

// ---- what the loop trusts: each of these would make it follow a pointer that is none

TEST_F(BytecodeTest, ARegisterMustHoldWhatTheInstructionTrusts) {
  const struct { SkOp op; unsigned a, b, c; } kRows[] = {
      {SK_OP_GETCELL, 1, 0, 0}, {SK_OP_SETCELL, 0, 0, 0}, {SK_OP_LISTAPPEND, 0, 0, 0}, {SK_OP_LISTTUPLE, 1, 0, 0}, {SK_OP_SETADD, 0, 0, 0},
      {SK_OP_DICTSET, 0, 0, 0}, {SK_OP_MATCHREST, 1, 0, 0}, {SK_OP_FORMAT, 1, 0, 0}, {SK_OP_BUILDSTR, 1, 0, 1}, {SK_OP_SETFUNC, 0, 0, 0},
      {SK_OP_RERAISE, 0, 0, 0}, {SK_OP_ENDAFOR, 0, 0, 0}, {SK_OP_PUSHEXC, 0, 1, 0}, {SK_OP_POPEXC, 0, 0, 0}, {SK_OP_EGENTER, 1, 0, 0},
      {SK_OP_EGMATCH, 0, 0, 1}, {SK_OP_WITHEXIT, 0, 0, 1}};
  for (const auto &row : kRows) {
    sk_asm_init(&as_, &arena_);
    Emit(row.op, row.a, row.b, row.c);
    Emit(SK_OP_RETNONE);
    Finish();
    EXPECT_EQ(Verify(), "register holds the wrong kind of value") << sk_op_info[row.op].name;
    sk_code_release(code_);
    code_ = nullptr;
  }
}

TEST_F(BytecodeTest, AnUnsetRegisterIsNoValue) {
  Emit(SK_OP_UNSET, 2);
  Emit(SK_OP_RET, 2);
  Finish();
  EXPECT_EQ(Verify(), "register read that may be unset");
}

TEST_F(BytecodeTest, GeneratorInstructionsStandInGenerators) {
  const struct { SkOp op; unsigned a, b, c; } kRows[] = {{SK_OP_YIELD, 0, 1, 0}, {SK_OP_AYIELD, 0, 1, 0}, {SK_OP_PUSHEXC, 0, 1, 1}};
  for (const auto &row : kRows) {
    sk_asm_init(&as_, &arena_);
    Emit(row.op, row.a, row.b, row.c);
    Emit(SK_OP_RETNONE);
    Finish();
    EXPECT_EQ(Verify(), "bad immediate operand") << sk_op_info[row.op].name;
    sk_code_release(code_);
    code_ = nullptr;
  }
}

TEST_F(BytecodeTest, ACircleMustPoll) {
  SkLabel again = sk_asm_label(&as_);
  sk_asm_place(&as_, again);
  sk_asm_protect(&as_, 0, again, 2);
  Emit(SK_OP_RAISEBARE);
  SkHandler back = {0, 1, 0, 2, 0};
  SkCode *code = Finish();
  code->handlers = &back;
  code->nhandlers = 1;
  EXPECT_EQ(Verify(), "bad handler");
}

TEST_F(BytecodeTest, AnIteratorWhoseRangeIsNeverMadeLeavesNothingInItsRegister) {
  Emit(SK_OP_MOVE, 1, 0);
  Emit(SK_OP_MOVE, 4, 0);
  Emit(SK_OP_CALL, 1, 1, 5);
  Emit(SK_OP_GETITER, 0, 5, 6);
  Emit(SK_OP_RET, 5);
  Finish();
  EXPECT_EQ(Verify(), "register read before it is written");
}

}  // namespace
