// cr-sqlite (SQLite in WebAssembly, which is what npm has of it): node crsqlite.mjs STEP [SITE]. A table a type, each made a conflict-free
// relation; a bundle is the rows of crsql_changes as JSON. Its file access is the one below, since the package only knows browsers' storage.
import fs from 'node:fs';
import * as SQLite from '@vlcn.io/wa-sqlite';
import * as VFS from '@vlcn.io/wa-sqlite/src/VFS.js';
import {script, others, phase, save, dump} from './lib.mjs';

const COLUMNS = {
	organisation: ['name'], role: ['name'], unit: ['name'],
	volunteer: ['given', 'family', 'phone', 'email', 'born', 'address', 'postcode', 'organisation', 'status', 'confidentiality', 'wishes', 'note'],
	shift: ['unit', 'role', 'start', 'end', 'need', 'wished', 'note', 'state'],
	assignment: ['shift', 'volunteer', 'organisation', 'state'],
};
const CHANGES = '"table", pk, cid, val, col_version, db_version, site_id, cl, seq';

class Files extends VFS.Base {
	name = 'files';
	open = new Map();
	xOpen(name, id, flags, out) {
		const path = name ?? `temporary-${id}`;
		const create = flags & VFS.SQLITE_OPEN_CREATE ? fs.constants.O_CREAT : 0;
		try {
			this.open.set(id, {fd: fs.openSync(path, fs.constants.O_RDWR | create), drop: flags & VFS.SQLITE_OPEN_DELETEONCLOSE && path});
		} catch {
			return VFS.SQLITE_CANTOPEN;
		}
		out.setInt32(0, flags, true);
		return VFS.SQLITE_OK;
	}
	xClose(id) {
		const {fd, drop} = this.open.get(id);
		this.open.delete(id);
		fs.closeSync(fd);
		if (drop)
			fs.unlinkSync(drop);
		return VFS.SQLITE_OK;
	}
	xRead(id, data, offset) {
		const n = fs.readSync(this.open.get(id).fd, data, 0, data.byteLength, offset);
		data.fill(0, n);
		return n < data.byteLength ? VFS.SQLITE_IOERR_SHORT_READ : VFS.SQLITE_OK;
	}
	xWrite(id, data, offset) {
		fs.writeSync(this.open.get(id).fd, data, 0, data.byteLength, offset);
		return VFS.SQLITE_OK;
	}
	xTruncate(id, size) {
		fs.ftruncateSync(this.open.get(id).fd, size);
		return VFS.SQLITE_OK;
	}
	xSync(id) {
		fs.fsyncSync(this.open.get(id).fd);
		return VFS.SQLITE_OK;
	}
	xFileSize(id, out) {
		out.setBigInt64(0, BigInt(fs.fstatSync(this.open.get(id).fd).size), true);
		return VFS.SQLITE_OK;
	}
	xDelete(name) {
		fs.rmSync(name, {force: true});
		return VFS.SQLITE_OK;
	}
	xAccess(name, flags, out) {
		out.setInt32(0, fs.existsSync(name) ? 1 : 0, true);
		return VFS.SQLITE_OK;
	}
}

const [, , step, site] = process.argv;
globalThis.navigator ??= {};
const wasm = import.meta.resolve('@vlcn.io/crsqlite-wasm/crsqlite.wasm'), wasmBinary = fs.readFileSync(new URL(wasm));
const {default: factory} = await import(new URL('crsqlite.mjs', wasm));
const api = SQLite.Factory(await factory({wasmBinary, locateFile: name => name}));
api.vfs_register(new Files(), false);
const prepared = new Map();
let db;

async function open() {
	db = await api.open_v2('db', SQLite.SQLITE_OPEN_CREATE | SQLite.SQLITE_OPEN_READWRITE, 'files');
}

async function close() {
	for (const statement of prepared.values())
		await api.finalize(statement);
	prepared.clear();
	await api.exec(db, 'select crsql_finalize()');
	await api.close(db);
}

// One statement, prepared once for each text; fn gets each row.
async function run(sql, values = [], fn = () => {}) {
	if (!prepared.has(sql)) {
		const text = api.str_new(db, sql);
		prepared.set(sql, (await api.prepare_v2(db, api.str_value(text))).stmt);
	}
	const statement = prepared.get(sql);
	api.bind_collection(statement, values);
	while (await api.step(statement) === SQLite.SQLITE_ROW)
		fn(api.row(statement));
	await api.reset(statement);
}

async function within(f) {
	await run('begin');
	await f();
	await run('commit');
}

const names = type => COLUMNS[type].map(c => `"${c}"`).join(', ');

async function apply({op, type, id, fields}) {
	if (op === 'put')
		await run(`insert into ${type}(id, ${names(type)}) values (?${', ?'.repeat(COLUMNS[type].length)})`,
			[id, ...COLUMNS[type].map(c => fields[c])]);
	else if (op === 'set')
		for (const name in fields)
			await run(`update ${type} set "${name}" = ? where id = ?`, [fields[name], id]);
	else
		await run(`delete from ${type} where id = ?`, [id]);
}

async function fill() {
	for (const type in COLUMNS) {
		await api.exec(db, `create table ${type}(id text primary key not null, ${names(type)})`);
		await api.exec(db, `select crsql_as_crr('${type}')`);
	}
	await api.exec(db, 'create index on_shift on assignment(shift); create index of_volunteer on assignment(volunteer); '
		+ 'create index by_time on shift(start)');
	await within(async () => { for (const e of script('base')) await apply(e); });
}

async function version() {
	let v;
	await run('select crsql_db_version()', [], row => { v = row[0]; });
	return v;
}

// A copy of a database is the same site until it is told otherwise, and knows it when it is opened next.
async function become(letter) {
	await run('update crsql_site_id set site_id = ? where ordinal = 0', [Buffer.from(letter.repeat(16))]);
	await close();
	await open();
}

const pack = (k, v) => v instanceof Uint8Array ? {b: Buffer.from(v).toString('base64')} : typeof v === 'bigint' ? Number(v) : v;
const unpack = (k, v) => v?.b ? Buffer.from(v.b, 'base64') : v;

async function bundle() {
	const lines = [], since = Number(fs.readFileSync('mark'));
	await run(`select ${CHANGES} from crsql_changes where db_version > ? and site_id = crsql_site_id()`, [since],
		row => lines.push(JSON.stringify(row, pack)));
	return save(`../${site}.bundle`, lines.join('\n'));
}

const merge = () => within(async () => {
	for (const other of others(site))
		for (const line of fs.readFileSync(`../${other}.bundle`, 'utf8').split('\n'))
			await run(`insert into crsql_changes(${CHANGES}) values (?${', ?'.repeat(8)})`, JSON.parse(line, unpack));
});

async function rows() {
	const all = [];
	for (const type in COLUMNS)
		await run(`select id, ${names(type)} from ${type}`, [],
			([id, ...row]) => all.push([type, id, Object.fromEntries(COLUMNS[type].map((c, i) => [c, row[i]]))]));
	dump(`../${site}.dump`, all, null);
}

const STEPS = {
	init: () => phase('init', fill),
	async edit() {
		await become(site);
		save('mark', String(await version()));
		const edits = [...script(site)];
		await phase('edit', async () => { for (const e of edits) await apply(e); });
	},
	export: () => phase('export', bundle),
	merge: () => phase('merge', merge),
	dump: rows,
};
await open();
await STEPS[step]();
await close();
