import { createEmulator, STACK_NAMES } from '../src/emulator/index.ts';
import { describeEchoProperties, type PostJson } from './echo-properties.ts';

for (const stack of STACK_NAMES) {
  const emulator = createEmulator({ stack, answer: 'echo' });
  const post: PostJson = async (body) => {
    const response = await emulator.fetch(
      new Request('http://localhost/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    );
    return {
      status: response.status,
      contentType: response.headers.get('content-type'),
      text: await response.text(),
    };
  };
  describeEchoProperties(stack, () => post, { runs: 500 });
}
