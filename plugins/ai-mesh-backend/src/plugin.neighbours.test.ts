import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { CanaryPortal } from './__testUtils__/CanaryPortal';
import { component, until } from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(200_000);

const VIEWS = [
  ...['overview', 'topology?depth=3', 'routes', 'security', 'review', 'slos'],
  ...['traces', 'scorecard'],
];

interface Named {
  metadata: { namespace: string; name: string };
}
interface Service extends Named {
  spec: { selector?: Record<string, string> };
}
interface Workload extends Named {
  spec: { template: { metadata: { labels?: Record<string, string> } } };
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
    let readable = '';

    const entityOf = ({ namespace, name }: Named['metadata']) =>
      `owner-of-${Buffer.from(`${namespace}/${name}`).toString('hex')}`;
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
      portal = await CanaryPortal.start({
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
        entities: services.map(({ metadata }) =>
          component(entityOf(metadata), {
            'ai-mesh.io/service': `${metadata.namespace}/${metadata.name}`,
          }),
        ),
        policy: (_, permission, ref) =>
          permission === 'ai-mesh.read' && ref === readable,
        aiMesh: {
          neighbours: 'anonymous',
          ownership: { namespaces: [] },
          limits: { user: { perMinute: 10_000 } },
        },
      });
    });

    afterAll(async () => {
      await portal?.stop();
      await prometheus?.stop();
      await sandbox?.stop();
    });

    async function answersOf(service: Named): Promise<[string, string][]> {
      readable = refOf(service);
      const answers: [string, string][] = [];
      for (const view of VIEWS) {
        const { status, text } = await portal.http(
          'rita',
          'get',
          `/v1/entities/component/default/${entityOf(service.metadata)}/${view}`,
        );
        expect([view, status]).toEqual([view, 200]);
        answers.push([view, text]);
      }
      return answers;
    }

    it('reads no name of another’s Service, workload, entity or namespace in any view', async () => {
      const chat = services.find(
        ({ metadata }) => metadata.name === 'ai-chat-service',
      )!;
      await until(
        async () => (await answersOf(chat)).join(),
        text => text.includes('a service you may not see (2)'),
        90_000,
      );
      const found = new Set<string>();
      for (const own of services) {
        const { namespace, name } = own.metadata;
        const others = services.filter(one => one !== own);
        const names = new Set([
          ...others.map(({ metadata }) => metadata.name),
          ...others.map(({ metadata }) => entityOf(metadata)),
          ...workloads
            .filter(
              one =>
                !isBehind(one, own) &&
                others.some(service => isBehind(one, service)),
            )
            .map(({ metadata }) => metadata.name),
          ...others.map(({ metadata }) => metadata.namespace),
        ]);
        [name, namespace].forEach(one => names.delete(one));
        for (const [view, text] of await answersOf(own)) {
          for (const other of names) {
            const at = text.search(new RegExp(`(?<![\\w-])${other}(?![\\w-])`));
            if (at >= 0) {
              found.add(
                `${view} of ${name}: ${text.slice(Math.max(0, at - 60), at + 60)}`,
              );
            }
          }
        }
      }
      expect([...found]).toEqual([]);
    });
  },
);
