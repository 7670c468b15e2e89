#!/bin/sh
# What commands print, to the letter, on the real-shaped sheets. Ids differ from store to store, so these have none.
# SAMVAGT_GOLDEN=update rewrites tests/golden/cli/*; read the difference.
. "${srcdir:-.}/tests/cli-lib.sh"
data=$srcdir/tests/data/viborg

fresh
golden import-preview.txt en import "$data/enheder.csv" "$data/opgaver.csv" "$data/organisationer.csv"
golden import-all.txt da import "$data"/enheder.csv "$data"/frivillige.csv "$data"/opgaver.csv "$data"/organisationer.csv \
	"$data"/vagter.csv "$data"/vagtplan_uge49.csv --yes
golden roster.txt da roster --week 2025-W49
golden roster-grid.txt da roster --week 2025-W49 --layout grid
golden roster-unit.txt en roster --week 2025-W49 --unit "Forhal, Silkeborg"
golden roster.csv da roster --week 2025-W49 --as csv
golden roster.html da roster --week 2025-W49 --as html
golden roster-ascii.txt en roster --from 1/12 --to 1/12 --ascii
golden roster-plain.txt en roster --from 1/12 --to 1/12 --plain
golden today.txt da today
golden gaps.txt da gaps --from 1/12 --to 3/12
golden coverage.txt da coverage --week 2025-W49
golden coverage-ascii.txt en coverage --week 2025-W49 --unit "Forhal, Silkeborg" --ascii
golden coverage-days.txt da coverage --week 2025-W49 --layout list
golden coverage-days-ascii.txt en coverage --week 2025-W49 --layout list --ascii
golden coverage.csv da coverage --week 2025-W49 --as csv
golden coverage.html en coverage --week 2025-W49 --as html
golden help-coverage.txt en coverage --help
golden problems.txt da problems --week 49
golden rules.txt da rules
golden help.txt en --help
golden help-da.txt da --help
golden help-roster.txt en roster --help
finish
