/* uniname_data.h - packed names; the format is told in tools/uniname_gen.py.  Layer 1. */
#ifndef SK_GRAMMAR_UNINAME_DATA_H
#define SK_GRAMMAR_UNINAME_DATA_H

extern const char sk_uniname_words[];
extern const char sk_uniname_names[];

#endif
