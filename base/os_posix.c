/* base/os_posix.c - see os.h; one of the files that a port writes anew. Owns system calls, what they return, and what
 * disks need before a write can be relied on. Must not know what the bytes mean or who asks for them. */
#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/lang.h"
#include "base/os_priv.h"

/* ---- time passed, and chance ---- */

/* Not CLOCK_MONOTONIC where there is better: that stands still while the machine sleeps (clock_gettime(2)). */
int64_t os_monotonic_ms(void)
{
#ifdef CLOCK_BOOTTIME
	const clockid_t passing = CLOCK_BOOTTIME;
#else
	const clockid_t passing = CLOCK_MONOTONIC;
#endif
	struct timespec t;
	clock_gettime(passing, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- writing files ---- */

int os_write_all(int fd, const void *p, size_t n)
{
	const char *at = p;
	while (n > 0) {
		ssize_t done = write(fd, at, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return done < 0 ? errno : EIO;
		at += done;
		n -= (size_t)done;
	}
	return 0;
}

/* The folder part of a path, "." when there is none. */
static int folder_of(const char *path, char *dir, size_t size)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 1;
	if (slash == path)
		n = 1;
	if (n >= size)
		return ENAMETOOLONG;
	memcpy(dir, slash ? path : ".", n);
	dir[n] = '\0';
	return 0;
}

/* File systems that have no fsync for folders (some FUSE and shares) say so in one of these ways. */
static int sync_folder(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	int errnum = fsync(fd) < 0 ? errno : 0;
	close(fd);
	return errnum == EINVAL || errnum == ENOSYS || errnum == ENOTSUP ? 0 : errnum;
}

/* The name of a temp file tells nothing of what is in it, and begins with a dot so that no listing takes it for
 * data. */
#define TEMP_BEFORE ".samvagt-"
#define TEMP_AFTER ".tmp"

bool os_is_temp(const char *name)
{
	size_t before = strlen(TEMP_BEFORE), n = strlen(name);
	return n == before + 16 + strlen(TEMP_AFTER) && strncmp(name, TEMP_BEFORE, before) == 0 &&
	       strcmp(name + before + 16, TEMP_AFTER) == 0;
}

struct temp {
	char name[PATH_MAX];
	int fd;
	bool nameless;
};

/* A file that has no name until it is whole leaves nothing behind when the program is killed; but not every file system
 * has such files. */
static int open_temp(const char *dir, struct temp *t)
{
	uint64_t chance;
	os_random(&chance, sizeof chance);
	int n = snprintf(t->name, sizeof t->name, "%s/" TEMP_BEFORE "%016llx" TEMP_AFTER, dir, (unsigned long long)chance);
	if (n < 0 || (size_t)n >= sizeof t->name)
		return ENAMETOOLONG;
	if (t->nameless)
		t->fd = open(dir, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600);
	else
		t->fd = open(t->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	return t->fd < 0 ? errno : 0;
}

/* As open(2) says for O_TMPFILE. */
static int give_name(const struct temp *t)
{
	char open_file[40];
	snprintf(open_file, sizeof open_file, "/proc/self/fd/%d", t->fd);
	return linkat(AT_FDCWD, open_file, AT_FDCWD, t->name, AT_SYMLINK_FOLLOW) < 0 ? errno : 0;
}

/* Not every file system can rename without replacing in one call; a second link can't replace either. Where there are
 * no links, and for folders, looking first is all that is left. */
static int rename_new(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	if (link(from, to) == 0)
		return unlink(from) < 0 ? errno : 0;
	if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
		return errno;
	if (os_exists(to))
		return EEXIST;
	return rename(from, to) < 0 ? errno : 0;
}

static int place(const char *temp, const char *path, bool replace)
{
	if (!replace)
		return rename_new(temp, path);
	return rename(temp, path) < 0 ? errno : 0;
}

/* Everything written and down, under the temp's name. */
static int make_temp(const char *dir, const void *p, size_t n, bool nameless, struct temp *t)
{
	*t = (struct temp){ .fd = -1, .nameless = nameless };
	int errnum = open_temp(dir, t);
	if (!errnum)
		errnum = os_write_all(t->fd, p, n);
	if (!errnum && fsync(t->fd) < 0)
		errnum = errno;
	if (!errnum && nameless)
		errnum = give_name(t);
	if (errnum && t->fd >= 0) {
		unlink(t->name);
		close(t->fd);
	}
	return errnum;
}

/* FAT keeps a file's length in the folder and writes it late: without the second fsync, after the rename, a power cut
 * left files of no length at all although folder and file had been synced. */
static int place_temp(const struct temp *t, const char *path, bool replace)
{
	int errnum = place(t->name, path, replace);
	if (errnum)
		unlink(t->name);
	else if (fsync(t->fd) < 0)
		errnum = errno;
	close(t->fd);
	return errnum;
}

/* A device or a pipe is written into; a rename would put a file in its place. */
static int pour_into(const char *path, const void *p, size_t n, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	int errnum = fd < 0 ? errno : os_write_all(fd, p, n);
	if (fd >= 0 && close(fd) < 0 && !errnum)
		errnum = errno;
	return errnum ? err_set_errno(e, ERR_IO, errnum, _("%s could not be written"), path) : OK;
}

static bool is_special(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && (S_ISCHR(st.st_mode) || S_ISFIFO(st.st_mode));
}

/* A file that stands in its place does so for good only when its folder is down. */
static int end_writing(int errnum, const char *dir, const char *path, struct err *e)
{
	if (!errnum)
		errnum = sync_folder(dir);
	if (!errnum)
		return OK;
	int code = errnum == EEXIST ? ERR_CONFLICT : ERR_IO;
	return err_set_errno(e, code, errnum, _("%s could not be written"), path);
}

static int put_file(const char *path, const void *p, size_t n, bool replace, struct err *e)
{
	char dir[PATH_MAX];
	struct temp t;
	if (replace && is_special(path))
		return pour_into(path, p, n, e);
	int errnum = folder_of(path, dir, sizeof dir);
	bool made = !errnum && make_temp(dir, p, n, true, &t) == 0;
	if (!errnum && !made)
		errnum = make_temp(dir, p, n, false, &t);
	if (!errnum)
		errnum = place_temp(&t, path, replace);
	return end_writing(errnum, dir, path, e);
}

int os_write_file(const char *path, const void *p, size_t n, struct err *e)
{
	return put_file(path, p, n, true, e);
}

int os_write_new_file(const char *path, const void *p, size_t n, struct err *e)
{
	return put_file(path, p, n, false, e);
}

/* ---- reading files ---- */

static int read_all(int fd, const char *name, size_t max, struct buf *b, struct err *e)
{
	const size_t before = b->n;
	for (;;) {
		if (!buf_reserve(b, 16 << 10))
			return err_set(e, ERR_NOMEM, _("%s could not be read: out of memory"), name);
		ssize_t got = read(fd, b->p + b->n, 16 << 10);
		if (got < 0 && errno == EINTR)
			continue;
		b->n += got > 0 ? (size_t)got : 0;
		b->p[b->n] = '\0';
		if (got == 0)
			return OK;
		if (got > 0 && b->n - before <= max)
			continue;
		b->n = before;
		b->p[b->n] = '\0';
		if (got < 0)
			return err_set_errno(e, ERR_IO, errno, _("%s could not be read"), name);
		return err_set(e, ERR_DATA, _("%s is too large: at most %zu kB can be read"), name, max / 1024);
	}
}

int os_read_fd(int fd, size_t max, struct buf *b, struct err *e)
{
	return read_all(fd, _("the input"), max, b, e);
}

int os_read_file(const char *path, size_t max, struct buf *b, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set_errno(e, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, errno, _("%s could not be read"), path);
	int code = read_all(fd, path, max, b, e);
	close(fd);
	return code;
}

/* ---- folders and names ---- */

bool os_is_dir(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int os_mkdir_p(const char *path, struct err *e)
{
	char part[PATH_MAX];
	size_t n = strlen(path);
	int errnum = n >= sizeof part ? ENAMETOOLONG : 0;
	for (size_t i = 1; i <= n && !errnum; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		errnum = mkdir(part, 0700) < 0 ? errno : 0;
		if (errnum && os_is_dir(part))
			errnum = 0;
	}
	return errnum ? err_set_errno(e, ERR_IO, errnum, _("the folder %s could not be made"), path) : OK;
}

int os_publish(const char *temp, const char *path, bool replace, struct err *e)
{
	char dir[PATH_MAX];
	int errnum = folder_of(path, dir, sizeof dir);
	int fd = errnum ? -1 : open(temp, O_RDONLY | O_CLOEXEC);
	if (!errnum)
		errnum = fd < 0 || fsync(fd) < 0 ? errno : place(temp, path, replace);
	if (errnum)
		unlink(temp);
	else if (fsync(fd) < 0)
		errnum = errno;
	if (fd >= 0)
		close(fd);
	return end_writing(errnum, dir, path, e);
}

int os_fsync_dir(const char *path, struct err *e)
{
	int errnum = sync_folder(path);
	return errnum ? err_set_errno(e, ERR_IO, errnum, _("the folder %s could not be written"), path) : OK;
}

bool os_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

int os_remove(const char *path, struct err *e)
{
	if (unlink(path) < 0 && errno != ENOENT)
		return err_set_errno(e, ERR_IO, errno, _("%s could not be removed"), path);
	return OK;
}

/* While the file is open its clusters stay taken, so FAT can't give them back before the name is really gone. */
int os_remove_down(const char *path, struct err *e)
{
	char dir[PATH_MAX];
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int rc = os_remove(path, e);
	if (rc == OK && fd >= 0 && folder_of(path, dir, sizeof dir) == 0)
		rc = os_fsync_dir(dir, e);
	if (fd >= 0)
		close(fd);
	return rc;
}

int os_rename_new(const char *from, const char *to, struct err *e)
{
	int errnum = rename_new(from, to);
	if (!errnum)
		return OK;
	int code = errnum == EEXIST ? ERR_CONFLICT : errnum == ENOENT ? ERR_NOTFOUND : ERR_IO;
	return err_set_errno(e, code, errnum, _("%s could not be renamed to %s"), from, to);
}

static int compare_names(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

int os_list_dir(struct arena *a, const char *path, char ***names, size_t *n, struct err *e)
{
	struct dirent *entry;
	size_t cap = 0, count = 0;
	char **list = arena_grow(a, NULL, &cap, 1, sizeof *list);
	DIR *d = opendir(path);
	if (!d)
		return err_set_errno(e, errno == ENOENT ? ERR_NOTFOUND : errno == ENOTDIR ? ERR_DATA : ERR_IO, errno,
				     _("the folder %s could not be read"), path);
	for (errno = 0; (entry = readdir(d)); errno = 0) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		list = arena_grow(a, list, &cap, count + 2, sizeof *list);
		list[count++] = arena_strdup(a, entry->d_name);
	}
	int errnum = errno;
	closedir(d);
	if (errnum)
		return err_set_errno(e, ERR_IO, errnum, _("the folder %s could not be read"), path);
	qsort(list, count, sizeof *list, compare_names);
	list[count] = NULL;
	*names = list;
	*n = count;
	return OK;
}

int os_remove_folder(const char *path, struct err *e)
{
	if (rmdir(path) == 0 || errno == ENOENT)
		return OK;
	int code = errno == ENOTEMPTY || errno == EEXIST ? ERR_CONFLICT : ERR_IO;
	return err_set_errno(e, code, errno, _("the folder %s could not be removed"), path);
}

static int remove_visited(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st, (void)kind, (void)walk;
	return remove(path) < 0 && errno != ENOENT ? errno : 0;
}

int os_remove_tree(const char *path, struct err *e)
{
	int errnum = nftw(path, remove_visited, 16, FTW_DEPTH | FTW_PHYS);
	if (errnum < 0)
		errnum = errno == ENOENT ? 0 : errno;
	return errnum ? err_set_errno(e, ERR_IO, errnum, _("the folder %s could not be removed"), path) : OK;
}

int64_t os_file_size(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

int64_t os_disk_free(const char *path)
{
	struct statvfs fs;
	return statvfs(path, &fs) == 0 ? (int64_t)fs.f_bavail * (int64_t)fs.f_frsize : -1;
}

/* ---- which file system ---- */

/* Numbers from linux/magic.h and, for those that aren't there, from statfs(2) and the kernel's fs/ folders. */
static const struct {
	uint32_t magic;
	enum os_fs kind;
	const char *name;
} file_systems[] = {
	{ 0xFE534D42, OS_FS_NETWORK, "SMB" },
	{ 0xFF534D42, OS_FS_NETWORK, "CIFS" },
	{ 0x0000517B, OS_FS_NETWORK, "SMB" },
	{ 0x00006969, OS_FS_NETWORK, "NFS" },
	{ 0x01021997, OS_FS_NETWORK, "9p" },
	{ 0x5346414F, OS_FS_NETWORK, "AFS" },
	{ 0x00C36400, OS_FS_NETWORK, "Ceph" },
	{ 0x73757245, OS_FS_NETWORK, "Coda" },
	{ 0x786F4256, OS_FS_NETWORK, "VirtualBox" },
	{ 0x65735546, OS_FS_FUSE, "FUSE" },
	{ 0x00004D44, OS_FS_FAT, "FAT" },
	{ 0x2011BAB0, OS_FS_FAT, "exFAT" },
};

static bool pretended_fs(enum os_fs *kind, const char **name)
{
	static const struct {
		const char *word;
		enum os_fs kind;
	} words[] = { { "network", OS_FS_NETWORK }, { "fuse", OS_FS_FUSE }, { "fat", OS_FS_FAT } };
	const char *want = getenv("SAMVAGT_TEST_FS");
	for (size_t i = 0; want && i < sizeof words / sizeof *words; i++)
		if (strcmp(want, words[i].word) == 0) {
			*kind = words[i].kind;
			*name = words[i].word;
			return true;
		}
	return false;
}

/* A path that isn't there yet will lie where its nearest folder lies. */
static bool stat_nearest(const char *path, struct statfs *fs)
{
	char at[PATH_MAX], up[PATH_MAX];
	size_t n = strlen(path);
	if (n >= sizeof at)
		return false;
	memcpy(at, path, n + 1);
	while (statfs(at, fs) < 0) {
		if ((errno != ENOENT && errno != ENOTDIR) || folder_of(at, up, sizeof up) != 0 || strcmp(at, up) == 0)
			return false;
		memcpy(at, up, strlen(up) + 1);
	}
	return true;
}

enum os_fs os_fs_kind(const char *path, const char **name)
{
	const char *unused;
	struct statfs fs;
	enum os_fs kind = OS_FS_LOCAL;
	if (!name)
		name = &unused;
	*name = "";
	if (pretended_fs(&kind, name) || !stat_nearest(path, &fs))
		return kind;
	for (size_t i = 0; i < sizeof file_systems / sizeof *file_systems; i++)
		if (file_systems[i].magic == (uint32_t)fs.f_type) {
			*name = file_systems[i].name;
			return file_systems[i].kind;
		}
	return OS_FS_LOCAL;
}

/* ---- where things stand ---- */

char *os_path_join(struct arena *a, const char *dir, const char *name)
{
	size_t n = strlen(dir);
	bool bare = n == 0 || dir[n - 1] == '/';
	return arena_printf(a, "%s%s%s", dir, bare ? "" : "/", name);
}

/* A relative XDG_… is to be ignored (XDG Base Directory Specification). */
static char *home_folder(struct arena *a, const char *variable, const char *otherwise)
{
	const char *set = getenv(variable), *home = getenv("HOME");
	if (set && *set == '/')
		return os_path_join(a, set, "samvagt");
	const struct passwd *me = home && *home ? NULL : getpwuid(getuid());
	if (me)
		home = me->pw_dir;
	return os_path_join(a, home && *home ? home : ".", otherwise);
}

char *os_data_home(struct arena *a)
{
	return home_folder(a, "XDG_DATA_HOME", ".local/share/samvagt");
}

char *os_config_home(struct arena *a)
{
	return home_folder(a, "XDG_CONFIG_HOME", ".config/samvagt");
}

char *os_state_home(struct arena *a)
{
	return home_folder(a, "XDG_STATE_HOME", ".local/state/samvagt");
}

char *os_program_dir(struct arena *a)
{
	char self[PATH_MAX], dir[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	if (n <= 0)
		return arena_strdup(a, ".");
	self[n] = '\0';
	return arena_strdup(a, folder_of(self, dir, sizeof dir) == 0 ? dir : ".");
}

/* ---- secrets ---- */

/* One whole UTF-8 character back. */
static size_t erase_last(const char *buf, size_t len)
{
	while (len > 0 && ((unsigned char)buf[--len] & 0xC0) == 0x80)
		continue;
	return len;
}

static int read_secret(int tty, char *buf, size_t n, struct err *e)
{
	enum { CTRL_C = 3, CTRL_D = 4, BACKSPACE = 8, CTRL_U = 21, DELETE = 127 };
	size_t len = 0;
	for (;;) {
		unsigned char c;
		ssize_t got = read(tty, &c, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || c == CTRL_C || c == CTRL_D)
			return err_set(e, ERR_STOPPED, _("stopped: no passphrase was given"));
		if (c == '\r' || c == '\n')
			break;
		if (c == BACKSPACE || c == DELETE)
			len = erase_last(buf, len);
		else if (c == CTRL_U)
			len = 0;
		else if (c >= ' ' && len + 1 == n)
			return err_set(e, ERR_KEY, _("the passphrase is too long: at most %zu bytes"), n - 1);
		else if (c >= ' ')
			buf[len++] = (char)c;
	}
	buf[len] = '\0';
	return OK;
}

/* The terminal sends every key as a byte while we ask, also Ctrl-C, so that no signal can leave it without echo. */
int os_ask_passphrase(const char *prompt, char *buf, size_t n, struct err *e)
{
	struct termios before, quiet;
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (tty < 0 || tcgetattr(tty, &before) < 0) {
		if (tty >= 0)
			close(tty);
		return err_set(e, ERR_KEY, _("a passphrase is needed, but there is no terminal to ask on"));
	}
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG | IEXTEN);
	quiet.c_cc[VMIN] = 1;
	quiet.c_cc[VTIME] = 0;
	tcsetattr(tty, TCSAFLUSH, &quiet);
	(void)os_write_all(tty, prompt, strlen(prompt));
	int code = read_secret(tty, buf, n, e);
	(void)os_write_all(tty, "\n", 1);
	tcsetattr(tty, TCSAFLUSH, &before);
	close(tty);
	if (code)
		explicit_bzero(buf, n);
	return code;
}
