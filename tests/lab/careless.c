/* tests/lab/careless.c - a program that doesn't wait for the disk: preloaded into samvagt, so that the lab can show
 * that it notices. */
int fsync(int fd);
int fdatasync(int fd);
int syncfs(int fd);

int fsync(int fd) { return fd < 0; }
int fdatasync(int fd) { return fd < 0; }
int syncfs(int fd) { return fd < 0; }
