/* tests/t_fold.c - what search takes for the same (base/text.h). */
#include "base/text.h"
#include "tests/tap.h"

#include <string.h>

/* Every spelling finds the name. */
static const struct {
	const char *name, *spellings[9];
} found[] = {
	{"Søren", {"soren", "soeren", "sören", "SØREN", "Søren", "Sø", "SOE"}},
	{"Ågård", {"aagaard", "ågård", "agard", "aagard", "ågaard", "AAGAARD", "åg", "aag"}},
	{"Aagaard", {"aagaard", "ågård", "agard", "aagard", "ågaard", "ÅGÅRD"}},
	{"Ærø", {"aeroe", "ærø", "aero", "ÆRØ", "ærö"}},
	{"Jørgen Kjær", {"joergen", "kjaer", "kjær", "jorgen kjaer", "kjær jørgen"}},
	{"Michael", {"michael", "micha", "mich", "michæl"}},
	{"Mikael", {"mikael", "mika"}},
	{"Noel", {"noel", "noël", "no"}},
	{"Noël", {"noel", "noël"}},
	{"Joensen", {"joensen", "joe", "jo", "jønsen"}},
	{"Isaac", {"isaac", "isaa", "isa", "isac"}},
	{"Zoo", {"zoo", "zo"}},
	{"Müller", {"muller", "müller", "MÜLLER"}},
	{"Jäger", {"jaeger", "jäger", "jæger"}},
	{"Weiß", {"weiss", "weiß", "WEISS"}},
	{"René", {"rene", "rené"}},
	{"Łukasz Żółć", {"lukasz", "zolc"}},
	{"Nguyễn Thị Ánh", {"nguyen", "thi anh", "anh nguyen"}},
	{"Işık", {"isik", "ışık"}},
	{"İbrahim", {"ibrahim", "İBRAHİM"}},
	{"Þóra Guðrún", {"thora", "gudrun", "þóra"}},
	{"Anne-Lise", {"anne-lise", "anne lise", "annelise", "lise", "ANNE  LISE"}},
	{"Annelise", {"anne-lise", "anne lise", "annelise"}},
	{"O'Brien", {"obrien", "o'brien", "O’Brien", "brien"}},
	{"van Dijk", {"vandijk", "van dijk", "dijk", "Van-Dijk"}},
	{"Дмитрий", {"дмитрий", "ДМИТРИЙ", "дмитрии"}},
	{"Αθηνά", {"αθηνα", "ΑΘΗΝΆ"}},
	{"Afsnit 12B", {"12b", "afs 12", "12 b"}},
	{"", {""}},
};

static void test_found(struct arena *a)
{
	for (size_t i = 0; i < sizeof found / sizeof *found; i++)
		for (const char *const *s = found[i].spellings; *s; s++)
			ok(text_fold_match(text_fold(a, found[i].name), text_fold(a, *s), NULL), "'%s' finds '%s'", *s,
				found[i].name);
}

static const struct {
	const char *needle, *name;
} apart[] = {
	{"Hansen", "Jensen"}, {"ansen", "Hansen"}, {"aase", "Anse"},   {"mona h", "Mona"},  {"bak", "Bæk"},
	{"mikael", "Michael"}, {"holm", "Halm"},   {"jensen mona", "Mona Hansen"}, {"lise", "Annelise"}, {"x", ""},
};

static void test_apart(struct arena *a)
{
	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++) {
		int rank = 7;
		ok(!text_fold_match(text_fold(a, apart[i].name), text_fold(a, apart[i].needle), &rank) && rank == 7,
			"'%s' does not find '%s'", apart[i].needle, apart[i].name);
	}
}

static const struct {
	const char *text, *folded;
} forms[] = {
	{"  Anne-Lise   Ågård ", "anne lise agard"}, {"Ærø", "aero"}, {"aaa oee åae", "a o ae"}, {"...", ""},
	{"ﬁn ½ ²", "fin 1 2 2"}, {"A\u030Are", "are"}, {"A\u0308re", "aere"}, {"Han\u00ADsen\u200D", "hansen"},
	{"Œuvre", "ouvre"},
};

static void test_forms(struct arena *a)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		is_str(text_fold(a, forms[i].text), forms[i].folded, "fold %zu", i + 1);
}

static const struct {
	const char *hay, *needle;
	int rank;
} ranks[] = {
	{"mona hansen", "mona hansen", 0}, {"mona hansen", "monahansen", 0}, {"mona hansen", "mona", 1},
	{"mona hansen", "hansen", 2}, {"mona hansen", "hansen mona", 2}, {"mona hansen", "", 1}, {"", "", 0},
};

static void test_ranks(void)
{
	for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
		int rank = -1;
		ok(text_fold_match(ranks[i].hay, ranks[i].needle, &rank), "match %zu", i + 1);
		is_int(rank, ranks[i].rank, "rank %zu", i + 1);
	}
}

static const struct {
	const char *x, *y;
	int most, slips;
} slips[] = {
	{"forhal", "forhal", 2, 0}, {"forhal", "forhall", 2, 1},  {"forhal", "forha", 2, 1},
	{"forhal", "farhal", 2, 1}, {"roster", "rooster", 2, 1},  {"vagt", "vgat", 2, 2},
	{"", "ab", 2, 2},           {"", "abc", 2, 3},            {"abc", "xyz", 2, 3},
	{"abc", "xyz", 3, 3},       {"kitten", "sitting", 3, 3}, {"kitten", "sitting", 2, 3},
	{"x", "0123456789012345678901234567890123456789012345678901234567890123", 99, 100},
};

static void test_slips(void)
{
	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
		is_int(text_slips(slips[i].x, slips[i].y, slips[i].most), slips[i].slips, "%s to %s", slips[i].x, slips[i].y);
		is_int(text_slips(slips[i].y, slips[i].x, slips[i].most), slips[i].slips, "and back");
	}
}

int main(void)
{
	struct arena *a = arena_new();
	test_found(a);
	test_apart(a);
	test_forms(a);
	test_ranks();
	test_slips();
	arena_free(a);
	return done_testing();
}
