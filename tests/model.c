/* tests/model.c - see model.h. */
#include "tests/model.h"

#include <stdlib.h>
#include <string.h>

#include "store/erase_priv.h"

static const struct state empty;

/* ---- the world ------------------------------------------------------------------------------------ */

static int add_objs(struct model *m, int o, int type, int n)
{
	for (int i = 0; i < n; i++, o++) {
		m->obj[o].type = type;
		m->obj[o].id = id_make(7, (uint64_t)o + 100);
	}
	return o;
}

void model_init(struct model *m, uint64_t seed)
{
	memset(m, 0, sizeof *m);
	m->seed = seed;
	m->rng = (struct prng){ seed * 7919 + 1 };
	m->look = (struct prng){ seed * 104729 + 5 };
	m->clk.t = INT64_C(1764576000);
	m->last = m->clk.t;
	int o = add_objs(m, 0, TYPE_UNIT, 2);
	o = add_objs(m, o, TYPE_ROLE, 2);
	o = add_objs(m, o, TYPE_ORGANISATION, 2);
	o = add_objs(m, o, TYPE_VOLUNTEER, 4);
	int shift = o;
	o = add_objs(m, o, TYPE_SHIFT, 6);
	o = add_objs(m, o, TYPE_LINK, 3);
	o = add_objs(m, o, TYPE_SETTING, 1);
	int first = o;
	o = add_objs(m, o, TYPE_ASSIGNMENT, OBJS - o);
	for (int i = first; i < o; i++)
		m->obj[i].id = id_assignment(m->obj[shift + (i - first) % 6].id, m->obj[6 + (i - first) / 6 % 4].id);
}

void model_free(struct model *m)
{
	for (size_t i = 0; i < m->ngroups; i++)
		free(m->group[i]);
	free(m->group);
	free(m);
}

int model_find(const struct model *m, struct id id)
{
	for (int o = 0; o < OBJS; o++)
		if (id_equal(m->obj[o].id, id))
			return o;
	return -1;
}

/* ---- what stands ---------------------------------------------------------------------------------- */

bool model_alive(const struct state *st, int o)
{
	return st->r[o].f[0].v.tag == V_INT && st->r[o].f[0].v.i != 0;
}

int64_t model_int(const struct state *st, int o, int field, int64_t absent)
{
	return o >= 0 && st->r[o].f[field].v.tag == V_INT ? st->r[o].f[field].v.i : absent;
}

struct id model_ref(const struct state *st, int o, int field)
{
	return o >= 0 && st->r[o].f[field].v.tag == V_ID ? st->r[o].f[field].v.id : ID_NONE;
}

int model_places(const struct state *st, int o)
{
	return id_is_none(model_ref(st, o, F_ASSIGNMENT_VOLUNTEER)) ? (int)model_int(st, o, F_ASSIGNMENT_PLACES, 1) : 1;
}

/* A yes to another time than the shift has is to be given again, unless it is known who came. */
int model_state(const struct model *m, const struct state *st, int o)
{
	static const int times[][2] = {{F_ASSIGNMENT_YES_FROM, F_SHIFT_START}, {F_ASSIGNMENT_YES_TO, F_SHIFT_END}};
	int state = (int)model_int(st, o, F_ASSIGNMENT_STATE, 0), s = model_find(m, model_ref(st, o, F_ASSIGNMENT_SHIFT));
	if (state != ASSIGNMENT_ACCEPTED || s < 0 || m->obj[s].type != TYPE_SHIFT || !model_alive(st, s) ||
		model_int(st, o, F_ASSIGNMENT_ATTENDANCE, 0) != 0)
		return state;
	for (int i = 0; i < 2; i++) {
		struct value said = st->r[o].f[times[i][0]].v;
		if (said.tag != V_NONE && !value_equal(said, st->r[s].f[times[i][1]].v))
			return ASSIGNMENT_RECONFIRM;
	}
	return state;
}

int model_filled(const struct model *m, const struct state *st, struct id shift)
{
	int filled = 0;
	for (int o = 0; o < OBJS; o++)
		if (m->obj[o].type == TYPE_ASSIGNMENT && model_alive(st, o) && id_equal(model_ref(st, o,
			F_ASSIGNMENT_SHIFT), shift) &&
			model_state(m, st, o) == ASSIGNMENT_ACCEPTED)
			filled += model_places(st, o);
	return filled;
}

