import { expect, test } from 'vitest';
import { faultPages } from './docs/fault-pages.ts';
import { fillRegions } from './docs/regions.ts';
import { readPage } from './readme/blocks.ts';

const pages = await faultPages();

// `npx vitest run tests/docs-faults.test.ts -u` writes the pages anew.
test.each(Object.entries(pages))(
  '%s says what the code says, and what clients do',
  async (path, parts) => {
    await expect(fillRegions(readPage(path), parts)).toMatchFileSnapshot(`../${path}`);
  },
);
