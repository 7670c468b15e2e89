/* tui/screen_import.c - see screens.h: which spreadsheets to take. Owns the path being typed and the folder listed
 * below it; what becomes of the files is import_files.c's. */
#include "tui/importing.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "base/text.h"

struct entry { const char *name, *path; bool is_dir; int64_t size; };

struct choosing {
	struct lineedit edit;
	bool on_row;                       /* arrows were used last: Space marks instead of being typed */
	struct arena *listing;             /* of the folder, read again when it is another */
	const char *folder;
	struct entry *all;
	size_t nall;
	const struct entry **rows;         /* those that fit what is typed */
	size_t n;
	struct err wrong;
};

static const struct screen_ops choosing_ops;

/* ---- the list ------------------------------------------------------------------------------------------- */
static struct id row_id(const void *ctx, size_t row)
{
	return id_setting(((const struct choosing *)ctx)->rows[row]->path);
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct entry *e = ((const struct choosing *)ctx)->rows[row];
	if (col == 0)
		return e->is_dir ? arena_printf(a, "%s/", e->name) : e->name;
	if (e->is_dir)
		return "";
	return e->size < 1000 ? arena_printf(a, _("%lld bytes"), (long long)e->size)
		: arena_printf(a, "%lld kB", (long long)(e->size + 500) / 1000);
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct entry *e = ((const struct choosing *)ctx)->rows[row];
	return e->is_dir || col ? ROLE_DIM : ROLE_DEFAULT;
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct choosing *d = ctx;
	if (d->wrong.code)
		return d->wrong.text;
	return arena_printf(a, _("There is no spreadsheet, contacts or calendar (*.csv, *.vcf, *.ics) here that begins so."));
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .role = row_role, .empty = why_empty};
static const struct list_col cols[] = {
	{"name", N_("File"), 24, 40, 1, false, false}, {"size", N_("Size"), 9, 10, 0, true, false},
};

/* ---- the folder ------------------------------------------------------------------------------------------ */
/* Bytes of the typed path that name the folder: up to and with the last slash. */
static size_t folder_part(const char *typed)
{
	const char *slash = strrchr(typed, '/');
	return slash ? (size_t)(slash - typed) + 1 : 0;
}

static bool is_sheet(const char *name)
{
	static const char *const ends[] = {".csv", ".tsv", ".txt", ".vcf", ".ics", ".json"};
	const char *dot = strrchr(name, '.');
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (dot && dot > name && strcasecmp(dot, ends[i]) == 0)
			return true;
	return false;
}

static void add_entry(struct choosing *d, const char *name, bool is_dir)
{
	const char *path = os_path_join(d->listing, *d->folder ? d->folder : ".", name);
	d->all[d->nall++] = (struct entry){name, path, is_dir, is_dir ? 0 : os_file_size(path)};
}

/* Folders first, then spreadsheets; nothing hidden. */
static void read_folder(struct choosing *d, const char *folder)
{
	char **names;
	size_t n;
	arena_reset(d->listing);
	d->folder = arena_strdup(d->listing, folder);
	d->nall = 0;
	d->wrong.code = OK;
	if (os_list_dir(d->listing, *folder ? folder : ".", &names, &n, &d->wrong))
		return;
	d->all = arena_alloc(d->listing, (n + 1) * sizeof *d->all);
	d->rows = arena_alloc(d->listing, (n + 1) * sizeof *d->rows);
	add_entry(d, "..", true);
	for (int dirs = 1; dirs >= 0; dirs--)
		for (size_t i = 0; i < n; i++) {
			if (names[i][0] == '.')
				continue;
			bool is_dir = os_is_dir(os_path_join(d->listing, *folder ? folder : ".", names[i]));
			if (is_dir == (dirs == 1) && (is_dir || is_sheet(names[i])))
				add_entry(d, names[i], is_dir);
		}
}

