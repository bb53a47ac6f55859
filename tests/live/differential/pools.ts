/** The simplest first everywhere: a failing request is shrunk towards the beginning of a pool. */

export const NUMBERS: readonly string[] = [
  ...['1', '0', '2', '-1', '5', '64', '-0', '1.0', '0.0', '-0.0', '2.0', '1.5', '-2.50', '0.1'],
  ...['1e3', '1E3', '1e-7', '1e5', '1e15', '1e16', '1e18', '1e19', '1e21', '1e22', '1e100'],
  ...['1e-400', '5e-324', '1e400', '-1e400', '2.5e-8', '0.00001', '0.0001234', '100000.0', '4.35'],
  ...['123456789.123456789', '0.30000000000000004', '123456789012345680000.0'],
  ...['9007199254740993', '9007199254740993.0', '9223372036854775807', '9223372036854775808'],
  ...['-9223372036854775808', '-9223372036854775809', '-9223372036854775808.0'],
  ...['123456789012345678901234567890', '1.7976931348623157e308'],
];

/** Around what Python and Pydantic refuse: 4300 digits, 309 digits for a float. */
export const ODD_NUMBERS: readonly string[] = [
  ...['NaN', 'Infinity', '-Infinity', '9'.repeat(309), '9'.repeat(400), '9'.repeat(4300)],
  ...[`-${'9'.repeat(4300)}`, '9'.repeat(4301), `-${'9'.repeat(4301)}`, `1.${'9'.repeat(30)}`],
  '1e999999999999',
];

export const STRINGS: readonly string[] = [
  ...['hi', '', 'a', ' ', '5', ' 5 ', '+5', '5_000', '1.0', '1.', '.5', '1e3', '007', '-0', '0x10'],
  ...['٣', 'nan', 'inf', '-Infinity', 'true', 'True', 'on', 'OFF', 'yes', 'n', 'T', ' true'],
  ...['null', 'é', 'héllo 世界 😀', '\u2028', '\x7f', '\x00', 'a\nb', '"', '\\', '/', '</script>'],
  ...['\ud800', '\udc00x', '\ufeff', 'prompt', 'ab', '\u00a05', '5\x00', '1_0.0', '1,5', '\x85'],
  ...['9223372036854775808', '\x1c1', 'x'.repeat(80), '0_1', '1__0', '१२', "it's", '\'"'],
];

export const KEYS: readonly string[] = [
  ...['x', 'prompt', 'Prompt', ' prompt', 'prompt ', '', 'a', 'b', '__proto__', 'constructor'],
  ...['toString', '1', '01', '0', '10', '2', '-1', 'é', '😀', '\x00', 'max_new_tokens', 'n', 'i'],
  ...['hasOwnProperty', 'length', '\ud800'],
];

/** What a slip of the keyboard, or another language, leaves in a JSON text. */
export const JUNK: readonly string[] = [
  ...',{}[]:"\\ \n\t\r0159.-+eEtfnNIu/\'xé\x00\x1f\ufeff\x7f\x0b\xa0',
  ...[
    '\\u',
    '\\ud83d',
    '\\n',
    '//',
    '/*',
    'NaN',
    'Infinity',
    'true',
    'null',
    'tru',
    '\u2028',
    '😀',
  ],
];

/** Bodies that are not UTF-8, or not what they seem. */
export const BYTES: readonly Uint8Array[] = [
  [0xff],
  [0x80],
  [0xc3],
  [0],
  [0xc0, 0xaf],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x9f, 0x98],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
].map((bytes) => Uint8Array.from(bytes));

