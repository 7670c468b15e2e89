// loro: a map container a type, in it a map container a record; a commit an edit.
import {LoroDoc, LoroMap, VersionVector} from 'loro-crdt';
import {TYPES} from './lib.mjs';

export const IDS = {Z: '1', A: '11', B: '12', C: '13'};
const COMMIT = 1000; // records of the base, which is nobody's history

export function open(bytes, site) {
	const doc = new LoroDoc();
	if (bytes)
		doc.import(bytes);
	doc.setPeerId(IDS[site]);
	return doc;
}

function apply(doc, {op, type, id, fields}) {
	const records = doc.getMap(type);
	if (op === 'del')
		return records.delete(id);
	const record = op === 'put' ? records.setContainer(id, new LoroMap()) : records.get(id);
	for (const name in fields)
		record.set(name, fields[name]);
}

export function fill(doc, lines) {
	let n = 0;
	for (const line of lines) {
		apply(doc, line);
		if (++n % COMMIT === 0)
			doc.commit();
	}
	doc.commit();
}
export const edit = (doc, lines) => { for (const line of lines) { apply(doc, line); doc.commit(); } };
export const save = doc => doc.export({mode: 'snapshot'});
export const mark = doc => doc.version().encode();
export const since = (doc, mark) => doc.export({mode: 'update', from: VersionVector.decode(mark)});
export const merge = (doc, bundles) => { for (const b of bundles) doc.import(b); };
export const shown = () => null;
export function* rows(doc) {
	for (const type of TYPES)
		for (const [id, fields] of Object.entries(doc.getMap(type).toJSON()))
			yield [type, id, fields];
}
