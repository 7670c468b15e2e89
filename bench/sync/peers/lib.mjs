// What the drivers in JavaScript share: reading the workload, phases as JSON, files that are on the disk when they are said to be.
import fs from 'node:fs';

export const others = site => ['A', 'B', 'C'].filter(s => s !== site);
export const TYPES = ['organisation', 'role', 'unit', 'volunteer', 'shift', 'assignment'];
const NUMBERS = new Set(['need', 'wished']);

// Each line as {op, type, id, fields}, never more than a block of the file in memory.
export function* script(name) {
	const fd = fs.openSync(`${process.env.WORKLOAD}/${name}`), block = Buffer.alloc(1 << 20);
	for (let rest = Buffer.alloc(0), n; (n = fs.readSync(fd, block)) > 0;) {
		const text = Buffer.concat([rest, block.subarray(0, n)]), end = text.lastIndexOf(10) + 1;
		for (const line of text.toString('utf8', 0, end).split('\n').slice(0, -1))
			yield parse(line);
		rest = Buffer.from(text.subarray(end));
	}
	fs.closeSync(fd);
}

function parse(line) {
	const [op, type, id, ...pairs] = line.split('\t'), fields = {};
	for (const pair of pairs) {
		const at = pair.indexOf('='), name = pair.slice(0, at), value = pair.slice(at + 1);
		fields[name] = NUMBERS.has(name) ? Number(value) : value;
	}
	return {op, type, id, fields};
}

// Runs f, which may return facts to tell with the phase; an async f is awaited.
export async function phase(name, f) {
	const wall = performance.now(), cpu = process.cpuUsage();
	const facts = await f(), used = process.cpuUsage(cpu);
	tell({phase: name, cpu: (used.user + used.system) / 1000, wall: performance.now() - wall, ...facts});
}
export const tell = facts => fs.writeSync(1, JSON.stringify(facts) + '\n');

export function save(name, bytes) {
	const fd = fs.openSync(name, 'w');
	fs.writeFileSync(fd, bytes);
	fs.fsyncSync(fd);
	fs.closeSync(fd);
	return {bytes: bytes.length};
}

// rows: [type, id, fields] each. `shown`: how many disagreements the peer's interface can name to its user; null when it has no word for it.
export function dump(name, rows, shown) {
	const fd = fs.openSync(name, 'w');
	let text = '';
	for (const [type, id, fields] of rows) {
		text += [type, id, ...Object.entries(fields).map(([k, v]) => `${k}=${v}`)].join('\t') + '\n';
		if (text.length > 1 << 20) {
			fs.writeSync(fd, text);
			text = '';
		}
	}
	fs.writeSync(fd, text);
	fs.closeSync(fd);
	tell({phase: 'dump', shown});
}
