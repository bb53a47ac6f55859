import { join } from 'node:path';
import { PactV4 } from '@pact-foundation/pact';
import { type ContractInteraction, PROVIDER_NAME } from '../../src/contract/pact.ts';
import { type ConsumerName, consumerNamed, folderOf, RECORDED_FOLDER } from './files.ts';
import { toPact } from './translate.ts';

/** Runs a consumer against Pact's mock server; what it did is written when all of it was as told. */
export async function record(
  consumer: ConsumerName,
  interaction: ContractInteraction,
  run: (url: string) => Promise<void>,
): Promise<void> {
  const pact = new PactV4({
    consumer,
    provider: PROVIDER_NAME,
    dir: join(RECORDED_FOLDER, folderOf(consumerNamed(consumer))),
    logLevel: 'error',
  });
  await toPact(pact, interaction).executeTest(({ url }) => run(url));
}
