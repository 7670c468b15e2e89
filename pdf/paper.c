/* pdf/paper.c - see paper.h. Owns cairo, pango and the numbers of the pages. */
#include "pdf/paper.h"

#include <assert.h>
#include <cairo-pdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

enum { LAYOUTS_MOST = 20000 };
static const double A4_SHORT = 210 * MM, A4_LONG = 297 * MM, A3_LONG = 420 * MM, FOOT = 16 * MM, SMALL = 7.5;

/* ---- what has been measured -------------------------------------------------------------------------- */

struct key { const char *text; struct ink ink; double width; };

static guint key_hash(gconstpointer k)
{
	const struct key *x = k;
	return g_str_hash(x->text) ^ (guint)(x->width * 8) ^ (guint)(x->ink.size * 64);
}

static gboolean key_equal(gconstpointer p, gconstpointer q)
{
	const struct key *x = p, *y = q;
	return x->width == y->width && x->ink.size == y->ink.size && x->ink.bold == y->ink.bold &&
		x->ink.struck == y->ink.struck && x->ink.right == y->ink.right &&
		x->ink.centred == y->ink.centred && strcmp(x->text, y->text) == 0;
}

static void set_ink(PangoLayout *l, struct ink ink)
{
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family_static(font, "sans-serif");
	pango_font_description_set_absolute_size(font, ink.size * PANGO_SCALE);
	pango_font_description_set_weight(font, ink.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(l, font);
	pango_font_description_free(font);
	if (ink.struck) {
		PangoAttrList *attrs = pango_attr_list_new();
		pango_attr_list_insert(attrs, pango_attr_strikethrough_new(TRUE));
		pango_layout_set_attributes(l, attrs);
		pango_attr_list_unref(attrs);
	}
}

/* "8–11" is never broken at its dash: a word joiner, which nobody sees or copies, holds its digits together. */
static const char *hold_times(struct arena *a, const char *text)
{
	static const char dash[] = "–";
	struct buf out = {0};
	const char *from = text;
	if (!strstr(text, dash))
		return text;
	for (const char *s = text; (s = strstr(s, dash)) != NULL;) {
		const char *end = s + sizeof dash - 1;
		buf_add(&out, from, (size_t)(end - from));
		if (s > text && g_ascii_isdigit(s[-1]) && g_ascii_isdigit(*end))
			buf_adds(&out, "\u2060");
		from = s = end;
	}
	buf_adds(&out, from);
	const char *held = arena_strdup(a, out.p);
	buf_free(&out);
	return held;
}

/* A name from right to left turns nothing around but itself. */
static void set_text(struct paper *p, PangoLayout *l, const char *text)
{
	struct arena *a = p->order->sheet->arena;
	pango_layout_set_auto_dir(l, FALSE);
	pango_layout_set_text(l, hold_times(a, text_isolate(a, text)), -1);
}

static void set_lines(PangoLayout *l, struct ink ink, double width)
{
	set_ink(l, ink);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, ink.right ? PANGO_ALIGN_RIGHT : ink.centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
}

PangoLayout *paper_layout(struct paper *p, const char *text, struct ink ink, double width)
{
	struct key key = {text, ink, width};
	PangoLayout *l = g_hash_table_lookup(p->layouts, &key);
	if (l)
		return l;
	if (g_hash_table_size(p->layouts) >= LAYOUTS_MOST)
		g_hash_table_remove_all(p->layouts);
	l = pango_layout_new(p->context);
	set_lines(l, ink, width);
	if (strchr(text, '\n') && !ink.centred)
		pango_layout_set_indent(l, -(int)(ink.size * PAPER_HANG * PANGO_SCALE));
	set_text(p, l, text);
	g_hash_table_insert(p->layouts, g_memdup2(&key, sizeof key), l);
	return l;
}

double paper_height_of(PangoLayout *l)
{
	int height;
	pango_layout_get_size(l, NULL, &height);
	return (double)height / PANGO_SCALE;
}

double paper_word(struct paper *p, const char *word, size_t n, bool bold)
{
	int width;
	char *name = g_strdup_printf("%c%.*s", bold ? 'b' : 'r', (int)n, word);
	double *known = g_hash_table_lookup(p->words, name);
	if (known) {
		g_free(name);
		return *known;
	}
	PangoLayout *l = pango_layout_new(p->context);
	set_ink(l, (struct ink){.size = 10, .bold = bold});
	set_text(p, l, name + 1);
	pango_layout_get_size(l, &width, NULL);
	g_object_unref(l);
	double out = (double)width / PANGO_SCALE;
	g_hash_table_insert(p->words, name, g_memdup2(&out, sizeof out));
	return out;
}

/* ---- drawing ----------------------------------------------------------------------------------------- */

int paper_lines(struct paper *p, PangoLayout *l, int first, double x, double y, double room, double *used)
{
	PangoLayoutIter *it = pango_layout_get_iter(l);
	PangoRectangle box;
	double top = -1;
	int i = 0;
	*used = 0;
	do {
		pango_layout_iter_get_line_extents(it, NULL, &box);
		if (i < first)
			continue;
		if (top < 0)
			top = (double)box.y / PANGO_SCALE;
		double below = (double)(box.y + box.height) / PANGO_SCALE - top;
		if (below > room && (i > first || room < (p->bottom - p->top) / 2))
			break;
		*used = below;
		if (p->cr) {
			cairo_move_to(p->cr, x + (double)box.x / PANGO_SCALE,
				y - top + (double)pango_layout_iter_get_baseline(it) / PANGO_SCALE);
			pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(it));
		}
	} while (i++, pango_layout_iter_next_line(it));
	pango_layout_iter_free(it);
	return i;
}

