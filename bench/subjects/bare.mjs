/**
 * The yardstick: what a good engineer writes by hand on `node:http`. It collects the body, parses
 * and checks it, and answers. Plain JavaScript, as the built emulator is: its start is measured
 * too, and stripping types is no part of a server's start.
 */
import { createServer } from 'node:http';

function answer(response, status, value) {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

function promptOf(body) {
  try {
    const prompt = JSON.parse(body)?.prompt;
    return typeof prompt === 'string' ? prompt : null;
  } catch {
    return null;
  }
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method !== 'POST') return answer(response, 405, { detail: 'Method Not Allowed' });
    const prompt = promptOf(Buffer.concat(chunks).toString());
    if (prompt === null) return answer(response, 422, { detail: 'prompt must be a string' });
    answer(response, 200, { prompt: 'hello world' });
  });
});

server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
});
// An orderly exit, not a death by signal: only then is a --cpu-prof file written.
process.once('SIGTERM', () => process.exit(0));
