import {
  known,
  unknown,
  wording,
  type FleetCanary,
  type QueryTrace,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { isForgotten } from '../__testUtils__/isForgotten';
import { canaryOf, entity } from './__testUtils__/fleetOfNames';
import type { FleetEntity } from './FleetEntities';
import type { FleetLook } from './FleetLook';
import type { FleetPeer } from './FleetPeer';
import { FleetService, type FleetTools } from './FleetService';

const now = new Date('2026-01-01T00:00:00Z');
const nothing = unknown('no-traffic');
const canary = (id: string, more: Partial<FleetCanary> = {}) =>
  canaryOf('s1', { id, ...more });

const peer = (name: string): FleetPeer => ({
  kind: 'service',
  cluster: 'shop',
  namespace: 'ai',
  name,
});

function fleetOf(options: {
  entities: readonly FleetEntity[] | Promise<readonly FleetEntity[]>;
  /** Is told what is looked at. */
  onLook?: (look: FleetLook) => void;
  /** Is told when the last hour is asked for. */
  onPast?: () => void;
  origins?: Awaited<ReturnType<FleetLook['mesh']['origins']>>;
  whyNoCalls?: FleetLook['mesh']['whyNoCalls'];
  conceals?: boolean;
  queries?: FleetLook['queries'];
  hidden?: readonly { clusters: string[]; namespace: string; name: string }[];
  message?: string;
  veil?: FleetTools['veil'];
  canaries?: readonly FleetCanary[];
}) {
  const asked: [number, Words | undefined][] = [];
  const fleet = new FleetService({
    entities: { of: async () => options.entities },
    look: async () => {
      const look: FleetLook = {
        mesh: {
          stateOf: (services, whyNone) => {
            asked.push([services.length, whyNone]);
            return {
              traffic: {
                requestsPerSecond: nothing,
                requestCount: nothing,
                errorRatio: nothing,
                p95: nothing,
              } as never,
              health: { status: 'failing', message: options.message ?? '' },
              encryption: nothing,
            };
          },
          whyNoCalls: options.whyNoCalls,
          origins: async () => options.origins ?? [],
        },
        past: async () => {
          options.onPast?.();
          const { queries = [] } = options;
          return { hours: { of: () => nothing }, queries };
        },
        controlPlanes: [],
        sources: [{ name: 'prometheus', cluster: 'shop', status: 'ok' }],
        queries: options.queries ?? [],
      };
      options.onLook?.(look);
      return look;
    },
    controlPlane: () => ({ root: nothing, rejecting: nothing }),
    levels: [],
    conceals: options.conceals ?? true,
    hiddenAmong: async peers => {
      const names = new Set(peers.map(({ name }) => name));
      return options.hidden?.filter(({ name }) => names.has(name)) ?? [];
    },
    ...(options.veil && { veil: options.veil }),
  });
  const reader = {
    credentials: mockCredentials.user(),
    canaries: known(options.canaries ?? []),
    now,
  };
  const page = () =>
    fleet.fleet({ limit: 200, sort: 'name', failing: 'false' }, reader);
  return {
    asked,
    page,
    rows: async () => (await page()).rows,
    hurting: () => fleet.hurting({ failing: 'false' }, reader),
    origins: async () => {
      const { origins } = await fleet.hurting({ failing: 'false' }, reader);
      return origins.status === 'known' ? origins.value : [];
    },
  };
}

describe('origins', () => {
  const origin = (name: string, reason: string) => ({
    peer: peer(name),
    reason,
    confidence: 'likely' as const,
    suffering: [peer('s1')],
  });
  const hidden = (name: string) => ({
    clusters: ['shop'],
    namespace: 'ai',
    name,
  });

  it.each([
    ['itself', origin('secret', 'It fails.'), false, undefined],
    [
      'another in its reason',
      origin('s1', 'It and secret fail for each other.'),
      true,
      undefined,
    ],
    [
      'one whose name is in another word',
      origin('s1', 'It is top-secrets’ fault, and of secrets.'),
      true,
      'It is top-secrets’ fault, and of secrets.',
    ],
    ['nobody', origin('s1', 'It fails.'), true, 'It fails.'],
    [
      'a waypoint, which is no end of a call',
      origin('s1', 'No pod of the waypoint ai/secret is ready.'),
      true,
      undefined,
    ],
  ])('that hide %s', async (_, one, isNamed, reason) => {
    const [told] = await fleetOf({
      entities: [entity('s1')],
      origins: [one],
      hidden: [hidden('secret')],
    }).origins();
    expect([told.node !== undefined, told.reason]).toEqual([isNamed, reason]);
  });

  it('are unknown where nobody knows who calls whom, though Prometheus answers', async () => {
    const whyNoCalls = unknown('not-configured', 'It is too large.');
    const { origins } = await fleetOf({
      entities: [entity('s1')],
      whyNoCalls,
    }).hurting();
    expect(origins).toEqual(whyNoCalls);
  });

  it('are compared with the hidden names once each, however many there are', async () => {
    let read = 0;
    const counted = (name: string) => ({
      ...hidden(name),
      get name() {
        read += 1;
        return name;
      },
    });
    const many = 3000;
    const told = await fleetOf({
      entities: [entity('s1')],
      origins: Array.from({ length: many }, (_, n) =>
        origin(`o${n}`, `It and h${n} fail for each other.`),
      ),
      hidden: Array.from({ length: many }, (_, n) => counted(`h${n}`)),
    }).origins();
    expect(told).toHaveLength(many);
    expect(read).toBeLessThanOrEqual(3 * many);
  });
});

describe('rows', () => {
  it('show the canary to look at first, of the entity or of its Service, whoever asked for it', async () => {
    const other = { entityRef: 'component:default/other' };
    const rows = await fleetOf({
      entities: [entity('s1'), entity('s2'), entity('s3')],
      canaries: [
        canary('moves'),
        canary('waits', { ...other, waiting: true }),
        canary('mine', {
          entityRef: 'component:default/s2',
          service: { cluster: 'shop', namespace: 'ai', name: 'gone' },
        }),
      ],
    }).rows();
    expect(
      rows.map(row => row.canary.status === 'known' && row.canary.value?.id),
    ).toEqual(['waits', 'mine', undefined]);
  });

  it('have the last hour asked for while the catalog is', async () => {
    let answer: (entities: readonly FleetEntity[]) => void;
    const entities = new Promise<readonly FleetEntity[]>(resolve => {
      answer = resolve;
    });
    // Would wait for ever were it asked for after.
    const onPast = () => answer([entity('s1')]);
    expect(await fleetOf({ entities, onPast }).rows()).toHaveLength(1);
  });

  it('are there for an annotation that is too wide, and say so', async () => {
    const tooWide = wording('target.tooWide', { count: 51, most: 50 });
    const { asked, rows } = fleetOf({
      entities: [entity('s1', { services: [], tooWide })],
    });
    expect(await rows()).toHaveLength(1);
    expect((await rows())[0]).not.toHaveProperty('tooWide');
    expect(asked[0]).toEqual([0, tooWide]);
  });

  it('are kept for no mesh that is gone, though their reader’s entities are', async () => {
    const looked: WeakRef<object>[] = [];
    const entities = [entity('s1')];
    const { rows } = fleetOf({
      entities,
      onLook: ({ mesh }) => looked.push(new WeakRef(mesh)),
    });
    await rows();
    expect(await isForgotten(looked[0])).toBe(true);
    expect(entities).toHaveLength(1);
  });
});

describe('health', () => {
  it('names nobody whom the reader may not see', async () => {
    const about: unknown[] = [];
    const { rows, hurting } = fleetOf({
      entities: [entity('s1')],
      message: 'No pod of the waypoint ai/secret is ready.',
      veil: async (healths, { clusters }) => {
        about.push(clusters.map(({ services }) => services[0].name));
        return healths.map(health => ({
          ...health,
          message: health.message.replace('secret', 'somebody'),
        }));
      },
    });
    const told = {
      status: 'failing',
      message: 'No pod of the waypoint ai/somebody is ready.',
    };
    expect((await rows()).map(({ health }) => health)).toEqual([told]);
    const { worst } = (await hurting()).unwell;
    expect(worst.map(({ health }) => health)).toEqual([told]);
    expect(about).toEqual([['s1'], ['s1']]);
  });
});

describe('queries', () => {
  const query: QueryTrace = {
    id: 'requests',
    cluster: 'shop',
    promql: 'a{destination_service_namespace=~"ai|secret"}',
    warnings: [],
  };

  it.each([
    [true, 'a{destination_service_namespace=~"ai|hidden"}'],
    [false, query.promql],
  ])(
    'name no namespace where the reader sees nothing, where that is not to be named: %s',
    async (conceals, promql) => {
      const { page, hurting } = fleetOf({
        entities: [entity('s1')],
        queries: [query],
        conceals,
      });
      expect((await page()).queries.map(one => one.promql)).toEqual([
        promql,
        promql,
      ]);
      expect((await hurting()).queries).toEqual([{ ...query, promql }]);
    },
  );
});
