// The steps of a peer that keeps everything as one document in memory and writes it whole: node document.mjs PEER STEP [SITE].
import fs from 'node:fs';
import {script, others, phase, save, dump} from './lib.mjs';

const [, , name, step, site] = process.argv;
const peer = await import(`./${name}.mjs`);
let doc;
const load = () => phase('load', () => { doc = peer.open(fs.readFileSync('doc'), site); });
const store = () => phase('save', () => save('doc', peer.save(doc)));

const STEPS = {
	async init() {
		await phase('init', () => { doc = peer.open(null, 'Z'); peer.fill(doc, script('base')); });
		await store();
	},
	async edit() {
		await load();
		save('mark', peer.mark(doc));
		const edits = [...script(site)];
		await phase('edit', () => peer.edit(doc, edits));
		await store();
	},
	async export() {
		await load();
		await phase('export', () => save(`../${site}.bundle`, peer.since(doc, fs.readFileSync('mark'))));
	},
	async merge() {
		await load();
		await phase('merge', () => peer.merge(doc, others(site).map(s => fs.readFileSync(`../${s}.bundle`))));
		await store();
	},
	async dump() {
		doc = peer.open(fs.readFileSync('doc'), site);
		dump(`../${site}.dump`, peer.rows(doc), peer.shown(doc));
	},
};
await STEPS[step]();
