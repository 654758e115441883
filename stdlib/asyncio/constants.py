"""Numbers that several modules share."""

# Writes to a lost connection before the log says so.
LOG_THRESHOLD_FOR_CONNLOST_WRITES = 5
# Seconds until accept() is tried again after the process ran out of descriptors.
ACCEPT_RETRY_DELAY = 1
# Frames kept in debug mode to show where a future or handle was made.
DEBUG_STACK_DEPTH = 10
SSL_HANDSHAKE_TIMEOUT = 60.0
SSL_SHUTDOWN_TIMEOUT = 30.0
SENDFILE_FALLBACK_READBUFFER_SIZE = 256 * 1024
FLOW_CONTROL_HIGH_WATER_SSL_READ = 256      # KiB
FLOW_CONTROL_HIGH_WATER_SSL_WRITE = 512     # KiB
# Seconds that a runner waits for the threads of the default executor.
THREAD_JOIN_TIMEOUT = 300
