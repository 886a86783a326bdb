import { execFile } from 'child_process';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { describeWithPrometheus } from '../../prometheus/__testUtils__/startPrometheus';
import { parse, stringify } from 'yaml';
import { le } from '../../prometheus/promql';
import { withExtraLabels } from '../../prometheus/extraLabels';
import { allDialects } from '../dialects/allDialects';
import { builtInDialects } from '../dialects/builtInDialects';
import type { EntitySeries } from '../dialects/EntitySeries';
import { INVENTORY_LABEL, PRESENT } from '../dialects/inventoryQuery';
import { istioDialect } from '../dialects/istioDialect';
import { SeriesInventory } from '../dialects/SeriesInventory';
import { dashboard } from '../dashboard/dashboard';
import { parseSliQuery } from '../../prometheus/series/parseSliQuery';
import { confinedSeries } from '../objectives/confinedSeries';
import type { SloObjective } from '../objectives/SloObjective';
import { compileSignals } from '../signals/compileSignals';
import type { RuleContext } from './eventExpressions';
import { ruleFile } from './ruleFile';
import { ruleGroups } from './ruleGroups';

// promtool reckons weeks of series, on a busy machine for minutes.
jest.setTimeout(240_000);

const AWKWARD = `"quoted" 'and' \\ back\nslash {{ .Braces }} $1 🦊 ${'x'.repeat(460)}`;

const series: EntitySeries = {
  istioCluster: 'one',
  services: [{ namespace: 'ai', name: 'chat' }],
  workloads: [{ kind: 'Deployment', namespace: 'ai', name: 'chat' }],
  podLabels: { namespace: 'namespace', pod: 'pod' },
};
const subject = {
  entityRef: 'component:default/chat',
  extraLabels: { cluster: 'one' },
  namespace: 'ai',
  service: 'chat',
};

/** A dialect's signals, where each of its durations is in one of the forms. */
function contextOf(
  name: string,
  form: 'classic' | 'native' | 'quantiles',
): RuleContext {
  const dialect = allDialects([]).find(one => one.name === name)!;
  const names = [dialect.duration, dialect.timeToFirstToken].flatMap(
    spec => spec?.metrics ?? [],
  );
  const row = (labels: Record<string, string>) => ({
    labels: { [INVENTORY_LABEL]: PRESENT, ...labels },
    rate: 1,
  });
  const inventory = new SeriesInventory([
    ...['source', 'waypoint', 'destination'].map(reporter =>
      row({ __name__: 'istio_requests_total', reporter }),
    ),
    row({ __name__: 'ai_model_requests_total', status: 'success' }),
    ...names.flatMap(metric =>
      form === 'classic'
        ? ['10.0', '20.0', '40.0', '+Inf'].map(bound =>
            row({ __name__: `${metric}_bucket`, le: bound }),
          )
        : [
            row({
              __name__: metric,
              ...(form === 'quantiles' && { quantile: '0.99' }),
            }),
          ],
    ),
  ]);
  return {
    signals: compileSignals(dialect, series, inventory),
    modelOfWorkload: new Map([['chat', AWKWARD]]),
  };
}

function objective(change: Partial<SloObjective> = {}): SloObjective {
  return {
    id: 'answers',
    name: 'Answers',
    indicator: { kind: 'availability', fallbacksAreBad: false },
    target: 0.99,
    periodSeconds: 30 * 86_400,
    source: 'configuration',
    ...change,
  };
}

const objectives: SloObjective[] = [
  objective(),
  objective({
    id: 'fallbacks',
    indicator: { kind: 'availability', fallbacksAreBad: true },
  }),
  objective({
    id: 'quick',
    indicator: { kind: 'latency', thresholdMs: 25_000 },
  }),
  objective({
    id: AWKWARD,
    name: AWKWARD,
    models: { include: [AWKWARD, 'smart-*'], exclude: ['smart-1'] },
    periodSeconds: 7 * 86_400,
  }),
  objective({
    id: 'bucket',
    indicator: {
      kind: 'custom',
      description: 'a bucket',
      good: [{ metric: 'own_seconds_bucket', matchers: [le(2.5)] }],
      goodIsBucket: true,
      total: [{ metric: 'own_seconds_bucket', matchers: [le(Infinity)] }],
    },
  }),
  objective({
    id: 'own',
    indicator: {
      kind: 'custom',
      description: 'own',
      bad: [{ metric: 'own_errors_total', matchers: [] }],
      total: [{ metric: 'own_total', matchers: [] }],
    },
    calendar: {
      startTime: '2026-01-01 00:00:00',
      timeZone: 'UTC',
      count: 1,
      unit: 'months',
    },
  }),
];