/* Letters of either case fit, so that nobody has to remember which a file name has. */
static void look(struct screen *s)
{
	struct choosing *d = s->data;
	const char *typed = lineedit_text(&d->edit);
	size_t cut = folder_part(typed);
	const char *folder = arena_strndup(app_scratch(s->app), typed, cut), *rest = typed + cut;
	if (!d->folder || strcmp(folder, d->folder) != 0)
		read_folder(d, folder);
	d->n = 0;
	for (size_t i = 0; i < d->nall; i++)
		if (strncasecmp(d->all[i].name, rest, strlen(rest)) == 0 &&
			(*rest || strcmp(d->all[i].name, "..") != 0 || cut))
			d->rows[d->n++] = &d->all[i];
	list_set(s->list, d, d->n);
	if (d->n > 1 && !*rest && strcmp(d->rows[0]->name, "..") == 0)
		list_select(s->list, row_id(d, 1));
	else if (d->n)
		list_select(s->list, row_id(d, 0));
}

static void enter_folder(struct screen *s, const struct entry *e)
{
	struct choosing *d = s->data;
	struct arena *a = app_scratch(s->app);
	const char *text = arena_printf(a, "%s%s/", d->folder, e->name);
	size_t n = strlen(d->folder);
	bool can_go_up = n > 1 && strcmp(e->name, "..") == 0 && (n < 3 || strcmp(d->folder + n - 3, "../") != 0);
	if (can_go_up)
		text = arena_strndup(a, d->folder, folder_part(arena_strndup(a, d->folder, n - 1)));
	lineedit_set(&d->edit, text);
	d->on_row = false;
	look(s);
}

/* Bytes that all names which fit begin with, in whole letters. */
static size_t common_bytes(const struct choosing *d)
{
	const char *first = d->rows[0]->name;
	size_t same = strlen(first);
	for (size_t i = 1; i < d->n; i++) {
		size_t k = 0;
		while (k < same && d->rows[i]->name[k] == first[k])
			k++;
		same = k;
	}
	while (same > 0 && ((unsigned char)first[same] & 0xC0) == 0x80)
		same--;
	return same;
}

/* As far as all that fit are the same, but never less than was typed; whole, when only one is left. */
static void complete(struct screen *s)
{
	struct choosing *d = s->data;
	if (d->n == 0)
		return;
	const struct entry *first = d->rows[0];
	size_t same = common_bytes(d);
	const char *typed = lineedit_text(&d->edit);
	if (d->n == 1 && first->is_dir)
		enter_folder(s, first);
	else if (same > strlen(typed + folder_part(typed)) || (d->n == 1 && text_valid(first->name, same)))
		lineedit_set(&d->edit, arena_printf(app_scratch(s->app), "%s%.*s", d->folder, (int)same, first->name));
	look(s);
}

/* ---- the screen ------------------------------------------------------------------------------------------- */
struct screen *screen_import(struct app *app, const char *path)
{
	if (path)
		return screen_import_files(app, &path, 1);
	struct screen *s = screen_new(app, &choosing_ops, sizeof(struct choosing));
	struct choosing *d = s->data;
	const char *home = getenv("HOME");
	d->listing = arena_new();
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	s->typing = true;
	lineedit_set(&d->edit, home ? arena_printf(s->arena, "%s/", home) : "/");
	look(s);
	return s;
}

static void choosing_close(struct screen *s)
{
	struct choosing *d = s->data;
	lineedit_free(&d->edit);
	arena_free(d->listing);
}

/* Where a path begins anew behind another, as when a whole one is typed or pasted after the folder that stood there: at
 * the second of two slashes, or at the sign of the home folder. */
static const char *meant(const char *typed, struct arena *a)
{
	const char *home = getenv("HOME");
	for (const char *s = typed + strlen(typed); s > typed; s--)
		if (s[-1] == '/' && *s == '/')
			return s;
	const char *sign = strncmp(typed, "~/", 2) == 0 ? typed : strstr(typed, "/~/");
	return sign && home ? arena_printf(a, "%s%s", home, strchr(sign + 1, '/')) : typed;
}

static void follow(struct screen *s)
{
	struct choosing *d = s->data;
	const char *typed = lineedit_text(&d->edit), *path = meant(typed, app_scratch(s->app));
	if (path != typed)
		lineedit_set(&d->edit, arena_strdup(app_scratch(s->app), path));
	look(s);
}

