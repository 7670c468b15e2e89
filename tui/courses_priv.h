/* tui/courses_priv.h - the inside of the screens of courses and checks: what stands in their lists (courses_rows.c),
 * the picture (screen_courses.c), what is said of one person (course_words.c), and the acts, which a volunteer's card
 * and the list of volunteers have too (course_acts.c, course_forms.c). */
#ifndef TUI_COURSES_PRIV_H
#define TUI_COURSES_PRIV_H

#include "roster/qualifications.h"
#include "tui/cells.h"
#include "tui/screens.h"

/* The lists, in the order of the line that names them; the last is of one kind, a screen of its own. */
enum courses_mode { COURSES_RUN_OUT, COURSES_MISSING, COURSES_KINDS, COURSES_ORDER, COURSES_CHECKS, COURSES_NEW, COURSES_OF_KIND, COURSES_MODES };

/* The kind that a row is about (cell_row.of); NULL: the check, or a person as a whole. */
static inline const struct course *courses_kind(const struct cell_row *row)
{
	return row->of;
}

struct courses {
	enum courses_mode show;
	struct id wanted;                  /* a kind to be shown once it is there; ID_NONE */
	struct id of;                      /* the kind, on the screen of one; else ID_NONE */
	struct cells lists[COURSES_MODES];
	struct book *book;                 /* of the last load, as what stands below */
	int limits[LIMIT_COUNT];
	civil_date today;
	bool more;                         /* to be ordered, than one order takes */
};

/* Show the kind, which has just been made, on the screen `ctx` of courses. */
void courses_show_kind(struct app *app, void *ctx, struct id kind);
/* Read every list anew into the model. */
void courses_read(struct courses *d, struct view *v, struct arena *model);
/* NULL: the screen is none of courses. */
const struct courses *courses_of(const struct screen *s);
/* What the cursor is on; NULL: nothing, or the screen is none of courses. */
const struct cell_row *courses_under(const struct screen *s);
/* The list that is shown. */
const struct cells *courses_shown(const struct screen *s);

/* ---- of one person, in words; translated, in the arena -------------------------------------------------------- */
struct course_reader { const struct book *b; const int *limits; civil_date today; struct arena *a; };
const char *course_day(struct arena *a, civil_date d);                                 /* "3/12 2025"; "" DATE_NONE */
const char *course_check_state(const struct person *p);
/* "ordered · the volunteer consents by 15/12 2025"; "" when no role asks for one and nothing is written. */
const char *course_check(const struct course_reader *k, const struct person *p);
enum role course_check_role(const struct course_reader *k, const struct person *p);    /* STOP: the time to consent is over */
/* "2 of 7 · next: Følgevagt 1"; "" when all is done or nobody counts the person as new. */
const char *course_introduction(const struct course_reader *k, const struct person *p);
/* The steps that are done, with their days. */
const char *course_steps(const struct course_reader *k, const struct person *p);
enum role course_role(const struct qualification *q);
/* Does the card say it: is it there, asked for, or a step that is still to come of somebody new? */
bool course_is_told(const struct course_reader *k, const struct person *p, const struct qualification *q);
/* All that warns about the person, as the rules put it: courses that roles ask for, the check, the introduction. */
struct verdict *course_warnings(const struct course_reader *k, const struct person *p, size_t *n);

/* ---- ways ----------------------------------------------------------------------------------------------------- */
void courses_open(struct app *app);
struct screen *screen_course(struct app *app, struct id kind);                         /* who has it */
/* Give a kind (ID_NONE: asked for) to people. */
struct screen *screen_course_give(struct app *app, struct id kind, const struct id *people, size_t n);
/* CHILD_ASSESSED or CHILD_NOT_IN_ORDER. */
struct screen *screen_check_assess(struct app *app, struct id volunteer, int state);

extern const struct action_set actions_courses, actions_course;

#endif
