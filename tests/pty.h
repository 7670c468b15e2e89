/* tests/pty.h - the real program in a pretended terminal (forkpty + libvterm).
 *
 * Never sleeps: the program writes a byte to SAMVAGT_TEST_FD when it has read everything and painted, and the
 * harness waits for that (with a generous limit, after which the test fails). Without libvterm pty_available() is
 * false. */
#ifndef TESTS_PTY_H
#define TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pty;

/* argv[0] is the path; `env` are "NAME=value", added. NULL when it couldn't be started. Waits for the first
 * picture. */
struct pty *pty_start(char *const argv[], const char *const *env, int rows, int cols);
/* Write bytes and wait until the picture stands; the milliseconds that took, or -1 when the program didn't answer. */
double pty_send(struct pty *p, const char *bytes, size_t n);
double pty_type(struct pty *p, const char *text);
double pty_resize(struct pty *p, int rows, int cols);
/* One row of the screen as text without trailing blanks; lives until the next call. */
const char *pty_row(struct pty *p, int row);
bool pty_shows(struct pty *p, const char *text);
void pty_cursor(struct pty *p, int *row, int *col);
/* Everything that the program has written since it was started, or since pty_forget(). */
const char *pty_bytes(struct pty *p, size_t *n);
void pty_forget(struct pty *p);
/* How many SGR sequences in those bytes set a colour. */
size_t pty_colours(struct pty *p);
/* Close the terminal (hang-up), or send a signal; then wait for the end. Exit status, or -1 when it didn't end. */
int pty_hangup(struct pty *p);
int pty_kill(struct pty *p, int sig);
/* Wait for the program to end by itself (after keys that make it quit). */
int pty_wait(struct pty *p);
long pty_pid(const struct pty *p);
void pty_free(struct pty *p);              /* kills what still runs */

#endif