export const CONTENT_TYPES: readonly string[] = [
  ...[
    'text/plain',
    '',
    'application/JSON',
    'application/json; charset=utf-8',
    'application/x+json',
  ],
  ...['application/json;charset=utf-16', 'application/vnd.api+json', 'application/+json'],
  ...['application/x+JSON;a=b', 'application/json,text/plain', 'application /json', 'text/json'],
  ...['application/ json', 'application/json/x', 'application/json+xml', ';application/json'],
  ...['application/json;', 'application/json ; a', '"application/json"', '*/*', 'application/*'],
  ...['multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'json', 'image/png'],
  ...['application', 'application/jsonp', '\tapplication/json ', 'application/é'],
  ...['application/json; a="b;c"', 'application/octet-stream', 'application/x +json'],
  'application/json x',
];

/** What a body can be that was never meant to be JSON. */
export const PLAIN_TEXTS: readonly string[] = [
  ...[
    'text',
    '',
    ' ',
    'prompt=hi&n=1',
    'é\u2028\x00\x7f"\\\n',
    '\ufeff{}',
    '--x\r\n\r\nhi\r\n--x--',
  ],
];

export const TARGETS: readonly string[] = [
  ...['/other', '//', '/%2F', '/docs', '/redoc', '/openapi.json', '/docs/', '/redoc/', '/docs//'],
  ...['/openapi.json/', '//docs', '/docs/oauth2-redirect', '/docs/oauth2-redirect/', '/%0A'],
  ...['/docs%0A', '/docs/?x=1', '/docs?x=1', '/docs%2F', '/%64ocs', '/docs/x', '/Docs', '/.'],
  ...['/./docs', '/%2e%2e', '/%3F', '/docs%20/', '/%FF', '/%zz', '/%', '/index.html', '/a/b/'],
  ...['/web', '/docs/?a=%20&b=%C3%A9', '/%E2%80%A8', '/;', '/docs;x', '/docs/?', '/??', '/?'],
  ...['/openapi.json?x', '/%00', '/*', '/openapi.json/?q=1', '/%0A/', '/docs%0A/', '/%0D'],
  '/%0A%0A',
];

/** Targets that are still the route. */
export const ROUTE_TARGETS: readonly string[] = [
  ...['/', '/?', '/?prompt=x', '/?a=%ZZ', '/?&&', '/?=', '/?"<>'],
];

export const METHODS: readonly string[] = [
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'QUERY'],
  ...['get', 'Post', 'FOO'],
];

export const ORIGINS: readonly string[] = [
  ...['https://example.com', 'null', 'http://localhost:3000', '*', 'é', 'a b', ''],
];

export const REQUESTED_METHODS: readonly string[] = [
  ...['POST', 'GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'QUERY', 'TRACE', 'FOO', 'post'],
  ...['', 'POST, GET', '*'],
];

export const REQUESTED_HEADERS: readonly string[] = [
  ...['content-type', 'X-A, X-B', '*', '', 'x a;b', 'a,,b', 'é', 'Authorization,  content-type'],
];

/** Headers that change nothing, or nothing that they should. */
export const OTHER_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['Accept', 'text/html'],
  ['Accept-Encoding', 'gzip, br'],
  ['X-Unknown', 'é'],
  ['Origin', 'https://example.com'],
  ['Cookie', 'a=b'],
  ['Authorization', 'Bearer x'],
  ['Range', 'bytes=0-1'],
  ['If-None-Match', '*'],
];

export const QUERY_VALUES: readonly string[] = [
  ...['5', 'hi', '', '%FF', '%', '%4', '%zz', 'a;b=1', 'a=b', '=', '+1', '%2B1', '1+', '%201'],
  ...['1.0', '1e3', 'nan', '%D9%A3', '%ED%A0%80', '%C3', '%00', 'true', 'on', 'a?b', 'a/b'],
  ...['1%00', '%u0041', '"<>', 'a%26n=5', '{}', '|^`'],
];

/** Parts of a query that are no parameter of the function, or only almost. */
export const QUERY_PARTS: readonly string[] = [
  ...['x=1', '', 'a', '=x', '&', 'Prompt=a', 'prompt%20=x', '+prompt=x', '%70rompt=y'],
  'prompt[]=a',
];
