#!/bin/sh
# An agreement from its template to print, signature, export and verification, also by the stock minisign; and what is
# refused on the way. What was altered in an exported agreement is told.
. "${srcdir:-.}/tests/cli-lib.sh"
fresh
plain() { samvagt agreement "$@" --plain 2>/dev/null; }
# from then on
at() { SAMVAGT_NOW=$1; shift; "$@"; }
made() { samvagt "$@" --plain 2>/dev/null; }
made add unit name="Forhal" >/dev/null
made add role name="Hospitalsguide" >/dev/null
made add organisation name="Dansk Røde Kors, Viborg" kind=ngo >/dev/null
made add volunteer given=Thyra family=Kvistgaard status=active roles=Hospitalsguide >/dev/null
made add volunteer given=Bo family=Lund status=active roles=Hospitalsguide >/dev/null

# ---- making
exits "trying how one would be made" 0 samvagt agreement new frivilligaftale "Bo Lund" --unit Forhal --dry-run
grep -q "templates would come first" "$dir/err"; ok $? "says that the program's templates would come with it"
same "and makes nothing" "$(samvagt list agreement-template --plain 2>/dev/null; plain list)" ""
refuses "trying with a template that isn't there" 66 "no template is called" samvagt agreement new Lejekontrakt "Bo Lund" --dry-run
refuses "trying with several" 65 "several templates" samvagt agreement new aftale "Bo Lund" --dry-run
refuses "no such template" 66 "there is no" samvagt agreement new Lejekontrakt "Bo Lund"
refuses "a co-operation agreement with a person" 66 "Organisation: there is no" samvagt agreement new Samarbejdsaftale "Bo Lund"
refuses "which sub-command?" 64 "verify FILE" samvagt agreement make Frivilligaftale "Bo Lund"
exits "a volunteer agreement" 0 samvagt agreement new frivilligaftale "Bo Lund" --unit Forhal --from 1/12 --to 30/11-2026 --plain
bo=$(cat "$dir/out")
exits "a co-operation agreement" 0 samvagt agreement new Samarbejdsaftale "Røde Kors" --unit Forhal --roles hospitalsguide --from 1/12 --case 1-17-2-25 --plain
coop=$(cat "$dir/out")
exits "a declaration" 0 samvagt agreement new "Erklæring om tavshedspligt" "Thyra Kvistgaard" --unit Forhal --plain
oath=$(cat "$dir/out")
samvagt show agreement "$coop" 2>/dev/null | grep -q "1-17-2-25"; ok $? "a case number is kept with it"
same "three are listed" "$(plain list | cut -f2,5 | sort | tr '\t\n' ' ;')" \
	"Bo Lund asked for;Dansk Røde Kors, Viborg asked for;Thyra Kvistgaard asked for;"
code=$(plain list | grep Lund | cut -f9)
plain show "$bo" >"$dir/text"
grep -q "mellem Bo Lund" "$dir/text" && grep -q "$code" "$dir/text"; ok $? "what is printed has the party and the code of its wording"
grep -q '[{}]' "$dir/text"; [ $? -eq 1 ]; ok $? "and no placeholders"

# ---- states and signatures
refuses "not made without signatures" 1 "the volunteer's signature, the workplace's" samvagt agreement move "$bo" made
refuses "no state" 65 "State" samvagt agreement move "$bo" forgotten
refuses "refused needs a reason" 1 "say why" samvagt agreement move "$bo" refused
refuses "who signed?" 64 "name NAME" samvagt agreement sign "$bo" --part volunteer
refuses "on paper and on the screen" 64 "one of them" samvagt agreement sign "$bo" --name "Bo Lund" --part volunteer --paper --screen
refuses "not a party" 1 "isn't a party" samvagt agreement sign "$bo" --name "Bo Lund" --part organisation
refuses "a day ahead" 1 "lies ahead" samvagt agreement sign "$bo" --name "Bo Lund" --part volunteer --day 2/12
refuses "a CPR number" 65 "CPR" samvagt agreement sign "$bo" --name "Bo 010190-1234" --part volunteer
printf 'MZ' >"$dir/scan.exe"
refuses "a scan that is a program" 65 "no PDF" samvagt agreement sign "$bo" --name "Bo Lund" --part volunteer --scan "$dir/scan.exe"
printf '%%PDF-1.4' >"$dir/0101901234.pdf"
refuses "a scan that is called like a CPR number" 65 "CPR" samvagt agreement sign "$bo" --name "Bo Lund" --part volunteer --scan "$dir/0101901234.pdf"
head -c 4194305 /dev/zero >"$dir/large.pdf"
refuses "a scan that is too large" 65 "large" samvagt agreement sign "$bo" --name "Bo Lund" --part volunteer --scan "$dir/large.pdf"
exits "a dry run" 0 samvagt agreement sign "$bo" --name "Bo Lund" --part volunteer --dry-run
same "writes nothing" "$(plain list | grep Lund | cut -f10)" ""
exits "signed on the screen" 0 samvagt agreement sign "$bo" --name "Bo Lund" --part volunteer --screen
{ printf '%%PDF-1.4'; head -c 100000 /dev/zero; } >"$dir/scan.pdf"
exits "signed on paper, with a scan" 0 samvagt agreement sign "$bo" --name "Anna Holm" --part workplace --paper --day 30/11 --scan "$dir/scan.pdf"
exits "made" 0 samvagt agreement move "$bo" made
exits "the declaration is signed" 0 samvagt agreement sign "$oath" --name "Thyra Kvistgaard" --part volunteer
same "and made by that" "$(plain list | grep Thyra | cut -f5)" made
same "and stands on the volunteer's card" "$(samvagt show volunteer Thyra --json | sed -n 's/.*"confidentiality": "\(.*\)",/\1/p')" 2025-12-01
exits "who signed the wording" 0 samvagt agreement list --wording "$code" --plain
same "both did" "$(cut -f3 "$dir/out" | tr '\n' ';')" "Anna Holm;Bo Lund;"
exits "its seals" 0 samvagt agreement show "$bo"
same "hold" "$(grep -c 'Viborg: the seal holds' "$dir/out")" 2
exits "the co-operation agreement is refused" 0 samvagt agreement move "$coop" refused --why "no room this year"
refuses "what is refused isn't signed" 1 "refused" samvagt agreement sign "$coop" --name "Ib Bro" --part organisation

