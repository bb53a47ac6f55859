/**
 * Serves the rows for a client that is no JavaScript: prints where, and what is written there, as
 * a line of JSON; then a line for each exchange that falls silent. Ends with its standard input.
 */
import { FAULT_ROWS } from './rows.ts';
import { serveRows } from './serve-rows.ts';

const rows = await serveRows();
const urls = FAULT_ROWS.map(({ written }, row) => ({ fault: written, url: rows.urlOf(row) }));
rows.onSilence = (row) => console.log(JSON.stringify({ silent: row }));
console.log(JSON.stringify({ rows: urls }));
process.stdin.resume();
process.stdin.on('end', () => void rows.close());
