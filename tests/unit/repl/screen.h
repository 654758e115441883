// screen.h - a terminal of the kind the line editor writes to: enough of xterm to see what a person would see.
#ifndef SKEIN_TESTS_SCREEN_H
#define SKEIN_TESTS_SCREEN_H

#include <cstdlib>
#include <string>
#include <vector>

class Screen {
 public:
  Screen(int columns, int rows) : columns_(columns), rows_(rows), cells_(rows, std::vector<std::string>(columns)) {}

  void Write(const char *s, size_t n) {
    held_.append(s, n);
    size_t at = 0;
    while (at < held_.size()) {
      size_t used = One(at);
      if (!used) break;
      at += used;
    }
    held_.erase(0, at);
  }

  // The rows up to the last that is not empty, without blanks at their ends.
  std::string Text() const {
    std::string all;
    size_t last = 0;
    std::vector<std::string> lines;
    for (const auto &row : cells_) {
      std::string line;
      size_t end = 0;
      for (size_t x = 0; x < row.size(); x++)
        if (!row[x].empty() && row[x] != " ") end = x + 1;
      for (size_t x = 0; x < end; x++) line += row[x].empty() ? " " : row[x] == "\x01" ? "" : row[x];
      lines.push_back(line);
      if (!line.empty()) last = lines.size();
    }
    for (size_t i = 0; i < last; i++) all += lines[i] + "\n";
    return all;
  }
  std::string Line(int row) const {
    std::string line;
    for (const auto &cell : cells_[row]) line += cell.empty() ? " " : cell == "\x01" ? "" : cell;
    return line.substr(0, line.find_last_not_of(' ') + 1);
  }
  int row() const { return y_; }
  int col() const { return x_; }

 private:
  size_t One(size_t at) {
    unsigned char c = static_cast<unsigned char>(held_[at]);
    if (c == 27) return Escape(at);
    if (c == '\r') return x_ = 0, wrap_ = false, 1;
    if (c == '\n') return Feed(), 1;
    if (c == '\b') return x_ -= x_ > 0, 1;
    if (c < 32) return 1;
    size_t length = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (at + length > held_.size()) return 0;
    Put(held_.substr(at, length));
    return length;
  }

  // 0: a combining mark, 2: CJK and emoji; as far as the tests use them.
  static int Width(const std::string &s) {
    unsigned char a = static_cast<unsigned char>(s[0]), b = s.size() > 1 ? static_cast<unsigned char>(s[1]) : 0;
    if (a == 0xcc || (a == 0xcd && b < 0xb0)) return 0;
    return (a >= 0xe3 && a <= 0xed) || a == 0xf0 ? 2 : 1;
  }

  void Put(const std::string &s) {
    int width = Width(s);
    if (width == 0) {
      if (x_ > 0) cells_[y_][x_ - 1] += s;
      return;
    }
    if (wrap_ || x_ + width > columns_) {
      x_ = 0;
      Feed();
    }
    wrap_ = false;
    cells_[y_][x_] = s;
    if (width == 2) cells_[y_][x_ + 1] = "\x01";
    x_ += width;
    if (x_ >= columns_) x_ = columns_ - 1, wrap_ = true;
  }

  void Feed() {
    wrap_ = false;
    if (++y_ < rows_) return;
    y_ = rows_ - 1;
    cells_.erase(cells_.begin());
    cells_.emplace_back(columns_);
  }

  size_t Escape(size_t at) {
    size_t i = at + 2;
    if (i > held_.size() || at + 1 == held_.size()) return 0;
    if (held_[at + 1] != '[') return 2;
    while (i < held_.size() && static_cast<unsigned char>(held_[i]) < 0x40) i++;
    if (i == held_.size()) return 0;
    int n = std::atoi(held_.c_str() + at + 2), many = n ? n : 1;
    switch (held_[i]) {
      case 'A': y_ = y_ > many ? y_ - many : 0; break;
      case 'B': y_ = y_ + many < rows_ ? y_ + many : rows_ - 1; break;
      case 'C': x_ = x_ + many < columns_ ? x_ + many : columns_ - 1; break;
      case 'D': x_ = x_ > many ? x_ - many : 0; break;
      case 'H': x_ = y_ = 0; break;
      case 'J': Erase(n); break;
      case 'K': for (int x = x_; x < columns_; x++) cells_[y_][x].clear(); break;
      default: break;
    }
    if (held_[i] != 'm') wrap_ = false;
    return i + 1 - at;
  }

  void Erase(int how) {
    for (int y = how == 2 ? 0 : y_; y < rows_; y++)
      for (int x = how != 2 && y == y_ ? x_ : 0; x < columns_; x++) cells_[y][x].clear();
  }

  int columns_, rows_, x_ = 0, y_ = 0;
  bool wrap_ = false;
  std::string held_;
  std::vector<std::vector<std::string>> cells_;
};

#endif
