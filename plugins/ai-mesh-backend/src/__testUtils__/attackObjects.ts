interface AttackObject {
  /** Of its kind, in the API's paths. */
  plural: string;
  /** What some view holds once it is known. */
  seen: string;
  object: Record<string, unknown>;
  /** How many such objects there are, each of a name of its own; 1 unless given. */
  copies?: number;
}

const NAMESPACE = 'ai-services';
const CHAT = 'ai-chat-service';

function istio(
  group: string,
  kind: string,
  plural: string,
  spec: unknown,
  metadata: object = {},
): AttackObject {
  return {
    plural,
    seen: 'hostile',
    object: {
      apiVersion: `${group}/v1`,
      kind,
      metadata: { name: 'hostile', namespace: NAMESPACE, ...metadata },
      spec,
    },
  };
}

const policy = (spec: unknown, metadata?: object) =>
  istio(
    'security.istio.io',
    'AuthorizationPolicy',
    'authorizationpolicies',
    spec,
    metadata,
  );
const virtualService = (spec: unknown, metadata?: object) =>
  istio(
    'networking.istio.io',
    'VirtualService',
    'virtualservices',
    spec,
    metadata,
  );
const destinationRule = (spec: unknown) =>
  istio('networking.istio.io', 'DestinationRule', 'destinationrules', spec);

const many = <T>(count: number, one: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => one(n));
const principal = (n: number) => `cluster.local/ns/ns-${n}/sa/sa-${n}`;
const LONG = 'a'.repeat(64_000);
const to = (host: string) => [{ destination: { host } }];