const struct state *model_at(const struct model *m, int64_t at)
{
	for (size_t i = m->ngroups; i-- > 0;)
		if (m->group[i]->clock <= at)
			return &m->group[i]->after;
	return &empty;
}

/* ---- undone? -------------------------------------------------------------------------------------- */

static struct mgroup *group_no(const struct model *m, uint64_t no)
{
	return m->group[no - 2];
}

static struct mgroup *ordinary_of(const struct model *m, uint64_t no)
{
	struct mgroup *g = group_no(m, no);
	return g->undoes ? group_no(m, g->undoes) : g;
}

bool model_undone(const struct model *m, uint64_t no)
{
	return ordinary_of(m, no)->is_undone != group_no(m, no)->is_undo;
}

bool model_touches(const struct mgroup *g, int o)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->w[i].obj == o)
			return true;
	return false;
}

/* The ordinary change whose value stands where change `no` wrote last. */
static uint64_t origin(const struct model *m, int o, int field, uint64_t no)
{
	while (no != 0 && group_no(m, no)->undoes) {
		const struct mgroup *of = ordinary_of(m, no);
		if (!group_no(m, no)->is_undo)
			return of->no;
		for (size_t i = 0; i < of->n; i++)
			if (of->w[i].obj == o && of->w[i].field == field)
				no = of->w[i].old_no;
	}
	return no;
}

static bool stands(const struct model *m, const struct mgroup *of, const struct mwrite *w, bool redo)
{
	uint64_t now = origin(m, w->obj, w->field, m->now.r[w->obj].f[w->field].no);
	return now == (redo ? origin(m, w->obj, w->field, w->old_no) : of->no);
}

/* ---- a change ------------------------------------------------------------------------------------- */

struct wishes {
	bool touched[OBJS], made[OBJS], set[OBJS][FIELDS];
	struct value v[OBJS][FIELDS];
};

static void wish(struct wishes *w, int o, int field, struct value v)
{
	w->touched[o] = true;
	w->set[o][field] = true;
	w->v[o][field] = v;
}

static struct value text_of(struct model *m)
{
	static const char *const pool[] = { "Anna", "Søren", "Åse", "Bo", "Forhal", "x" };
	return value_text(pool[prng_below(&m->rng, sizeof pool / sizeof *pool)]);
}

/* Mostly of the type that is asked for and, where there is one, of those that are alive: others are refused. */
static struct value ref_of(struct model *m, int type)
{
	for (int tries = 0;; tries++) {
		int o = (int)prng_below(&m->rng, OBJS);
		bool good = type == TYPE_ANY || m->obj[o].type == type;
		if ((good && (model_alive(&m->now, o) || tries > OBJS)) || prng_below(&m->rng, 200) == 0)
			return value_id(m->obj[o].id);
	}
}

static struct value some_value(struct model *m, const struct field *f)
{
	size_t n;
	const struct choice *c;
	switch (f->kind) {
	case KIND_BOOL:
		return value_int((int64_t)prng_below(&m->rng, 2));
	case KIND_INT:
	case KIND_DURATION:
		return value_int((int64_t)prng_below(&m->rng, 4));
	case KIND_TIME:
	case KIND_WEEKDAYS:
		return value_int(1 + (int64_t)prng_below(&m->rng, 4));
	case KIND_DATE:
		return value_int(20000 + (int64_t)prng_below(&m->rng, 4));
	case KIND_DATETIME: /* mostly after what it must be after */
		n = f->arg && prng_below(&m->rng, 16) ? 6 : 0;
		return value_int(MODEL_DAY0 + 720 * (int64_t)(n + prng_below(&m->rng, 6)));
	case KIND_CHOICE:
		c = schema_choices(f->arg, &n);
		return value_int(c[prng_below(&m->rng, n)].no);
	case KIND_REF:
		return ref_of(m, f->arg);
	case KIND_PHONE:
		return value_text("20838797");
	case KIND_EMAIL:
		return value_text("a@example.dk");
	case KIND_POSTCODE:
		return value_text("8800");
	case KIND_CVR:
		return value_text("29190925");
	case KIND_TEXT:
	case KIND_LONGTEXT:
		break;
	}
	return text_of(m);
}

