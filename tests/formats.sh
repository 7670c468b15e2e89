#!/bin/sh
# Sheets made by chance have the same cells in every format, read by other people's readers; and text that was made to
# harm harms none. FORMATS_SEEDS: how many of each kind; those that fail are printed.
. "${srcdir:-.}/tests/cli-lib.sh"
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is missing"; exit 0; }
export SAMVAGT_LIBEXEC="${top_builddir:-.}" XDG_CACHE_HOME="$dir/cache" PYTHONIOENCODING=utf-8 LC_ALL=C.UTF-8
seeds=${FORMATS_SEEDS:-10}

for how in tame hostile; do
	bad=
	for seed in $(seq "$seeds"); do
		rm -rf "$dir/made"; mkdir "$dir/made"
		said=$("${top_builddir:-.}/tests/sheetmake" "$seed" "$dir/made" $how 2>&1) || bad="$bad
# seed $seed: $said"
		said=$(python3 "$srcdir/tests/formats.py" "$dir/made" $how 2>&1) || said="the reader fell: $said"
		[ -z "$said" ] || bad="$bad
# seed $seed: $said"
	done
	[ -z "$bad" ]; ok $? "$seeds sheets by chance, $how: the same cells in all formats"
	[ -z "$bad" ] || echo "$bad" | cut -c1-300
done

# each helper that isn't built, and each reader that isn't here, is said
for tool in samvagt-pdf samvagt-xlsx; do
	[ -x "${top_builddir:-.}/$tool" ] && ok 0 "$tool was among them" || ok 0 "# SKIP $tool isn't built here"
done
for tool in qpdf pdftotext xlsx2csv tidy xmllint; do
	command -v $tool >/dev/null && ok 0 "$tool was asked" || ok 0 "# SKIP $tool is missing"
done
if command -v soffice >/dev/null && [ -x "${top_builddir:-.}/samvagt-xlsx" ]; then
	bad=
	for seed in 3 5; do
		rm -rf "$dir/made"; mkdir "$dir/made"
		"${top_builddir:-.}/tests/sheetmake" $seed "$dir/made" tame
		bad="$bad$(python3 "$srcdir/tests/formats.py" "$dir/made" tame office 2>&1)"
	done
	[ -z "$bad" ]; ok $? "LibreOffice reads the same cells, and dates as dates"
	[ -z "$bad" ] || echo "$bad" | sed 's/^/# /' | head
else
	ok 0 "# SKIP soffice is missing"
fi

# the same sheet at the same time is the same bytes
same_bytes() { "${top_builddir:-.}/tests/sheetmake" 5 "$1" tame; }
mkdir "$dir/one" "$dir/two"
same_bytes "$dir/one"; same_bytes "$dir/two"
for f in sheet.csv sheet.html sheet.json sheet.txt; do
	cmp -s "$dir/one/$f" "$dir/two/$f"; ok $? "$f is the same bytes each time"
done
finish
