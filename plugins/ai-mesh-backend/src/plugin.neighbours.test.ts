import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  canaryListSchema,
  canaryOptionsSchema,
  contestedClaimsSchema,
  factsListSchema,
  factsSchema,
  fixRequestsSchema,
  fleetHurtingSchema,
  fleetSchema,
  mayCallSchema,
  modelsInUseSchema,
  overviewSchema,
  replaySchema,
  reviewSchema,
  routesSchema,
  scorecardSchema,
  securitySchema,
  slosSchema,
  topologySchema,
  tracesSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type { z } from 'zod';
import { CanaryPortal, type Person } from './__testUtils__/CanaryPortal';
import { actionInputs } from './__testUtils__/hostile/actionAttacks';
import { routeAttacks } from './__testUtils__/hostile/routeAttacks';
import { component, until } from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(400_000);

const VIEWS = {
  overview: overviewSchema,
  'topology?depth=3': topologySchema,
  routes: routesSchema,
  security: securitySchema,
  review: reviewSchema,
  slos: slosSchema,
  traces: tracesSchema,
  scorecard: scorecardSchema,
} as const;

/** Asked of one entity only: they take long, or have little to tell in this mesh. */
const OF_ONE = {
  'topology/replay': replaySchema,
  'requests?kind=strict': fixRequestsSchema,
  facts: factsSchema,
  canaries: canaryListSchema,
  'canaries/options': canaryOptionsSchema,
} as const;

/** Asked of a System, whose components are everybody's. */
const OF_SYSTEM = {
  'topology?depth=3': topologySchema,
  'topology/replay?depth=3': replaySchema,
} as const;

/** How each tool of assistants is asked about an entity; those of one canary take its id. */
const TOOLS: Record<string, JsonObject> = {
  overview: {},
  'where-does-it-hurt': { depth: 3 },
  findings: { atLeast: 'note' },
  'slo-status': {},
  facts: {},
  'canary-options': {},
  'canary-status': {},
};

/** What is about one canary, or changes one, is concealed by one desk: see `http/canaries/VeiledCanaryDesk.test.ts`. */
const OF_ONE_CANARY = [
  'get /v1/canaries/{id}',
  'get /v1/canaries/{id}/transitions',
  'post /v1/canaries',
  'post /v1/canaries/preflight',
  'post /v1/canaries/{id}/actions',
];
const TOOLS_OF_ONE_CANARY = [
  'explain-verdict',
  'request-canary',
  'pause-canary',
  'roll-back-canary',
];

/** Files, which are refused where they would have to name another's. */
const FILES = ['slos/rules', 'slos/dashboard'];

/** What is about all that the reader may see. */
const ALL = {
  '/v1/canaries': canaryListSchema,
  '/v1/facts': factsListSchema,
  '/v1/models': modelsInUseSchema,
  '/v1/fleet': fleetSchema,
  '/v1/fleet/hurting': fleetHurtingSchema,
  '/v1/ownership/contested': contestedClaimsSchema,
} as const;

interface Named {
  metadata: { namespace: string; name: string };
}
interface Service extends Named {
  spec: { selector?: Record<string, string> };
}
interface Workload extends Named {
  spec: { template: { metadata: { labels?: Record<string, string> } } };
}

interface Pod {
  metadata: Named['metadata'] & { labels?: Record<string, string> };
}

/** One that no Service selects belongs to nobody, and everybody may see it. */
const isBehind = ({ metadata, spec }: Workload, service: Service) => {
  const { labels = {} } = spec.template.metadata;
  const wanted = Object.entries(service.spec.selector ?? {});
  return (
    metadata.namespace === service.metadata.namespace &&
    wanted.length > 0 &&
    wanted.every(([key, value]) => labels[key] === value)
  );
};

