import {
  known,
  serviceSecuritySchema,
  unknown,
  type ServiceSecurity,
} from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import {
  objectsFromYaml,
  snapshotOfObjects,
} from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { KubernetesObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { serviceObject } from '../kubernetes/serviceObject';
import { chatMesh } from './__testUtils__/chatMesh';
import { lookBack } from './LookBack';
import { serviceSecurity } from './serviceSecurity';

const mesh = objectsFromYaml(chatMesh);

const GROUPS = {
  PeerAuthentication: 'security.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1',
  VirtualService: 'networking.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
} as const;
type Kind = keyof typeof GROUPS;

function object(kind: Kind, spec: unknown): KubernetesObject {
  return {
    apiVersion: GROUPS[kind],
    kind,
    metadata: { namespace: 'ai', name: 'bad' },
    ...(spec !== undefined && { spec }),
  };
}

async function assess(
  objects: readonly KubernetesObject[],
  options?: Parameters<typeof snapshotOfObjects>[1],
): Promise<ServiceSecurity> {
  const snapshot: MeshSnapshot = snapshotOfObjects(
    [...mesh, ...objects],
    options,
  );
  return serviceSecuritySchema.parse(
    await serviceSecurity({
      snapshot,
      service: serviceObject(snapshot, { namespace: 'ai', name: 'chat' }),
      gathered: {
        encryption: unknown('not-configured'),
        encryptionNow: unknown('not-configured'),
        namespacePlaintext: unknown('not-configured'),
        denied: known([]),
        proxies: unknown('not-configured'),
        controlPlane: unknown('not-configured'),
      },
      lookBack: lookBack(3600),
      now: new Date('2026-03-01T12:00:00Z'),
      autoMtls: true,
    }),
  );
}

/** Every place in the answer that is called unreadable. */
function unreadable({
  mtls,
  authorization,
  telemetry,
}: ServiceSecurity): string[] {
  return [
    ...new Set([
      ...mtls.notes
        .filter(({ kind }) => kind === 'unreadable')
        .flatMap(({ at }) => at.map(({ path }) => path)),
      ...authorization.notEvaluated
        .filter(({ what }) => what === 'unreadable')
        .map(({ path }) => path),
      ...(telemetry.status === 'known'
        ? telemetry.value.flatMap(({ notes }) =>
            notes.flatMap(({ at }) => at.map(({ path }) => path)),
          )
        : []),
    ]),
  ];
}

const own = { matchLabels: { app: 'chat' } };

describe('what no schema allows is named by its path', () => {
  it.each<[Kind, unknown, string]>([
    ['PeerAuthentication', 'strict', 'spec'],
    ['PeerAuthentication', { mtls: 'STRICT' }, 'spec.mtls'],
    ['PeerAuthentication', { mtls: { mode: 'STRCT' } }, 'spec.mtls.mode'],
    ['PeerAuthentication', { mtls: { mode: 1 } }, 'spec.mtls.mode'],
    ['PeerAuthentication', { mtls: { mode: [] } }, 'spec.mtls.mode'],
    ['PeerAuthentication', { selector: [] }, 'spec.selector'],
    [
      'PeerAuthentication',
      { selector: { matchLabels: { app: 5 } }, mtls: { mode: 'STRICT' } },
      'spec.selector.matchLabels.app',
    ],
    [
      'PeerAuthentication',
      { selector: own, portLevelMtls: { http: { mode: 'STRICT' } } },
      'spec.portLevelMtls.http',
    ],
    [
      'PeerAuthentication',
      { selector: own, portLevelMtls: { 8080: 'STRICT' } },
      'spec.portLevelMtls.8080',
    ],
    ['DestinationRule', undefined, 'spec.host'],
    ['DestinationRule', { host: 7 }, 'spec.host'],
    ['DestinationRule', [], 'spec'],
    [
      'DestinationRule',
      { host: 'chat', trafficPolicy: { tls: { mode: 'MAYBE' } } },
      'spec.trafficPolicy.tls.mode',
    ],
    [
      'DestinationRule',
      { host: 'chat', trafficPolicy: { tls: 'DISABLE' } },
      'spec.trafficPolicy.tls',
    ],
    [
      'DestinationRule',
      {
        host: '*.ai.svc.cluster.local',
        trafficPolicy: { portLevelSettings: [{ port: { number: '80' } }] },
      },
      'spec.trafficPolicy.portLevelSettings[0].port.number',
    ],
    [
      'DestinationRule',
      { host: 'chat', subsets: [{ name: 3 }] },
      'spec.subsets[0].name',
    ],
    ['AuthorizationPolicy', { action: 'PERMIT' }, 'spec.action'],
    ['AuthorizationPolicy', { rules: {} }, 'spec.rules'],
    ['AuthorizationPolicy', { rules: [null] }, 'spec.rules[0]'],
    ['AuthorizationPolicy', { rules: [{ from: [] }] }, 'spec.rules[0].from'],
    [
      'AuthorizationPolicy',
      { rules: [{ from: [{ source: {} }] }] },
      'spec.rules[0].from[0].source',
    ],
    [
      'AuthorizationPolicy',
      { rules: [{ from: [{ source: { principals: 'x' } }] }] },
      'spec.rules[0].from[0].source.principals',
    ],
    [
      'AuthorizationPolicy',
      { rules: [{ to: [{ operation: { ports: ['http'] } }] }] },
      'spec.rules[0].to[0].operation.ports',
    ],
    [
      'AuthorizationPolicy',
      { rules: [{ when: [{ values: ['x'] }] }] },
      'spec.rules[0].when[0].key',
    ],
    [
      'AuthorizationPolicy',
      { rules: [{ when: [{ key: 'source.ip' }] }] },
      'spec.rules[0].when[0].values',
    ],
    [
      'AuthorizationPolicy',
      { selector: { matchLabels: { app: null, version: 2 } } },
      'spec.selector.matchLabels.version',
    ],
    ['Telemetry', { selector: 'chat' }, 'spec.selector'],
    ['Telemetry', { tracing: {} }, 'spec.tracing'],
    [
      'Telemetry',
      { tracing: [{ randomSamplingPercentage: '10' }] },
      'spec.tracing[0].randomSamplingPercentage',
    ],
    [
      'Telemetry',
      { accessLogging: [{ filter: 'all' }] },
      'spec.accessLogging[0].filter',
    ],
  ])('%s %j: %s', async (kind, spec, path) => {
    expect(unreadable(await assess([object(kind, spec)]))).toContain(path);
  });
});

describe('what cannot be read decides nothing for certain', () => {
  it.each<[unknown]>([
    [{ mtls: { mode: 'STRCT' } }],
    [{ selector: { matchLabels: { app: 5 } }, mtls: { mode: 'STRICT' } }],
    [{ selector: [], mtls: { mode: 'STRICT' } }],
  ])('PeerAuthentication %j', async spec => {
    const { mtls } = await assess([object('PeerAuthentication', spec)]);
    expect(mtls.workloads[0].ports[0].mode).toBe('UNKNOWN');
    expect(mtls.status).toBe('unknown');
    expect(mtls.readiness.status).toBe('unknown');
  });

  it.each<[unknown]>([
    [{ action: 'PERMIT', rules: [{}] }],
    [{ rules: [null] }],
    [{ rules: [{ from: [] }] }],
    [{ rules: [{ from: [{ source: {} }] }] }],
    [{ rules: [{ to: [{ operation: { ports: ['http'] } }] }] }],
    [{ selector: { matchLabels: { app: 5 } }, rules: [{}] }],
  ])('AuthorizationPolicy %j', async spec => {
    const { authorization } = await assess([
      object('AuthorizationPolicy', spec),
    ]);
    expect(authorization.otherwise).toBe('unknown');
  });

  it('a policy without a spec is one that allows nothing, as in Istio', async () => {
    const { authorization } = await assess([
      object('AuthorizationPolicy', undefined),
    ]);
    expect(authorization.otherwise).toBe('denied');
  });

  it('a rule of a newer Istio is named, and leaves everything else as it is', async () => {
    const newer = {
      action: 'DENY',
      rules: [{ from: [{ source: { fromTheFuture: ['x'] } }] }],
    };
    const { authorization, objects, ...others } = await assess([
      object('AuthorizationPolicy', newer),
    ]);
    const { authorization: before, ...same } = await assess([]);
    expect(objects).toHaveLength(same.objects.length + 1);
    expect({ ...others, objects: same.objects }).toEqual(same);
    expect(authorization.notEvaluated.map(({ path }) => path)).toEqual([
      ...before.notEvaluated.map(({ path }) => path),
      'spec.rules[0].from[0].source.fromTheFuture',
    ]);
  });

  it('a host of 300 characters is nobody’s, and stands in the way of nothing', async () => {
    const { mtls } = await assess([
      object('DestinationRule', {
        host: 'x'.repeat(300),
        trafficPolicy: { tls: { mode: 'DISABLE' } },
      }),
    ]);
    expect(mtls.conflicts).toEqual([]);
    expect(mtls.notes).toEqual([]);
  });

  it.each(['Service', 'Pod'] as const)(
    'a %s that may not be listed is not one that is absent',
    async kind => {
      const { mtls, authorization } = await assess([], {
        states: {
          Service: { status: 'synced' },
          [kind]: { status: 'forbidden', message: `${kind}s: forbidden` },
          // Without pods, templates alone would tell the workloads.
          Deployment: { status: 'synced' },
        },
      });
      const unseen = mtls.workloads.length === 0;
      expect(mtls.status).toBe('unknown');
      expect(unseen ? mtls.message : `${kind}s: forbidden`).toContain(
        'forbidden',
      );
      expect(unseen ? authorization.otherwise : 'unknown').toBe('unknown');
    },
  );
});

const WORDS = [
  'selector',
  'matchLabels',
  'app',
  'mtls',
  'mode',
  'portLevelMtls',
  '8080',
  'action',
  'provider',
  'rules',
  'from',
  'source',
  'principals',
  'notPrincipals',
  'namespaces',
  'ipBlocks',
  'to',
  'operation',
  'paths',
  'methods',
  'ports',
  'when',
  'key',
  'values',
  'targetRefs',
  'targetRef',
  'host',
  'exportTo',
  'trafficPolicy',
  'tls',
  'portLevelSettings',
  'port',
  'number',
  'subsets',
  'name',
  'labels',
  'workloadSelector',
  'tracing',
  'accessLogging',
  'filter',
  'expression',
  'customTags',
  'header',
  'providers',
  'disabled',
  'match',
  'jwtRules',
  '__proto__',
  'constructor',
];
const VALUES = [
  'chat',
  'chat.ai.svc.cluster.local',
  '*',
  'STRICT',
  'DISABLE',
  'UNSET',
  'ALLOW',
  'DENY',
  'CUSTOM',
  'Service',
  'request.headers[x]',
  'source.ip',
  'source.principal',
  '/api/{*}/{**}',
  '{*}{**}{',
  'cluster.local/ns/ai/sa/*',
  '10.0.0.0/8',
  '.',
  '~',
  'CLIENT',
];

const { json } = fc.letrec(tie => ({
  json: fc.oneof(
    { maxDepth: 8, depthSize: 'large' },
    fc.constantFrom(...VALUES),
    fc.constantFrom(null, true, 0, 1, -1, 80, 8080, 1e308, ''),
    fc.string(),
    fc.array(tie('json'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...WORDS), tie('json')), { maxLength: 5 })
      .map(entries =>
        JSON.parse(
          `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
        ),
      ),
  ),
}));
const list = fc.array(json, { maxLength: 3 });

/** Half of the specs are for the service, so that what lies deeper is read. */
const spec = fc.oneof(
  json,
  fc.record({
    selector: fc.constant(own),
    host: fc.constant('chat'),
    mtls: json,
    portLevelMtls: json,
    action: fc.constantFrom('ALLOW', 'DENY', 'AUDIT', 'CUSTOM'),
    rules: fc.array(
      fc.record({
        from: fc.array(fc.record({ source: json }), { maxLength: 2 }),
        to: fc.array(fc.record({ operation: json }), { maxLength: 2 }),
        when: list,
      }),
      { maxLength: 2 },
    ),
    trafficPolicy: json,
    subsets: list,
    tracing: list,
    accessLogging: list,
    jwtRules: list,
  }),
);

it('never throws, and answers as the schema says, whatever the objects hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(
        ...(Object.keys(GROUPS) as Kind[]).map(kind =>
          spec.map(value => object(kind, value)),
        ),
      ),
      async objects => {
        expect((await assess(objects)).service.name).toBe('chat');
      },
    ),
    { numRuns: 400 },
  );
});
