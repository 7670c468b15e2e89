/* cli/commands.c - the one table of commands and the one table of options.
 *
 * Owns names, arguments and help; knows nothing of how a command does its work. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"

#define SHOWS OPT_UNIT, OPT_AS, OPT_OUTPUT
#define PERIOD OPT_WEEK, OPT_MONTH, OPT_PERIOD, OPT_FROM, OPT_TO

static const struct command commands[] = {
	{"screen", "", N_("open the screen (the same as no command)"), NULL, CMD_REAL, 0, 0, NO_OPTS, cmd_screen},
	{"demo", "", N_("try the program on invented people"),
		N_("Makes a store of its own with invented people and opens it; your own store isn't touched. With --make it only builds the store in --store DIR "
		   "and ends. With --plain, or without a terminal, it prints this week's roster."),
		CMD_REAL, 0, 0, OPTS(OPT_SIZE, OPT_SEED, OPT_MAKE), cmd_demo},
	{"init", "", N_("make a new, empty store"), N_("The store is sealed with a passphrase unless --no-passphrase is given."),
		CMD_REAL, 0, 0, OPTS(OPT_SITE, OPT_NAME, OPT_NO_PASSPHRASE), cmd_init},
	{"import", N_("FILE…"), N_("take in spreadsheets, contacts (.vcf) and calendars (.ics) as they are"),
		N_("Shows for each row what will be made, matched, changed, is doubtful or refused, and why. Writes only with --yes; then what is near certain is accepted and "
		   "the rest left out and listed. All files make one change, so one undo takes all of it back. Calendars and cards of our own come back to the records that they were made "
		   "from; in others' nothing unknown is made by itself. What samvagt export --as json and --as csv wrote comes in whole, with the same ids."),
		0, 1, -1, OPTS(OPT_KIND, OPT_MAP, OPT_YES), cmd_import},
	{"export", "[mail]", N_("write everything, or calendars or contacts, for other programs"),
		N_("--as json: all records in one file, with a JSON Schema beside; --as csv: a file a type, for a Danish spreadsheet, or with --plain for programs; samvagt import takes both in "
		   "again. --as ics: a calendar for each person, place and organisation with shifts in the period (else 13 weeks from this Monday), or with --unit for its places alone. --as vcf: the contacts of volunteers and "
		   "organisations. -o names a new folder; its README.txt says what is what. Nothing is ever written over, and what leaves is put down among the printed lists. export mail is one table, csv unless --as says else, for letters that another "
		   "program writes: names in parts, address, next shift, of the volunteers that --where and --find choose; -o names a file."),
		CMD_READS | CMD_PERSONS, 0, 1, OPTS(OPT_AS, OPT_OUTPUT, PERIOD, OPT_UNIT, OPT_WHERE, OPT_FIND), cmd_export},
	{"list", N_("TYPE"), N_("list records"), NULL, CMD_READS, 1, 1, OPTS(OPT_WHERE, OPT_FIND, OPT_AT, OPT_AS, OPT_OUTPUT), cmd_list},
	{"show", N_("TYPE ID"), N_("show one record"), NULL, CMD_READS, 2, 2, OPTS(OPT_AT), cmd_show},
	{"add", N_("TYPE FIELD=VALUE…"), N_("make a record"), N_("A volunteer's roles are given as roles=\"Role, Role\". With --plain the new id is printed."),
		CMD_WRITES, 1, -1, NO_OPTS, cmd_add},
	{"set", N_("TYPE ID FIELD=VALUE…"), N_("change fields of a record"), N_("An empty value empties the field."), CMD_WRITES, 3, -1, NO_OPTS, cmd_set},
	{"delete", N_("TYPE ID…"), N_("delete records"), N_("What a roster names is kept: the past would lose its names. Shifts go with their people."),
		CMD_WRITES, 2, -1, NO_OPTS, cmd_delete},
	{"merge", N_("[KEEP DROP]"), N_("make two records of one person one"), N_("Without words: lists who stands here twice. Empty fields of KEEP are filled from DROP; its places and roles move along."),
		CMD_WRITES | CMD_PERSONS, 0, 2, OPTS(OPT_AS, OPT_OUTPUT), cmd_merge},
	{"assign", N_("SHIFT VOLUNTEER"), N_("put a volunteer on a shift"), N_("A stop rule can't be set aside; a warning can, with --override REASON, which is kept."),
		CMD_WRITES, 2, 2, OPTS(OPT_OVERRIDE), cmd_assign},
	{"unassign", N_("SHIFT VOLUNTEER"), N_("take a volunteer off a shift, as if never on it"), NULL, CMD_WRITES, 2, 2, NO_OPTS, cmd_unassign},
	{"withdraw", N_("SHIFT VOLUNTEER"), N_("record that a volunteer can't come"), NULL, CMD_WRITES, 2, 2, OPTS(OPT_WHY), cmd_withdraw},
	{"places", N_("SHIFT ORGANISATION N"), N_("let an organisation hold N places on a shift"), NULL, CMD_WRITES, 3, 3, NO_OPTS, cmd_places},
	{"attendance", N_("SHIFT VOLUNTEER STATE"), N_("record present, excused, absent or none"), NULL, CMD_WRITES, 3, 3, NO_OPTS, cmd_attendance},
	{"attend", N_("[SHIFT [LINE]]"), N_("who was there: the numbered sheet of a shift or a day, and keying it in"),
		N_("Without LINE it prints the sheet: of SHIFT, else of --day DAY (else today) and --unit. LINE is what the paper says: \"1-9f 4a 7u\" is seven who came, "
		   "4 cancelled and 7 stayed away. Numbers are single, a range or 1,3,5; f came, a cancelled, u stayed away, - not recorded; after f the hours told may stand, as 3f2:30 "
		   "or 3f 2,5t. A letter alone means all the others; +Name is somebody who came too. A later word goes before an earlier one. SHIFT is also the code that stands "
		   "on the paper: then the numbers are checked to mean the same people as when it was printed. All of it is one change."),
		CMD_PERSONS, 0, 2, OPTS(OPT_DAY, OPT_UNIT, OPT_AS, OPT_OUTPUT), cmd_attend},
	{"approve", "", N_("vouch for the hours of those who came"),
		N_("Those of a period, so far nobody has: of --unit and those below it, of --organisation, or all. What isn't recorded isn't approved. Hours that are changed "
		   "afterwards must be approved again. All of it is one change."),
		CMD_WRITES | CMD_PERSONS, 0, 0, OPTS(PERIOD, OPT_UNIT, OPT_ORGANISATION), cmd_approve},
	{"hours", "", N_("a period's hours, planned, told and approved"),
		N_("By organisation and month, or --by person: in all and the last 12 months too. Without a period: last month. By organisation, counts under the limit small_count "
		   "aren't shown: the report may leave the unit."),
		CMD_READS | CMD_PERSONS, 0, 0, OPTS(PERIOD, SHOWS, OPT_BY, OPT_ORGANISATION), cmd_hours},
	{"copy", N_("FROM TO"), N_("copy a day or a week of shifts"), N_("FROM and TO are two days, or two weeks. People come along unless --empty. Copying twice makes nothing new."),
		CMD_WRITES, 2, 2, OPTS(OPT_UNIT, OPT_EMPTY), cmd_copy},
	{"move", N_("SHIFT…"), N_("move shifts by --days and --minutes"), NULL, CMD_WRITES, 1, -1, OPTS(OPT_DAYS, OPT_MINUTES), cmd_move},
	{"cancel", N_("SHIFT [VOLUNTEER]"), N_("record that a volunteer can't come, or call a shift off"),
		N_("With a VOLUNTEER: the place is open again, and it is remembered, with --why TEXT (nothing about health). Without: the shift isn't held, and --why stands in its note; again: it is."),
		CMD_WRITES, 1, 2, OPTS(OPT_WHY), cmd_cancel},
	{"round", N_("SHIFT"), N_("ring round for somebody to take a place, and note the answers"),
		N_("Shows whom to ring, the first first; --next shows that one alone; --rest --as csv -o FILE writes a list to mail or message all who may be asked. --outcome yes, no, no-answer or again (ja, nej, tavs, igen) notes what came of ringing them, or "
		   "--person VOLUNTEER; again in two hours, or --at TIME. yes puts them on the shift, as substitute for whoever cancelled. Nobody is asked twice a day, whichever site "
		   "asked: it says who did and when, and --yes notes the call all the same."),
		0, 1, 1, OPTS(OPT_NEXT, OPT_REST, OPT_OUTCOME, OPT_PERSON, OPT_AT, OPT_WHY, OPT_OVERRIDE, OPT_YES, OPT_AS, OPT_OUTPUT), cmd_round},
	{"wait", N_("SHIFT VOLUNTEER"), N_("put a volunteer on the waiting list of a shift"), N_("The first on it is the first to be rung when a place is open. --off takes them off it."),
		CMD_WRITES, 2, 2, OPTS(OPT_OFF), cmd_wait},
	{"swap", N_("SHIFT VOLUNTEER SHIFT VOLUNTEER"), N_("let two volunteers exchange their shifts"), N_("Rules are asked as it will be afterwards, for both. Both names stay on each shift."),
		CMD_WRITES, 4, 4, OPTS(OPT_OVERRIDE), cmd_swap},
	{"handover", N_("SHIFT VOLUNTEER VOLUNTEER"), N_("let one volunteer take over another's place"), N_("The second is substitute for the first, and both names stay."),
		CMD_WRITES, 3, 3, OPTS(OPT_OVERRIDE), cmd_handover},
	{"today", "", N_("who comes today, and what is missing"), NULL, CMD_READS | CMD_PERSONS, 0, 0, OPTS(OPT_AS, OPT_OUTPUT), cmd_today},
	{"roster", "", N_("print the roster of a week, month or period"),
		N_("--as ics makes a calendar file; with --person that volunteer's own, in which nobody else stands. Read in again, it brings what was changed and puts nothing there twice."),
		CMD_READS | CMD_PERSONS, 0, 0, OPTS(PERIOD, SHOWS, OPT_LAYOUT, OPT_PHONES, OPT_PERSON, OPT_AT), cmd_roster},
	{"print", N_("PAPER|--list"), N_("print a paper: for the wall, the ward, the office, for signature, to say thanks"),
		N_("Each is made for one purpose and holds only what that needs; --list says which there are and what each asks for. --for says whom or what it is about, and may stand "
		   "several times; without it, all that it makes sense for. --columns keeps only some, in that order. Without -o or --printer it is shown. --printer NAME, or default, "
		   "prints it by lp; where the machine has no lp, or can't make PDF, it is written to a file here, and it says so. What is printed with people on it is put down among the printed lists."),
		CMD_PERSONS, 0, 1, OPTS(PERIOD, OPT_FOR, OPT_UNIT, OPT_COLUMNS, OPT_PHONES, OPT_A3, OPT_AS, OPT_OUTPUT, OPT_PRINTER, OPT_LIST), cmd_print},
	{"gaps", "", N_("list the places that nobody has"), N_("Without a period: the next 14 days."), CMD_READS | CMD_PERSONS, 0, 0, OPTS(PERIOD, SHOWS), cmd_gaps},
	{"coverage", "", N_("how well a period is covered, by weekday and hour or day by day"),
		N_("Places filled of those needed: hours down, weekdays across; with --layout list a bar a day. Without a period: four weeks from this Monday. As csv, or with --plain, "
		   "a line a weekday and hour. Hours given month by month are those of all volunteers together; nobody is named."),
		CMD_READS | CMD_PERSONS, 0, 0, OPTS(PERIOD, SHOWS, OPT_LAYOUT, OPT_AT), cmd_coverage},
	{"candidates", N_("SHIFT"), N_("who could take a place, the best first, with reasons"), NULL, CMD_READS | CMD_PERSONS, 1, 1, OPTS(OPT_FIND, OPT_MAX, OPT_AS, OPT_OUTPUT), cmd_candidates},
	{"why", N_("SHIFT VOLUNTEER"), N_("what the rules say to a volunteer on a shift"), NULL, CMD_READS | CMD_PERSONS, 2, 2, NO_OPTS, cmd_why},
	{"fill", N_("[SHIFT VOLUNTEER]"), N_("propose people for the open places of a period, with proof, and put them there"),
		N_("Without a period: the next 28 days. All that is proposed is one change, so one undo; --dry-run only shows it. Cover comes first, then warnings are avoided, then "
		   "wishes, fair shares and what people are used to. Those with a warning are taken with --override REASON only. What stays open is told with its reason, and how "
		   "far the plan can be from the best. --offered puts people down as asked, which is no cover yet. --limit SECONDS works on it for that long. SHIFT VOLUNTEER tells why "
		   "that volunteer isn't proposed for that shift, and changes nothing. --replan SHIFT is for a place that was given up: up to three offers, from "
		   "somebody new who comes to several who change shifts; --take N puts the N-th down: who comes is offered the place, and who changes shift must confirm it."),
		CMD_WRITES | CMD_PERSONS, 0, 2, OPTS(PERIOD, SHOWS, OPT_EXPLAIN, OPT_LIMIT, OPT_OFFERED, OPT_OVERRIDE, OPT_REPLAN, OPT_TAKE), cmd_fill},
	{"problems", "", N_("list what breaks a rule"), N_("Without a period: from today and 28 days on."), CMD_READS | CMD_PERSONS, 0, 0, OPTS(PERIOD, SHOWS, OPT_HINTS), cmd_problems},
	{"rules", N_("[RULE]"), N_("the rules, their sources and what they mean"), NULL, 0, 0, 1, NO_OPTS, cmd_rules},
	{"agreement", N_("list|new TEMPLATE PARTY|show ID|move ID STATE|renew ID|follow ID|sign ID|export ID|verify FILE|diff CODE CODE"),
		N_("agreements: make, sign, look after, check"),
		N_("list shows all, or those --due for evaluation, --expiring, --missing (on coming rosters without one) or to be signed again (--resign: the template has "
		   "another text now; what differs is shown), or who signed a --wording CODE. new makes one from a template with a volunteer or an organisation; its roles are "
		   "--roles \"Role, Role\", else those that the volunteer has, its case --case NUMBER. show prints it with its signatures and their seals; with --plain its text alone, with --as pdf -o FILE as a paper to sign. ID may also be what a scanner "
		   "reads from that paper. move takes it on: "
		   "discussed, made, refused or ended (these two with --why). sign puts a signature down: --name NAME --part volunteer|organisation|workplace, --paper (as by default, "
		   "with --scan FILE where there is one) or --screen. export -o FOLDER writes ID.txt, ID.txt.minisig and SITE.pub, which minisign confirms on any machine, and ID.pdf where PDF can be made; verify checks "
		   "such a file with what lies beside it, and says what was altered. renew takes the template's text of now while nobody has signed; follow makes the next one. diff "
		   "compares two wordings word by word. Templates are records of the type agreement-template."),
		0, 1, 3, OPTS(OPT_DUE, OPT_EXPIRING, OPT_MISSING, OPT_RESIGN, OPT_WORDING, OPT_UNIT, OPT_ROLES, OPT_FROM, OPT_TO, OPT_WHY, OPT_DAY, OPT_NAME, OPT_PART,
			OPT_PAPER, OPT_SCREEN, OPT_SCAN, OPT_CASE, OPT_AS, OPT_OUTPUT), cmd_agreement},
	{"qualification", N_("list VOLUNTEER|give KIND VOLUNTEER…|expiring"), N_("courses and certificates: whose, giving one, what runs out"),
		N_("give puts down that volunteers have got KIND, on --on DAY (else today), confirmed --by NAME; until when is reckoned from the kind. With --on none they are "
		   "signed up. expiring lists what runs out within --days, else as the limits say. Kinds are records of the type qualification-kind."),
		0, 1, -1, OPTS(OPT_ON, OPT_BY, OPT_DAYS, OPT_AS, OPT_OUTPUT), cmd_qualification},
	{"check", N_("list|order [all|VOLUNTEER…]|move VOLUNTEER STATE"), N_("the child-protection check: who needs it, ordering, the outcome"),
		N_("order without names lists those to order for; with names, or all, it marks them as ordered. move takes one on: not-needed, to-order, ordered, consent-missing, "
		   "assessed or not-in-order (--by who assessed it and --second another person), renew. The document and the CPR number are kept nowhere."),
		0, 1, -1, OPTS(OPT_ON, OPT_BY, OPT_SECOND, OPT_NOTE, OPT_AS, OPT_OUTPUT), cmd_check},
	{"role", N_("gates [ROLE]|effort ROLE|sheet ROLE|asks ROLE KIND…"), N_("what opens a role, which kind of effort it is, what it asks for"),
		N_("gates shows what must be in place before a role opens, and what is missing. effort judges by the answers on the role whether it is volunteer work or a "
		   "volunteer effort, with the reasons. sheet is all of this as one paper, for those who insure: with --as pdf -o FILE to print. asks says which courses and certificates are needed, exactly these; none: none."),
		0, 1, -1, OPTS(OPT_AS, OPT_OUTPUT), cmd_role},
	{"pause", N_("list|begin PLACE|ROLE|all|end PAUSE"), N_("send everybody home for a while, and begin again"),
		N_("begin calls off the shifts of a place and those below it, of a role, or all, from --from (else today) through --to (else until it is ended), with --reason, and "
		   "prints who must be rung. end puts its shifts on again from --on DAY (else today). One undo takes either back."),
		0, 1, 2, OPTS(OPT_REASON, OPT_FROM, OPT_TO, OPT_ON, OPT_AS, OPT_OUTPUT), cmd_pause},
	{"publish", "", N_("make the drafts of a period hold, and list who must be told"),
		N_("Without a period: next month. A shift that has begun, or that a rule stops somebody on, stays a draft and is named with the reason. Drafts are what "
		   "samvagt series makes unless --published is given. samvagt print told has the list of whom to tell again."),
		CMD_WRITES | CMD_PERSONS, 0, 0, OPTS(PERIOD, SHOWS), cmd_publish},
	{"availability", N_("list VOLUNTEER|add VOLUNTEER KIND|remove VOLUNTEER NUMBER"), N_("when somebody can come, cannot, or is away"),
		N_("KIND is can, cannot, if-needed or away. add says on which --days, --time from and to, --from and --until which day, and --every even or odd week: what isn't "
		   "said is all of them. list numbers them, and remove takes one away. Candidates for a shift are ranked by it; away is a warning, and keeps off a fixed place."),
		0, 2, 3, OPTS(OPT_DAYS, OPT_TIME, OPT_FROM, OPT_UNTIL, OPT_EVERY, OPT_NOTE, OPT_AS, OPT_OUTPUT), cmd_availability},
	{"series", N_("list [SERIES]|new|change SHIFT|make [SERIES…]|end SERIES|skip SERIES DAY|unskip SERIES DAY|place SERIES HOLDER|unplace SERIES HOLDER"),
		N_("shifts that come again: make a series, its shifts, fixed places, change it, end it"),
		N_("new makes a series from --unit, --role, --days, --time and --every (1, 2 or 4 weeks, or first to fourth and last of the month), --from a day, perhaps --until one, "
		   "and its shifts to the end of next month. make makes those of the series named, else of all, as far, or --until DAY or for a --period; making again makes nothing twice, here or at another "
		   "site. change alters a shift and says --which: this alone, this and the following, or all; SHIFT may also be a series, then --on DAY is the first that changes. "
		   "Whoever is on a shift whose time is another must say yes again. end lets a series end --on DAY (else today); its coming shifts go when nobody is on them, with "
		   "--yes those with people too. skip takes one day out, unskip puts it back. place gives a volunteer or an organisation (--places N) a fixed place, perhaps only --every second week, on "
		   "some --days, --from or --until a day; unplace takes it away, with --yes also from the coming shifts. SERIES is words of its place, role and days, or an id. What "
		   "somebody must hear of is printed."),
		0, 1, -1, OPTS(OPT_UNIT, OPT_ROLE, OPT_DAYS, OPT_TIME, OPT_EVERY, OPT_PERIOD, OPT_WEEK, OPT_MONTH, OPT_FROM, OPT_UNTIL, OPT_NEED, OPT_WISHED, OPT_NOTE, OPT_HOLIDAYS, OPT_PUBLISHED, OPT_WHICH,
			OPT_ON, OPT_PLACES, OPT_WHY, OPT_YES, OPT_AS, OPT_OUTPUT), cmd_series},
	{"person", N_("export VOLUNTEER|hours VOLUNTEER|erase VOLUNTEER|receipts|retention|audit VOLUNTEER|prints|shredded LIST…"), N_("a person's data: hand them out, erase them everywhere, see who has seen them and what was printed"),
		N_("export -o FOLDER writes all that is kept of somebody, to be handed over: person.txt to read, person.json for programs, and the attachments. The folder "
		   "must be new or empty. hours lists the hours of a --month for somebody on unemployment benefit or early retirement pay who asks for it. erase says what goes and what stays as counts without a name, and asks; --reason is wish, ended, refused, mistake or dead. The other sites of the ring follow "
		   "when they meet, and confirm it: receipts lists who has, and who not yet. It can't be undone. Paper, exports and backups elsewhere aren't reached. "
		   "retention lists whose time is over, by the limits and with the source of each, asks, and then does it for all of them: people are erased everywhere, scans removed, notes on checks "
		   "cleared. What only a person can do, shredding a list, it names. With --days N it also shows what will be over within N days; with --dry-run it does nothing. "
		   "audit tells who has changed a volunteer's card, who has opened it at this site, which printed lists may hold it, and with which merge it came. prints lists what was printed with people on it, and what is to be shredded; "
		   "shredded says that it has been (--on DAY, else today). Each sheet with people on it that is written to a file, or as csv or html, is put down among them."),
		0, 1, -1, OPTS(OPT_DAYS, OPT_ON, OPT_MONTH, OPT_REASON, OPT_YES, OPT_AS, OPT_OUTPUT), cmd_person},
	{"vigil", N_("list|new|show ID|next ID|longer ID|end ID"), N_("somebody is dying alone: watches round the clock, and whom to ring"),
		N_("new --unit UNIT --from TIME makes watches of 3-4 hours (--watch) for 72 hours (--hours), in real time, of --role ROLE, else the one that usually sits. --room, --contact and "
		   "--phone are for those who sit, and are erased some days after the end; of whom it is about nothing is kept anywhere. next lists whom to ring for it, in fair "
		   "order. longer goes on for 24 hours more (--hours). end calls off the watches to come, lists who must be told, and puts down a care talk with each who has sat. ID is a number "
		   "that list shows, or the place."),
		0, 1, 2, OPTS(OPT_UNIT, OPT_FROM, OPT_HOURS, OPT_WATCH, OPT_ROLE, OPT_ROOM, OPT_CONTACT, OPT_PHONE, OPT_PHONES, OPT_MAX, OPT_AS, OPT_OUTPUT), cmd_vigil},
	{"talk", N_("list|add KIND VOLUNTEER…|held ID…"), N_("talks with volunteers: which are to be held, and that they were"),
		N_("KIND is start, yearly, care, thanks or farewell. add notes one to be held by --day DAY, or that was held --on DAY, --by NAME, with a short --note (nothing about health or patients). "
		   "Thanks have been said when they are noted. held says that those have been, --on DAY, else today. ID is a number that list shows."),
		0, 1, -1, OPTS(OPT_DAY, OPT_ON, OPT_BY, OPT_NOTE, OPT_AS, OPT_OUTPUT), cmd_talk},
	{"care", N_("jubilees|talks|thanks|shares"), N_("who has a jubilee, who is to be talked with, who wasn't thanked for long"),
		N_("jubilees are 5, 10, 15 … years as a volunteer, in this month and the next two unless a period is given; round birthdays too, where the setting says so. thanks lists who hasn't been "
		   "thanked for long. shares tells how many people had how many shifts, as counts. Nobody is ranked by hours anywhere."),
		0, 1, 1, OPTS(PERIOD, OPT_AS, OPT_OUTPUT), cmd_care},
	{"limits", "", N_("the numbers that law and agreements set, with their sources"),
		N_("They stand in a text file, limits, in the program's data folder; your own rows in $XDG_CONFIG_HOME/samvagt/limits (most often ~/.config/samvagt/limits) go "
		   "before it, and what is set under Settings before both."), CMD_READS, 0, 0, OPTS(OPT_AS, OPT_OUTPUT), cmd_limits},
	{"history", N_("[TYPE ID]"), N_("who changed what, and when"), NULL, CMD_READS, 0, 2, OPTS(OPT_MAX, OPT_AS, OPT_OUTPUT), cmd_history},
	{"undo", N_("[GROUP]"), N_("undo the last change, or the one named"),
		N_("With --merge: the last merge, or the one whose number samvagt history shows; what somebody has changed since stays, and so does what the other sites are called."),
		CMD_WRITES, 0, 1, OPTS(OPT_MERGE), cmd_undo},
	{"redo", "", N_("redo what was undone last"), NULL, CMD_WRITES, 0, 0, NO_OPTS, cmd_redo},
	{"sync", N_("[FOLDER]"), N_("exchange changes with the other sites, by a stick or a shared drive"),
		N_("Takes in what the others left in FOLDER, and leaves there what they lack. Without FOLDER: the one used before, if it is the only one there. Nothing "
		   "in it is read that isn't from a member of the ring. What would delete a fifth or more of something is taken only with --yes."),
		CMD_WRITES, 0, 1, OPTS(OPT_YES), cmd_sync},
	{"send", N_("[FOLDER]"), N_("leave in a folder what the other sites lack, and take nothing in"), NULL, CMD_WRITES, 0, 1, NO_OPTS, cmd_send},
	{"receive", N_("[FOLDER]"), N_("take in what the other sites left in a folder, and leave nothing"), NULL, CMD_WRITES, 0, 1, OPTS(OPT_YES), cmd_receive},
	{"sites", "", N_("who is in the ring, when each was heard of, and what it lacks"), NULL, CMD_READS, 0, 0, OPTS(OPT_AS, OPT_OUTPUT), cmd_sites},
	{"digest", "", N_("what merging has brought, by person and by day"), N_("Without --since: the last merge. What needs you stands first."),
		CMD_READS, 0, 0, OPTS(OPT_SINCE, OPT_MAX, OPT_AS, OPT_OUTPUT), cmd_digest},
	{"disagreements", N_("[choose ID|NAME FIELD mine|theirs|SITE|VALUE]"), N_("what was changed at two places, and choosing between the values"),
		N_("Without words: lists them. mine is what was written here, theirs the other value; the name of a site or a person says whose, too. "
		   "Any other VALUE is a new one; =VALUE is one even if it is somebody's name. The field may be named as it is printed, and so may the record. A record that somebody deleted while another changed it has the field alive: keep or delete."),
		0, 0, 4, OPTS(OPT_AS, OPT_OUTPUT), cmd_disagreements},
	{"doctor", "", N_("check that the store is whole; --repair makes it so"), NULL, CMD_REAL, 0, 0, OPTS(OPT_REPAIR, OPT_TIDY), cmd_doctor},
	{"backup", N_("[FILE]"), N_("write a sealed backup"), N_("Without FILE: beside the store, in its backup folder."), CMD_READS | CMD_REAL, 0, 1, NO_OPTS, cmd_backup},
	{"restore", N_("FILE"), N_("make a store from a backup"), N_("The folder of --store must not hold a store."), CMD_REAL, 1, 1, NO_OPTS, cmd_restore},
	{"passphrase", "", N_("change, set or remove the passphrase"), NULL, CMD_WRITES | CMD_REAL, 0, 0,
		OPTS(OPT_NEW_PASSPHRASE_FILE, OPT_REMOVE), cmd_passphrase},
	{"ring", N_("new|invite|join FILE|members|remove SITE"), N_("the sites that exchange changes: make, invite, join, see, remove"),
		N_("new --name NAME makes a ring with this site as its first. invite --site NAME -o FILE writes an invitation and prints its six words, which are "
		   "read on the phone; with --region the new site reads only, and gets no persons. join FILE --words WORDS (or --words -: from standard input) joins with the store "
		   "as it is. members lists the sites with their fingerprints: read them to each other to be sure. remove SITE takes a site out, or with --yes lets this one leave, and what is "
		   "written afterwards has a key that it doesn't get."),
		CMD_REAL, 1, 2, OPTS(OPT_NAME, OPT_SITE, OPT_REGION, OPT_WORDS, OPT_YES, OPT_AS, OPT_OUTPUT), cmd_ring},
	{"fingerprint", "", N_("six words and a number that are equal where the data are equal"), NULL, CMD_READS, 0, 0, NO_OPTS, cmd_fingerprint},
	{"manual", N_("commands|fields|keys|rules|schema"), N_("print a table of the manual in mdoc, or the JSON Schema of all records"), NULL, 0, 1, 1, NO_OPTS, cmd_manual},
};

static const struct option_row options[OPT_COUNT] = {
	[OPT_STORE] = {"store", 's', N_("DIR"), N_("the store's folder (else SAMVAGT_STORE, else your own)")},
	[OPT_LANG] = {"lang", 0, "da|en", N_("language")},
	[OPT_JSON] = {"json", 0, NULL, N_("print JSON for programs")},
	[OPT_PLAIN] = {"plain", 0, NULL, N_("print tab-separated lines without headings")},
	[OPT_DRY_RUN] = {"dry-run", 'n', NULL, N_("say what would be changed, and change nothing")},
	[OPT_YES] = {"yes", 'y', NULL, N_("do it without asking")},
	[OPT_PASSPHRASE_FILE] = {"passphrase-file", 0, N_("FILE"), N_("read the passphrase from a file's first line (- is standard input)")},
	[OPT_READ_ONLY] = {"read-only", 0, NULL, N_("open for reading only")},
	[OPT_HELP] = {"help", 'h', NULL, N_("this help")},
	[OPT_VERSION] = {"version", 'V', NULL, N_("the version")},
	[OPT_ASCII] = {"ascii", 0, NULL, N_("draw with plain characters only")},
	[OPT_NO_COLOUR] = {"no-colour", 0, NULL, N_("no colours (NO_COLOR does the same)")},
	[OPT_SITE] = {"site", 0, N_("NAME"), N_("what the place is called")},
	[OPT_NAME] = {"name", 0, N_("NAME"), N_("your own name, for the history; of a ring: what it is called")},
	[OPT_NO_PASSPHRASE] = {"no-passphrase", 0, NULL, N_("leave the store open to whoever has the folder")},
	[OPT_NEW_PASSPHRASE_FILE] = {"new-passphrase-file", 0, N_("FILE"), N_("read the new passphrase from a file's first line")},
	[OPT_REMOVE] = {"remove", 0, NULL, N_("remove the passphrase")},
	[OPT_SIZE] = {"size", 0, "ward|hospital|region", N_("how large")},
	[OPT_SEED] = {"seed", 0, "N", N_("another seed gives other people")},
	[OPT_MAKE] = {"make", 0, NULL, N_("build the store and end")},
	[OPT_KIND] = {"kind", 0, N_("KIND"), N_("what the files hold: units, organisations, roles, volunteers, shifts or grid")},
	[OPT_MAP] = {"map", 0, N_("FILE"), N_("which column is what: lines \"heading = field\"")},
	[OPT_WHERE] = {"where", 'w', N_("FIELD=VALUE"), N_("only records with this value (may stand several times)")},
	[OPT_OVERRIDE] = {"override", 0, N_("REASON"), N_("why a warning is set aside")},
	[OPT_WEEK] = {"week", 0, N_("WEEK"), N_("e.g. 2025-W49 or 49")},
	[OPT_MONTH] = {"month", 0, N_("MONTH"), N_("e.g. 2025-12 or december")},
	[OPT_PERIOD] = {"period", 0, N_("PERIOD"), N_("next-week, last-month …, FROM..TO, or as for --week and --month")},
	[OPT_ORGANISATION] = {"organisation", 0, N_("ORGANISATION"), N_("only those who come through this one")},
	[OPT_FROM] = {"from", 0, N_("DAY"), N_("first day")},
	[OPT_TO] = {"to", 0, N_("DAY"), N_("last day")},
	[OPT_UNIT] = {"unit", 'u', N_("UNIT"), N_("only this unit and those below it")},
	[OPT_AS] = {"as", 0, "text|csv|html|json|pdf|xlsx", N_("format; a roster also as ics, export as json, csv, vcf or ics")},
	[OPT_OUTPUT] = {"output", 'o', N_("FILE"), N_("write to a file")},
	[OPT_LAYOUT] = {"layout", 0, "list|grid", N_("a line a shift or a day, or a grid")},
	[OPT_A3] = {"a3", 0, NULL, N_("on A3 paper: PDF, HTML, XLSX and the printer")},
	[OPT_PHONES] = {"phones", 0, NULL, N_("with phone numbers (for the office, not for the wall)")},
	[OPT_AT] = {"at", 0, N_("TIME"), N_("as it was then; of a round: when to ring again")},
	[OPT_HINTS] = {"hints", 0, NULL, N_("also what is only worth knowing")},
	[OPT_MAX] = {"max", 0, "N", N_("at most N lines")},
	[OPT_FIND] = {"find", 'f', N_("TEXT"), N_("only where a name, phone or e-mail holds this")},
	[OPT_EMPTY] = {"empty", 0, NULL, N_("without the people")},
	[OPT_REPAIR] = {"repair", 0, NULL, N_("make records and indexes again from the log")},
	[OPT_TIDY] = {"tidy", 0, NULL, N_("lay what is whole in order, so that the file is smaller and read faster")},
	[OPT_DAYS] = {"days", 0, "N", N_("days later (or earlier: -N); of a series: its weekdays, e.g. \"man ons fre\"")},
	[OPT_REGION] = {"region", 0, NULL, N_("the new site only reads, and gets no persons")},
	[OPT_WORDS] = {"words", 0, N_("WORDS"), N_("the six words of an invitation")},
	[OPT_SINCE] = {"since", 0, N_("TIME"), N_("what has come from then on: yesterday, \"3 days\", 1/12, \"1/12 9\" …")},
	[OPT_ON] = {"on", 0, N_("DAY"), N_("the day that it happened")},
	[OPT_BY] = {"by", 0, N_("NAME"), N_("who confirmed or assessed it; of hours: person or organisation")},
	[OPT_SECOND] = {"second", 0, N_("NAME"), N_("the second person who looked at it")},
	[OPT_NOTE] = {"note", 0, N_("TEXT"), N_("a short note")},
	[OPT_DUE] = {"due", 0, NULL, N_("only agreements to be evaluated")},
	[OPT_EXPIRING] = {"expiring", 0, NULL, N_("only agreements that run out")},
	[OPT_MISSING] = {"missing", 0, NULL, N_("who is on coming rosters without an agreement")},
	[OPT_RESIGN] = {"resign", 0, NULL, N_("only agreements to be signed again")},
	[OPT_WORDING] = {"wording", 0, N_("CODE"), N_("who signed this wording")},
	[OPT_ROLES] = {"roles", 0, N_("ROLES"), N_("the roles that it covers, with commas")},
	[OPT_WHY] = {"why", 0, N_("TEXT"), N_("why: it was refused, has ended, or somebody can't come")},
	[OPT_PART] = {"part", 0, "volunteer|organisation|workplace", N_("for whom it was signed")},
	[OPT_PAPER] = {"paper", 0, NULL, N_("signed on paper")},
	[OPT_SCREEN] = {"screen", 0, NULL, N_("signed on the screen")},
	[OPT_DAY] = {"day", 0, N_("DAY"), N_("the day; else today")},
	[OPT_SCAN] = {"scan", 0, N_("FILE"), N_("a PDF or picture of the signed paper")},
	[OPT_CASE] = {"case", 0, N_("NUMBER"), N_("the number of the case that it is kept under")},
	[OPT_NEXT] = {"next", 0, NULL, N_("only who is to be rung now")},
	[OPT_REST] = {"rest", 0, NULL, N_("whom to write to instead, with e-mail and what to write")},
	[OPT_OUTCOME] = {"outcome", 0, "yes|no|no-answer|again", N_("what came of ringing them")},
	[OPT_PERSON] = {"person", 0, N_("VOLUNTEER"), N_("who: of a round, who was rung if it wasn't the first; of a calendar, whose it is")},
	[OPT_OFF] = {"off", 0, NULL, N_("off the waiting list again")},
	[OPT_HOURS] = {"hours", 0, "N", N_("how many hours")},
	[OPT_WATCH] = {"watch", 0, N_("LENGTH"), N_("how long a watch is: 3, 3.30 or 4")},
	[OPT_ROLE] = {"role", 0, N_("ROLE"), N_("which role")},
	[OPT_ROOM] = {"room", 0, N_("NUMBER"), N_("the room; never whose it is")},
	[OPT_CONTACT] = {"contact", 0, N_("NAME"), N_("whom of the staff to turn to")},
	[OPT_PHONE] = {"phone", 0, N_("NUMBER"), N_("the ward's phone")},
	[OPT_TIME] = {"time", 0, N_("TIME"), N_("from when to when, e.g. 8-11")},
	[OPT_EVERY] = {"every", 0, "1|2|4|first|second|third|fourth|last", N_("every so many weeks, or which of the month")},
	[OPT_UNTIL] = {"until", 0, N_("DAY"), N_("last day")},
	[OPT_NEED] = {"need", 0, "N", N_("places needed")},
	[OPT_WISHED] = {"wished", 0, "N", N_("places wished, when more than needed")},
	[OPT_WHICH] = {"which", 0, "this|following|all", N_("this shift alone, it and the following, or all of its series")},
	[OPT_PLACES] = {"places", 0, "N", N_("how many an organisation sends")},
	[OPT_HOLIDAYS] = {"holidays", 0, NULL, N_("on public holidays too")},
	[OPT_PUBLISHED] = {"published", 0, NULL, N_("published at once, not a draft")},
	[OPT_FOR] = {"for", 0, N_("WHOM"), N_("whom or what it is about (may stand several times)")},
	[OPT_COLUMNS] = {"columns", 0, N_("COLUMN,…"), N_("only these columns, by their names in csv and json, in this order")},
	[OPT_PRINTER] = {"printer", 0, N_("NAME"), N_("print it on this printer; default: the usual one")},
	[OPT_LIST] = {"list", 0, NULL, N_("which papers there are")},
	[OPT_REASON] = {"reason", 0, N_("TEXT"), N_("why")},
	[OPT_EXPLAIN] = {"explain", 0, NULL, N_("of each proposal all that the rules say")},
	[OPT_LIMIT] = {"limit", 0, N_("SECONDS"), N_("how long to look for something better")},
	[OPT_REPLAN] = {"replan", 0, N_("SHIFT"), N_("who could come, or change shift, for a place given up")},
	[OPT_TAKE] = {"take", 0, N_("N"), N_("put down the n-th of what was offered")},
	[OPT_OFFERED] = {"offered", 0, NULL, N_("as asked, not yet as accepted")},
	[OPT_MERGE] = {"merge", 0, NULL, N_("GROUP is the number of a merge")},
	[OPT_MINUTES] = {"minutes", 0, "N", N_("minutes later (or earlier: -N)")},
};

const char *commands_words(void)
{
	return _("SHIFT is a shift's id, or its day, its time and a part of its place: \"3/12 8-11 forhal\". VOLUNTEER is an "
		"id, a name, or a part of one that fits nobody else.");
}

const struct command *commands_table(size_t *n)
{
	*n = sizeof commands / sizeof *commands;
	return commands;
}

const struct command *commands_named(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

const struct option_row *commands_option(enum opt o)
{
	return &options[o];
}

bool commands_option_is_global(enum opt o)
{
	return o <= OPT_NO_COLOUR && o != OPT_YES;
}
