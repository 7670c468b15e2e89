// PouchDB (CouchDB's replication, here with its LevelDB): node pouchdb.mjs STEP [SITE]. A document a record; a bundle is what replication
// would send: each changed document with its revisions, a line each. Of a disagreement it shows whole records, not fields.
import PouchDB from 'pouchdb';
import fs from 'node:fs';
import {script, others, phase, save, dump} from './lib.mjs';

const [, , step, site] = process.argv;
const BATCH = 500;
const db = new PouchDB('db', {auto_compaction: true});
const key = e => `${e.type}/${e.id}`;

function* batches(list, size = BATCH) {
	for (let i = 0; i < list.length; i += size)
		yield list.slice(i, i + size);
}

async function fill() {
	let docs = [];
	for (const e of script('base')) {
		docs.push({_id: key(e), ...e.fields});
		if (docs.length === 5000)
			await db.bulkDocs(docs.splice(0));
	}
	await db.bulkDocs(docs);
}

async function apply(e) {
	const old = e.op === 'put' ? {_id: key(e)} : await db.get(key(e));
	await (e.op === 'del' ? db.remove(old) : db.put({...old, ...e.fields}));
}

async function bundle() {
	const since = Number(fs.readFileSync('mark')), lines = [];
	const {results} = await db.changes({since, style: 'all_docs'});
	for (const part of batches(results)) {
		const docs = part.flatMap(r => r.changes.map(c => ({id: r.id, rev: c.rev})));
		const got = await db.bulkGet({docs, revs: true});
		lines.push(...got.results.flatMap(r => r.docs.map(d => JSON.stringify(d.ok))));
	}
	return save(`../${site}.bundle`, lines.join('\n'));
}

async function merge() {
	for (const other of others(site)) {
		const docs = fs.readFileSync(`../${other}.bundle`, 'utf8').split('\n').map(JSON.parse);
		for (const part of batches(docs))
			await db.bulkDocs(part, {new_edits: false});
	}
}

async function rows() {
	let shown = 0;
	const all = await db.allDocs({include_docs: true, conflicts: true});
	dump(`../${site}.dump`, all.rows.map(({doc: {_id, _rev, _conflicts, ...fields}}) => {
		shown += _conflicts !== undefined;
		return [..._id.split('/'), fields];
	}), shown);
}

const STEPS = {
	init: () => phase('init', fill),
	async edit() {
		save('mark', String((await db.info()).update_seq));
		const edits = [...script(site)];
		await phase('edit', async () => { for (const e of edits) await apply(e); });
	},
	export: () => phase('export', bundle),
	merge: () => phase('merge', merge),
	dump: rows,
};
await db.info();
await STEPS[step]();
await db.close();
