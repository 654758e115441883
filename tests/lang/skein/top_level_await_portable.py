# flags: -X portable
# Under -X portable a script cannot await at its top.
import sys
x = 1
await x
