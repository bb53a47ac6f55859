import { readdirSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createEmulator } from '../src/emulator/index.ts';
import { serve } from '../src/emulator/node/index.ts';
import {
  createPactStage,
  type PactStageOptions,
} from '../src/verify/node/pact/create-pact-stage.ts';
import { anyEngine, childPath } from './verify-pact/children.ts';
import { type Answering, answerWell, sendJson, startEndpoint } from './verify-pact/endpoints.ts';
import {
  folderOf,
  interactionText,
  pactText,
  requestText,
  temporaryFolder,
} from './verify-pact/pacts.ts';

const SECRET = 'ws-0123456789-very-secret';

/** An interaction that asks something of its own. */
const askOf = (prompt: string) =>
  interactionText(prompt, { request: requestText(JSON.stringify({ prompt })) });

function optionsOf(url: string, more: Partial<PactStageOptions> = {}): PactStageOptions {
  return {
    paths: ['.'],
    isRequired: true,
    url,
    headers: [['Modal-Secret', SECRET]],
    timeoutMs: 5000,
    cwd: folderOf({ 'a.json': pactText([interactionText('a prompt')]) }),
    ...more,
  };
}

/** The only result of a stage. */
async function verifyOne(options: PactStageOptions) {
  const { results } = await createPactStage(options)(20);
  expect(results).toHaveLength(1);
  return results[0];
}

describe('an endpoint that keeps its pact', () => {
  test('passes: the emulator', async () => {
    const server = await serve(createEmulator({}), { port: 0 });
    onTestFinished(() => server.close({ drainTimeoutMs: 0 }));
    const stage = await createPactStage(optionsOf(server.url))(20);
    expect(stage).toEqual({
      sent: 1,
      results: [
        {
          id: 'pact: a-client: a prompt',
          group: 'pact',
          title: 'The endpoint does what a-client recorded: a prompt.',
          status: 'passed',
          problem: null,
          reason: null,
          consequence: null,
          hint: null,
          curl:
            `curl -i '${server.url}/' -H 'Content-Type: application/json' ` +
            '-H "Modal-Secret: $MODAL_SECRET" ' +
            `--data-raw '{"prompt":"Why is the sky blue?"}'`,
          durationMs: null,
        },
      ],
    });
  });

  test('gets the numbers of the pact as they are written', async () => {
    const { url, asked } = await startEndpoint(answerWell);
    const exact = '{"big":12345678901234567890,"small":1.0}';
    const text = pactText([interactionText('a', { request: requestText(exact) })]);
    const result = await verifyOne(optionsOf(url, { cwd: folderOf({ 'a.json': text }) }));
    expect(result).toMatchObject({
      status: 'passed',
      curl: expect.stringContaining(`--data-raw '${exact}'`),
    });
    expect(asked.map(({ body }) => body)).toEqual([exact]);
  });

  test('gets bodies of more than 100 KB', async () => {
    const { url, asked } = await startEndpoint(answerWell);
    const body = `{"prompt":"${'x'.repeat(300_000)}"}`;
    const text = pactText([interactionText('long', { request: requestText(body) })]);
    const result = await verifyOne(optionsOf(url, { cwd: folderOf({ 'a.json': text }) }));
    expect(result).toMatchObject({ status: 'passed', curl: null });
    expect(asked[0]?.body).toBe(body);
  });

  test('is asked at its path', async () => {
    const { url, asked } = await startEndpoint(answerWell);
    await verifyOne(optionsOf(`${url}/web`));
    expect(asked).toMatchObject([{ target: '/web' }]);
  });

  test('is told apart by file, where two consumers have one name', async () => {
    const { url } = await startEndpoint((response, { body }) =>
      sendJson(response, body.includes('bad') ? { prompt: 5 } : { prompt: 'Because.' }),
    );
    const bad = interactionText('a', { request: requestText('{"prompt":"bad"}') });
    const cwd = folderOf({ 'a.json': pactText([interactionText('a')]), 'b.json': pactText([bad]) });
    const { results } = await createPactStage(optionsOf(url, { cwd }))(20);
    expect(results.map(({ id, status }) => [id, status])).toEqual([
      ['pact: a-client: a', 'passed'],
      ['pact: a-client: a (2)', 'failed'],
    ]);
  });
});

