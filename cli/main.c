/* cli/main.c - main(): language, clock, arguments, one command, one exit status. The only place that ends the program.
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "base/lang.h"

/* The language must be known before the first sentence, so it is looked for ahead of the parse. */
static const char *language_of(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			return argv[i + 1];
		if (strncmp(argv[i], "--lang=", 7) == 0)
			return argv[i] + 7;
	}
	return NULL;
}

static int start(struct cli *c, int argc, char **argv, struct err *e)
{
	int rc = cli_parse(c, argc, argv, e);
	const char *lang = c->opt[OPT_LANG];
	if (rc == OK && lang && strcmp(lang, "da") != 0 && strcmp(lang, "en") != 0)
		rc = err_set(e, ERR_USAGE, _("the language is da or en, not \"%s\""), lang);
	if (rc)
		return rc;
	if (cli_has(c, OPT_HELP)) {
		cli_help(c, stdout);
		return OK;
	}
	if (cli_has(c, OPT_VERSION)) {
		printf("samvagt %s\n", PACKAGE_VERSION);
		return OK;
	}
	if (cli_has(c, OPT_NO_COLOUR))
		setenv("NO_COLOR", "1", 1);
	rc = os_clock_init(&c->clock, e);
	return rc ? rc : cli_run(c, e);
}

static void on_no_memory(void)
{
	fprintf(stderr, "samvagt: %s\n", _("out of memory"));
	_exit(err_exit_status(ERR_NOMEM));
}

/* Whoever reads our output may stop when there was enough: that is no error. */
static int flush_output(const struct cli *c, struct err *e)
{
	struct pollfd out = {.fd = STDOUT_FILENO};
	bool failed = ferror(stdout);
	int errnum = fflush(stdout) != 0 ? errno : c->output_errnum ? c->output_errnum : EIO;
	if (!failed && !ferror(stdout))
		return OK;
	if (poll(&out, 1, 0) > 0 && out.revents & POLLERR)
		return OK;
	int rc = err_set_errno(e, ERR_IO, errnum, _("the output could not be written"));
	if (c->done)
		err_set(e, rc, _("what was asked for is done and saved, but its output could not be written"));
	return rc;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct cli c = {.a = arena_new()};
	os_harden();
	mem_keep_freed();
	signal(SIGPIPE, SIG_IGN);
	mem_set_oom_handler(on_no_memory);
	const char *lang = language_of(argc, argv);
	lang_init(lang && (strcmp(lang, "da") == 0 || strcmp(lang, "en") == 0) ? lang : NULL, os_program_dir(c.a));
	int rc = start(&c, argc, argv, &e);
	if (rc == OK)
		rc = flush_output(&c, &e);
	if (rc)
		fprintf(stderr, "samvagt: %s\n", e.text);
	arena_free(c.a);
	return err_exit_status(rc);
}
