#!/bin/sh
# The manual pages are well-formed mdoc, and say something about every command, field and key; no line of help is wider
# than a screen; and the commands that the README shows take the options that it gives them.
. "${srcdir:-.}/tests/cli-lib.sh"
samvagt --help >"$dir/help"
wide=$(LC_ALL=C.UTF-8 awk 'length > 80' "$dir/help"); [ -z "$wide" ]; ok $? "the overview of commands is 80 columns wide"
grep -oE '^    (words=\$\()?samvagt [^#]*' "$srcdir/README.md" | sed -E 's/^ *(words=\$\()?samvagt (-s [a-z]+ )?//' >"$dir/shown"
missing=
while read -r command rest; do
	samvagt "$command" --help >"$dir/help" 2>/dev/null || continue
	for option in $(printf '%s' "$rest" | grep -oE -- '--[a-z-]+'); do
		grep -q -- "$option" "$dir/help" || missing="$missing $command $option;"
	done
done <"$dir/shown"
[ -z "$missing" ]; ok $? "the README's commands take the options that they are shown with"
[ -z "$missing" ] || echo "# not:$missing"
command -v mandoc >/dev/null || { echo "1..0 # SKIP mandoc is missing"; exit 0; }
for page in commands fields keys rules; do
	exits "page of $page" 0 samvagt manual $page
	cp "$dir/out" "$dir/$page.mdoc"
	mandoc -T lint "$dir/$page.mdoc" | grep -v 'referenced manual not found' >"$dir/lint"
	[ ! -s "$dir/lint" ]; s=$?; ok $s "mandoc finds no fault with it"
	[ $s -eq 0 ] || sed 's/^/# /' "$dir/lint" | head
done
for page in samvagt-json.5 samvagt-pdf.1 samvagt-xlsx.1 samvagt-ical.1; do
	mandoc -T lint "$srcdir/man/$page" | grep -v 'referenced manual not found' >"$dir/lint"
	[ ! -s "$dir/lint" ]; s=$?; ok $s "mandoc finds no fault with $page"
	[ $s -eq 0 ] || sed 's/^/# /' "$dir/lint" | head
done
mandoc -T utf8 "$dir/commands.mdoc" | grep -q import; ok $? "it can be read"
finish
