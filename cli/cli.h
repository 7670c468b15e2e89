/* cli/cli.h - the command line: one table of commands, one table of options, and what every command is given.
 *
 * Usage, --help, shell completions and the manual page are made from the two tables. Results go to stdout, everything
 * else to stderr. A command returns an err.h code; main() turns it into the documented exit status. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <jansson.h>
#include <stdio.h>

#include "export/papers.h"
#include "roster/retention.h"
#include "store/change.h"
#include "store/seen.h"

enum opt {
	OPT_STORE, OPT_LANG, OPT_JSON, OPT_PLAIN, OPT_DRY_RUN, OPT_YES, OPT_PASSPHRASE_FILE, OPT_READ_ONLY, OPT_HELP, OPT_VERSION, OPT_ASCII, OPT_NO_COLOUR,
	OPT_SITE, OPT_NAME, OPT_NO_PASSPHRASE, OPT_NEW_PASSPHRASE_FILE, OPT_REMOVE, OPT_SIZE, OPT_SEED, OPT_MAKE, OPT_KIND, OPT_MAP, OPT_WHERE, OPT_OVERRIDE, OPT_WEEK, OPT_MONTH,
	OPT_FROM, OPT_TO, OPT_UNIT, OPT_AS, OPT_OUTPUT, OPT_LAYOUT, OPT_PHONES, OPT_A3, OPT_AT, OPT_HINTS, OPT_MAX, OPT_FIND, OPT_EMPTY, OPT_REPAIR, OPT_TIDY, OPT_DAYS, OPT_MINUTES, OPT_REGION, OPT_WORDS,
	OPT_SINCE, OPT_MERGE, OPT_ON, OPT_BY, OPT_SECOND, OPT_NOTE, OPT_REASON,
	OPT_DUE, OPT_EXPIRING, OPT_MISSING, OPT_RESIGN, OPT_WORDING, OPT_ROLES, OPT_WHY, OPT_PART, OPT_PAPER, OPT_SCREEN, OPT_DAY, OPT_SCAN, OPT_CASE,
	OPT_PERIOD, OPT_ORGANISATION,
	OPT_NEXT, OPT_REST, OPT_OUTCOME, OPT_PERSON, OPT_OFF,
	OPT_HOURS, OPT_WATCH, OPT_ROLE, OPT_ROOM, OPT_CONTACT, OPT_PHONE,
	OPT_TIME, OPT_EVERY, OPT_UNTIL, OPT_NEED, OPT_WISHED, OPT_WHICH, OPT_PLACES, OPT_HOLIDAYS, OPT_PUBLISHED,
	OPT_FOR, OPT_COLUMNS, OPT_PRINTER, OPT_LIST,
	OPT_LIMIT, OPT_EXPLAIN, OPT_OFFERED, OPT_REPLAN, OPT_TAKE,
	OPT_COUNT
};
#define OPTS(...) ((const enum opt[]){__VA_ARGS__, OPT_COUNT})
#define NO_OPTS OPTS(OPT_COUNT)

struct option_row {
	const char *name;          /* without "--" */
	char letter;               /* or 0 */
	const char *arg;           /* msgid of the argument's name, NULL for a switch */
	const char *help;          /* msgid */
};

struct cli;
/* needs the store open; for writing. Neither: opens what it needs itself. REAL: acts beside the one door for writes, so
 * it can't be tried with --dry-run. PERSONS: what it tells rests on who is on the shifts, which not every site knows */
enum command_flag { CMD_READS = 1 << 0, CMD_WRITES = 1 << 1, CMD_REAL = 1 << 2, CMD_PERSONS = 1 << 3 };
struct command {
	const char *name, *args;   /* args as in a usage line */
	const char *help;          /* msgid: one line */
	const char *more;          /* msgid: a paragraph for --help and the manual, or NULL */
	unsigned flags;
	int min, max;              /* positional arguments; max -1: any number */
	const enum opt *opts;      /* beside the global ones, ended by OPT_COUNT */
	int (*run)(struct cli *c, struct err *e);
};