void paper_box(struct paper *p, double x, double y, double width, double height, double grey)
{
	if (!p->cr)
		return;
	cairo_set_source_rgb(p->cr, grey, grey, grey);
	cairo_rectangle(p->cr, x, y, width, height);
	cairo_fill(p->cr);
	cairo_set_source_rgb(p->cr, 0, 0, 0);
}

double paper_put(struct paper *p, const char *text, struct ink ink, double x, double y, double width)
{
	double used;
	paper_lines(p, paper_layout(p, text, ink, width), 0, x, y, 1e6, &used);
	return used;
}

void paper_text(struct paper *p, const char *tag, const char *text, struct ink ink)
{
	PangoLayout *l = paper_layout(p, text, ink, p->right - p->left);
	int n = pango_layout_get_line_count(l);
	paper_begin(p, tag);
	for (int i = 0; i < n;) {
		double used;
		int next = paper_lines(p, l, i, p->left, p->y, paper_room(p), &used);
		p->y += used;
		if (next < n)
			paper_next_page(p);
		i = next;
	}
	paper_end(p);
}

/* ---- what is what ------------------------------------------------------------------------------------ */

void paper_begin(struct paper *p, const char *tag)
{
	assert(p->ntags < PAPER_TAGS);
	p->tags[p->ntags++] = tag;
	if (p->cr)
		cairo_tag_begin(p->cr, tag, NULL);
}

void paper_end(struct paper *p)
{
	assert(p->ntags > 0);
	p->ntags--;
	if (p->cr)
		cairo_tag_end(p->cr, p->tags[p->ntags]);
}

static void close_tags(struct paper *p)
{
	for (int i = p->ntags; p->cr && i-- > 0;)
		cairo_tag_end(p->cr, p->tags[i]);
}

static void open_tags(struct paper *p)
{
	for (int i = 0; p->cr && i < p->ntags; i++)
		cairo_tag_begin(p->cr, p->tags[i], NULL);
}

/* ---- pages ------------------------------------------------------------------------------------------- */

static const char *page_words(const struct paper *p, GString *out)
{
	g_string_assign(out, p->order->page);
	char page[16], pages[16];
	g_snprintf(page, sizeof page, "%d", p->page - p->before);
	g_snprintf(pages, sizeof pages, "%d", p->part ? p->part : p->pages);
	g_string_replace(out, "{pages}", pages, 0);
	g_string_replace(out, "{page}", page, 0);
	return out->str;
}

/* Not among those that are remembered: each page has another one. */
static double small_line(struct paper *p, const char *text, double x, double y, double width, bool right)
{
	PangoLayout *l = pango_layout_new(p->context);
	double used;
	set_lines(l, (struct ink){.size = SMALL, .right = right}, width);
	set_text(p, l, text);
	paper_lines(p, l, 0, x, y, FOOT, &used);
	g_object_unref(l);
	return used;
}

static void draw_foot(struct paper *p)
{
	const double number = 35 * MM, gap = 4 * MM, y = p->bottom + 3 * MM;
	if (p->bare)
		return;
	GString *words = g_string_new("");
	paper_box(p, p->left, y - 1 * MM, p->right - p->left, 0.5, 0.5);
	small_line(p, p->foot, p->left, y, p->right - p->left - number - gap, false);
	small_line(p, page_words(p, words), p->right - number, y, number, true);
	g_string_free(words, TRUE);
}

static void begin_page(struct paper *p)
{
	p->page++;
	p->y = p->top;
	if (p->page - p->before > 1 && *p->head)
		p->y += small_line(p, p->head, p->left, p->y, p->right - p->left, false) + 3 * MM;
}