async function rulesOf(
  context: RuleContext,
  some: readonly SloObjective[] = objectives,
  format: 'prometheus' | 'operator' = 'prometheus',
) {
  const { content } = await ruleFile(
    await ruleGroups(some, subject, context),
    subject,
    format,
    promql => withExtraLabels(promql, subject.extraLabels),
  );
  return content;
}

describeWithPrometheus('the generated rules, by promtool', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rules-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function promtool(command: string, file: string, content: string) {
    const path = join(folder, file);
    await writeFile(path, content);
    const run = promisify(execFile);
    return run('promtool', [command, 'rules', path]).catch(error => ({
      stdout: `${error.stdout}${error.stderr}`,
    }));
  }

  it.each([
    ...[...builtInDialects, istioDialect].map(
      ({ name }) => [name, 'classic'] as const,
    ),
    ['opentelemetry-genai', 'native'] as const,
    ['micrometer', 'quantiles'] as const,
  ])('are accepted in %s with %s durations', async (name, form) => {
    const context = contextOf(name, form);
    const { stdout } = await promtool(
      'check',
      `${name}-${form}.yaml`,
      await rulesOf(context),
    );
    expect(stdout).toContain('SUCCESS');
    const found = Number(/(\d+) rules found/.exec(stdout)?.[1]);
    // Four alerts and twice eight windows for each of the objectives that can be measured, and more.
    expect(found).toBeGreaterThan(60);
    const { panels } = JSON.parse(
      (
        await dashboard(
          objectives,
          subject.entityRef,
          context,
          promql => promql,
        )
      ).content,
    ) as { panels: { targets: { expr: string }[] }[] };
    const board = panels.flatMap(({ targets }) =>
      targets.map(({ expr }, index) => ({ record: `panel:${index}`, expr })),
    );
    const checked = await promtool(
      'check',
      `${name}-${form}-dashboard.yaml`,
      stringify({
        groups: board.map((rule, index) => ({
          name: `panel ${index}`,
          rules: [{ ...rule, labels: { panel: String(index) } }],
        })),
      }),
    );
    expect(checked.stdout).toContain(`${board.length} rules found`);
  });

  it('are the same inside the operator’s object', async () => {
    const context = contextOf('vllm', 'classic');
    const object = parse(await rulesOf(context, objectives, 'operator'));
    expect(object).toMatchObject({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'ai-mesh-default-chat', namespace: 'ai' },
    });
    expect(object.spec).toEqual(parse(await rulesOf(context)));
  });

  it('record, page and resolve as the arithmetic says, for a model of an awkward name', async () => {
    const rules = 'alerts-rules.yaml';
    await promtool(
      'check',
      rules,
      await rulesOf(contextOf('opentelemetry-genai', 'classic'), [
        objective({ name: 'Answers of {{ anything }}' }),
      ]),
    );
    const labels = (error: string) =>
      `gen_ai_client_operation_duration_seconds_count{cluster="one",namespace="ai",pod="chat-6d4cf56db6-x7k2p",gen_ai_request_model=${JSON.stringify(AWKWARD)},error_type="${error}"}`;
    const recorded = {
      ai_mesh_entity: 'component:default/chat',
      cluster: 'one',
      model: AWKWARD,
      objective: 'answers',
    };
    const definition = /definition: (\w+)/.exec(
      await rulesOf(contextOf('opentelemetry-genai', 'classic'), [
        objective({ name: 'Answers of {{ anything }}' }),
      ]),
    )![1];
    const sample = (record: string, events: string, value: number) => ({
      expr: `round(${record}{events="${events}"})`,
      eval_time: '2h',
      exp_samples: [
        {
          labels: `{${Object.entries({
            ...recorded,
            definition,
            events,
          })
            .map(([key, text]) => `${key}=${JSON.stringify(text)}`)
            .join(', ')}}`,
          value,
        },
      ],
    });
    const alert = (severity: string, long: string, short: string) => ({
      exp_labels: {
        severity,
        long_window: long,
        short_window: short,
        ...recorded,
        definition,
      },
      exp_annotations: {
        summary: `Answers of {{ anything }}: the error budget of ${AWKWARD} burns too fast`,
      },
    });
    const alerts = [
      alert('page', '1h', '5m'),
      alert('page', '6h', '30m'),
      alert('ticket', '1d', '2h'),
      alert('ticket', '3d', '6h'),
    ];
    const description = (
      long: string,
      short: string,
      bound: string,
      times: string,
    ) =>
      `Over ${long} and over ${short}, more than ${bound}% of the events of component:default/chat were bad: above ${times} times what the objective of 99% can bear.`;
    const descriptions = [
      description('1h', '5m', '14.4', '14.4'),
      description('6h', '30m', '6', '6'),
      description('1d', '2h', '3', '3'),
      description('3d', '6h', '1', '1'),
    ];
    const { stdout } = await promtool(
      'test',
      'alerts.yaml',
      stringify({
        rule_files: [rules],
        evaluation_interval: '30s',
        tests: [
          {
            interval: '1m',
            input_series: [
              // 80 good and 20 bad a minute for four hours, then 100 good and none bad: 20 %, 20 times what 1 % can bear.
              { series: labels(''), values: '0+80x240 19300+100x240' },
              { series: labels('500'), values: '0+20x240 4800+0x240' },
            ],
            promql_expr_test: [
              sample('ai_mesh:slo_events:increase1h', 'total', 6000),
              sample('ai_mesh:slo_events:increase1h', 'bad', 1200),
              sample('ai_mesh:slo_events:increase5m', 'bad', 100),
            ],
            alert_rule_test: [
              {
                eval_time: '3h',
                alertname: 'AiMeshErrorBudgetBurn',
                exp_alerts: alerts.map((one, index) => ({
                  ...one,
                  exp_annotations: {
                    ...one.exp_annotations,
                    description: descriptions[index],
                  },
                })),
              },
              {
                // 20 minutes without an error: the last 5 have recovered, the last 30 and longer have not.
                eval_time: '4h20m',
                alertname: 'AiMeshErrorBudgetBurn',
                exp_alerts: alerts.slice(1).map((one, index) => ({
                  ...one,
                  exp_annotations: {
                    ...one.exp_annotations,
                    description: descriptions[index + 1],
                  },
                })),
              },
            ],
          },
        ],
      }),
    );
    expect(stdout).toContain('SUCCESS');
  });

  const seriesOf = (query: string) =>
    confinedSeries(parseSliQuery(query), { ofPods: [[]], ofCalls: [] });
  const good = seriesOf('ok_total{code="200"}');
  const bucket = seriesOf('d_bucket{le="1"}');
  const all = { series: 'all_total{cluster="one"}', values: '0+100x360' };
  it.each([
    [
      'a selector of good events that matches no series',
      { good, total: seriesOf('all_total') },
      [
        all,
        { series: 'ok_total{cluster="one",status="200"}', values: '0+99x360' },
      ],
      [],
      [],
    ],
    [
      'a bound that is no bucket',
      { good: bucket, goodIsBucket: true, total: seriesOf('d_count') },
      [
        { series: 'd_count{cluster="one"}', values: '0+100x360' },
        { series: 'd_bucket{cluster="one",le="0.5"}', values: '0+90x360' },
      ],
      [],
      [],
    ],
    ...['1', '1.0'].map(
      bound =>
        [
          `a bucket that is stored as ${bound}`,
          {
            good: bucket,
            goodIsBucket: true,
            total: seriesOf('d_count'),
          },
          [
            { series: 'd_count{cluster="one"}', values: '0+100x360' },
            {
              series: `d_bucket{cluster="one",le="${bound}"}`,
              values: '0+100x360',
            },
          ],
          [6000],
          [],
        ] as const,
    ),
    [
      'good events that ended while the others went on',
      { good, total: seriesOf('all_total') },
      [
        all,
        {
          series: 'ok_total{cluster="one",code="200"}',
          values: '0+100x60 _x300',
        },
      ],
      [6000],
      ['page', 'page', 'ticket', 'ticket'],
    ],
  ] as const)(
    'say nothing but what the series say: %s',
    async (_, indicator, inputs, totals, severities) => {
      const rules = 'good-rules.yaml';
      await promtool(
        'check',
        rules,
        await rulesOf({ modelOfWorkload: new Map() }, [
          objective({
            indicator: {
              kind: 'custom',
              description: 'good ones',
              ...indicator,
            } as SloObjective['indicator'],
          }),
        ]),
      );
      const { stdout } = await promtool(
        'test',
        'good.yaml',
        stringify({
          rule_files: [rules],
          evaluation_interval: '30s',
          tests: [
            {
              interval: '1m',
              input_series: inputs,
              promql_expr_test: [
                {
                  expr: 'round(sum(ai_mesh:slo_events:increase1h{events="total"}))',
                  eval_time: '5h',
                  exp_samples: totals.map(value => ({ labels: '{}', value })),
                },
                {
                  expr: 'sum by (severity) (count by (severity, long_window) (ALERTS{alertstate="firing"}))',
                  eval_time: '5h',
                  exp_samples: [...new Set<string>(severities)].map(
                    severity => ({
                      labels: `{severity="${severity}"}`,
                      value: severities.filter(
                        (one: string) => one === severity,
                      ).length,
                    }),
                  ),
                },
              ],
            },
          ],
        }),
      );
      expect(stdout).toContain('SUCCESS');
    },
  );
});
