import type { Reply } from './outcome.ts';

/** What proxies answer by themselves: no product's own words, but the form of many. */
export const GATEWAY_PERSONAS = {
  'html-502': page(502, 'Bad Gateway'),
  'html-503': page(503, 'Service Unavailable'),
  'html-504': page(504, 'Gateway Timeout'),
  'json-502': {
    status: 502,
    headers: [['content-type', 'application/json']],
    body: '{"message": "Bad Gateway"}',
  },
  'empty-503': { status: 503, headers: [], body: '' },
  'empty-404': { status: 404, headers: [], body: '' },
} as const satisfies Readonly<Record<string, Reply>>;

function page(status: number, phrase: string): Reply {
  const title = `${status} ${phrase}`;
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    `<body><center><h1>${title}</h1></center><hr></body>`,
    '</html>',
    '',
  ];
  return { status, headers: [['content-type', 'text/html']], body: lines.join('\r\n') };
}
