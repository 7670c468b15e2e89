/* tests/t_rota_read.c - benchmark files of rosters: what models become of them, and what is said of bad ones. That a
 * roster costs in the model what the rules of its benchmark say is tested by tests/bench-rota.sh. */
#include "bench/rota_read.h"

#include "base/os.h"
#include "tests/tap.h"

#include <stdlib.h>
#include <string.h>

static struct arena *a;
static struct err e;

static const char *data(const char *name)
{
	const char *top = getenv("top_srcdir");
	return arena_printf(a, "%s/tests/data/rota/%s", top ? top : ".", name);
}

/* The n-th rule of this kind of a person's, or one of nothing. */
static struct rota_rule rule_of(const struct rota_case *c, int person, enum rota_what what, int n)
{
	const struct rota_contract *k = &c->model.contracts[c->model.persons[person].contract];
	for (size_t i = 0; i < k->n_rules; i++)
		if (k->rules[i].what == what && !n--)
			return k->rules[i];
	return (struct rota_rule){.what = what, .most = -1};
}

static size_t rules_of(const struct rota_case *c, int person, enum rota_what what)
{
	size_t n = 0;
	const struct rota_contract *k = &c->model.contracts[c->model.persons[person].contract];
	for (size_t i = 0; i < k->n_rules; i++)
		n += k->rules[i].what == what;
	return n;
}

static void test_nrp(void)
{
	struct rota_case c;
	is_int(rota_read(a, data("small-nrp.txt"), &c, &e), 0, "Curtois and Qu's format is read: %s", e.text);
	ok(c.model.days == 16 && c.model.first_weekday == 0, "sixteen days from a Monday");
	ok(c.model.n_persons == 5 && !strcmp(c.persons[3], "Dea"), "five people by name");
	ok(c.model.n_kinds == 4 && !strcmp(c.kinds[0], "-") && !strcmp(c.kinds[3], "N"), "three shifts, and free");
	is_int(c.model.kinds[3].minutes, 600, "a night has its minutes");
	is_int((intmax_t)(c.model.persons[1].kinds & 0xe), 0x6, "who may do none of a shift can't be given it");
	is_int(rule_of(&c, 1, ROTA_TOTAL, 0).most, 4, "most of a shift");
	struct rota_rule minutes = rule_of(&c, 1, ROTA_TOTAL, 1);
	ok(minutes.minutes && minutes.least == 1800 && minutes.most == 4200 && minutes.under == ROTA_HARD, "minutes, least and most, hard");
	struct rota_rule run = rule_of(&c, 2, ROTA_RUN, 0), off = rule_of(&c, 2, ROTA_RUN, 1), weekends = rule_of(&c, 2, ROTA_BLOCKS, 0);
	ok(run.least == 3 && run.most == 6 && run.open_start && run.open_end, "shifts in a row, open at both ends");
	ok(off.kinds == 1 && off.least == 2 && off.most == ROTA_NO_MOST && off.open_end, "days off in a row");
	ok(weekends.most == 0 && weekends.weekdays == 1 << 5 && weekends.length == 2, "weekends begin on Saturday");
	is_int((intmax_t)rule_of(&c, 0, ROTA_PATTERN, 1).pattern[1], 0x6, "neither morning nor afternoon after a night");
	is_int((intmax_t)c.model.n_wishes, 10, "wishes: three days off, four shifts on, three off");
	is_int((intmax_t)c.model.n_cover, 10, "ten rows of cover");
}

static void test_inrc(void)
{
	struct rota_case c;
	is_int(rota_read(a, data("small-inrc.txt"), &c, &e), 0, "INRC-I's text is read: %s", e.text);
	ok(c.model.days == 21 && c.model.first_weekday == 2, "three weeks from a Wednesday");
	ok(c.model.n_persons == 5 && !strcmp(c.persons[0], "3"), "people in the order of the file");
	is_int((intmax_t)c.model.n_kinds, 5, "four shifts, and free");
	is_int((intmax_t)rules_of(&c, 2, ROTA_TOTAL), 2, "most and least assignments are two rules, for each has its weight");
	is_int(rule_of(&c, 2, ROTA_TOTAL, 1).under, 3, "the weight of the least");
	struct rota_rule weekends = rule_of(&c, 0, ROTA_BLOCK_RUN, 0);
	ok(weekends.least == 2 && weekends.weekdays == 1 << 4 && weekends.length == 3 && !weekends.open_end, "weekends in a row, from Fridays");
	is_int((intmax_t)rules_of(&c, 0, ROTA_PATTERN), 4 + 4 * 4 + 3, "a weekend of three days: complete, identical, and unwanted patterns");
	is_int((intmax_t)rules_of(&c, 2, ROTA_PATTERN), 2 + 4 * 2 + 1 + 2, "one of two days, with no night before a free one");
	is_int((intmax_t)c.model.n_cover, 21 * 4, "each day and shift has exactly so many");
	ok(c.model.cover[0].day == 5 && c.model.cover[0].need == 3 && c.model.cover[0].over == ROTA_HARD, "a date has its own number");
	is_int((intmax_t)c.model.n_wishes, 3 * 21 + 6, "three people lack a skill that costs them, and there are six requests");
}

