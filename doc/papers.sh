#!/bin/sh
# Every paper as pictures, to be looked at: PDF by pdftoppm, and HTML as chromium prints it, with names that are long,
# or of other alphabets.
# usage: doc/papers.sh [PROGRAM [FOLDER [PAPER…]]] (needs poppler-utils; chromium for HTML; writes FOLDER/index.html)
#
# Each paper is made twice: for everything that it makes sense for, in a store of some 400 volunteers; and for one of
# it.
set -u
cd "$(dirname "$0")/.."
program=$(realpath "${1:-./samvagt}")
out=${2:-papers}
[ $# -lt 2 ] || shift
[ $# -lt 1 ] || shift
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir -p "$out"
out=$(realpath "$out")
export SAMVAGT_NOW=2026-12-01T09:10 SAMVAGT_STORE="$dir/store" XDG_DATA_HOME="$dir" XDG_STATE_HOME="$dir/state" SAMVAGT_LIBEXEC="${SAMVAGT_LIBEXEC:-$(dirname "$program")}"
command -v pdftoppm >/dev/null || { echo "papers.sh: pdftoppm is missing: install poppler-utils" >&2; exit 69; }
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || :)
[ -n "$browser" ] || echo "papers.sh: there is no chromium here, so HTML isn't drawn" >&2

samvagt() { "$program" --lang "${lang:-da}" "$@"; }

# Those whom the rosters name most get these names, so that they stand on every paper.
names() {
	cat <<'NAMES'
Åse|Ø
Bo|Li
Karen-Margrethe Elisabeth|Kvistgaard-Østergaard Bjerregaard
Wojciech|Brzęczyszczykiewicz-Łukasiewicz
Aleksandra Małgorzata|Grzegżółka-Żebrowska
Nguyễn Thị|Phương Thảo
İbrahim Çağatay|Gökçeoğlu-Şahinöz
فاطمة الزهراء|عبد الرحمن
محمد|حسن
Maximilian-Alexander|von und zu Hohenstaufen-Wittelsbach
NAMES
}

store() {
	samvagt demo --make --size hospital -s "$SAMVAGT_STORE" >/dev/null 2>"$dir/err" || { cat "$dir/err" >&2; exit 70; }
	n=20301000
	for first in Ada Bjørn Cæcilie Dmitrij Eşref Frøydis Günay Håkon Ida Józef Kjeld Lê Małgorzata Niels Øjvind Pia Qasim Rúna Søren Tomáš Ulla Vibe Åge; do
		for last in Aagaard Bąk Çelik Dørup Eskildsen-Østergaard Fuglsang Gottschalksen Højbjerg Iversen Jønsson; do
			n=$((n + 1))
			echo "$first;$last;$n;Søndre Allé $n;8800;Viborg"
		done
	done | sed '1i Fornavn;Efternavn;Telefon;Adresse;Postnr;By' >"$dir/frivillige.csv"
	samvagt import "$dir/frivillige.csv" --yes >/dev/null 2>"$dir/err" || cat "$dir/err" >&2
	samvagt list volunteer --plain | cut -f1 >"$dir/ids"
	echo "$(wc -l <"$dir/ids") volunteers" >&2
	names | paste "$dir/ids" - | head -n "$(names | wc -l)" | while IFS='	' read -r id name; do
		samvagt set volunteer "$id" "first-name=${name%%|*}" "last-name=${name#*|}" >/dev/null 2>&1 || echo "papers.sh: a name wasn't taken" >&2
	done
}

# picture NAME FORMAT FILE : NAME-1.png …, the first two pages
picture() {
	case $2 in
	pdf) pdftoppm -r 70 -l 2 -png "$3" "$out/$1-pdf" ;;
	html)
		[ -n "$browser" ] || return 0
		timeout 60 "$browser" --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf-no-header \
			--print-to-pdf="$dir/page.pdf" "file://$3" >/dev/null 2>&1 && pdftoppm -r 70 -l 2 -png "$dir/page.pdf" "$out/$1-html" ;;
	esac
}

# paper NAME ARGUMENTS… : in both formats
paper() {
	name=$1
	shift
	for format in pdf html; do
		if samvagt print "$@" --as "$format" -o "$out/$name.$format" 2>"$dir/err" </dev/null; then
			picture "$name" "$format" "$out/$name.$format"
		else
			echo "$name: $(head -n 1 "$dir/err")"
			return
		fi
	done
}

store
samvagt print --list --plain | cut -f1 >"$dir/papers"
[ $# -eq 0 ] || printf '%s\n' "$@" >"$dir/papers"
# the third of each kind, for it has a name that is hard to set
for type in volunteer shift role organisation vigil agreement; do samvagt list "$type" --plain | cut -f1 | sed -n 3p; done >"$dir/ones"
samvagt list vigil --plain | cut -f1 | head -n 1 >>"$dir/ones"
while read -r id; do
	paper "$id" "$id"
	while read -r one; do
		samvagt print "$id" --for "$one" >/dev/null 2>&1 </dev/null && paper "$id-one" "$id" --for "$one" && break
	done <"$dir/ones"
done <"$dir/papers" >"$out/left-out"
{
	echo '<!DOCTYPE html><meta charset="utf-8"><title>papers</title><style>img{border:1px solid #777;margin:4px;max-width:45vw}</style>'
	for f in "$out"/*.png; do echo "<h2>$(basename "$f")</h2><img src=\"$(basename "$f")\">"; done
	echo '<pre>'; sed 's/&/\&amp;/g; s/</\&lt;/g' "$out/left-out"; echo '</pre>'
} >"$out/index.html"
echo "$out/index.html: $(ls "$out"/*.png | wc -l) pictures; left out: $(wc -l <"$out/left-out")"
