/* base/os_self.c - see os.h. Owns what a program settles about itself before it does anything: its three standard
 * descriptors, what it leaves behind for others to read, and its last words when it is killed by a fault. Must not know
 * what the program does. */
#include "base/os.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A descriptor that is closed would be given to the next file that is opened: the database, into which every printed
 * word would then go. Opened the wrong way round, so that reading and writing still fail as they would have. */
static void keep_descriptors(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			abort();
}

void os_harden(void)
{
	keep_descriptors();
	signal(SIGXFSZ, SIG_IGN);       /* a file that may not grow is an error like others */
	umask(077);
	if (getenv("SAMVAGT_DEBUG"))
		return;
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
}

/* No argument can be given to a signal handler. */
static struct {
	char words[700];
	size_t n;
	int status;
} last;

static void on_fault(int sig)
{
	(void)sig;
	ssize_t unused = write(STDERR_FILENO, last.words, last.n);
	(void)unused;
	_exit(last.status);
}

void os_set_last_words(const char *words, int status)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
	const struct sigaction act = { .sa_handler = on_fault };
	last.n = strnlen(words, sizeof last.words);
	memcpy(last.words, words, last.n);
	last.status = status;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct sigaction old;
		if (sigaction(faults[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			sigaction(faults[i], &act, NULL);
	}
}