# ---- what changed since
at 2025-12-02T09:00 exits "the party is called otherwise" 0 samvagt set volunteer "Bo Lund" family=Bro
at 2025-12-03T09:00 exits "the seals" 0 samvagt agreement show "$bo"
same "say so" "$(grep -c 'sealed as it was then' "$dir/out")" 2
shows "and what" 'Bo \[-Lund-\] {+Bro+}\|\[-Lund-\]{+Bro+}'
at 2025-12-03T10:00 exits "back" 0 samvagt set volunteer "Bo Bro" family=Lund
signature=$(samvagt list signature --where name="Bo Lund" --plain 2>/dev/null | cut -f1)
at 2025-12-04T09:00 exits "the name of a signature is written over" 0 samvagt set signature "$signature" name="Ib Bro"
at 2025-12-04T10:00 exits "its seal" 0 samvagt agreement show "$bo"
same "doesn't fit" "$(grep -c "the seal doesn't fit" "$dir/out")" 1
exits "undone" 0 samvagt undo
exits "its seal" 0 samvagt agreement show "$bo"
same "fits again" "$(grep -c 'the seal holds' "$dir/out")" 2

# ---- export and verify
refuses "where to?" 64 "o FOLDER" samvagt agreement export "$bo"
exits "export" 0 samvagt agreement export "$bo" -o "$dir/out.d"
file=$dir/out.d/$bo.txt
same "three files, beside a PDF" "$(ls "$dir/out.d" | grep -v '\.pdf$' | tr '\n' ' ')" "$(printf '%s\n' "$bo.txt" "$bo.txt.minisig" Viborg.pub | sort | tr '\n' ' ')"
plain show "$bo" | cmp -s - "$file"; ok $? "the text is what is shown"
exits "it is confirmed" 0 samvagt agreement verify "$file"
shows "with whose key" "Signed by Viborg: [a-zæøå]* [a-zæøå]* "
words=$(sed -n 's/Signed by Viborg: //p' "$dir/out")
exits "without a store too" 0 samvagt --store "$dir/nowhere" agreement verify "$file"
shows "by the words of the key" "$words"
if command -v minisign >/dev/null; then
	minisign -Vm "$file" -p "$dir/out.d/Viborg.pub" >"$dir/minisign" 2>&1; ok $? "minisign confirms it"
	grep -q "Trusted comment: samvagt agreement $bo" "$dir/minisign"; ok $? "with its comment"
	minisign -Vm "$file" -P "$(tail -n 1 "$dir/out.d/Viborg.pub")" >/dev/null 2>&1; ok $? "also by the key alone"
	judge() { minisign -Vm "$1" -p "$dir/out.d/Viborg.pub" >/dev/null 2>&1; [ $? -ne 0 ]; ok $? "minisign doesn't either"; }
else
	for i in 1 2 3; do ok 0 "# SKIP minisign is missing"; done
	judge() { ok 0 "# SKIP minisign is missing"; }
