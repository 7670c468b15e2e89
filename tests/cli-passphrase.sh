#!/bin/sh
# A sealed store opens with its passphrase only, and its files hold no names.
. "${srcdir:-.}/tests/cli-lib.sh"
echo "rigtig hest batteri" >"$dir/pass"
echo "forkert" >"$dir/wrong"
echo "ny hest" >"$dir/new"

exits "make a sealed store" 0 samvagt init --site Viborg --name "Anna Holm" --passphrase-file "$dir/pass"
exits "add somebody" 0 samvagt add volunteer given=Benedikte family=Quistgaard --passphrase-file "$dir/pass"
exits "the wrong passphrase" 77 samvagt list volunteer --passphrase-file "$dir/wrong"
exits "no passphrase and no terminal" 77 samvagt list volunteer
! grep -rqa -e Benedikte -e Quistgaard -e "Anna Holm" "$SAMVAGT_STORE"; ok $? "no name stands in any file"
exits "change it" 0 samvagt passphrase --passphrase-file "$dir/pass" --new-passphrase-file "$dir/new"
exits "the old one is out" 77 samvagt list volunteer --passphrase-file "$dir/pass"
exits "the new one is in" 0 samvagt list volunteer --plain --passphrase-file "$dir/new"
same "one volunteer" "$(wc -l <"$dir/out")" 1
exits "nothing is printed without it" 77 samvagt list volunteer --as html -o "$dir/no.html" --passphrase-file "$dir/pass"
exits "printed with it" 0 samvagt list volunteer --as html -o "$dir/list.html" --passphrase-file "$dir/new"
exits "which is put down" 0 samvagt person prints --plain --passphrase-file "$dir/new"
same "once" "$(wc -l <"$dir/out")" 1
exits "a backup" 0 samvagt backup "$dir/copy.svb" --passphrase-file "$dir/new"
! grep -qa -e Benedikte -e Quistgaard "$dir/copy.svb"; ok $? "holds no name in clear"
exits "restored with the passphrase" 0 samvagt restore "$dir/copy.svb" --store "$dir/again" --passphrase-file "$dir/new"
exits "not with another" 77 samvagt restore "$dir/copy.svb" --store "$dir/third" --passphrase-file "$dir/wrong"
exits "remove it" 0 samvagt passphrase --remove --passphrase-file "$dir/new"
exits "open now" 0 samvagt list volunteer
finish