struct cli {
	struct arena *a;
	const struct command *command;
	const char *opt[OPT_COUNT];        /* the last value given; "" for a switch that is on; NULL: not given */
	const char **many; size_t nmany;   /* --where and --for may stand several times */
	const char **args; int nargs;      /* positional */
	struct os_clock clock;
	const char *dir;                   /* the store's folder */
	struct store *store;               /* NULL for commands without CMD_ flags */
	struct view *view;                 /* cli_view() */
	struct book *book;                 /* cli_book() */
	civil_date today;
	char *passphrase;                  /* what the store was opened with; NULL: none, or forgotten */
	struct printed printed;            /* a sheet with people on it left the program; what NULL: none did */
	struct err unwritable;             /* why it could only be opened for reading, though something is to be noted */
	struct { struct id volunteer; enum seen_how how; } looked;   /* whose data were shown; ID_NONE: nobody's */
	bool done;                         /* something is saved, and mustn't be done again when its output fails */
	int output_errnum;                 /* why stdout took no more; 0 while it does */
};

/* ---- the tables ------------------------------------------------------------------------------------- */
/* What SHIFT and VOLUNTEER can be; translated. */
const char *commands_words(void);
const struct command *commands_table(size_t *n);
const struct command *commands_named(const char *name);       /* NULL: none */
const struct option_row *commands_option(enum opt o);
bool commands_option_is_global(enum opt o);

/* ---- parsing and running ------------------------------------------------------------------------------ */
/* Sort argv into c. "--" ends options. ERR_USAGE names the word and, where one is near, what was probably meant. */
int cli_parse(struct cli *c, int argc, char **argv, struct err *e);
int cli_run(struct cli *c, struct err *e);                    /* open what the command needs, run it, close */
void cli_help(const struct cli *c, FILE *out);                /* of one command, or of all */
/* The store's folder: --store, SAMVAGT_STORE, samvagt-data beside the program, else the user's data folder. */
const char *cli_store_dir(struct cli *c);
/* The passphrase from --passphrase-file, SAMVAGT_PASSPHRASE_FILE or the terminal; NULL when the store has none. */
int cli_passphrase(struct cli *c, const char *dir, const char **out, struct err *e);
/* Wipe it, for as long as the screen is open: locked, the program must not know it. */
void cli_forget_passphrase(struct cli *c);
/* The first line of a file; "-" is standard input. */
int cli_read_secret(struct cli *c, const char *path, const char **out, struct err *e);
/* A command of several verbs: the first argument says which. min and max count the others; max -1: any number. Opens
 * the store for it: for writing, for reading, or for reading if it is there and nobody need be asked for its
 * passphrase. */
enum cli_opens { CLI_WRITES, CLI_READS, CLI_READS_IF_OPEN };
struct cli_verb { const char *name; enum cli_opens opens; int min, max; int (*run)(struct cli *c, struct err *e); };
int cli_run_verb(struct cli *c, const struct cli_verb *verbs, size_t n, struct err *e);
/* ERR_USAGE: how the command is written, and where more is said. */
int cli_misused(const struct cli *c, struct err *e);
int cli_open_store(struct cli *c, bool readonly, struct err *e);
/* What whoever exchanges changes should know when the store isn't the one that it was; NULL when there is nothing. */
const char *cli_identity(struct store *s);
/* That this site gets no persons from the others, where it is so; else NULL. */
const char *cli_lacks_persons(struct store *s);
/* What couldn't be read in the files of limits, a sentence a line; NULL when all could. */
const char *cli_limits_slips(struct cli *c);
void cli_warn_of_place(const char *dir);                       /* when the folder isn't on a disk that is good for stores */

