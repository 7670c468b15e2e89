// What happens to a peer's edits when a site is copied, restored from a backup, or its bundle damaged: node probes.mjs PEER.
import {tell} from './lib.mjs';

const [, , name] = process.argv;
const peer = await import(`./${name}.mjs`);
const RECORDS = 200, MINE = 20, AFTER = 40, CHANGES = 50, ALTERED = 400;

const note = (n, text) => ({op: 'set', type: 'volunteer', id: `Z.${n}`, fields: {note: text}});
const notes = (from, count, text) => Array.from({length: count}, (_, i) => note(from + i, `${text} ${i}`));
const first = peer.open(null, 'Z');
peer.fill(first, Array.from({length: RECORDS}, (_, n) => ({op: 'put', type: 'volunteer', id: `Z.${n}`, fields: {given: `Anna ${n}`, note: '-'}})));
const base = peer.save(first);

const open = site => peer.open(Buffer.from(base), site);
const read = doc => new Map(Array.from(peer.rows(doc), ([, id, fields]) => [id, fields.note]));
const state = doc => JSON.stringify([...read(doc)].sort());
const missing = (doc, edits) => edits.filter(e => read(doc).get(e.id) !== e.fields.note).length;

// The bundle of what a document is told to do.
function edit(doc, edits) {
	const mark = Buffer.from(peer.mark(doc));
	peer.edit(doc, edits);
	return Buffer.from(peer.since(doc, mark));
}
function accepts(doc, bundle) {
	try {
		peer.merge(doc, [bundle]);
		return true;
	} catch {
		return false;
	}
}

function copied() {
	const here = open('A'), there = open('A'), mine = notes(0, MINE, 'here'), theirs = notes(MINE, MINE, 'there');
	const b1 = edit(here, mine), b2 = edit(there, theirs);
	const told = [accepts(here, b2), accepts(there, b1)].filter(x => !x).length;
	return {edits: 2 * MINE, told, lost: missing(here, theirs) + missing(there, mine), same: state(here) === state(there)};
}

function restored() {
	const before = open('A'), other = open('B'), after = open('A'), later = notes(50, AFTER, 'after');
	accepts(other, edit(before, notes(0, MINE, 'before')));
	const told = accepts(other, edit(after, later)) ? 0 : 1;
	return {edits: AFTER, told, lost: missing(other, later), same: state(other) === state(after)};
}

// Each damaged bundle is refused as a whole, refused after a part of it was taken, taken and right, or taken and wrong.
function judge(bundles, whole) {
	const seen = {refused: 0, partly: 0, right: 0, wrong: 0}, nothing = state(open('B'));
	for (const b of bundles) {
		const doc = open('B'), taken = accepts(doc, b);
		let now;
		try {
			now = state(doc);
		} catch {
			now = null;
		}
		seen[taken ? (now === whole ? 'right' : 'wrong') : now === nothing ? 'refused' : 'partly']++;
	}
	return seen;
}

let seed = 12345;
const random = n => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
function alter(bundle) {
	const b = Buffer.from(bundle), at = random(b.length);
	b[at] ^= 1 + random(255);
	return b;
}

const doc = open('A'), mark = Buffer.from(peer.mark(doc));
for (const e of notes(0, CHANGES, 'Ændring'))
	peer.edit(doc, [e]);
const bundle = Buffer.from(peer.since(doc, mark)), whole = state(doc);
tell({name, copied: copied(), restored: restored(), bytes: bundle.length,
	altered: judge(Array.from({length: ALTERED}, () => alter(bundle)), whole),
	cut: judge(Array.from({length: bundle.length}, (_, n) => bundle.subarray(0, n)), whole)});