/* The first arrow goes from the path to the row that is selected already, so that it is read out and can be marked. */
static bool choosing_event(struct screen *s, const struct event *ev)
{
	struct choosing *d = s->data;
	enum lineedit_did did = LINEEDIT_IGNORED;
	bool arrow = ev->what == EV_KEY && (ev->key == K_DOWN || ev->key == K_UP);
	if (ev->what == EV_KEY && ev->key == K_TAB) {
		complete(s);
		return true;
	}
	if (arrow && !d->on_row && d->n > 0)
		return d->on_row = true;
	if (ev->what == EV_PASTE)
		did = lineedit_paste(&d->edit, ev->text);
	else if (ev->what == EV_KEY && !(d->on_row && ev->key == K_SPACE))
		did = lineedit_key(&d->edit, ev->key);
	if (did == LINEEDIT_CHANGED)
		follow(s);
	d->on_row = did == LINEEDIT_IGNORED && d->n > 0;
	return did != LINEEDIT_IGNORED;
}

static void choosing_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct choosing *d = s->data;
	struct rect line = rect_cut_top(&body, 2), help = rect_cut_bottom(&body, body.rows > 12 ? 4 : 0);
	rect_cut_left(&line, 2);
	rect_cut_left(&line, cv_text(cv, line.row, line.col, line.cols, ROLE_LABEL, _("File or folder: ")));
	list_draw(s->list, cv, body, a);
	rect_cut_top(&help, 1);
	rect_cut_left(&help, 2);
	cv_wrap(cv, help, ROLE_DIM, _("Spreadsheets saved as CSV from Excel or LibreOffice. ↓ and Space mark several; "
		"Enter reads them and "
		"shows what would become of each row. Nothing is written before you say so."));
	lineedit_draw(&d->edit, cv, (struct rect){line.row, line.col, 1, line.cols}, ROLE_FOCUS, !d->on_row);
}

/* ---- opening ---------------------------------------------------------------------------------------------- */
static void open_marked(struct app *app, struct screen *s)
{
	const struct choosing *d = s->data;
	const char **paths = arena_alloc(app_scratch(app), (d->n + 1) * sizeof *paths);
	size_t n = 0;
	for (size_t i = 0; i < d->n; i++)
		if (!d->rows[i]->is_dir && list_is_marked(s->list, row_id(d, i)))
			paths[n++] = d->rows[i]->path;
	if (n)
		app_push(app, screen_import_files(app, paths, n));
	else
		app_toast(app, _("Only folders are marked; mark the files in them."));
}

static void run_open(struct app *app, struct screen *s)
{
	const struct choosing *d = s->data;
	const char *typed = lineedit_text(&d->edit);
	size_t row;
	if (list_nmarks(s->list)) {
		open_marked(app, s);
	} else if (!list_selected(s->list, &row)) {
		if (os_exists(typed) && !os_is_dir(typed))
			app_push(app, screen_import_files(app, &typed, 1));
		else
			app_toast(app, _("There is no such file."));
	} else if (d->rows[row]->is_dir) {
		enter_folder(s, d->rows[row]);
	} else {
		const char *path = d->rows[row]->path;
		app_push(app, screen_import_files(app, &path, 1));
	}
}

static void run_mark(struct app *app, struct screen *s)
{
	struct id id = list_selected_id(s->list);
	(void)app;
	list_mark(s->list, id, !list_is_marked(s->list, id));
	list_event(s->list, &(struct event){.what = EV_KEY, .key = K_DOWN});
}

static void open_import(struct app *app)
{
	app_go(app, screen_import(app, NULL));
}

static const struct action rows[] = {
	{"import.open", CTX_IMPORT, "Enter", N_("Read"),
		N_("Goes into the folder, or reads the file or all marked and shows what would become of them"),
		GROUP_DO, 2, 0, NULL, run_open},
	{"import.mark", CTX_IMPORT, "Insert Space", N_("Mark"),
		N_("Marks the file, to read several together; Space does it when the cursor is on a row"),
		GROUP_DO, 3, ACTION_ROW, NULL, run_mark},
};

const struct action_set actions_import = {N_("Import"), open_import, rows, sizeof rows / sizeof *rows};

static const struct screen_ops choosing_ops = {
	.name = "import", .title = N_("Import"), .contexts = CTX_IMPORT, .draw = choosing_draw,
	.event = choosing_event, .close = choosing_close,
};