static void end_page(struct paper *p)
{
	if (!p->cr)
		return;
	close_tags(p);
	draw_foot(p);
	cairo_show_page(p->cr);
}

/* Too long is too long: no need to count on. */
static void go_on(struct paper *p)
{
	if (p->page > ORDER_PAGES)
		p->y = p->top;
	else
		begin_page(p);
	open_tags(p);
}

void paper_next_page(struct paper *p)
{
	end_page(p);
	go_on(p);
}

void paper_begin_part(struct paper *p, bool first, int pages)
{
	if (!first) {
		end_page(p);
		p->before = p->page;
	}
	p->part = pages;
	if (!first)
		go_on(p);
}

static void set_facts(struct paper *p, const char *title)
{
	char now[40];
	const char *created = p->order->created, *epoch = getenv("SOURCE_DATE_EPOCH");
	if (!*created) {
		time_t t = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
		struct tm tm;
		created = gmtime_r(&t, &tm) && strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", &tm) ? now : "1970-01-01T00:00:00Z";
	}
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_SUBJECT, p->order->sheet->period);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_AUTHOR, p->order->author);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "samvagt");
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

static int write_pages(struct paper *p, void (*draw)(struct paper *p, void *ctx), void *ctx, cairo_write_func_t write,
	void *to, struct err *e)
{
	p->surface = cairo_pdf_surface_create_for_stream(write, to, p->width, p->height);
	p->cr = cairo_create(p->surface);
	set_facts(p, p->order->sheet->title);
	p->page = p->before = 0;
	begin_page(p);
	draw(p, ctx);
	assert(p->page == p->pages && !p->ntags);
	end_page(p);
	cairo_status_t status = cairo_status(p->cr);
	cairo_destroy(p->cr);
	cairo_surface_finish(p->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(p->surface);
	cairo_surface_destroy(p->surface);
	return status == CAIRO_STATUS_SUCCESS ? OK : err_set(e, ERR_IO, "writing: %s", cairo_status_to_string(status));
}

int paper_make(struct paper *p, void (*draw)(struct paper *p, void *ctx), void *ctx, cairo_write_func_t write, void *to,
	struct err *e)
{
	p->page = p->before = 0;
	begin_page(p);
	draw(p, ctx);
	p->pages = p->page;
	if (p->pages > ORDER_PAGES)
		return err_set(e, ERR_DATA, "more than %d pages", ORDER_PAGES);
	return write_pages(p, draw, ctx, write, to, e);
}

void paper_shape(struct paper *p, bool landscape, double margin)
{
	const bool a3 = p->order->sheet->a3;
	const double brief = a3 ? A4_LONG : A4_SHORT, length = a3 ? A3_LONG : A4_LONG;
	p->width = landscape ? length : brief;
	p->height = landscape ? brief : length;
	p->left = margin;
	p->right = p->width - margin;
	p->top = 12 * MM;
	p->bottom = p->height - FOOT;
}

void paper_set_foot(struct paper *p)
{
	const struct sheet *s = p->order->sheet;
	const char *shred = p->order->shred;
	p->foot = *shred && *s->made ? arena_printf(s->arena, "%s · %s", shred, s->made) : *shred ? shred : s->made;
}

/* Positions mustn't depend on a screen: no hints, nothing rounded. */
static void use_exact_fonts(PangoContext *c)
{
	cairo_font_options_t *o = cairo_font_options_create();
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(c, o);
	cairo_font_options_destroy(o);
	pango_cairo_context_set_resolution(c, 72);
	pango_context_set_round_glyph_positions(c, FALSE);
}

int paper_open(const struct order *o, struct paper *p, struct err *e)
{
	PangoFontMap *fonts = pango_cairo_font_map_get_default();
	*p = (struct paper){.order = o, .head = "", .foot = ""};
	p->context = pango_font_map_create_context(fonts);
	use_exact_fonts(p->context);
	pango_context_set_language(p->context, pango_language_from_string(o->language));
	p->layouts = g_hash_table_new_full(key_hash, key_equal, g_free, g_object_unref);
	p->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	PangoFontDescription *any = pango_font_description_from_string("sans-serif 10");
	PangoFont *font = pango_font_map_load_font(fonts, p->context, any);
	pango_font_description_free(any);
	if (!font)
		return err_set(e, ERR_UNSUPPORTED, "there is no font on this machine; install one, such as fonts-dejavu-core");
	g_object_unref(font);
	return OK;
}

void paper_close(struct paper *p)
{
	g_hash_table_destroy(p->layouts);
	g_hash_table_destroy(p->words);
	g_object_unref(p->context);
}
