# Case mapping is Unicode's, one to many included.
for s in ("straße", "ǆabc", "ΑΣ", "İ", "ﬁn", "hELLO wORLD", "they're bill's"):
    print(s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold())
# -> STRASSE straße Straße Straße STRASSE strasse
# -> ǄABC ǆabc ǅabc ǅabc ǄABC ǆabc
# -> ΑΣ ας Ας Ας ας ασ
# -> İ i̇ İ İ i̇ i̇
# -> FIN ﬁn Fin Fin FIN fin
# -> HELLO WORLD hello world Hello World Hello world Hello World hello world
# -> THEY'RE BILL'S they're bill's They'Re Bill'S They're bill's THEY'RE BILL'S they're bill's
print("ß".casefold() == "SS".casefold(), "Hello World".istitle(), "HELLO1".isupper(), "1".islower(), "a1".islower()) # -> True True True False True
