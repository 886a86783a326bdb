import {
  findingCodeSchema,
  reviewSchema,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  component,
  startPortal,
  until,
  type Portal,
} from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(240_000);

/** What the review finds in the demo, service by service: its messages, each as often as it is found. */
const expected: Record<string, string[]> = {
  'ai-services/ai-chat-service': [
    'AIM101',
    'AIM103',
    'AIM103.gatewayError',
    'AIM106',
    'AIM202',
    'AIM207.single',
    'AIM401.blocked',
    'AIM405.plaintextCaller',
  ],
  'ai-services/ai-orchestrator': [
    'AIM201',
    'AIM204.missing',
    'AIM401.ready',
    'AIM404.missing',
  ],
  'ai-services/api-gateway': [
    'AIM106',
    'AIM201',
    'AIM204.missing',
    'AIM401.ready',
    'AIM404.missing',
  ],
  'ai-services/llm-gateway-service': [
    'AIM101',
    'AIM106',
    'AIM202',
    'AIM206',
    'AIM401.ready',
    'AIM404.missing',
    'AIM411.rule',
    'AIM411.rule',
  ],
  'ai-services/local-model-service': [
    'AIM101',
    'AIM106',
    'AIM201',
    'AIM204.missing',
    'AIM401.ready',
    'AIM404.missing',
  ],
  'ai-services/qa-service': [
    'AIM101',
    'AIM106',
    'AIM201',
    'AIM204.missing',
    'AIM401.ready',
    'AIM404.missing',
  ],
  'ai-services/vector-store': [
    'AIM101',
    'AIM106',
    'AIM201',
    'AIM206',
    'AIM401.ready',
    'AIM404.missing',
  ],
  'ai-lab/translation-service': [
    'AIM102',
    'AIM104',
    'AIM105',
    'AIM203.capacity',
    'AIM205',
    'AIM206',
    'AIM302.unreachable',
    'AIM304',
    'AIM305',
    'AIM306',
    'AIM401.ready',
    'AIM404.missing',
    'AIM501',
    'AIM502.none',
    'AIM503',
  ],
  'ai-lab/summary-service': [
    'AIM206',
    'AIM301.host',
    'AIM301.subset',
    'AIM303',
    'AIM401.ready',
    'AIM402',
    'AIM403',
    'AIM405.bypass',
    'AIM414.namespace',
    'AIM501',
    'AIM502.none',
    'AIM503',
    'AIM601.noTls',
    'AIM701',
  ],
};

const services = Object.keys(expected);

/** What the demo's mesh does well. An instance of each is in the tables of the review's own tests. */
const notInTheDemo = new Set([
  'AIM307',
  'AIM308',
  'AIM309',
  'AIM310',
  'AIM311',
  'AIM312',
  'AIM313',
  'AIM314',
  'AIM315',
  'AIM316',
  'AIM317',
  'AIM412',
  'AIM413',
  'AIM415',
  'AIM801',
  'AIM802',
  'AIM803',
  'AIM804',
  'AIM805',
  'AIM806',
  'AIM807',
  'AIM407',
  'AIM408',
  'AIM409',
  'AIM410',
]);

describeWithPrometheus('the review of the demo', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let portal: Portal;
  let reviews: Map<string, Review>;

  beforeAll(async () => {
    sandbox = await startSandbox();
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    portal = await startPortal(
      [
        {
          name: 'shop',
          kubernetes: {
            url: sandbox.kubernetes,
            serviceAccountToken: sandbox.tokens.reader,
          },
          prometheus: { url: prometheus.url, cacheTtl: '0s' },
          kiali: { url: sandbox.kiali },
        },
      ],
      services.map(service => {
        const entity = component(service.split('/')[1], {
          'ai-mesh.io/service': service,
          'ai-mesh.io/source': 'https://bot:token@git.example.com/acme/mesh',
        });
        // Whose Services ai-lab's are stands on its namespace.
        return {
          ...entity,
          relations: [
            { type: 'ownedBy', targetRef: 'group:default/ai-platform' },
          ],
        };
      }),
      { security: { lookBack: '1m' } },
    );
    const reviewAll = async () =>
      new Map(
        await Promise.all(
          services.map(async (service): Promise<[string, Review]> => {
            const { body } = await portal.read(
              `${service.split('/')[1]}/review`,
            );
            return [service, reviewSchema.parse(body)];
          }),
        ),
      );
    // Until there are requests enough for every p99, and callers for every service.
    reviews = await until(
      reviewAll,
      all =>
        [...all.values()].every(({ notJudged }) =>
          notJudged.every(({ reason }) => reason === 'not-exported'),
        ),
      180_000,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  it.each(services)('finds in %s what is to be found, and no more', service => {
    const { findings, unreadable } = reviews.get(service)!;
    expect(findings.map(({ messageKey }) => messageKey).sort()).toEqual(
      expected[service],
    );
    expect(unreadable).toEqual([]);
  });

  it('finds an instance of every code but those of what the demo does well', () => {
    const found = [...reviews.values()].flatMap(({ findings }) =>
      findings.map(({ code }) => code),
    );
    expect([...new Set(found)].sort()).toEqual(
      findingCodeSchema.options.filter(code => !notInTheDemo.has(code)).sort(),
    );
  });

  it("finds the scenario's two traps", () => {
    const { findings } = reviews.get('ai-services/ai-chat-service')!;
    const find = (code: string) => findings.find(one => one.code === code);
    expect(find('AIM103')).toMatchObject({
      path: 'spec.http[0].retries.retryOn',
      params: { conditions: 'retriable-4xx' },
      severity: 'high',
    });
    expect(find('AIM202')).toMatchObject({
      path: 'spec.trafficPolicy.outlierDetection.consecutive5xxErrors',
      params: { any: 5, gateway: 5 },
    });
  });

  it('says of each fix where its object is kept: by the entity, since nothing tracks the demo', () => {
    const fixes = [...reviews.values()].flatMap(({ findings }) =>
      findings.flatMap(({ fix }) => fix ?? []),
    );
    expect(fixes.length).toBeGreaterThan(0);
    for (const { source } of fixes) {
      expect(source).toMatchObject({
        status: 'known',
        knownBy: 'entity',
        repository: 'https://git.example.com/acme/mesh',
      });
    }
  });

  it('names the batch job as what keeps the chat service from STRICT', () => {
    const { findings } = reviews.get('ai-services/ai-chat-service')!;
    expect(
      findings.find(({ messageKey }) => messageKey === 'AIM401.blocked')
        ?.params,
    ).toMatchObject({ callers: 'ai-services/nightly-embedding-job' });
  });

  it.each(services)(
    'answers %s in seven questions, with what they name',
    service => {
      const { queries, sources, objects, findings } = reviews.get(service)!;
      expect(queries).toHaveLength(7);
      expect(sources.map(({ name, status }) => `${name} ${status}`)).toEqual([
        'kubernetes ok',
        'prometheus ok',
        'kiali ok',
      ]);
      expect(objects.map(({ ref }) => `${ref.kind} ${ref.name}`)).toEqual(
        expect.arrayContaining(
          findings.map(({ object }) => `${object.kind} ${object.name}`),
        ),
      );
    },
  );
});
