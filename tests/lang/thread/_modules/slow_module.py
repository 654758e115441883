import time
first = 1
time.sleep(0.05)
last = 2
