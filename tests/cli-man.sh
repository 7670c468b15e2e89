#!/bin/sh
# The manual pages are well-formed mdoc, and say something about every command, field and key.
. "${srcdir:-.}/tests/cli-lib.sh"
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