static void test_inrc2(void)
{
	struct rota_case c;
	is_int(rota_read(a, data("n004w2/n004w2_0_0-3"), &c, &e), 0, "a case of INRC-II is read: %s", e.text);
	ok(c.model.days == 14 && c.model.n_persons == 4, "two weeks, four people");
	ok(c.model.n_kinds == 7 && !strcmp(c.kinds[6], "Night/Nurse"), "a kind is a shift with a skill");
	const struct rota_person *p = &c.model.persons[0], *q = &c.model.persons[3];
	ok(p->n_before == 4 && p->before[3] == 5 && p->before[2] == 1, "one night after three other days");
	ok(q->n_before == 8 && !q->before[0] && !q->before[7], "eight days off");
	is_int((intmax_t)(c.model.persons[1].kinds & 0x7e), 0x54, "who isn't skilled can't be given it");
	is_int(rule_of(&c, 2, ROTA_BLOCKS, 0).most, 0, "weekends that are left");
	ok(rule_of(&c, 2, ROTA_TOTAL, 0).most == 1 && rule_of(&c, 3, ROTA_TOTAL, 0).least == 0, "assignments that are left");
	ok(rule_of(&c, 0, ROTA_RUN, 2).least == 3 && rule_of(&c, 0, ROTA_RUN, 2).open_end, "nights in a row, open at the end");
	is_int((intmax_t)rules_of(&c, 0, ROTA_PATTERN), 4, "two successions, two halves of a weekend");
	is_int((intmax_t)rules_of(&c, 2, ROTA_PATTERN), 2, "a contract without complete weekends");
	is_int((intmax_t)c.model.n_cover, 2 * 7 * (6 + 4), "each requirement is two rows");
	is_int(rota_read(a, data("n004w2/n004w2_0_0-7"), &c, &e), ERR_NOTFOUND, "a week that isn't there");
	ok(strstr(e.text, "WD-n004w2-7.txt") != NULL, "is named: %s", e.text);
}

/* A copy of a file, with one text in it replaced. */
static const char *spoilt(const char *name, const char *copy, const char *from, const char *to)
{
	struct buf text = {0};
	const char *path = arena_printf(a, "%s/%s", test_dir(), copy);
	if (os_read_file(data(name), 1 << 20, &text, &e))
		return path;
	const char *at = strstr(text.p, from);
	FILE *f = fopen(path, "w");
	if (f && at)
		fprintf(f, "%.*s%s%s", (int)(at - text.p), text.p, to, at + strlen(from));
	if (f)
		fclose(f);
	ok(at != NULL, "%s can be copied with \"%s\"", name, to);
	buf_free(&text);
	return path;
}

static void test_errors(void)
{
	static const struct {
		const char *file, *from, *to, *says;
	} bad[] = {
		{"small-nrp.txt", "SECTION_HORIZON", "HORIZON", "in none of the formats"},
		{"small-nrp.txt", "\n16\n", "\n999\n", "line 4: a period has 1 to 400 days"},
		{"small-nrp.txt", "A,480,M", "A,480,Q", "line 9: there is no shift \"Q\""},
		{"small-nrp.txt", "A,480,M", "M,480", "line 9: shift \"M\" is there twice"},
		{"small-nrp.txt", "N,600,M|A", "N,600.5,M|A", "line 10: \"600.5\" should be a number"},
		{"small-nrp.txt", "5000,3500,5,2,2,1", "5000,3500,5,2,2", "line 14: a person has a name"},
		{"small-nrp.txt", "Ane,0,9", "Ane,0,16", "line 21: day 16 isn't one of the 16"},
		{"small-nrp.txt", "Ane,3,M,2", "Anna,3,M,2", "line 26: there is no person \"Anna\""},
		{"small-nrp.txt", "0,M,2,100,1", "0,M,2,100", "field 5 is missing"},
		{"small-nrp.txt", "SECTION_COVER", "SECTION_OTHER", "line 36: \"SECTION_OTHER\" is no section"},
		{"small-inrc.txt", "2024-05-21;", "2024-02-30;", "line 4: \"2024-02-30\" should be a date"},
		{"small-inrc.txt", "2024-05-01, ", "2024-05-05, ", "line 23: the period cuts a weekend"},
		{"small-inrc.txt", "SaturdaySunday,", "SaturdayMonday,", "line 23: \"SaturdayMonday\" should be a weekend"},
		{"small-inrc.txt", "(1|11), (0|0)", "(1|11), (1|1)", "line 23: free days after nights"},
		{"small-inrc.txt", "3, 0 1 2;", "3, 0 1 7;", "line 24: there is no pattern \"7\""},
		{"small-inrc.txt", "1, Leader;", "1, Lender;", "there is no skill \"Lender\""},
		{"small-inrc.txt", "Monday, M, 2", "Mo, M, 2", "\"Mo\" should be a day of the week"},
		{"small-inrc.txt", "2024-05-06, M, 3", "2024-06-06, M, 3", "isn't in the period"},
		{"small-inrc.txt", "3, 3, 1, 1, Nurse", "3, 3, 9, 1, Nurse", "there is no contract \"9\""},
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct rota_case c;
		const char *path = spoilt(bad[i].file, "spoilt.txt", bad[i].from, bad[i].to);
		e.text[0] = '\0';
		is_int(rota_read(a, path, &c, &e), ERR_DATA, "\"%s\" is refused", bad[i].to);
		ok(strstr(e.text, bad[i].says) != NULL, "and said so: %s", e.text + strlen(test_dir()));
	}
}