/* Whose an assignment is and on which shift, as its id says. */
static struct id said_by_id(const struct model *m, int o, int field)
{
	for (int s = 0; s < OBJS; s++)
		for (int p = 0; p < OBJS; p++)
			if (m->obj[s].type == TYPE_SHIFT && m->obj[p].type == TYPE_VOLUNTEER &&
				id_equal(id_assignment(m->obj[s].id, m->obj[p].id), m->obj[o].id))
				return m->obj[field == F_ASSIGNMENT_SHIFT ? s : p].id;
	return ID_NONE;
}

/* A value for a record that is made: an assignment whose fields belie its id is refused, so most don't. */
static struct value first_value(struct model *m, int o, const struct field *f)
{
	bool said = m->obj[o].type == TYPE_ASSIGNMENT && (f->no == F_ASSIGNMENT_SHIFT || f->no == F_ASSIGNMENT_VOLUNTEER);
	return said && prng_below(&m->rng, 16) ? value_id(said_by_id(m, o, f->no)) : some_value(m, f);
}

/* Fill a record, with its required fields nearly always. */
static void wish_record(struct model *m, struct wishes *w, int o)
{
	const struct type *t = schema_type(m->obj[o].type);
	w->made[o] = true;
	wish(w, o, 0, value_int(1));
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		bool likely = f->flags & FIELD_REQ || (t->no == TYPE_ASSIGNMENT && f->no == F_ASSIGNMENT_VOLUNTEER);
		if (prng_below(&m->rng, 20) < (likely ? 19u + (prng_below(&m->rng, 4) > 0) : 5u))
			wish(w, o, f->no, first_value(m, o, f));
	}
}

static void wish_edit(struct model *m, struct wishes *w, int o)
{
	const struct type *t = schema_type(m->obj[o].type);
	const struct field *f = &t->fields[prng_below(&m->rng, t->nfields)];
	wish(w, o, f->no, prng_below(&m->rng, 8) ? some_value(m, f) : value_none());
}

/* Every other one is the first that isn't alive: what others refer to stands before them. */
static int some_obj(struct model *m)
{
	int o = prng_below(&m->rng, 2) ? 0 : OBJS;
	while (o < OBJS && model_alive(&m->now, o))
		o++;
	return o < OBJS ? o : (int)prng_below(&m->rng, OBJS);
}

static void make_wishes(struct model *m, struct wishes *w)
{
	memset(w, 0, sizeof *w);
	for (uint64_t n = 1 + prng_below(&m->rng, 3); n > 0; n--) {
		int o = some_obj(m);
		if (!model_alive(&m->now, o) || prng_below(&m->rng, 12) == 0)
			wish_record(m, w, o);
		else if (prng_below(&m->rng, 7) == 0) {
			w->made[o] = false;
			wish(w, o, 0, value_int(0));
		} else
			wish_edit(m, w, o);
	}
}

/* The group that the wishes come to, and the state after it. */
static void diff(struct model *m, struct wishes *w, struct mgroup *g)
{
	memset(g, 0, sizeof *g);
	g->no = m->ngroups + 2;
	g->clock = m->clk.t > m->last ? m->clk.t : m->last;
	g->after = m->now;
	for (int o = 0; o < OBJS; o++) {
		const struct mrec *was = &m->now.r[o];
		bool remade = w->made[o] && was->exists && !model_alive(&m->now, o);
		if (!w->touched[o] || (!was->exists && w->set[o][0] && w->v[o][0].i == 0))
			continue;
		for (int f = 0; f < FIELDS; f++) {
			struct value v = w->set[o][f] ? w->v[o][f] : value_none();
			if (!w->set[o][f] && !(remade && f != 0))
				continue;
			if (value_equal(v, was->f[f].v))
				continue;
			g->w[g->n++] = (struct mwrite){ o, f, v, was->f[f].v, was->f[f].no };
			g->after.r[o].exists = true;
			g->after.r[o].f[f] = (struct cell){ v, g->no };
		}
	}
}

static bool wrote(const struct mgroup *g, int o, int field)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->w[i].obj == o && (field < 0 || g->w[i].field == field))
			return true;
	return false;
}

static bool good_ref(const struct model *m, const struct mgroup *g, int o, const struct field *f, struct id target)
{
	int to = model_find(m, target);
	return to >= 0 && to != o && model_alive(&g->after, to) && (f->arg == TYPE_ANY || f->arg == m->obj[to].type);
}

