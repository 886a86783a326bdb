import {
  canaryPlanSchema,
  type CanaryRequestInput,
} from '@ai-mesh/plugin-ai-mesh-common';
import { CountingPrometheus } from '../../canary/__testUtils__/CountingPrometheus';
import { EngineRig } from '../../canary/__testUtils__/EngineRig';
import { FakeCluster } from '../../canary/__testUtils__/FakeCluster';
import {
  gatesOfEveryKind,
  GATES_OF_EVERY_KIND,
} from '../../canary/__testUtils__/gatesOfEveryKind';
import { offerOf } from '../../canary/gates';
import { showCanary } from '../../canary/service/showCanary';
import { DatabaseCanaryStore } from '../../canary/store';
import {
  databaseService,
  testDatabases,
} from '../../canary/store/__testUtils__/testDatabases';
import { undescribed, type OpenApi } from '../__testUtils__/undescribed';
import { openApiDocument } from '../openApiDocument';
import { canaryOperations } from './canaryOperations';

const { databases } = testDatabases();

const document = openApiDocument([], canaryOperations) as unknown as OpenApi;

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What the document does not know of an answer. */
const unknownIn = (component: string, value: unknown, of = document) =>
  undescribed(of, { $ref: `#/${component}` }, asJson(value));

const planSchema = (of: OpenApi, path: string) =>
  of.paths[path].post.requestBody.content['application/json'].schema.properties!
    .plan;

/** A document without a field, wherever it stands. */
function without(field: string): OpenApi {
  const drop = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(drop);
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([name]) => name !== field)
            .map(([name, one]) => [name, drop(one)]),
        )
      : value;
  };
  return drop(document) as OpenApi;
}

describe('the OpenAPI document of canaries', () => {
  const setting: CanaryRequestInput['plan'] = {
    ...canaryPlanSchema.parse({}),
    steps: [5, 100],
    qualityGates: GATES_OF_EVERY_KIND,
    headerPhase: { headers: [{ name: 'x-beta', values: ['a', 'b'] }] },
    affinity: { cookie: 'ai-mesh-canary', maxAgeSeconds: 3600, secure: true },
  };

  it.each(['/v1/canaries', '/v1/canaries/preflight'])(
    'has every setting of a gate that a request to %s may name',
    path => {
      expect(
        undescribed(document, planSchema(document, path), setting),
      ).toEqual([]);
    },
  );

  it('would be missed a setting of a gate', () => {
    const of = without('slowShare');
    expect(undescribed(of, planSchema(of, '/v1/canaries'), setting)).toContain(
      '.gates.latencyP99.slowShare',
    );
  });

  it('has every gate that a form is offered', () => {
    const { gates, codeGates } = gatesOfEveryKind();
    const offers = [
      ...gates.map(offerOf),
      ...codeGates.map(({ offer }) => offer),
    ];
    expect(new Set(offers.map(({ kind }) => kind))).toEqual(
      new Set(['share', 'mean', 'value', 'code']),
    );
    const qualityGates = { qualityGates: offers };
    expect(unknownIn('CanaryOptions', qualityGates)).toEqual([]);
    expect(
      unknownIn('CanaryOptions', qualityGates, without('onlyPools')),
    ).toHaveLength(2);
  });

  describe('of a canary that is looked at', () => {
    let details: object;

    beforeAll(async () => {
      const knex = await databases.init('SQLITE_3');
      const cluster = new FakeCluster();
      const prometheus = new CountingPrometheus();
      cluster.prometheus = prometheus;
      const rig = new EngineRig(
        await DatabaseCanaryStore.create(databaseService(knex)),
        'replica-a',
        cluster,
      );
      prometheus.now = () => rig.now;
      rig.tools.gates = gatesOfEveryKind();
      await rig.running({
        intervalSeconds: 30,
        checkSeconds: 15,
        steps: [50, 100],
        qualityGates: GATES_OF_EVERY_KIND,
      });
      await rig.visits(45);
      details = {
        ...showCanary(await rig.record(), rig.now),
        transitions: await rig.history(),
      };
      await knex.destroy();
    }, 60_000);

    it('has every field of its verdict, its gates, their tests and their evidence, now and in its history', () => {
      const text = JSON.stringify(details);
      for (const field of ['"test"', '"meanTest"', '"growth"', '"judgedBy"']) {
        expect(text.split(field).length).toBeGreaterThan(2);
      }
      expect(unknownIn('CanaryDetails', details)).toEqual([]);
    });

    it.each([
      'meanTest',
      'judgedBy',
      'growth',
      'withinMargin',
      'interval',
      'rollBackWhen',
      'promql',
    ])('would be missed %s', field => {
      expect(
        unknownIn('CanaryDetails', details, without(field)).some(path =>
          path.endsWith(`.${field}`),
        ),
      ).toBe(true);
    });
  });
});