static void test_case_errors(void)
{
	static const char *const files[] = {"Sc-n004w2.txt", "H0-n004w2-0.txt", "WD-n004w2-0.txt"};
	static const struct {
		int file;
		const char *from, *to, *says;
	} bad[] = {
		{0, "Night 2 Morning", "Night 2 Noon", "line 17: there is no shift \"Noon\""},
		{0, "Bo Full", "Bo Half", "line 25: there is no contract \"Half\""},
		{0, "Morning (2,4)", "Morning 2", "line 10: field 3 is missing"},
		{1, "Ane 0 0 Night 1 4 0", "Ane 0 0 Night 5 4 0", "line 5: these numbers contradict each other"},
		{1, "Carl 5 2 Evening", "Carl 5 2 None", "line 7: these numbers contradict each other"},
		{1, "Bo 0 0 None 0 0 1", "Dea 0 0 None 0 0 1", "\"Dea\" is there twice"},
		{1, "Dea 7 3 None 0 0 8", "", "hasn't everybody"},
		{2, "Evening Leader", "Evening Boss", "there is no skill \"Boss\""},
		{2, "Dea Evening Sun", "Dea Evening Søn", "should be a day of the week"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct rota_case c;
		for (int f = 0; f < 3; f++)
			spoilt(arena_printf(a, "n004w2/%s", files[f]), files[f], f == bad[i].file ? bad[i].from : "", f == bad[i].file ? bad[i].to : "");
		e.text[0] = '\0';
		is_int(rota_read(a, arena_printf(a, "%s/n004w2_0_0-0", test_dir()), &c, &e), ERR_DATA, "it is refused");
		ok(strstr(e.text, bad[i].says) != NULL, "and said so: %s", e.text + strlen(test_dir()));
	}
}

static int read_text(const struct rota_case *c, const char *text, uint8_t **roster)
{
	const char *path = arena_printf(a, "%s/roster.txt", test_dir());
	FILE *f = fopen(path, "w");
	if (f) {
		fputs(text, f);
		fclose(f);
	}
	e.text[0] = '\0';
	return rota_read_roster(a, path, c, roster, &e);
}

static void test_rosters(void)
{
	static const char good[] = "Ane - - Morning/Leader - - - - Night/Nurse - - - - - -\nBo - - - - - - - - - - - - - Evening/Nurse\n";
	static const char rest[] = "Carl - - - - - - - - - - - - - -\nDea - - - - - - - - - - - - - -\n";
	struct rota_case c;
	uint8_t *roster, *again;
	rota_read(a, data("n004w2/n004w2_0_0-3"), &c, &e);
	is_int(read_text(&c, arena_printf(a, "# no line\n\n%s%s", rest, good), &roster), 0, "a roster is read in any order: %s", e.text);
	ok(roster[2] == 1 && roster[7] == 6 && roster[27] == 4 && !roster[28], "with its kinds");
	const char *path = arena_printf(a, "%s/written.txt", test_dir());
	FILE *f = fopen(path, "w");
	rota_write_roster(f, &c, roster);
	fclose(f);
	is_int(rota_read_roster(a, path, &c, &again, &e), 0, "and what is written of it");
	is_mem(again, 56, roster, 56, "is the same");
	is_int(read_text(&c, rest, &roster), ERR_DATA, "not without everybody");
	ok(strstr(e.text, "\"Ane\" isn't there") != NULL, "%s", e.text + strlen(test_dir()));
	is_int(read_text(&c, "Ane - -\n", &roster), ERR_DATA, "nor with too few days");
	ok(strstr(e.text, "line 1: 2 days instead of 14") != NULL, "%s", e.text + strlen(test_dir()));
	is_int(read_text(&c, "Ane - - - - - - - - - - - - - Day/Nurse\n", &roster), ERR_DATA, "nor with a shift that isn't one");
	is_int(read_text(&c, arena_printf(a, "%s%s", rest, rest), &roster), ERR_DATA, "nor with somebody twice");
}

int main(void)
{
	a = arena_new();
	test_nrp();
	test_inrc();
	test_inrc2();
	test_errors();
	test_case_errors();
	test_rosters();
	arena_free(a);
	return done_testing();
}
