// yjs: a Y.Map a type, in it a Y.Map a record; updates and documents in its second encoding, which is the smaller one.
import * as Y from 'yjs';
import {TYPES} from './lib.mjs';

export const IDS = {Z: 1, A: 11, B: 12, C: 13};

export function open(bytes, site) {
	const doc = new Y.Doc();
	if (bytes)
		Y.applyUpdateV2(doc, bytes);
	doc.clientID = IDS[site];
	return doc;
}

function apply(doc, {op, type, id, fields}) {
	const records = doc.getMap(type);
	if (op === 'put')
		records.set(id, new Y.Map(Object.entries(fields)));
	else if (op === 'set')
		for (const name in fields)
			records.get(id).set(name, fields[name]);
	else
		records.delete(id);
}

export const fill = (doc, lines) => doc.transact(() => { for (const line of lines) apply(doc, line); });
export const edit = (doc, lines) => { for (const line of lines) doc.transact(() => apply(doc, line)); };
export const save = doc => Y.encodeStateAsUpdateV2(doc);
export const mark = doc => Y.encodeStateVector(doc);
export const since = (doc, mark) => Y.encodeStateAsUpdateV2(doc, mark);
export const merge = (doc, bundles) => { for (const b of bundles) Y.applyUpdateV2(doc, b); };
export const shown = () => null;
export function* rows(doc) {
	for (const type of TYPES)
		for (const [id, record] of doc.getMap(type))
			yield [type, id, record.toJSON()];
}