/* ---- what commands share -------------------------------------------------------------------------------- */
int cli_view(struct cli *c, struct err *e);                   /* opens c->view, as of --at when given */
int cli_book(struct cli *c, struct err *e);                   /* and c->book */
void cli_view_end(struct cli *c);
/* Positional and option values to things; errors say what was looked for. */
int cli_type(const char *name, const struct type **out, struct err *e);
/* An unambiguous name, else an id or shortened id: a ward called B5 isn't whatever has an id that ends so. */
int cli_record(struct cli *c, const struct type *t, const char *text, struct id *out, struct err *e);
/* ERR_NOTFOUND, with what was looked for. */
int cli_say_none(const struct type *t, const char *text, struct err *e);
/* ERR_AMBIGUOUS, with those that the text could mean. */
struct titled { const char *title; struct id id; };
int cli_say_several(struct cli *c, const char *text, const struct titled *fits, size_t n, struct err *e);
int cli_field_value(struct cli *c, const struct field *f, const char *text, struct value *out, struct err *e);   /* kind_parse, and references by name */
int cli_where(struct cli *c, const struct type *t, struct list_paper *how, struct err *e);       /* --where */
int cli_roles(struct cli *c, const char *names, struct id **out, size_t *n, struct err *e);        /* "Role, Role" */
int cli_vigil(struct cli *c, const char *text, struct vigil *out, struct err *e);                   /* by its place, or its id */
int cli_unit(struct cli *c, const struct id **out, struct err *e);                                /* --unit, NULL when not given */
int cli_period(struct cli *c, civil_date *from, civil_date *to, struct err *e);                    /* --week, --month, --period, --from/--to; else this week */
/* --organisation, NULL when not given. */
int cli_organisation(struct cli *c, const struct id **out, struct err *e);
/* As cli_period; without any of its options `otherwise`, as --period has it. */
int cli_period_or(struct cli *c, const char *otherwise, civil_date *from, civil_date *to, struct err *e);
/* Is a period given in any way? */
bool cli_has_period(const struct cli *c);
/* --on, today when it isn't given. */
int cli_on(struct cli *c, civil_date *out, struct err *e);
int cli_number(const char *text, int min, int max, int *out, struct err *e);
/* --max as a number of lines; `otherwise` when it isn't given. */
int cli_max(struct cli *c, size_t otherwise, size_t *out, struct err *e);
bool cli_has(const struct cli *c, enum opt o);

/* ---- output ------------------------------------------------------------------------------------------------- */
/* A sheet to stdout or -o FILE, in the format of --as, or --json/--plain. */
int cli_write_sheet(struct cli *c, const struct sheet *s, struct err *e);
/* A sheet to the printer of --printer; what was done is said on stderr. */
int cli_send_sheet(struct cli *c, const struct sheet *s, struct err *e);
/* Put down what left the program and who was looked at; what can't be put down is said, and no error. Opens the store
 * for writing where it was read: no view may be open. */
void cli_note_leaving(struct cli *c);
int cli_write_bytes(struct cli *c, const struct buf *b, struct err *e);
int cli_write_file(struct cli *c, const struct buf *b, struct err *e);         /* ERR_USAGE: to a terminal */
/* Ids for programs are whole; for people, also on paper, their last digits do. */
enum list_ids cli_ids(const struct cli *c);
bool cli_wants_ics(const struct cli *c);
int cli_roster_ics(struct cli *c, const struct roster_paper *how, struct err *e);
bool cli_wants_json(const struct cli *c);                         /* --as json, or --json and no other --as */
int cli_write_json(struct cli *c, json_t *j, struct err *e);      /* takes the reference */
/* Text for reading, broken at blanks to fit 80 columns; `indent` blanks stand before each line but the first. */
void cli_print_text(FILE *out, int indent, const char *text);
/* What rules say, as samvagt-json(5) has it. */
json_t *cli_verdicts_json(const struct verdict *v, size_t n);
json_t *cli_record_json(struct cli *c, const struct rec *r);
json_t *cli_candidate_json(const struct candidate *k, size_t rank);
char *cli_time_text(struct cli *c, int64_t clock);                /* "2025-12-01 09:00", Danish time */
/* The outcome of a write as lines to stderr, where stdout has something else. */
void cli_say_change(struct cli *c, const struct change_result *r);
/* The outcome of a write: one line to stderr ("gemt: …", "intet at ændre"), JSON with --json, the new id with
 * --plain. */
