import { readSloSettings } from '../../config/readSloSettings';
import { parseOpenSlo as parse } from './parseOpenSlo';

const { limits } = readSloSettings({});
const parseOpenSlo = (text: string, source: string) =>
  parse(text, source, limits);

const ratio = `
  indicator:
    metadata: { name: errors }
    spec:
      ratioMetric:
        counter: true
        bad: { metricSource: { type: Prometheus, spec: { query: bad } } }
        total: { metricSource: { type: Prometheus, spec: { query: total } } }`;

function slo(changes: { spec?: string; objectives?: string } = {}) {
  return `apiVersion: openslo/v1
kind: SLO
metadata:
  name: chat-availability
  displayName: Chat answers
  labels: { ai-mesh.io/model: fast-1 }
spec:
  service: chat${changes.spec ?? ratio}
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives:
${changes.objectives ?? '    - target: 0.995'}
`;
}

describe('parseOpenSlo', () => {
  it('reads a ratio objective', () => {
    expect(parseOpenSlo(slo(), 'slos.yaml')).toEqual({
      problems: [],
      objectives: [
        {
          id: 'chat-availability',
          name: 'Chat answers',
          model: 'fast-1',
          place: { line: 10, column: 5 },
          indicator: {
            kind: 'ratio',
            bad: { type: 'prometheus', spec: { query: 'bad' } },
            total: { type: 'prometheus', spec: { query: 'total' } },
          },
          target: 0.995,
          period: 'rolling',
          periodSeconds: 30 * 86_400,
        },
      ],
    });
  });

  it('reads percent targets, several objectives, and an indicator of another document', () => {
    const text = `${slo({
      spec: '\n  indicatorRef: quick',
      objectives:
        '    - { displayName: Most, targetPercent: 99, op: lte, value: 10 }\n    - { targetPercent: 90, op: lt, value: 2.5 }',
    })}---
apiVersion: openslo/v1
kind: SLI
metadata: { name: quick }
spec:
  thresholdMetric:
    metricSource: { type: ai-mesh, spec: { indicator: latency } }
`;
    const { objectives, problems } = parseOpenSlo(text, 'slos.yaml');
    expect(problems).toEqual([]);
    expect(
      objectives.map(({ id, name, target, threshold }) => ({
        id,
        name,
        target,
        threshold,
      })),
    ).toEqual([
      {
        id: 'chat-availability-1',
        name: 'Most',
        target: 0.99,
        threshold: { op: 'lte', value: 10 },
      },
      {
        id: 'chat-availability-2',
        name: 'Chat answers',
        target: 0.9,
        threshold: { op: 'lt', value: 2.5 },
      },
    ]);
  });

  it('reads a calendar-aligned window', () => {
    const text = slo().replace(
      '[{ duration: 30d, isRolling: true }]',
      "[{ duration: 1M, calendar: { startTime: '2026-01-01 00:00:00', timeZone: Asia/Shanghai } }]",
    );
    expect(parseOpenSlo(text, 'slos.yaml').objectives[0]).toMatchObject({
      period: 'calendar',
      periodSeconds: 30 * 86_400,
      calendar: { startTime: '2026-01-01 00:00:00', timeZone: 'Asia/Shanghai' },
    });
  });

  it.each([
    [
      'a wrong kind',
      slo().replace('kind: SLO', 'kind: Slo'),
      2,
      'kind must be SLO or SLI',
    ],
    [
      'an older version',
      slo().replace('openslo/v1', 'openslo/v1alpha'),
      1,
      'must be openslo/v1',
    ],
    [
      'no target',
      slo({ objectives: '    - displayName: x' }),
      19,
      'needs target',
    ],
    [
      'a target of 1',
      slo({ objectives: '    - target: 1' }),
      19,
      'leaves no budget',
    ],
    [
      'a target of 100%',
      slo({ objectives: '    - targetPercent: 100' }),
      19,
      'leaves no budget',
    ],
    [
      'a target of 101%',
      slo({ objectives: '    - targetPercent: 101' }),
      19,
      'below 100',
    ],
    [
      'a target in words',
      slo({ objectives: '    - target: most' }),
      19,
      'must be a number',
    ],
    [
      'no objectives',
      slo({ objectives: '    []' }),
      8,
      'at least one objective',
    ],
    [
      'an unknown indicator',
      slo({ spec: '\n  indicatorRef: nowhere' }),
      9,
      "names the SLI 'nowhere'",
    ],
    [
      'an indicator of nothing',
      slo({ spec: '\n  indicator: { spec: {} }' }),
      9,
      'ratioMetric',
    ],
    ['a strange window', slo().replace('30d', 'a month'), 16, 'such as 30d'],
    ['broken YAML', `${slo()}  : : [`, 20, 'not YAML'],
  ])('names the place of %s', (_name, text, line, message) => {
    const { objectives, problems } = parseOpenSlo(text, 'slos.yaml');
    expect(objectives).toEqual([]);
    expect(problems[0]).toEqual({
      source: 'slos.yaml',
      line,
      column: expect.any(Number),
      message: expect.stringContaining(message),
      words: [expect.objectContaining({ key: expect.any(String) })],
    });
  });

  it('lets a bad document cost only itself', () => {
    const bad = slo({ objectives: '    - target: 2' });
    const { objectives, problems } = parseOpenSlo(
      `${bad}---\n${slo()}`,
      'slos.yaml',
    );
    expect(objectives).toHaveLength(1);
    expect(problems).toHaveLength(1);
  });

  it('refuses a file of 5 MB', () => {
    expect(parseOpenSlo(`# ${'x'.repeat(5e6)}`, 'slos.yaml').problems).toEqual([
      {
        source: 'slos.yaml',
        message: expect.stringContaining('larger than'),
        words: [expect.objectContaining({ key: 'openslo.bytes' })],
      },
    ]);
  });

  it('survives a YAML bomb', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`,
    );
    const bomb = `apiVersion: openslo/v1\nkind: SLO\nl0: &l0 [x]\n${levels.join('\n')}\nmetadata: { name: x }\nspec: *l12\n`;
    expect(parseOpenSlo(bomb, 'slos.yaml')).toEqual({
      objectives: [],
      problems: [expect.objectContaining({ source: 'slos.yaml' })],
    });
  });
});