fi
# altered NAME STATUS PATTERN FILE SED : one thing is altered in a copy
altered() {
	rm -rf "$dir/copy"; cp -r "$dir/out.d" "$dir/copy"
	sed -i "$5" "$dir/copy/$4"
	cmp -s "$dir/copy/$4" "$dir/out.d/$4" && ok 1 "$1 is altered"
	refuses "$1" "$2" "$3" samvagt agreement verify "$dir/copy/$bo.txt"
	[ "$4" = Viborg.pub ] || judge "$dir/copy/$bo.txt"
}
altered "another text" 74 "the text was altered" "$bo.txt" 's/uden varsel/med varsel/'
altered "another party" 74 "the party was changed" "$bo.txt" 's/Bo Lund/Ib Bro/'
altered "another workplace" 74 "the workplace was changed" "$bo.txt" 's/Forhal/Kantine/'
altered "another wording" 74 "the wording was altered" "$bo.txt" "s/$code/bbbb-bbbb-bb/"
altered "another comment" 74 "the comment of the signature was altered" "$bo.txt.minisig" 's/with Bo/with Ib/'
altered "no signature" 65 "the signature is no file" "$bo.txt.minisig" '3,4d'
altered "no key" 65 "the public key is no file" Viborg.pub '2d'
samvagt --store "$dir/Skive" init --site Skive --name "Bo Lund" --no-passphrase 2>/dev/null
samvagt --store "$dir/Skive" add volunteer given=Ib status=active >/dev/null 2>&1
other=$(samvagt --store "$dir/Skive" agreement new Frivilligaftale Ib --plain 2>/dev/null)
samvagt --store "$dir/Skive" agreement export "$other" -o "$dir/Skive.d" >/dev/null 2>&1
rm -rf "$dir/copy"; cp -r "$dir/out.d" "$dir/copy"; rm "$dir/copy/Viborg.pub"; cp "$dir/Skive.d/Skive.pub" "$dir/copy"
refuses "another site's key" 77 "another key" samvagt agreement verify "$dir/copy/$bo.txt"
cp "$dir/out.d/Viborg.pub" "$dir/copy/Åby.pub"
exits "of several keys the one that fits" 0 samvagt agreement verify "$dir/copy/$bo.txt"
rm "$dir/copy/"*.pub
exits "without a key the site knows its own" 0 samvagt agreement verify "$dir/copy/$bo.txt"
refuses "and another doesn't" 77 "isn't known here" samvagt --store "$dir/Skive" agreement verify "$dir/copy/$bo.txt"
refuses "nor one without a store" 66 "no public key" samvagt --store "$dir/nowhere" agreement verify "$dir/copy/$bo.txt"
refuses "a file that isn't there" 66 "nothing.txt" samvagt agreement verify "$dir/copy/nothing.txt"

# ---- one word of the template
exits "nobody signs again" 0 samvagt agreement list --resign --plain
same "yet" "$(cat "$dir/out")" ""
samvagt show agreement-template Frivilligaftale --json >"$dir/template"
samvagt agreement new Frivilligaftale "Thyra Kvistgaard" --unit Forhal >/dev/null 2>&1
text=$(sed -n 's/^  "professionals": "\(.*\)",*$/\1/p' "$dir/template" | sed 's/\\n/\
/g')
exits "one word is changed" 0 samvagt set agreement-template Frivilligaftale professionals="$(echo "$text" | sed 's/medicin/mad/')"
exits "to be signed again" 0 samvagt agreement list --resign --plain
same "by exactly who signed, with the difference" "$(cut -f2,11 "$dir/out" | tr '\t' ' ')" "Bo Lund [-medicin,-]{+mad,+}"
new=$(samvagt agreement new Frivilligaftale "Bo Lund" --plain 2>/dev/null)
fresh_code=$(plain list | grep "$new" | cut -f9)
exits "the difference of two wordings" 0 samvagt agreement diff "$code" "$fresh_code"
shows "word by word" 'pleje, \[-medicin,-\] {+mad,+} løft\|pleje, \[-medicin,-\]{+mad,+} løft\|pleje, \[-medicin,-\] {+mad,+}'
exits "as JSON" 0 samvagt agreement diff "$code" "$fresh_code" --json
same "one word gone, one new" "$(grep -c '"how": "gone"\|"how": "new"' "$dir/out")" 2
refuses "no such wording" 66 "no wording" samvagt agreement diff "$code" zzzz-zzzz-zz
exits "while nobody has signed, the text of now" 0 samvagt agreement renew "$new"
refuses "what is signed stays" 1 "signed it" samvagt agreement renew "$bo"
exits "another follows on it" 0 samvagt agreement follow "$bo" --plain
same "from the day after" "$(plain list | grep "$(cat "$dir/out")" | cut -f6)" "1/12 2026"
at 2026-11-05T09:00 exits "to be evaluated" 0 samvagt agreement list --due --plain
same "is one" "$(cut -f2 "$dir/out")" "Bo Lund"
exits "undo" 0 samvagt undo
finish
