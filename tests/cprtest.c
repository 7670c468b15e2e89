/* tests/cprtest.c - see cprtest.h. */
#include "tests/cprtest.h"

#include <stdio.h>

#define PICK(r, list) (list)[prng_below((r), sizeof(list) / sizeof *(list))]

static unsigned below(struct prng *r, unsigned n) { return (unsigned)prng_below(r, n); }

/* Any digits as another script writes them. */
static void dress(struct prng *r, const char *plain, struct buf *out)
{
	static const char *const scripts[][10] = {
		{"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"}, {"٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩"},
		{"०", "१", "२", "३", "४", "५", "६", "७", "८", "९"}, {"𝟎", "𝟏", "𝟐", "𝟑", "𝟒", "𝟓", "𝟔", "𝟕", "𝟖", "𝟗"},
		{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"}, {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"},
	};
	const char *const *digit = PICK(r, scripts);
	for (; *plain; plain++)
		if (*plain >= '0' && *plain <= '9')
			buf_adds(out, digit[*plain - '0']);
		else
			buf_addc(out, *plain);
}

/* Something that can't be seen after some of the digits. */
static void haunt(struct prng *r, const char *plain, struct buf *out)
{
	static const char *const unseen[] = {"\u200b", "\u200d", "\u00ad", "\ufe0f", "\u0308", "\u2060", "\u20e3"};
	for (; *plain; plain++) {
		buf_addc(out, *plain);
		if (below(r, 3) == 0)
			buf_adds(out, PICK(r, unseen));
	}
}

void cpr_number(struct prng *r, struct buf *out)
{
	static const char *const between[] = {"", "-", " ", " - ", "- ", " -", "\u2013", "\u2014", "\u2010", "\u2011", "\u2012", "\u2212",
		"\u00a0", "\u2009", "\u3000", " \u2013 ", "\uff0d", "  "};
	static const char *const parts[] = {".", "/", "-"};
	char plain[32];
	unsigned day = 1 + below(r, 28) + (below(r, 10) ? 0 : 60), month = 1 + below(r, 12), year = below(r, 100);
	unsigned serial = below(r, 10000);
	const char *part = PICK(r, parts);
	buf_reset(out);
	snprintf(plain, sizeof plain, "%02u%02u%02u-%04u", day, month, year, serial);
	switch (below(r, 6)) {
	case 0: buf_addf(out, "%02u%s%02u%s%02u-%04u", day, part, month, part, year, serial); break;
	case 1: buf_addf(out, "%02u%02u19%02u-%04u", day, month, year, serial); break;
	case 2: dress(r, plain, out); break;
	case 3: haunt(r, plain, out); break;
	default: buf_addf(out, "%.6s%s%04u", plain, PICK(r, between), serial);
	}
}

void cpr_text(struct prng *r, struct buf *out)
{
	static const char *const before[] = {"", "cpr ", "CPR:", "(", "født", "ring 20737074, ", "æ", "uge 49: ", "Anna #", "+45 ", "nr.", "\xf0\x9f\x99\x82"};
	static const char *const after[] = {"", ".", ")", "abc", " tlf. 20 73 70 74", ", ringes op", "å", "!", " kl. 8"};
	struct buf number = {0};
	cpr_number(r, &number);
	buf_reset(out);
	buf_addf(out, "%s%s%s", PICK(r, before), number.p, PICK(r, after));
	buf_free(&number);
}

static unsigned long long phone(struct prng *r) { return 40000000 + prng_below(r, 20000000); }

void cpr_near_miss(struct prng *r, struct buf *out)
{
	unsigned day = 1 + below(r, 28), month = 1 + below(r, 12), year = 20 + below(r, 20), hour = below(r, 24), no = below(r, 10000);
	unsigned long long n = phone(r);
	buf_reset(out);
	switch (below(r, 18)) {
	case 0: buf_addf(out, "%llu", n); break;
	case 1: buf_addf(out, "tlf. %02llu %02llu %02llu %02llu", n / 1000000, n / 10000 % 100, n / 100 % 100, n % 100); break;
	case 2: buf_addf(out, "+45 %llu", n); break;
	case 3: buf_addf(out, "+46 70 %03u %02u %02u", no % 1000, day, month); break;
	case 4: buf_addf(out, "+46 0%02u%02u%02u%03u", day, month, year, no % 1000); break;
	case 5: buf_addf(out, "CVR %08llu", n - 20000000); break;
	case 6: buf_addf(out, "%u/%u 20%02u", day, month, year); break;
	case 7: buf_addf(out, "%02u.%02u.%02u %02u00", day, month, year, hour); break;
	case 8: buf_addf(out, "20%02u-%02u-%02uT%02u:15", year, month, day, hour); break;
	case 9: buf_addf(out, "%02u%02u20%02u %02u15", day, month, year, hour); break;
	case 10: buf_addf(out, "%02u%02u%02u kl. %02u15", day, month, year, hour); break;
	case 11: buf_addf(out, "sagsnr. 1-%u-72-%u-%u", 10 + below(r, 30), no, year); break;
	case 12: buf_addf(out, "20%02u-%04u", year, no); break;
	case 13: buf_addf(out, "8800 Viborg, tlf. %llu", n); break;
	case 14: buf_addf(out, "57980%08llu", n); break;
	case 15: buf_addf(out, "uge %02u %02u %02u 20%02u", day % 10 + 1, 11, 12, year); break;
	case 16: buf_addf(out, "%02u:00–%02u:00 lokale %u", hour, hour + 1, no); break;
	default: buf_addf(out, "%02u%02u%02u-%03u, %02u%02u%02u-%05u", day, month, year, no % 1000, day, month, year, 10000 + no); break;
	}
}
