# From data/limits to the program's built-in copy: LIMIT(NAME, "name", value, UNIT_unit, "da", "en", "source", "checked").
# What can't be read stops the build.
function fail(why) { printf "%s:%d: %s\n", FILENAME, FNR, why >"/dev/stderr"; failed = 1; exit 1 }
function quoted(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); return "\"" s "\"" }
function put(  i) {
	if (name == "") return
	for (i = 1; i <= 4; i++) if (!(key[i] in row)) fail(name " lacks its " key[i])
	printf "LIMIT(%s, %s, %d, UNIT_%s", toupper(name), quoted(name), value, unit
	for (i = 1; i <= 4; i++) printf ", %s", quoted(row[key[i]])
	print ")"
	name = ""
	delete row
}
BEGIN { split("da en source checked", key, " ") }
/^#/ || /^[ \t]*$/ { next }
/^[a-z_]+: [0-9]+ [a-z]+$/ { put(); name = substr($1, 1, length($1) - 1); value = $2; unit = $3; next }
/^\t(da|en|source|checked): [^ ]/ && name != "" { split($1, word, ":"); row[word[1]] = substr($0, length(word[1]) + 4); next }
{ fail("not a row, nor a part of one") }
END { if (!failed) put() }