/* A time after the other one of its record, when the group writes either. */
static bool in_order(const struct mgroup *g, int o, const struct field *f, bool was)
{
	const struct cell *of = g->after.r[o].f;
	if (f->kind != KIND_DATETIME || !f->arg || (was && !wrote(g, o, f->no) && !wrote(g, o, f->arg)))
		return true;
	return of[f->no].v.tag == V_NONE || of[f->arg].v.tag == V_NONE || of[f->no].v.i > of[f->arg].v.i;
}

static bool is_allowed(const struct model *m, const struct mgroup *g)
{
	for (int o = 0; o < OBJS; o++) {
		if (!wrote(g, o, -1))
			continue;
		bool was = model_alive(&m->now, o), now = model_alive(&g->after, o);
		if (!was && !now)
			return false;
		const struct type *t = schema_type(m->obj[o].type);
		for (size_t i = 0; now && i < t->nfields; i++) {
			const struct field *f = &t->fields[i];
			struct value v = g->after.r[o].f[f->no].v;
			if (!in_order(g, o, f, was))
				return false;
			if (was && !wrote(g, o, f->no))
				continue;
			if (f->flags & FIELD_REQ && v.tag == V_NONE)
				return false;
			if (f->kind == KIND_REF && v.tag == V_ID && !good_ref(m, g, o, f, v.id))
				return false;
		}
	}
	return true;
}

static void take(struct model *m, const struct mgroup *g)
{
	m->group = mem_realloc(m->group, (m->ngroups + 1) * sizeof *m->group);
	m->group[m->ngroups] = mem_alloc(sizeof *g);
	*m->group[m->ngroups++] = *g;
	m->now = g->after;
	m->last = g->clock;
}

static int do_wishes(const struct model *m, const struct wishes *w, struct store *s, struct change_result *r)
{
	struct err e = { 0 };
	struct change *c;
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	for (int o = OBJS; o-- > 0;) {
		struct id id = m->obj[o].id;
		if (!w->touched[o])
			continue;
		if (w->set[o][0])
			(w->v[o][0].i ? change_make : change_delete)(c, m->obj[o].type, id);
		for (int f = 1; f < FIELDS; f++)
			if (w->set[o][f])
				must(change_set(c, m->obj[o].type, id, f, w->v[o][f], &e), &e, "set");
	}
	return change_commit(c, r, &e);
}

static bool step_change(struct model *m, struct store *s)
{
	struct wishes *w = mem_alloc(sizeof *w);
	struct mgroup *g = mem_alloc(sizeof *g);
	struct change_result r = { 0 };
	make_wishes(m, w);
	diff(m, w, g);
	bool allowed = is_allowed(m, g);
	bool good = true;
	if (s) {
		int rc = do_wishes(m, w, s, &r);
		good = (rc == OK) == allowed && (!allowed || (r.writes == g->n && r.dot.no == (g->n ? g->no : 0)));
		if (!good)
			diag("commit: %d, model: %s, %zu writes against %zu", rc, allowed ? "allowed" : "refused",
				r.writes, g->n);
	}
	if (allowed && g->n > 0)
		take(m, g);
	free(w);
	free(g);
	return good;
}

/* ---- undo ----------------------------------------------------------------------------------------- */

/* Where a record was made or deleted since, nothing of it is taken. */
static bool is_taken(const struct model *m, const struct mgroup *of, const struct mwrite *w, bool redo)
{
	for (size_t i = 0; i < of->n; i++)
		if (of->w[i].obj == w->obj && of->w[i].field == 0 && !stands(m, of, &of->w[i], redo))
			return false;
	return stands(m, of, w, redo);
}

/* Would the times of the object stand in their order? */
static bool keeps_order(const struct model *m, const struct wishes *w, int o)
{
	const struct type *t = schema_type(m->obj[o].type);
	for (size_t i = 0; i < t->nfields; i++) {
		int no = t->fields[i].no, arg = t->fields[i].arg;
		if (t->fields[i].kind != KIND_DATETIME || !arg)
			continue;
		struct value after = w->set[o][no] ? w->v[o][no] : m->now.r[o].f[no].v;
		struct value before = w->set[o][arg] ? w->v[o][arg] : m->now.r[o].f[arg].v;
		if (after.tag == V_INT && before.tag == V_INT && after.i <= before.i)
			return false;
	}
	return true;
}