describe('an endpoint that breaks its pact', () => {
  test.each<[name: string, answer: Answering, reason: string | RegExp]>([
    [
      'another key',
      (response) => sendJson(response, { response: 'Because.' }),
      '$: Actual map is missing the following keys: prompt (expected ["prompt"], got ["response"]).',
    ],
    [
      'another type',
      (response) => sendJson(response, { prompt: 5 }),
      /^\$\.prompt: Expected 5 \(Integer\) to be the same type as 'Because\.' \(String\)\.$/,
    ],
    [
      '500',
      (response) => response.writeHead(500).end('Internal Server Error'),
      /^The status is 500, not 200\. The body is text\/plain, not application\/json\./,
    ],
    [
      'HTML',
      (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>'),
      /^The body is text\/html, not application\/json\. The header Content-Type is text\/html/,
    ],
    [
      'half a body',
      (response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"prom');
      },
      /^\$: Failed to parse the actual body/,
    ],
  ])('fails: %s', async (_name, answer, reason) => {
    const { url } = await startEndpoint(answer);
    expect(await verifyOne(optionsOf(url))).toMatchObject({
      status: 'failed',
      problem: 'pact-mismatch',
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
      consequence: 'a-client was written for another answer.',
    });
  });

  test('fails where it closes the connection for one of its requests', async () => {
    const { url } = await startEndpoint((response, { body }, request) => {
      if (body.includes('bad')) request.socket.destroy();
      else sendJson(response, { prompt: 'Because.' });
    });
    const bad = interactionText('b', { request: requestText('{"prompt":"bad"}') });
    const cwd = folderOf({ 'a.json': pactText([interactionText('a'), bad]) });
    const { results } = await createPactStage(optionsOf(url, { cwd }))(20);
    expect(results.map(({ status, problem }) => [status, problem])).toEqual([
      ['passed', null],
      ['failed', 'pact-no-answer'],
    ]);
  });

  test('fails where it closes before the end of the body', async () => {
    const { url } = await startEndpoint((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
      response.write('{"prompt":"Because."}', () => response.destroy());
    });
    expect(await verifyOne(optionsOf(url))).toMatchObject({
      status: 'failed',
      problem: 'pact-no-answer',
    });
  });

  test('is only told of it while the interaction is pending', async () => {
    const { url } = await startEndpoint((response) => sendJson(response, { prompt: 5 }));
    const text = pactText([interactionText('a', { pending: 'true' })]);
    const result = await verifyOne(optionsOf(url, { cwd: folderOf({ 'a.json': text }) }));
    expect(result).toMatchObject({
      title: 'The endpoint does what a-client recorded: a (pending).',
      status: 'skipped',
      problem: 'pact-pending',
    });
  });
});

describe('an endpoint that cannot be judged', () => {
  test('closes every connection', async () => {
    const { url } = await startEndpoint((_response, _asked, request) => request.socket.destroy());
    expect(await verifyOne(optionsOf(url))).toMatchObject({
      status: 'inconclusive',
      problem: 'pact-unreachable',
      reason: expect.stringContaining('error sending request'),
    });
  });

  test('never answers: after two, the others are not tried', async () => {
    const { url, asked } = await startEndpoint(() => {});
    const cwd = folderOf({ 'a.json': pactText(['a', 'b', 'c', 'd'].map(askOf)) });
    const { results, sent } = await createPactStage(optionsOf(url, { cwd, timeoutMs: 300 }))(20);
    expect(results.map(({ status, problem }) => [status, problem])).toEqual([
      ['inconclusive', 'pact-timeout'],
      ['inconclusive', 'pact-timeout'],
      ['skipped', 'pact-unresponsive'],
      ['skipped', 'pact-unresponsive'],
    ]);
    expect([asked.length, sent]).toEqual([2, 2]);
  });

  test('answers every second time: all are tried', async () => {
    let count = 0;
    const { url, asked } = await startEndpoint((response) => {
      count += 1;
      if (count % 2 === 0) sendJson(response, { prompt: 'Because.' });
    });
    const cwd = folderOf({ 'a.json': pactText(['a', 'b', 'c', 'd'].map(askOf)) });
    // Long enough for an answer on a busy machine.
    const { results } = await createPactStage(optionsOf(url, { cwd, timeoutMs: 1500 }))(20);
    expect(results.map(({ problem }) => problem)).toEqual([
      'pact-timeout',
      null,
      'pact-timeout',
      null,
    ]);
    expect(asked).toHaveLength(4);
  });

  test('never answers', async () => {
    const { url } = await startEndpoint(() => {});
    expect(await verifyOne(optionsOf(url, { timeoutMs: 300 }))).toMatchObject({
      status: 'inconclusive',
      problem: 'pact-timeout',
    });
  });

  test('answers later', async () => {
    const { url } = await startEndpoint((response) => {
      response.writeHead(303, { Location: '/?__modal_function_call_id=fc-1' }).end();
    });
    expect(await verifyOne(optionsOf(url))).toMatchObject({
      status: 'inconclusive',
      problem: 'pact-redirect',
    });
  });

  test.each([
    ['?key=secret-value', 'pact-url-query'],
    ['web/', 'pact-url-slash'],
  ])('has a URL that the engine would change: %s', async (rest, problem) => {
    const { url, asked } = await startEndpoint(answerWell);
    const options = optionsOf(`${url}/${rest}`);
    expect(await createPactStage(options)(20)).toMatchObject({
      results: [{ id: 'pact: engine', status: 'inconclusive', problem }],
      sent: 0,
    });
    const unasked = await createPactStage({ ...options, isRequired: false })(20);
    expect(unasked).toMatchObject({ results: [{ status: 'skipped', problem }], sent: 0 });
    expect(asked).toEqual([]);
  });
});

describe('a pact that the engine does not take', () => {
  test('is not verified', async () => {
    const { url, asked } = await startEndpoint(answerWell);
    // Deeper than the engine reads.
    const deep = requestText(`${'['.repeat(300)}${']'.repeat(300)}`);
    const cwd = folderOf({ 'a.json': pactText([interactionText('deep', { request: deep })]) });
    const result = await verifyOne(optionsOf(url, { cwd }));
    expect(result).toMatchObject({
      status: 'inconclusive',
      problem: 'pact-nothing-verified',
      reason: expect.stringMatching(/It says: Failed to load pact 'pact-0\.json'/),
    });
    expect(asked).toEqual([]);
  });
});

describe('the choice', () => {
  test('is what the budget and the states allow; the rest is told', async () => {
    const { url, asked } = await startEndpoint(answerWell);
    const text = pactText([
      askOf('a'),
      askOf('b'),
      interactionText('c', { providerStates: '[{"name":"rain"}]' }),
    ]);
    const cwd = folderOf({ 'a.json': text, 'b.json': '{}' });
    const { results, sent } = await createPactStage(optionsOf(url, { cwd }))(1);
    expect(sent).toBe(1);
    expect(asked).toHaveLength(1);
    expect(results.map(({ id, status, problem }) => [id, status, problem])).toEqual([
      ['pact: a-client: a', 'passed', null],
      ['pact: b.json', 'inconclusive', 'pact-not-a-pact'],
      // Somebody asked for it: a pass would say that it was kept.
      ['pact: a-client: b', 'inconclusive', 'budget'],
      ['pact: a-client: c, given rain', 'skipped', 'pact-state'],
    ]);
  });

  test('has one request for what two consumers ask alike, and the outcome for both', async () => {
    const { url, asked } = await startEndpoint((response) => sendJson(response, { prompt: 5 }));
    const cwd = folderOf({
      'a.json': pactText([interactionText('a')], { consumer: 'one' }),
      'b.json': pactText([interactionText('b')], { consumer: 'two' }),
    });
    const { results, sent } = await createPactStage(optionsOf(url, { cwd }))(1);
    expect([asked.length, sent]).toEqual([1, 1]);
    const common = { status: 'failed', problem: 'pact-mismatch', reason: results[0]?.reason };
    expect(results).toMatchObject([
      {
        ...common,
        id: 'pact: one: a',
        title: 'The endpoint does what one recorded: a.',
        consequence: 'one was written for another answer.',
      },
      {
        ...common,
        id: 'pact: two: b',
        title: 'The endpoint does what two recorded: b, by the same request as one: a.',
        consequence: 'two was written for another answer.',
      },
    ]);
  });

  test('is empty: never a pass for whoever asked', async () => {
    const { url, asked } = await startEndpoint(answerWell);
    const options = optionsOf(url);
    const { results, sent } = await createPactStage(options)(0);
    expect(results.map(({ status, problem }) => [status, problem])).toEqual([
      ['inconclusive', 'pact-nothing-verified'],
      ['inconclusive', 'budget'],
    ]);
    const unasked = await createPactStage({ ...options, isRequired: false })(0);
    expect(unasked.results).toMatchObject([{ status: 'skipped', problem: 'budget' }]);
    expect(sent + asked.length).toBe(0);
  });

  test('is not made where there is no pact', async () => {
    const options = optionsOf('http://127.0.0.1:9', { paths: ['gone'], isRequired: false });
    expect(await createPactStage(options, { findEngine: () => null })(20)).toMatchObject({
      results: [{ status: 'skipped', problem: 'pact-not-readable' }],
      sent: 0,
    });
  });
});

describe('the engine', () => {
  test.each([
    [true, 'inconclusive'],
    [false, 'skipped'],
  ])('is not installed, pacts asked for: %s', async (isRequired, status) => {
    const options = optionsOf('http://127.0.0.1:9', { isRequired });
    const stage = createPactStage(options, { findEngine: () => null });
    expect(await stage(20)).toMatchObject({
      results: [
        {
          id: 'pact: engine',
          status,
          problem: 'pact-engine-missing',
          reason: expect.stringMatching(/^One interaction was not verified: /),
          hint: expect.stringMatching(
            /Node 22 .+: npm install --save-dev @pact-foundation\/pact-core@latest\./,
          ),
        },
      ],
      sent: 0,
    });
  });

  test('crashes', async () => {
    const stage = createPactStage(optionsOf('http://127.0.0.1:9'), {
      findEngine: anyEngine,
      childPath: childPath(`console.log('a last word'); process.exit(3)`),
    });
    expect(await stage(20)).toMatchObject({
      results: [
        {
          status: 'inconclusive',
          problem: 'pact-engine-failed',
          reason: expect.stringMatching(/exit code 3\.\\na last word$/),
        },
      ],
      sent: 1,
    });
  });
});

test('a disk that takes no file is a result', async () => {
  const options = optionsOf('http://127.0.0.1:9');
  vi.stubEnv('TMPDIR', `${temporaryFolder()}/gone`);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await createPactStage(options)(20)).toMatchObject({
    results: [
      {
        status: 'inconclusive',
        problem: 'pact-engine-failed',
        reason: expect.stringMatching(/ENOENT/),
      },
    ],
    sent: 0,
  });
});

describe('what is left behind', () => {
  test('nothing, neither after a run nor after a crash', async () => {
    const { url } = await startEndpoint(answerWell);
    const options = optionsOf(url);
    const path = childPath('process.exit(3)');
    const folder = temporaryFolder();
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    await createPactStage(options)(20);
    await createPactStage(options, { findEngine: anyEngine, childPath: path })(20);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('no secret, though the endpoint repeats it', async () => {
    const { url } = await startEndpoint((response, { headers }) =>
      sendJson(response, { detail: headers['modal-secret'] }, 401),
    );
    const text = interactionText('a', {
      response:
        '{"status":200,"body":{"content":{"detail":"x"},"contentType":"application/json","encoded":false}}',
    });
    const cwd = folderOf({ 'a.json': pactText([text]) });
    const { results } = await createPactStage(optionsOf(url, { cwd }))(20);
    expect(results[0]?.reason).toContain('***');
    expect(JSON.stringify(results)).not.toContain(SECRET);
  });
});
