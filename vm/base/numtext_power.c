/* numtext_power.c - powers of ten to 128 bits.  Layer 0. */
#include "vm/base/numtext_impl.h"

static const SkPower kPowers[] = {
#include "vm/base/numtext_powers.inc"
};

_Static_assert(sizeof kPowers / sizeof *kPowers == SK_POWER_MAX - SK_POWER_MIN + 1,
               "one row for each power");

const char sk_digit_pairs[201] =
    "0001020304050607080910111213141516171819"
    "2021222324252627282930313233343536373839"
    "4041424344454647484950515253545556575859"
    "6061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

SkPower sk_power_up(int k) { return kPowers[k - SK_POWER_MIN]; }

SkPower sk_power_parse(int k) {
  SkPower p = kPowers[k - SK_POWER_MIN];
  if (k >= -27 && k <= 55) return p;
  if (p.low-- == 0) p.high--;
  return p;
}
