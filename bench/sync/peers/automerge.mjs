// automerge: an object a type, in it an object a record, texts as scalars. A site's edits are one change: with one each the library copies
// the object of all records every time, and bundles are several times as large.
import * as A from '@automerge/automerge';
import {TYPES} from './lib.mjs';

export const IDS = {Z: '00'.repeat(16), A: 'aa'.repeat(16), B: 'bb'.repeat(16), C: 'cc'.repeat(16)};
const scalar = v => typeof v === 'string' ? new A.ImmutableString(v) : v;
const scalars = fields => Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, scalar(v)]));
const plain = fields => Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, v?.val ?? v]));

// Documents are values there: the handle holds the latest.
export const open = (bytes, site) => ({now: bytes ? A.load(new Uint8Array(bytes), {actor: IDS[site]}) : null});

function apply(to, {op, type, id, fields}) {
	if (op === 'put')
		to[type][id] = scalars(fields);
	else if (op === 'set')
		Object.assign(to[type][id], scalars(fields));
	else
		delete to[type][id];
}

export function fill(doc, lines) {
	const all = Object.fromEntries(TYPES.map(t => [t, {}]));
	for (const line of lines)
		apply(all, line);
	doc.now = A.from(all, {actor: IDS.Z});
}
export const edit = (doc, lines) => { doc.now = A.change(doc.now, d => { for (const line of lines) apply(d, line); }); };
export const save = doc => A.save(doc.now);
export const mark = doc => Buffer.from(JSON.stringify(A.getHeads(doc.now)));
export const since = (doc, mark) => A.saveSince(doc.now, JSON.parse(mark));
export const merge = (doc, bundles) => { for (const b of bundles) doc.now = A.loadIncremental(doc.now, new Uint8Array(b)); };
export function shown(doc) {
	let n = 0;
	for (const type of TYPES)
		for (const record of Object.values(doc.now[type]))
			for (const name in record)
				n += new Set(Object.values(A.getConflicts(record, name) ?? {}).map(String)).size > 1;
	return n;
}
export function* rows(doc) {
	for (const type of TYPES)
		for (const [id, record] of Object.entries(doc.now[type]))
			yield [type, id, plain(record)];
}
