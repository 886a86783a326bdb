import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { routedServices } from './routedServices';

const chat = { namespace: 'ai', name: 'chat' };

const route = (kind: string, namespace: string, rest: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: chat, namespace: ${namespace} }
spec:
${rest}`;

const split = (kind: string, namespace = 'ai', parent = 'chat') =>
  route(
    kind,
    namespace,
    `  parentRefs: [{ kind: Service, group: "", name: ${parent}, namespace: ai }]
  rules:
    - backendRefs:
        - { name: chat-v1, port: 8080, weight: 90 }
        - { name: chat-v2, port: 8080, weight: 10 }
        - { name: chat-far, namespace: shop, port: 8080 }`,
  );

const behindGateway = route(
  'HTTPRoute',
  'ai',
  `  parentRefs: [{ name: ingress }]
  rules:
    - backendRefs: [{ name: chat, port: 8080 }, { name: chat-v2, port: 8080 }]`,
);

const virtualService = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: chat, namespace: ai }
spec:
  hosts: [chat]
  http:
    - route:
        - { destination: { host: chat-v1 }, weight: 90 }
        - { destination: { host: chat-v2.ai.svc.cluster.local }, weight: 10 }
        - { destination: { host: api.example.com } }`;

describe('routedServices', () => {
  it.each<[string, string, string[]]>([
    ['an HTTPRoute', split('HTTPRoute'), ['chat-v1', 'chat-v2']],
    ['a GRPCRoute', split('GRPCRoute'), ['chat-v1', 'chat-v2']],
    ['a route of a gateway that names it', behindGateway, ['chat-v2']],
    ['a VirtualService', virtualService, ['chat-v1', 'chat-v2']],
    ["another namespace's route", split('HTTPRoute', 'shop'), []],
    ["another Service's route", split('HTTPRoute', 'ai', 'other'), []],
  ])('finds what %s names in its namespace', (_, object, names) => {
    expect(
      routedServices(snapshotFromYaml(object), chat).map(({ name }) => name),
    ).toEqual(names);
  });

  const toV2 = (rules: string) =>
    route(
      'HTTPRoute',
      'ai',
      `  parentRefs: [{ kind: Service, group: "", name: chat, namespace: ai }]
  rules: ${rules}`,
    );
  const virtual = (http: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: chat, namespace: ai }
spec: { hosts: [chat], http: ${http} }`;

  it.each<[string, string, string[]]>([
    [
      'share every request',
      toV2('[{ backendRefs: [{ name: chat-v1 }, { name: chat-v2 }] }]'),
      ['chat-v1', 'chat-v2'],
    ],
    [
      'are sent every request, as the Gateway API writes its default',
      toV2(
        '[{ matches: [{ path: { type: PathPrefix, value: / } }], backendRefs: [{ name: chat-v2 }] }]',
      ),
      ['chat-v2'],
    ],
    [
      'share a path with it',
      virtual(
        '[{ match: [{ uri: { prefix: /v1 } }], route: [{ destination: { host: chat }, weight: 90 }, { destination: { host: chat-v2 }, weight: 10 }] }]',
      ),
      ['chat-v2'],
    ],
    [
      'are another application behind a path',
      virtual(
        '[{ match: [{ uri: { prefix: /admin } }], route: [{ destination: { host: admin } }] }, { route: [{ destination: { host: chat } }] }]',
      ),
      [],
    ],
    [
      'are sent copies alone',
      virtual(
        '[{ route: [{ destination: { host: chat } }], mirrors: [{ destination: { host: shadow } }] }]',
      ),
      [],
    ],
    ['are behind a gateway, with it', behindGateway, []],
  ])('tells of those that %s', (_, object, names) => {
    expect(
      routedServices(snapshotFromYaml(object), chat)
        .filter(({ standsIn }) => standsIn)
        .map(({ name }) => name),
    ).toEqual(names);
  });
});
