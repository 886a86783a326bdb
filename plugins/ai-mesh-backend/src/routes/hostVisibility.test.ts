import { meshOf, virtualService } from './__testUtils__/meshOf';
import { resolveRoutes } from './resolveRoutes';

const chat = { namespace: 'ai', name: 'chat' };

function document(kind: string, spec: object, metadata: object = {}): string {
  return `---\n${JSON.stringify({
    apiVersion: kind === 'Service' ? 'v1' : 'networking.istio.io/v1',
    kind,
    metadata: { namespace: 'ai', name: 'x', ...metadata },
    spec,
  })}\n`;
}

function service(name: string, exportTo: string): string {
  return document(
    'Service',
    {},
    {
      name,
      annotations: { 'networking.istio.io/exportTo': exportTo },
    },
  );
}

const routeTo = (host: string, exportTo?: string[]) =>
  virtualService('chat', {
    hosts: ['chat'],
    exportTo,
    http: [{ route: [{ destination: { host } }] }],
  });

describe('a host that a route sends to', () => {
  it.each<[string, string, string | undefined]>([
    [
      'a Service for everyone',
      routeTo('model') + service('model', '*'),
      'It has no endpoints.',
    ],
    [
      'a Service that is kept at home, from callers everywhere',
      routeTo('model') + service('model', '.'),
      'Callers outside ai do not see model.ai.svc.cluster.local: it is not exported to them (exportTo).',
    ],
    [
      'a Service that is kept at home, from callers there',
      routeTo('model', ['.']) + service('model', '.'),
      'It has no endpoints.',
    ],
    [
      'a Service for others',
      routeTo('model', ['.']) + service('model', 'shop, lab'),
      'Callers in ai do not see model.ai.svc.cluster.local: it is not exported to them (exportTo).',
    ],
    [
      'a Service for nobody',
      routeTo('model') + service('model', '~'),
      'model.ai.svc.cluster.local is exported to nobody (exportTo).',
    ],
    [
      'a ServiceEntry that is kept at home',
      routeTo('api.example.com') +
        document('ServiceEntry', {
          hosts: ['api.example.com'],
          exportTo: ['.'],
        }),
      'Callers outside ai do not see api.example.com: it is not exported to them (exportTo).',
    ],
    [
      'a ServiceEntry that is kept at home, beside one for all',
      routeTo('api.example.com') +
        document('ServiceEntry', {
          hosts: ['api.example.com'],
          exportTo: ['.'],
        }) +
        document(
          'ServiceEntry',
          { hosts: ['*.example.com'] },
          { namespace: 'shop' },
        ),
      undefined,
    ],
  ])('is %s', (_, yaml, problem) => {
    const { rules } = resolveRoutes(meshOf(yaml), chat);
    expect(rules[0].destinations[0].problem).toBe(problem);
  });

  it('that callers address themselves is known to all who come to the rule', () => {
    const { rules } = resolveRoutes(
      meshOf(routeTo('chat') + service('chat', '.'), { services: {} }),
      chat,
    );
    expect(rules[0].destinations[0].problem).toBe('It has no endpoints.');
  });
});

describe('a Sidecar', () => {
  const sidecar = (
    hosts: string[] | undefined,
    metadata: object = {},
    more: object = {},
  ) =>
    document(
      'Sidecar',
      { ...(hosts && { egress: [{ hosts }] }), ...more },
      metadata,
    );
  const hidden = (yaml: string) =>
    resolveRoutes(meshOf(yaml), chat)
      .notes.filter(({ kind }) => kind === 'hidden-by-sidecar')
      .map(({ message }) => message.split(':')[0]);

  it.each<[string, string, string[]]>([
    ['imports all', sidecar(['*/*']), []],
    ['says nothing of egress', sidecar(undefined), []],
    ['imports its own namespace', sidecar(['./*']), []],
    ['imports the host by name', sidecar(['ai/chat.ai.svc.cluster.local']), []],
    [
      'imports the host by a wildcard',
      sidecar(['*/*.ai.svc.cluster.local']),
      [],
    ],
    [
      'imports others',
      sidecar(['istio-system/*']),
      [
        'Sidecar ai/x does not let workloads in ai see chat.ai.svc.cluster.local',
      ],
    ],
    [
      'imports nothing',
      sidecar(['~/*']),
      [
        'Sidecar ai/x does not let workloads in ai see chat.ai.svc.cluster.local',
      ],
    ],
    [
      'takes the namespace away again',
      sidecar(['*/*', '~ai/*']),
      [
        'Sidecar ai/x does not let workloads in ai see chat.ai.svc.cluster.local',
      ],
    ],
    [
      'is for selected workloads',
      sidecar(
        ['istio-system/*'],
        {},
        {
          workloadSelector: { labels: { app: 'a' } },
        },
      ),
      [
        'Sidecar ai/x does not let the workloads that its workloadSelector names in ai see chat.ai.svc.cluster.local',
      ],
    ],
    [
      'of the whole mesh lets everybody see their own namespace',
      sidecar(['./*', 'istio-system/*'], { namespace: 'istio-system' }),
      [
        'Sidecar istio-system/x does not let workloads in every namespace that has no Sidecar of its own see chat.ai.svc.cluster.local',
      ],
    ],
    [
      'of a namespace that has nothing to do with it',
      sidecar(['./*'], { namespace: 'shop' }),
      [],
    ],
  ])('that %s', (_, yaml, expected) => {
    expect(hidden(yaml)).toEqual(expected);
  });
});
