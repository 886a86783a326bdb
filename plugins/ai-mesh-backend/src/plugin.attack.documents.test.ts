import { overviewSchema, slosSchema } from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import {
  attackDocuments,
  sloDocument,
  sloDocuments,
} from './__testUtils__/attackDocuments';
import {
  clusterOn,
  component,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { ClusterObject } from './__testUtils__/ClusterObject';
import { StallProbe } from './__testUtils__/StallProbe';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(120_000);

const LONGEST_STALL_MS = 200;
const LARGEST_ANSWER = 1_000_000;
const VIEWS = ['slos', 'overview', 'slos/rules', 'slos/dashboard'];

const documents: [string, string][] = [
  ...Object.values(attackDocuments).map(({ text }, n): [string, string] => [
    `attack-${n}`,
    text,
  ]),
  ['eighteen', sloDocuments(18)],
  ['two-hundred', sloDocuments(200)],
  ['too-many', sloDocuments(240)],
  ['dear', sloDocument('dear', { total: 'wide_total' })],
  [
    'theirs',
    [
      'a_total{namespace="others"}',
      'sum(rate(a_total{namespace=~".*"}[5m]) or rate(a_total[5m]))',
    ]
      .map((total, n) => sloDocument(`theirs-${n}`, { total }))
      .join('---\n'),
  ],
];

describeWithPrometheus('a file of an entity’s owner', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let portal: Portal;
  let folder: string;
  const probe = new StallProbe();

  beforeAll(async () => {
    const now = Math.floor(Date.now() / 1000);
    const minutes = Array.from({ length: 61 }, (_, minute) => minute);
    const counter = (metric: string, labels: string, perMinute: number) =>
      minutes.map(
        minute =>
          `${metric}{${labels}} ${minute * perMinute} ${now - (60 - minute) * 60}`,
      );
    const pod = 'pod="llm-gateway-service-7d9f-x2b4d"';
    const ours = `tenant="mine",namespace="ai-services",${pod}`;
    const others = [
      `tenant="theirs",namespace="ai-services",${pod}`,
      `tenant="mine",namespace="others",${pod}`,
      ...['qa-service-7d9f-x2b4d', 'llm-gateway-service-agent-x2b4d', ''].map(
        name => `tenant="mine",namespace="ai-services",pod="${name}"`,
      ),
    ];
    const samples = [
      ...counter('a_total', ours, 60),
      ...counter('bad_total', ours, 3),
      ...others.flatMap(labels => counter('a_total', labels, 7777)),
      ...Array.from(
        { length: 60 },
        (_, n) => `wide_total{${ours},n="${n}"} 1 ${now}`,
      ),
    ];
    folder = await mkdtemp(join(tmpdir(), 'attack-'));
    [sandbox, prometheus] = await Promise.all([
      startSandbox(),
      startPrometheus(`${samples.join('\n')}\n# EOF\n`),
    ]);
    await Promise.all(
      documents.map(([name, text]) =>
        writeFile(join(folder, `${name}.yaml`), text),
      ),
    );
    // A neighbour in the namespace, whose pods' names begin as the owner's do.
    await new ClusterObject(
      sandbox,
      '/api/v1/namespaces/ai-services/pods/llm-gateway-service-agent-x2b4d',
    ).create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'llm-gateway-service-agent-x2b4d',
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: 'Job',
            name: 'llm-gateway-service-agent',
            uid: '1',
            controller: true,
          },
        ],
      },
      spec: { containers: [{ name: 'agent', image: 'agent' }] },
    });
    portal = await startPortal(
      [
        clusterOn(sandbox, {
          prometheus: {
            url: prometheus.url,
            extraLabels: { tenant: 'mine' },
          },
        }),
      ],
      [
        ...documents.map(([name]) => [name, folder] as const),
        ['unproven', `${folder}/../${basename(folder)}`] as const,
      ].map(([name, location]) =>
        component(name, {
          'ai-mesh.io/service': 'ai-services/llm-gateway-service',
          'ai-mesh.io/slos': `./${name === 'unproven' ? 'eighteen' : name}.yaml`,
          'backstage.io/managed-by-location': `file:${location}/catalog-info.yaml`,
        }),
      ),
      {
        ownership: { trustedLocations: [`file:${folder}/`] },
        // A machine that does ten other things reads none in a second.
        slo: { limits: { series: 50, seconds: 20 } },
      },
    );
    // What is loaded once is no stall of a request.
    await portal.read('two-hundred/slos');
    await portal.read('theirs/overview');
    probe.start(portal.port);
  });

  afterAll(async () => {
    probe.stop();
    await portal?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function attack(name: string) {
    probe.lap();
    const answers = await Promise.all(
      VIEWS.map(view => portal.read(`${name}/${view}`)),
    );
    for (const { status, text } of answers) {
      expect(status).toBeLessThan(500);
      expect(text.length).toBeLessThan(LARGEST_ANSWER);
    }
    expect(await probe.stall()).toBeLessThan(LONGEST_STALL_MS);
    expect(answers[1].status).toBe(200);
    overviewSchema.parse(answers[1].body);
    return slosSchema.parse(answers[0].body);
  }

  it.each(
    Object.entries(attackDocuments).map(
      ([what, { says }], n) => [what, says, `attack-${n}`] as const,
    ),
  )('of %s costs only itself', async (_, says, name) => {
    const { problems } = await attack(name);
    expect(problems.map(({ message }) => message).join('\n')).toContain(says);
    expect(problems.length).toBeLessThan(60);
  });

  it.each([
    ['eighteen', 18, []],
    ['two-hundred', 200, []],
    [
      'too-many',
      200,
      [expect.stringContaining('240 objectives: only the first 200')],
    ],
  ])('of %s custom objectives is measured', async (name, count, said) => {
    const { objectives, queries, problems } = await attack(name);
    expect(objectives).toHaveLength(count);
    for (const { sli } of objectives) {
      expect(sli).toMatchObject({ value: expect.closeTo(0.95, 3) });
    }
    expect(queries.length).toBeLessThanOrEqual(16);
    expect(problems.map(({ message }) => message)).toEqual(said);
  });

  it('reads nothing of another tenant, namespace or service', async () => {
    const { objectives } = await attack('theirs');
    expect(objectives).toHaveLength(2);
    const [elsewhere, everywhere] = objectives;
    // A condition that names another's namespace meets ours: nothing is in both.
    expect(elsewhere.events).not.toMatchObject({ status: 'known', value: 0 });
    // Of 60 events a minute 3 are bad; with another's 7,777 it would be a thousandth of that.
    expect(everywhere.sli).toMatchObject({ value: expect.closeTo(0.95, 3) });
  });

  it('reads nothing at all by a claim that nothing proves', async () => {
    const { objectives, problems } = await attack('unproven');
    expect(objectives).toEqual([]);
    expect(problems).toHaveLength(18);
    expect(problems[0].message).toContain('docs/ownership.md says how');
  });

  it('does not ask for what is too dear, and says so', async () => {
    const { objectives, problems, queries } = await attack('dear');
    const said = "'dear' reads 60 series, and 50 at most are asked for";
    expect(problems[0].message).toContain(said);
    expect(objectives).toMatchObject([
      { sli: { status: 'unknown', message: expect.stringContaining(said) } },
    ]);
    expect(
      queries.filter(({ promql }) => promql.includes('wide_total')),
    ).toMatchObject([{ id: 'custom-series' }]);
  });

  it('left the liveness route answering all the time', () => {
    expect(probe.asked).toBeGreaterThan(10);
    expect(probe.unanswered).toBe(0);
  });
});
