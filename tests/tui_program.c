/* tests/tui_program.c - the sample on a real terminal, for t_term: what term.c does can only be seen from outside. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "tests/tui_sample.h"
#include "tui/dialog.h"

static void crash(struct app *app, struct screen *s)
{
	(void)app, (void)s;
	abort();
}

static const struct action rows[] = {
	{"test.crash", CTX_SAMPLE_SHELF, "F9", "Crash", "Ends as a bug would", GROUP_PROGRAM, 0, 0, NULL, crash},
};
static const struct action_set actions_crash = {"Test", NULL, rows, 1};

int main(int argc, char **argv)
{
	const struct action_set *sets[] = {&actions_sample, &actions_crash, &actions_help, &actions_dialog, &actions_core};
	struct app_opts opts = {.sets = sets, .nsets = sizeof sets / sizeof *sets};
	struct term_opts how = {.mouse = argc > 1 && strcmp(argv[1], "--mouse") == 0};
	struct sample sample = {.nbooks = 10000};
	struct term *t;
	struct err e = {0};
	lang_init("en", ".");
	if (os_clock_init(&opts.clock, &e) || term_open(&how, &t, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return err_exit_status(e.code);
	}
	struct app *app = app_new(&opts);
	app_push(app, screen_sample(app, &sample));
	app_run(app, t);
	term_close(t);
	app_free(app);
	return 0;
}
