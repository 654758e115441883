// grammar_test.cc - source text to tokens, trees and messages.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "grammar/ident.h"
#include "grammar/lexer.h"
#include "grammar/parse.h"
#include "grammar/token.h"
#include "grammar/uniname.h"

namespace {

const char kDir[] = "tests/unit/grammar/";

std::string Read(const std::string &name) {
  std::ifstream in(kDir + name, std::ios::binary);
  EXPECT_TRUE(in.good()) << name;
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

void Append(void *data, const char *text, size_t n) {
  static_cast<std::string *>(data)->append(text, n);
}

// One parse with its memory.
class Parse {
 public:
  explicit Parse(const std::string &source, SkParseMode mode = SK_PARSE_FILE,
                 unsigned flags = SK_PARSE_IS_STR) {
    sk_arena_init(&arena_, nullptr, nullptr);
    sk_diag_init(&diag_, &arena_, "<test>");
    ok_ = sk_parse(&arena_, &diag_, source.data(), source.size(), "<test>", mode, flags, &mod_);
  }
  ~Parse() { sk_arena_free(&arena_); }

  bool ok() const { return ok_; }
  const SkMod *mod() const { return mod_; }
  const SkDiag &diag() const { return diag_; }
  std::string message() const { return ok_ ? "" : diag_.error.message; }
  std::string verdict() const {
    static const char *const kinds[] = {"",         "SyntaxError",    "IndentationError",
                                        "TabError", "MemoryError",    "RecursionError",
                                        "ValueError", "OverflowError"};
    if (ok_) return "ok";
    const SkDiagError &e = diag_.error;
    std::stringstream s;
    s << kinds[e.kind] << ' ' << e.line << ':' << e.col << '-' << e.end_line << ':' << e.end_col
      << ' ' << e.message;
    return s.str();
  }
  std::string dump(bool positions = false) const {
    std::string text;
    sk_dump_ast(mod_, positions, Append, &text);
    return text;
  }

 private:
  SkArena arena_;
  SkDiag diag_;
  SkMod *mod_ = nullptr;
  bool ok_;
};

// ---- tokens ------------------------------------------------------------------------------------

struct Row {
  const char *name;
  int kind;
  const char *text;
};
const Row kRows[] = {
#define KEYWORD(name, text) {#name, TK_##name, text},
#define SIGN(name, text) {#name, TK_##name, text},
#include "grammar/tokens.def"
#undef KEYWORD
#undef SIGN
};

TEST(TokenTest, EverySpellingLexesToItself) {
  for (const Row &row : kRows) {
    SkArena arena;
    sk_arena_init(&arena, nullptr, nullptr);
    SkDiag diag;
    sk_diag_init(&diag, &arena, "<test>");
    // A closing bracket needs its opening one.
    std::string close = row.text, open = close == ")" ? "(" : close == "]" ? "[" : close == "}" ? "{" : "";
    std::string source = open + row.text + "\n";
    diag.source = source.c_str();
    diag.source_length = source.size();
    auto *lx = static_cast<SkLexer *>(sk_arena_zalloc(&arena, sizeof(SkLexer)));
    sk_lexer_run(lx, &arena, &diag);
    ASSERT_GT(lx->count, open.size());
    EXPECT_EQ(lx->tokens[open.size()].kind, row.kind) << row.name;
    EXPECT_STREQ(sk_token_spelling(row.kind), row.text);
    EXPECT_STREQ(sk_token_kind_name(row.kind), row.name);
    sk_arena_free(&arena);
  }
}

TEST(TokenTest, SoftKeywordsAreDecidedByTheirLine) {
  EXPECT_TRUE(Parse("match = 1\nmatch(x)\nmatch[x]\nmatch.x\nmatch * x\n").ok());
  EXPECT_TRUE(Parse("type = type(type)\ntype: type = type\n").ok());
  EXPECT_TRUE(Parse("match match:\n  case case: type\n").ok());
  EXPECT_TRUE(Parse("case = _ = 1; type X = int\n").ok());
}

// ---- trees -------------------------------------------------------------------------------------

class Golden : public testing::TestWithParam<const char *> {};

TEST_P(Golden, TreeIsPythons) {
  std::string source = Read(std::string("golden/") + GetParam() + ".py");
  Parse parse(source, SK_PARSE_FILE, 0);
  ASSERT_TRUE(parse.ok()) << parse.verdict();
  EXPECT_EQ(parse.dump(true), Read(std::string("golden/") + GetParam() + ".ast"));
}

TEST_P(Golden, TokensStayAsTheyAre) {
  std::string source = Read(std::string("golden/") + GetParam() + ".py"), text;
  SkArena arena;
  sk_arena_init(&arena, nullptr, nullptr);
  SkDiag diag;
  sk_diag_init(&diag, &arena, "<test>");
  EXPECT_TRUE(sk_dump_tokens(&arena, &diag, source.data(), source.size(), Append, &text));
  EXPECT_EQ(text, Read(std::string("golden/") + GetParam() + ".tokens"));
  sk_arena_free(&arena);
}

INSTANTIATE_TEST_SUITE_P(Files, Golden, testing::Values("expressions", "statements", "lines"));

TEST(TreeTest, EqualNamesAreOnePointer) {
  Parse parse("\xEF\xAC\x81n = fin\n");  // the ligature fi normalises to "fi"
  ASSERT_TRUE(parse.ok());
  const SkStmt *s = parse.mod()->body.items[0];
  EXPECT_EQ(s->as.Assign.targets.items[0]->as.Name.id, s->as.Assign.value->as.Name.id);
}

TEST(TreeTest, ModesChooseTheirRoot) {
  EXPECT_EQ(Parse("1 + 1", SK_PARSE_EVAL).mod()->kind, SK_MOD_Expression);
  EXPECT_EQ(Parse("x = 1", SK_PARSE_SINGLE).mod()->kind, SK_MOD_Interactive);
  EXPECT_EQ(Parse("if x:\n  y\n", SK_PARSE_SINGLE).mod()->body.n, 1u);
  EXPECT_FALSE(Parse("x = 1", SK_PARSE_EVAL).ok());
  EXPECT_FALSE(Parse("*a", SK_PARSE_EVAL).ok());
}

TEST(TreeTest, SkeinMixesExceptAndExceptStar) {
  const char source[] = "try: a\nexcept* B: c\nexcept D: e\n";
  EXPECT_TRUE(Parse(source).mod()->uses_mixed_except);
  EXPECT_FALSE(Parse(source, SK_PARSE_FILE, SK_PARSE_PORTABLE).ok());
}

// ---- encodings and lines -----------------------------------------------------------------------

TEST(SourceTest, DeclaredEncodingsAreDecoded) {
  EXPECT_NE(Parse("# coding: latin-1\nx = '\xE9'\n", SK_PARSE_FILE, 0).dump().find("'\\xe9'"),
            std::string::npos);
  EXPECT_NE(Parse("\xEF\xBB\xBFx = '\xC3\xA9'\n", SK_PARSE_FILE, 0).dump().find("'\\xe9'"),
            std::string::npos);
  EXPECT_EQ(Parse("# coding: nonsense\n", SK_PARSE_FILE, 0).message(), "encoding problem: nonsense");
  EXPECT_EQ(Parse("\xEF\xBB\xBF# coding: latin-1\n", SK_PARSE_FILE, 0).message(),
            "encoding problem: iso-8859-1 with BOM");
  EXPECT_EQ(Parse("x\ny = '\xFF'\n", SK_PARSE_FILE, 0).message(),
            "Non-UTF-8 code starting with '\\xff' in file <test> on line 2, but no encoding "
            "declared; see https://peps.python.org/pep-0263/ for details");
}

TEST(SourceTest, NullBytesAreRefused) {
  EXPECT_EQ(Parse(std::string("x\0y", 3), SK_PARSE_FILE, 0).message(),
            "source code cannot contain null bytes");
}

TEST(SourceTest, AllLineEndsAreLineEnds) {
  EXPECT_EQ(Parse("a\rb\r\nc\n").mod()->body.n, 3u);
  EXPECT_NE(Parse("x = '''a\r\nb'''").dump().find("'a\\nb'"), std::string::npos);
}

// ---- what a REPL asks --------------------------------------------------------------------------

bool Incomplete(const char *source) {
  Parse parse(source, SK_PARSE_SINGLE,
              SK_PARSE_IS_STR | SK_PARSE_INCOMPLETE | SK_PARSE_DONT_IMPLY_DEDENT);
  return !parse.ok() && parse.diag().incomplete;
}

TEST(ReplTest, AsksForMoreExactlyWhenMoreCouldHelp) {
  EXPECT_TRUE(Incomplete("f(1,\n"));
  EXPECT_TRUE(Incomplete("x = '''abc\n"));
  EXPECT_TRUE(Incomplete("f'''{x\n"));
  EXPECT_TRUE(Incomplete("x = 1 + \\\n"));
  EXPECT_TRUE(Incomplete("if x:\n"));
  EXPECT_TRUE(Incomplete("if x:\n  y\n"));
  EXPECT_TRUE(Incomplete("try:\n  y\n"));
  EXPECT_TRUE(Incomplete("@decorator\n"));
  EXPECT_FALSE(Incomplete("if x:\n  y\n\n"));
  EXPECT_FALSE(Incomplete("x = 1\n"));
  EXPECT_FALSE(Incomplete("x = = 1\n"));
  EXPECT_FALSE(Incomplete("f(1 2\n)\n"));
  EXPECT_FALSE(Incomplete("x = 'abc\n"));
}

// ---- messages ----------------------------------------------------------------------------------

void AppendUtf8(std::string *out, uint32_t c) {
  if (c < 0x80) {
    *out += static_cast<char>(c);
  } else if (c < 0x800) {
    *out += static_cast<char>(0xC0 | c >> 6);
    *out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *out += static_cast<char>(0xE0 | c >> 12);
    *out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// The escapes errors.txt uses: \n \t \\ \' and \uXXXX.
std::string Unescape(const std::string &s) {
  std::string out;
  for (size_t i = 0; i < s.size(); i++) {
    if (s[i] != '\\') {
      out += s[i];
    } else if (s[++i] == 'u') {
      AppendUtf8(&out, static_cast<uint32_t>(std::stoul(s.substr(i + 1, 4), nullptr, 16)));
      i += 4;
    } else {
      out += s[i] == 'n' ? '\n' : s[i] == 't' ? '\t' : s[i];
    }
  }
  return out;
}

TEST(MessageTest, BrokenProgramsGetPythonsWords) {
  std::istringstream lines(Read("errors.txt"));
  std::string snippet, verdict;
  while (std::getline(lines, snippet) && std::getline(lines, verdict))
    EXPECT_EQ(Parse(Unescape(snippet), SK_PARSE_FILE, SK_PARSE_IS_STR | SK_PARSE_PORTABLE).verdict(),
              verdict.substr(4))
        << snippet;
}

TEST(MessageTest, WarningsAreKept) {
  Parse parse("x = '\\d'\ny = 1if x else 2\n");
  ASSERT_TRUE(parse.ok());
  const SkDiagWarning *w = parse.diag().warnings;
  ASSERT_NE(w, nullptr);
  std::string first = w->message, second = w->next ? w->next->message : "";
  EXPECT_TRUE(first == "invalid escape sequence '\\d'" || second == "invalid escape sequence '\\d'");
  EXPECT_TRUE(first == "invalid decimal literal" || second == "invalid decimal literal");
}

// ---- hostile texts -----------------------------------------------------------------------------

std::string Repeat(const char *s, int n) {
  std::string out;
  for (int i = 0; i < n; i++) out += s;
  return out;
}

TEST(HostileTest, DepthIsAnErrorAndNeverACrash) {
  EXPECT_EQ(Parse(Repeat("(", 100000)).message(), "too many nested parentheses");
  EXPECT_TRUE(Parse(Repeat("(", 200) + "x" + Repeat(")", 200)).ok());
  EXPECT_EQ(Parse(Repeat("-", 100000) + "1").diag().error.kind, SK_DIAG_MEMORY);
  EXPECT_EQ(Parse(Repeat("not ", 100000) + "x").diag().error.kind, SK_DIAG_MEMORY);
  EXPECT_EQ(Parse(Repeat("1+", 100000) + "1").diag().error.kind, SK_DIAG_RECURSION);
  EXPECT_EQ(Parse("x" + Repeat(".a", 100000)).diag().error.kind, SK_DIAG_RECURSION);
  EXPECT_EQ(Parse("if a: b\n" + Repeat("elif a: b\n", 50000)).diag().error.kind, SK_DIAG_RECURSION);
  EXPECT_TRUE(Parse("a" + Repeat(" and a", 100000)).ok());
  EXPECT_TRUE(Parse("a" + Repeat("<a", 100000)).ok());
  EXPECT_TRUE(Parse(Repeat("a,", 100000)).ok());
  EXPECT_EQ(Parse(Repeat("f'{", 200)).message(), "too many nested f-strings");
}

size_t g_left;
void *Stingy(void *, void *old, size_t, size_t size) {
  if (!size) {
    free(old);
    return nullptr;
  }
  return g_left-- ? realloc(old, size) : nullptr;
}

TEST(HostileTest, OutOfMemoryIsAnErrorAtEveryAllocation) {
  std::string source = Read("golden/statements.py");
  bool ok = false;
  for (size_t n = 1; !ok && n < 1000; n++) {
    g_left = n;
    SkArena arena;
    sk_arena_init(&arena, Stingy, nullptr);
    SkDiag diag;
    sk_diag_init(&diag, &arena, "<test>");
    SkMod *mod;
    ok = sk_parse(&arena, &diag, source.data(), source.size(), "<test>", SK_PARSE_FILE, 0, &mod);
    EXPECT_TRUE(ok || diag.error.kind == SK_DIAG_MEMORY);
    g_left = 1;
    sk_arena_free(&arena);
  }
  EXPECT_TRUE(ok);
}

// ---- Unicode -----------------------------------------------------------------------------------

TEST(UnicodeTest, NamesOfCharacters) {
  EXPECT_EQ(sk_uniname_lookup("EM DASH", 7), 0x2014);
  EXPECT_EQ(sk_uniname_lookup("snake", 5), 0x1F40D);
  EXPECT_EQ(sk_uniname_lookup("HANGUL SYLLABLE GAG", 19), 0xAC01);
  EXPECT_EQ(sk_uniname_lookup("CJK UNIFIED IDEOGRAPH-4E2D", 26), 0x4E2D);
  EXPECT_EQ(sk_uniname_lookup("NO SUCH THING", 13), -1);
}

TEST(UnicodeTest, IdentifierClasses) {
  EXPECT_TRUE(sk_ident_is_start(0x3B1));
  EXPECT_TRUE(sk_ident_is_start(0x2118));      // Other_ID_Start
  EXPECT_FALSE(sk_ident_is_start(0x37A));      // NFKC begins with a space
  EXPECT_FALSE(sk_ident_is_start(0x20AC));
  EXPECT_TRUE(sk_ident_is_continue(0x300));
  EXPECT_TRUE(sk_ident_is_continue(0xB7));     // Other_ID_Continue
  EXPECT_FALSE(sk_ident_is_start(0x300));
}

}  // namespace
