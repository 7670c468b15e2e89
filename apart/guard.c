/* apart/guard.c - see guard.h. Owns the limits and the list of system calls. Must not know what is made.
 *
 * A list of what is allowed, and not of what is forbidden: the next kernel's calls are then forbidden too. The others
 * fail with ENOSYS rather than kill, so that a library that only tries one finds its other way. */
#include "apart/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#if defined(HAVE_SECCOMP) && !defined(__SANITIZE_ADDRESS__)
#include <sched.h>
#include <seccomp.h>

static const char *const allowed[] = {
	"read", "readv", "pread64", "write", "writev", "close", "lseek", "_llseek", "fcntl", "fcntl64", "ioctl", "poll", "ppoll",
	"fstat", "fstat64", "stat", "stat64", "lstat", "lstat64", "newfstatat", "fstatat64", "statx", "fstatfs", "fstatfs64",
	"statfs", "statfs64", "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getdents", "getdents64", "getcwd",
	"memfd_create", "fadvise64", "fadvise64_64", "arm_fadvise64_64",
	"mmap", "mmap2", "munmap", "mprotect", "mremap", "madvise", "brk", "futex", "futex_time64", "set_robust_list", "rseq",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "sigaltstack", "restart_syscall", "exit", "exit_group",
	"clock_gettime", "clock_gettime64", "clock_nanosleep", "gettimeofday", "time", "getrandom", "getpid", "gettid", "getuid",
	"geteuid", "getgid", "getegid", "uname", "sysinfo", "sched_yield", "sched_getaffinity", "prlimit64", "getrlimit",
	"ugetrlimit", "prctl", "tgkill", "set_tid_address",
};

/* Fonts are opened for reading; pango looks for them in a thread, which isn't a process. */
static int add_exceptions(scmp_filter_ctx f)
{
	int rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY));
	if (rc == 0)
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
			SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY));
	if (rc == 0)
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
			SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	return rc;
}

static void filter_calls(void)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	int rc = f ? add_exceptions(f) : -1;
	for (size_t i = 0; rc == 0 && i < sizeof allowed / sizeof *allowed; i++) {
		int call = seccomp_syscall_resolve_name(allowed[i]);
		if (call != __NR_SCMP_ERROR)
			rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, call, 0);
	}
	if (rc == 0)
		seccomp_load(f);
	if (f)
		seccomp_release(f);
}
#else
static void filter_calls(void)
{
}
#endif

#ifdef __SANITIZE_ADDRESS__
/* What the libraries remember until the program ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpango\nleak:libglib\nleak:libcairo\n";
}

const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif

static void limit(int what, rlim_t most)
{
	struct rlimit r;
	if (getrlimit((__rlimit_resource_t)what, &r) || r.rlim_max < most)
		return;
	setrlimit((__rlimit_resource_t)what, &(struct rlimit){most, most});
}

void guard_close(void)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, 60);
	limit(RLIMIT_FSIZE, (rlim_t)256 << 20);
#ifndef __SANITIZE_ADDRESS__     /* it takes terabytes, of addresses only */
	limit(RLIMIT_AS, (rlim_t)2 << 30);
#endif
	prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
	prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L);
	filter_calls();
}