describeWithPrometheus(
  'a reader of one entity, where neighbours are anonymous',
  () => {
    let sandbox: RunningSandbox;
    let prometheus: RealPrometheus;
    let portal: CanaryPortal;
    let services: Service[];
    let workloads: Workload[];
    let pods: Workload[];

    const entityOf = ({ namespace, name }: Named['metadata']) =>
      `owner-of-${Buffer.from(`${namespace}/${name}`).toString('hex')}`;
    const readerOf = ({ metadata }: Named) =>
      `reader-of-${entityOf(metadata)}` as Person;
    const refOf = ({ metadata }: Named) =>
      stringifyEntityRef(component(entityOf(metadata), {}));

    beforeAll(async () => {
      sandbox = await startSandbox();
      prometheus = await startScrapingPrometheus(sandbox.metrics);
      const list = async <T>(path: string): Promise<T[]> => {
        const response = await fetch(`${sandbox.kubernetes}${path}`, {
          headers: { Authorization: `Bearer ${sandbox.tokens.reader}` },
        });
        return ((await response.json()) as { items: T[] }).items;
      };
      services = await list<Service>('/api/v1/services');
      workloads = [
        ...(await list<Workload>('/apis/apps/v1/deployments')),
        ...(await list<Workload>('/apis/apps/v1/statefulsets')),
      ];
      pods = (await list<Pod>('/api/v1/pods')).map(({ metadata }) => ({
        metadata,
        spec: { template: { metadata } },
      }));
      portal = await CanaryPortal.start({
        features: [actionsRegistryServiceFactory],
        clusters: [
          {
            name: 'shop',
            kubernetes: {
              url: sandbox.kubernetes,
              serviceAccountToken: sandbox.tokens.reader,
            },
            prometheus: { url: prometheus.url },
            kiali: { url: sandbox.kiali },
            tracing: { type: 'jaeger', url: sandbox.jaeger },
          },
        ],
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'System',
            metadata: { namespace: 'default', name: 'everything' },
          },
          ...services.map(({ metadata }) => ({
            ...component(entityOf(metadata), {
              'ai-mesh.io/service': `${metadata.namespace}/${metadata.name}`,
            }),
            relations: [
              { type: 'partOf', targetRef: 'system:default/everything' },
            ],
          })),
        ],
        // What a reader was just allowed to see is kept for some seconds: each entity has a reader of its own.
        policy: (person, permission, ref) =>
          permission === 'ai-mesh.read' &&
          services.some(
            service => readerOf(service) === person && refOf(service) === ref,
          ),
        aiMesh: {
          neighbours: 'anonymous',
          ownership: { namespaces: [] },
          facts: { period: '10s' },
          limits: {
            user: { perMinute: 10_000 },
            entity: { perMinute: 10_000 },
          },
        },
      });
    });

    afterAll(async () => {
      await portal?.stop();
      await prometheus?.stop();
      await sandbox?.stop();
    });

    const entityPath = ({ metadata }: Named) =>
      `/v1/entities/component/default/${entityOf(metadata)}`;

    const chatService = () =>
      services.find(({ metadata }) => metadata.name === 'ai-chat-service')!;

    async function answersOf(
      service: Named,
      views: Readonly<Record<string, z.ZodType>>,
      base = `${entityPath(service)}/`,
    ): Promise<[string, string][]> {
      const answers: [string, string][] = [];
      for (const [view, schema] of Object.entries(views)) {
        const { status, text, body } = await portal.http(
          readerOf(service),
          'get',
          `${base}${view}`,
        );
        expect([view, status]).toEqual([view, 200]);
        // Whatever is hidden, the answer is one that a screen can read.
        expect([view, schema.safeParse(body).error?.issues]).toEqual([
          view,
          undefined,
        ]);
        answers.push([view, text]);
      }
      return answers;
    }

    async function filesOf(service: Named): Promise<[string, string][]> {
      const answers: [string, string][] = [];
      for (const file of FILES) {
        const { status, text } = await portal.http(
          readerOf(service),
          'get',
          `${entityPath(service)}/${file}`,
        );
        expect([200, 403, 404]).toContain(status);
        answers.push([file, text]);
      }
      return answers;
    }

    /** What answers about one's own Service tell of others'. */
    function namesIn(own: Service, answers: [string, string][]): string[] {
      const { namespace, name } = own.metadata;
      const others = services.filter(one => one !== own);
      const names = new Set([
        ...others.map(({ metadata }) => metadata.name),
        ...others.map(({ metadata }) => entityOf(metadata)),
        ...[...workloads, ...pods]
          .filter(
            one =>
              !isBehind(one, own) &&
              others.some(service => isBehind(one, service)),
          )
          .map(({ metadata }) => metadata.name),
        ...others.map(({ metadata }) => metadata.namespace),
      ]);
      [name, namespace].forEach(one => names.delete(one));
      return answers.flatMap(([view, text]) =>
        [...names].flatMap(other => {
          // A query's pattern goes on behind a dash; another object's name does, too.
          const at = text.search(
            new RegExp(`(?<!\\w|\\w-)${other}(?!\\w|-\\w)`),
          );
          return at < 0
            ? []
            : `${view} of ${name}: ${text.slice(Math.max(0, at - 60), at + 60)}`;
        }),
      );
    }

    it('reads no name of another’s Service, workload, pod, entity or namespace on any route', async () => {
      const chat = chatService();
      await until(
        async () => (await answersOf(chat, VIEWS)).join(),
        text => text.includes('a service you may not see (2)'),
        90_000,
      );
      const found = namesIn(chat, [
        ...(await answersOf(chat, OF_ONE)),
        ...(await answersOf(chat, ALL, '')),
        ...(await filesOf(chat)),
      ]);
      for (const own of services) {
        found.push(...namesIn(own, await answersOf(own, VIEWS)));
      }
      expect([...new Set(found)]).toEqual([]);
    });

    it('reads on a System’s routes no name of a component that may not be seen', async () => {
      const chat = chatService();
      const topologyIn = ([[, text]]: [string, string][]) =>
        topologySchema.parse(JSON.parse(text));
      // Who calls it is known once it has been called for a while.
      const found = await until(
        () =>
          answersOf(chat, OF_SYSTEM, '/v1/entities/system/default/everything/'),
        answers => topologyIn(answers).nodes.length > 1,
        60_000,
      );
      const topology = topologyIn(found);
      expect(
        topology.nodes.flatMap(({ relation, name }) =>
          relation === 'own' ? name : [],
        ),
      ).toEqual([chat.metadata.name]);
      expect(topology.sources).toContainEqual(
        expect.objectContaining({
          name: 'catalog',
          status: 'partial',
          message: expect.stringContaining(
            `${services.length - 1} of the System's components`,
          ),
        }),
      );
      expect(namesIn(chat, found)).toEqual([]);
    });

    it('asks every route and every tool that there is', () => {
      const entity = 'get /v1/entities/{kind}/{namespace}/{name}';
      const paths = [
        ...Object.keys({ ...VIEWS, ...OF_ONE }).map(one => one.split('?')[0]),
        ...FILES,
        'security/may-call',
      ];
      expect(
        [
          ...paths.map(path => `${entity}/${path}`),
          ...Object.keys(ALL).map(path => `get ${path}`),
          'post /v1/facts',
          // Repeats what the review, which is asked, names of its findings.
          'post /v1/entities/{kind}/{namespace}/{name}/requests',
          'post /v1/entities/{kind}/{namespace}/{name}/review/applications',
          'post /v1/entities/{kind}/{namespace}/{name}/review/applications/{id}/actions',
          'get /v1/openapi.json',
          ...OF_ONE_CANARY,
        ].sort(),
      ).toEqual(Object.keys(routeAttacks).sort());
      expect(
        [...Object.keys(TOOLS), 'may-call', ...TOOLS_OF_ONE_CANARY].sort(),
      ).toEqual(Object.keys(actionInputs).sort());
    });

    const invoke = (reader: Person, tool: string, input: object) =>
      portal.http(
        reader,
        'post',
        `/.backstage/actions/v1/actions/ai-mesh:${tool}/invoke`,
        input,
      );

    it('hears of none from any tool of assistants, nor among facts of many', async () => {
      const chat = chatService();
      const reader = readerOf(chat);
      const answers: [string, string][] = [];
      for (const [tool, input] of Object.entries(TOOLS)) {
        const { status, text } = await invoke(reader, tool, {
          entityRef: refOf(chat),
          ...input,
        });
        expect([tool, status]).toEqual([tool, 200]);
        answers.push([tool, text]);
      }
      const { body, text } = await portal.http(reader, 'post', '/v1/facts', {
        entityRefs: services.map(refOf),
      });
      expect(body.items).toHaveLength(services.length);
      expect(body.items.filter(Boolean)).toMatchObject([
        { entityRef: refOf(chat) },
      ]);
      expect(namesIn(chat, [...answers, ['post facts', text]])).toEqual([]);
    });

    it('cannot tell by asking who may call whether there is somebody of a name', async () => {
      const chat = chatService();
      const reader = readerOf(chat);
      const others = workloads.filter(
        one =>
          !isBehind(one, chat) &&
          services.some(service => isBehind(one, service)),
      );
      expect(others.length).toBeGreaterThan(3);
      const { cluster, namespace, name } = {
        cluster: 'shop',
        ...chat.metadata,
      };
      const ask = async (caller: Record<string, string>) => {
        const question = { cluster, namespace, method: 'POST', ...caller };
        const query = new URLSearchParams({ ...question, service: name });
        const read = await portal.http(
          reader,
          'get',
          `${entityPath(chat)}/security/may-call?${query}`,
        );
        expect([read.status, mayCallSchema.safeParse(read.body).error]).toEqual(
          [200, undefined],
        );
        const told = await invoke(reader, 'may-call', {
          ...question,
          service: name,
          entityRef: refOf(chat),
        });
        expect(told.status).toBe(200);
        return [read.text, told.text];
      };
      for (const { metadata } of others) {
        const asWorkload = (workload: string) =>
          ask({
            callerNamespace: metadata.namespace,
            callerWorkload: workload,
          });
        const asAccount = (account: string) =>
          ask({
            principal: `cluster.local/ns/${metadata.namespace}/sa/${account}`,
          });
        for (const asked of [asWorkload, asAccount]) {
          const present = await asked(metadata.name);
          expect(present).toEqual(await asked('nobody-is-called-so'));
          expect(
            namesIn(
              chat,
              present.map(text => ['may-call', text]),
            ),
          ).toEqual([]);
        }
      }
    });
  },
);
