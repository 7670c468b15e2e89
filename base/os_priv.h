/* base/os_priv.h - what the files behind base/os.h share. Private to them. */
#ifndef BASE_OS_PRIV_H
#define BASE_OS_PRIV_H

#include <stddef.h>

#include "base/os.h"

/* All n bytes to an open file or pipe; 0 or an errno. */
int os_write_all(int fd, const void *p, size_t n);
/* The lines of /proc/self/mountinfo; those that make no sense are passed over, and nothing is said of `removable`. */
void os_parse_mounts(struct arena *a, const char *text, struct os_mount **out, size_t *n);

#endif