/** Objects as large as an API server takes (1.5 MB), others as large as are read, and all as odd as they may be. */
export const attackObjects: Record<string, AttackObject> = {
  'a policy of 10,000 rules': policy({
    action: 'ALLOW',
    rules: many(10_000, n => ({
      from: [{ source: { principals: [principal(n)] } }],
      to: [{ operation: { paths: [`/a/${n}`] } }],
    })),
  }),
  'a policy of 10,000 rules without a condition': policy({
    action: 'ALLOW',
    rules: many(10_000, () => ({})),
  }),
  'a policy of 20,000 principals': policy({
    action: 'ALLOW',
    rules: [{ from: [{ source: { principals: many(20_000, principal) } }] }],
  }),
  'a policy of 20,000 principals that are not': policy({
    action: 'DENY',
    rules: many(200, i => ({
      from: [
        { source: { notPrincipals: many(100, n => principal(100 * i + n)) } },
      ],
    })),
  }),
  'a policy of 10,000 namespaces that are not there': policy({
    action: 'DENY',
    rules: many(5000, n => ({
      from: [{ source: { namespaces: [`gone-${n}`] } }],
    })),
  }),
  'paths of 64 kB': policy({
    action: 'DENY',
    rules: [{ to: [{ operation: { paths: many(20, n => `/${n}${LONG}*`) } }] }],
  }),
  'a policy of 10,000 paths with templates': policy({
    action: 'DENY',
    rules: [
      { to: [{ operation: { paths: many(10_000, n => `/{*}/${n}/{**}`) } }] },
    ],
  }),
  '5,000 conditions': policy({
    action: 'DENY',
    rules: [
      {
        when: many(5000, n => ({
          key: `request.headers[x-${n}]`,
          values: ['a', 'b'],
        })),
      },
    ],
  }),
  '10,000 fields that are wrong': policy({
    action: 'DENY',
    rules: many(10_000, n => ({
      from: [{ source: { principals: [n, null] } }],
    })),
  }),
  '5,000 rules of a route': virtualService({
    hosts: [CHAT],
    http: many(5000, n => ({
      match: [{ uri: { prefix: `/${n}` } }],
      route: to(CHAT),
    })),
  }),
  '5,000 dead rules of a route': virtualService({
    hosts: [CHAT],
    http: [
      { route: to(CHAT) },
      ...many(5000, n => ({ name: `r${n}`, route: to(CHAT) })),
    ],
  }),
  '5,000 rules of one path': virtualService({
    hosts: [CHAT],
    http: many(5000, () => ({
      match: [{ uri: { prefix: '/x' } }],
      route: to(CHAT),
      retries: { attempts: 9, retryOn: 'nothing' },
      timeout: '1ms',
    })),
  }),
  '10,000 conditions of one rule': virtualService({
    hosts: [CHAT],
    http: [
      {
        match: many(10_000, n => ({
          headers: { [`x-${n}`]: { exact: `${n}` } },
        })),
        route: to(CHAT),
      },
      { route: to(CHAT) },
    ],
  }),
  '10,000 destinations that are not there': virtualService({
    hosts: [CHAT],
    http: [
      {
        route: many(10_000, n => ({
          destination: { host: `gone-${n}` },
          weight: n,
        })),
      },
    ],
  }),
  'a regular expression that backtracks': virtualService({
    hosts: [CHAT],
    http: [
      {
        match: [{ uri: { regex: '(a+)+$' } }, { uri: { regex: '(' } }],
        route: to(CHAT),
      },
      { match: [{ uri: { regex: `(${LONG}|${LONG})*` } }], route: to(CHAT) },
    ],
  }),
  '10,000 hosts': virtualService({
    hosts: [CHAT, ...many(10_000, n => `h${n}.example.com`)],
    http: [{ route: to(CHAT) }],
  }),
  'a header name of 64 kB': virtualService({
    hosts: [CHAT],
    http: many(10, () => ({
      match: [{ headers: { [LONG]: { regex: LONG } } }],
      route: to(CHAT),
    })),
  }),
  '5,000 subsets': destinationRule({
    host: CHAT,
    subsets: many(5000, n => ({ name: `s${n}`, labels: { version: `v${n}` } })),
  }),
  '5,000 subsets of one name': destinationRule({
    host: CHAT,
    subsets: many(5000, () => ({ name: 's', labels: { version: 'gone' } })),
  }),
  '5,000 ports of a policy': destinationRule({
    host: CHAT,
    trafficPolicy: {
      portLevelSettings: many(5000, n => ({
        port: { number: n + 1 },
        connectionPool: { http: { http1MaxPendingRequests: 1 } },
      })),
    },
  }),
  '10,000 ports of peers': istio(
    'security.istio.io',
    'PeerAuthentication',
    'peerauthentications',
    {
      selector: { matchLabels: { app: CHAT } },
      portLevelMtls: Object.fromEntries(
        many(10_000, n => [`${n + 1}`, { mode: 'DISABLE' }]),
      ),
    },
  ),
  '10,000 hosts of a Sidecar': istio(
    'networking.istio.io',
    'Sidecar',
    'sidecars',
    { egress: [{ hosts: many(10_000, n => `./gone-${n}.local`) }] },
  ),
  '10,000 hosts outside': istio(
    'networking.istio.io',
    'ServiceEntry',
    'serviceentries',
    {
      hosts: many(10_000, n => `h${n}.example.com`),
      ports: many(100, n => ({
        number: n + 1,
        name: `http-${n}`,
        protocol: 'HTTP',
      })),
      resolution: 'DNS',
    },
  ),
  '2,000 tags of Telemetry': istio(
    'telemetry.istio.io',
    'Telemetry',
    'telemetries',
    {
      tracing: [
        {
          providers: many(100, n => ({ name: `p${n}` })),
          customTags: Object.fromEntries(
            many(2000, n => [`t${n}`, { literal: { value: 'x' } }]),
          ),
        },
      ],
      accessLogging: many(500, n => ({ providers: [{ name: `a${n}` }] })),
    },
  ),
  'annotations of 250 kB': policy(
    { rules: [{}] },
    {
      annotations: {
        'ai-mesh.io/suppress': many(20_000, n => `AIM${n}`).join(','),
        'ai-mesh.io/entity': many(10_000, n => `component:default/c${n}`).join(
          ',',
        ),
      },
    },
  ),
  'a policy of many rules, which are read': policy({
    action: 'DENY',
    rules: many(500, n => ({
      from: [{ source: { notPrincipals: [principal(n)] } }],
    })),
  }),
  'many rules of a route, which are read': virtualService({
    hosts: [CHAT],
    http: many(300, n => ({
      match: [{ uri: { prefix: `/${n}` } }],
      route: to(CHAT),
    })),
  }),
  'many conditions of one rule, which are read': virtualService({
    hosts: [CHAT],
    http: [
      {
        match: many(800, n => ({
          headers: { [`x-${n}`]: { exact: `${n}` } },
        })),
        route: to(CHAT),
      },
    ],
  }),
  'long texts, which are read': virtualService({
    hosts: [CHAT],
    http: many(3, n => ({
      match: [{ uri: { prefix: `/${n}${LONG}` } }],
      route: to(CHAT),
    })),
  }),
  '1,500 routes of one host': {
    ...virtualService({ hosts: [CHAT], http: [{ route: to(CHAT) }] }),
    copies: 1500,
  },
  '1,500 rules of one host': {
    ...destinationRule({
      host: CHAT,
      subsets: [{ name: 'v1', labels: { version: 'v1' } }],
    }),
    copies: 1500,
  },
  '1,500 policies of one workload': {
    ...policy({
      selector: { matchLabels: { app: CHAT } },
      action: 'ALLOW',
      rules: [{ from: [{ source: { principals: [principal(1)] } }] }],
    }),
    copies: 1500,
  },
  '1,500 policies of peers of one workload': {
    ...istio('security.istio.io', 'PeerAuthentication', 'peerauthentications', {
      selector: { matchLabels: { app: CHAT } },
      mtls: { mode: 'PERMISSIVE' },
    }),
    copies: 1500,
  },
  '1,500 Telemetries of one workload': {
    ...istio('telemetry.istio.io', 'Telemetry', 'telemetries', {
      selector: { matchLabels: { app: CHAT } },
      accessLogging: [{ disabled: true }],
    }),
    copies: 1500,
  },
  '1,500 Sidecars of one workload': {
    ...istio('networking.istio.io', 'Sidecar', 'sidecars', {
      workloadSelector: { labels: { app: CHAT } },
      egress: [{ hosts: ['./*'] }],
    }),
    copies: 1500,
  },
  '1,500 hosts outside of one name': {
    ...istio('networking.istio.io', 'ServiceEntry', 'serviceentries', {
      hosts: ['api.example.com'],
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
      resolution: 'DNS',
    }),
    copies: 1500,
  },
  'lists within each other': policy({ rules: nested(150) }),
  'a Service of 10,000 labels and 5,000 ports': {
    plural: 'services',
    seen: 'http-99',
    object: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: CHAT,
        namespace: NAMESPACE,
        labels: Object.fromEntries(many(10_000, n => [`l-${n}`, 'x'])),
      },
      spec: {
        selector: { app: CHAT },
        ports: many(5000, n => ({ name: `http-${n}`, port: n + 1 })),
      },
    },
  },
};

function nested(depth: number): unknown {
  return depth === 0 ? [] : [nested(depth - 1)];
}
