import fc from 'fast-check';
import { chatRequest } from './CanaryPortal';

/** One request of somebody who means no good, or mistypes. */
export interface HostileRequest {
  method: 'get' | 'post';
  /** Below `/api/ai-mesh`. */
  path: string;
  type?: string;
  body?: string;
}

const oddText = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '..',
      '%2e%2e',
      '%00',
      '%ff',
      'a'.repeat(3000),
      '💥',
      '\u2028',
    ],
    ...['component', 'default', 'chat', 'Chat', '__proto__', 'constructor'],
    ...["'; drop table canaries; --", '${jndi:ldap://x}', '{{7*7}}', '*', '-1'],
    ...['1e999', 'NaN', '2147483648', '9223372036854775808', 'null', 'true'],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const encoded = oddText.map(text => {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half a surrogate pair has no encoding.
    return '%ED%A0%80';
  }
});

const usual = <T>(value: T, odd: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(value) },
    { weight: 1, arbitrary: odd },
  );

const VIEWS = [
  ...['overview', 'topology', 'routes', 'security', 'security/may-call'],
  ...['traces', 'review', 'slos', 'slos/rules', 'slos/dashboard'],
  ...['canaries', 'canaries/options'],
];
const PARAMETERS = [
  ...['window', 'depth', 'format', 'cluster', 'model', 'slowerThanMs'],
  ...['limit', 'cursor', 'active', 'service', 'namespace', 'principal'],
  ...['method', 'path', 'port', 'host', 'nothing', 'window[]', 'a[b][c]'],
];
const VALUES = [
  ...['5m', '1h', '7d', '3', '50', 'prometheus', 'operator', 'shop', 'true'],
  ...['ai-services', 'ai-chat-service', 'cluster.local/ns/a/sa/b', 'GET', '/'],
];

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(...PARAMETERS),
      fc.oneof(fc.constantFrom(...VALUES), encoded),
    ),
    { maxLength: 5 },
  )
  .map(pairs =>
    pairs.length > 0
      ? `?${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`
      : '',
  );

const entityPath = fc
  .tuple(
    usual('component', encoded),
    usual('default', encoded),
    usual('chat', encoded),
  )
  .map(parts => `/v1/entities/${parts.join('/')}`);

const read = fc
  .tuple(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(entityPath, fc.constantFrom(...VIEWS))
          .map(parts => parts.join('/')),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          ...['/v1/canaries', '/v1/ownership/contested', '/v1/openapi.json'],
          ...['/v1', '/', '/v1/entities', '/v2/canaries'],
        ),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(encoded, fc.constantFrom('', '/transitions'))
          .map(([id, rest]) => `/v1/canaries/${id}${rest}`),
      },
    ),
    query,
  )
  .map(([path, rest]): HostileRequest => ({
    method: 'get',
    path: path + rest,
  }));

/** A right request in which something is another value, or is missing. */
const nearlyRight = fc
  .tuple(
    fc.constantFrom(
      ...['entityRef', 'service', 'stable', 'canary', 'reason', 'plan'],
      ...['route', 'service.cluster', 'service.name', 'canary.subset'],
      ...['plan.steps', 'plan.gates', 'plan.startWindow', 'preset', 'extra'],
    ),
    fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.constantFrom<unknown>(
        ...['x'.repeat(10_000), -1, 1e308, [], {}, [[[[]]]], undefined],
        ...[{ $gt: '' }, { __proto__: null, constructor: 1 }, [100, 1, 5]],
      ),
    ),
  )
  .map(([path, value]) => {
    const body = structuredClone(chatRequest) as unknown as Record<
      string,
      unknown
    >;
    const [key, inner] = path.split('.');
    if (inner === undefined) {
      body[key] = value;
    } else {
      body[key] = { ...(body[key] as object | undefined), [inner]: value };
    }
    return JSON.stringify(body);
  });

const write = fc.record({
  method: fc.constant<'post'>('post'),
  path: fc.oneof(
    fc.constantFrom(
      '/v1/canaries/preflight',
      '/v1/canaries/preflight',
      '/v1/canaries',
    ),
    encoded.map(id => `/v1/canaries/${id}/actions`),
  ),
  type: usual(
    'application/json',
    fc.constantFrom('text/plain', 'x', 'application/xml'),
  ),
  body: fc.oneof(
    { weight: 6, arbitrary: nearlyRight },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...[
          '',
          '{',
          'null',
          '[]',
          '"a"',
          '0',
          '{"action":"approve","version":1}',
        ],
        '['.repeat(100_000),
        `{"a":${'{"a":'.repeat(20_000)}`,
        `{"reason":"${'a'.repeat(400_000)}"}`,
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  ),
});

/** Requests of every route: right, nearly right, and wrong. */
export const hostileRequest: fc.Arbitrary<HostileRequest> = fc.oneof(
  { weight: 4, arbitrary: read },
  { weight: 1, arbitrary: write },
);