/* Whose an object was stays with it when its making is taken back. */
static bool stays(const struct model *m, const struct mgroup *of, const struct mwrite *x, bool redo)
{
	bool made = false;
	for (size_t i = 0; i < of->n; i++)
		if (of->w[i].obj == x->obj && of->w[i].field == 0)
			made = of->w[i].old_no == 0 && stands(m, of, &of->w[i], redo);
	return made && erase_is_owner(m->obj[x->obj].type, x->field) && (!redo || !stands(m, of, x, redo));
}

/* What taking it back comes to; returns how many of its writes are kept. */
static size_t wish_back(const struct model *m, const struct mgroup *of, bool redo, struct wishes *w)
{
	size_t taken = 0, owners[OBJS] = {0};
	memset(w, 0, sizeof *w);
	for (size_t i = 0; i < of->n; i++) {
		const struct mwrite *x = &of->w[i];
		owners[x->obj] += stays(m, of, x, redo);
		if (stays(m, of, x, redo) || !is_taken(m, of, x, redo))
			continue;
		wish(w, x->obj, x->field, redo ? x->v : x->field == 0 && x->old_no == 0 ? value_int(0) : x->old);
	}
	for (int o = 0; o < OBJS; o++) {
		bool lives = model_alive(&m->now, o) || (w->set[o][0] && w->v[o][0].i != 0);
		if (w->touched[o] && (!lives || !keeps_order(m, w, o))) {
			w->touched[o] = false;
			memset(w->set[o], 0, sizeof w->set[o]);
		}
		for (int f = 0; f < FIELDS; f++)
			taken += w->set[o][f];
		taken += w->touched[o] ? owners[o] : 0;
	}
	return of->n - taken;
}

static bool can_take(const struct model *m, uint64_t no)
{
	const struct mgroup *of = ordinary_of(m, no);
	bool redo = group_no(m, no)->is_undo;
	struct wishes *w = mem_alloc(sizeof *w);
	bool can = of->is_undone == redo && wish_back(m, of, redo, w) < of->n;
	free(w);
	return can;
}

uint64_t model_undoable(const struct model *m)
{
	for (size_t i = m->ngroups; i-- > 0;)
		if (!m->group[i]->undoes && can_take(m, m->group[i]->no))
			return m->group[i]->no;
	return 0;
}

uint64_t model_redoable(const struct model *m)
{
	for (size_t i = m->ngroups; i-- > 0;) {
		const struct mgroup *g = m->group[i];
		if (!g->undoes)
			return 0;
		if (g->is_undo && can_take(m, g->no))
			return g->no;
	}
	return 0;
}

static bool step_undo(struct model *m, struct store *s, uint64_t no)
{
	struct wishes *w = mem_alloc(sizeof *w);
	struct mgroup *g = mem_alloc(sizeof *g), *of = ordinary_of(m, no);
	bool redo = group_no(m, no)->is_undo, allowed = of->is_undone == redo;
	size_t kept = allowed ? wish_back(m, of, redo, w) : 0;
	diff(m, w, g);
	g->undoes = of->no;
	g->is_undo = !redo;
	bool good = true;
	if (s) {
		struct err e = { 0 };
		struct change_result r;
		int rc = change_undo(s, (struct dot){ store_incarnation(s), no }, &r, &e);
		good = !allowed ? rc == ERR_CONFLICT : rc == OK && r.kept == kept && r.writes == g->n;
		if (!good)
			diag("undo of %d: %d %s", (int)no, rc, e.text);
	}
	if (allowed && g->n > 0) {
		of->is_undone = !redo;
		take(m, g);
	}
	free(w);
	free(g);
	return good;
}

bool model_step(struct model *m, struct store *s)
{
	m->clk.t += (int64_t)prng_below(&m->rng, 4) - (prng_below(&m->rng, 20) == 0 ? 10 : 0);
	uint64_t kind = prng_below(&m->rng, 10), no = 0;
	if (kind == 0 && m->ngroups > 0)
		no = 2 + prng_below(&m->rng, m->ngroups);
	else if (kind == 1)
		no = model_undoable(m);
	else if (kind == 2)
		no = model_redoable(m);
	return no ? step_undo(m, s, no) : step_change(m, s);
}

uint64_t model_head(struct store *s)
{
	struct err e = { 0 };
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	uint64_t no = log_head(v).no;
	view_end(v);
	return no;
}