int cli_report_change(struct cli *c, const struct change_result *r, const struct id *made, struct err *e);

/* ---- the commands, by file ------------------------------------------------------------------------------------ */
int cmd_init(struct cli *c, struct err *e);
int cmd_demo(struct cli *c, struct err *e);
int cmd_screen(struct cli *c, struct err *e);
int cmd_import(struct cli *c, struct err *e);
int cmd_export(struct cli *c, struct err *e);
int cmd_list(struct cli *c, struct err *e);
int cmd_show(struct cli *c, struct err *e);
int cmd_add(struct cli *c, struct err *e);
int cmd_set(struct cli *c, struct err *e);
int cmd_delete(struct cli *c, struct err *e);
int cmd_merge(struct cli *c, struct err *e);
int cmd_assign(struct cli *c, struct err *e);
int cmd_unassign(struct cli *c, struct err *e);
int cmd_withdraw(struct cli *c, struct err *e);
int cmd_places(struct cli *c, struct err *e);
int cmd_attendance(struct cli *c, struct err *e);
int cmd_attend(struct cli *c, struct err *e);
int cmd_approve(struct cli *c, struct err *e);
int cmd_hours(struct cli *c, struct err *e);
int cmd_copy(struct cli *c, struct err *e);
int cmd_move(struct cli *c, struct err *e);
int cmd_cancel(struct cli *c, struct err *e);
int cmd_round(struct cli *c, struct err *e);
int cmd_wait(struct cli *c, struct err *e);
int cmd_swap(struct cli *c, struct err *e);
int cmd_handover(struct cli *c, struct err *e);
int cmd_roster(struct cli *c, struct err *e);
int cmd_today(struct cli *c, struct err *e);
int cmd_gaps(struct cli *c, struct err *e);
int cmd_coverage(struct cli *c, struct err *e);
int cmd_candidates(struct cli *c, struct err *e);
int cmd_why(struct cli *c, struct err *e);
int cmd_fill(struct cli *c, struct err *e);
int cmd_problems(struct cli *c, struct err *e);
int cmd_rules(struct cli *c, struct err *e);
int cmd_qualification(struct cli *c, struct err *e);
int cmd_check(struct cli *c, struct err *e);
int cmd_role(struct cli *c, struct err *e);
int cmd_pause(struct cli *c, struct err *e);
int cmd_vigil(struct cli *c, struct err *e);
int cmd_talk(struct cli *c, struct err *e);
int cmd_care(struct cli *c, struct err *e);
int cmd_publish(struct cli *c, struct err *e);
int cmd_availability(struct cli *c, struct err *e);
int cmd_series(struct cli *c, struct err *e);
int cmd_print(struct cli *c, struct err *e);
int cmd_limits(struct cli *c, struct err *e);
int cmd_person(struct cli *c, struct err *e);
int cmd_history(struct cli *c, struct err *e);
int cmd_undo(struct cli *c, struct err *e);
int cmd_redo(struct cli *c, struct err *e);
int cmd_sync(struct cli *c, struct err *e);
int cmd_send(struct cli *c, struct err *e);
int cmd_receive(struct cli *c, struct err *e);
int cmd_sites(struct cli *c, struct err *e);
int cmd_disagreements(struct cli *c, struct err *e);
int cmd_digest(struct cli *c, struct err *e);
int cmd_doctor(struct cli *c, struct err *e);
int cmd_backup(struct cli *c, struct err *e);
int cmd_restore(struct cli *c, struct err *e);
int cmd_passphrase(struct cli *c, struct err *e);
int cmd_ring(struct cli *c, struct err *e);
int cmd_fingerprint(struct cli *c, struct err *e);
int cmd_agreement(struct cli *c, struct err *e);
int cmd_manual(struct cli *c, struct err *e);

#endif
