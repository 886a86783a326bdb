import { parser } from '@prometheus-io/lezer-promql';
import type { Expr } from '../promql';
import { JoinedQuestion } from './JoinedQuestion';
import { lengthBeside, questionShape } from './questionShape';
import { SharedQuestion } from './SharedQuestion';

const shapes = (...questions: string[]) =>
  questions.map(one => questionShape(one as Expr));
const shared = (...questions: string[]) =>
  SharedQuestion.of(shapes(...questions));
/** The same question about two services. */
const ofTwo = (question: string) =>
  shared(question, question.replaceAll('"cart"', '"shop"'));

describe('the shape of a question', () => {
  it.each([
    ['other values', 'm{a="x",b=~"y|z"}', 'm{a="1",b=~"2"}', true],
    ['values with special letters', 'm{b=~"a\\\\.b|c"}', 'm{b=~"d"}', true],
    ['another condition', 'm{a="x"}', 'm{b="x"}', false],
    ['another way to compare', 'm{a="x"}', 'm{a=~"x"}', false],
    ['what is left out', 'm{a!="x"}', 'm{a!="y"}', false],
    ['a regular expression', 'm{a=~"x.*"}', 'm{a=~"y.*"}', false],
    ['names within', 'm{a=~"x-[0-9]+"}', 'm{a=~"y-[0-9]+"}', true],
    ['other ends', 'm{a=~"x-[0-9]+"}', 'm{a=~"y-[a-z]+"}', false],
    [
      'several names within',
      'm{a=~"x-[0-9]+"}',
      'm{a=~"x-[0-9]+|y-[0-9]+"}',
      false,
    ],
    [
      'other versions',
      'm{a=~"x-v1-[0-9]+|x-v2-[0-9]+"}',
      'm{a=~"x-v1-[0-9]+|x-v3-[0-9]+"}',
      false,
    ],
    ['a separator', 'm{a="x\\u001f"}', 'm{a="y\\u001f"}', false],
    ['no value', 'm{a=""}', 'm{a="x"}', false],
    ['another metric', '{__name__="x"}', '{__name__="y"}', false],
    [
      'a text',
      'label_replace(m, "a", "x", "", "")',
      'label_replace(m, "a", "y", "", "")',
      false,
    ],
    [
      'a condition within a text',
      'm{a!="b=\\"x\\""}',
      'm{a!="b=\\"y\\""}',
      false,
    ],
  ])('is the same or not with %s', (_, one, other, same) => {
    const [first, second] = shapes(one, other);
    expect(first.key === second.key).toBe(same);
  });

  it('says how much longer a question gets by another one', () => {
    const [first, second] = shapes('m{a="x",b="long"}', 'm{a="y",b="long"}');
    expect(lengthBeside(undefined, first)).toBe(first.promql.length);
    expect(lengthBeside(first, second)).toBe('y|'.length);
  });
});

describe('questions about several names as one', () => {
  it.each([
    [
      'sum by (code) (rate(m{name="cart",reporter="source"}[5m]))',
      'sum by (code, ai_mesh_whose_0) (label_join(rate(m{name=~"cart|shop",reporter="source"}[5m]), "ai_mesh_whose_0", "\\u001f", "name"))',
    ],
    [
      'max(m{name="cart"} offset 1h) > 0',
      'max by (ai_mesh_whose_0)(label_join(m{name=~"cart|shop"} offset 1h, "ai_mesh_whose_0", "\\u001f", "name")) > 0',
    ],
    [
      '(a{name="cart"}) unless on (x) (b{name="cart"})',
      'label_join((a{name=~"cart|shop"}), "ai_mesh_whose_0", "\\u001f", "name") unless on (x, ai_mesh_whose_0) label_join((b{name=~"cart|shop"}), "ai_mesh_whose_0", "\\u001f", "name")',
    ],
    [
      'max_over_time(timestamp(label_replace(m{name="cart"}, "a", "$1", "b", "(.*)"))[1d:5m])',
      'label_join(max_over_time(timestamp(label_replace(m{name=~"cart|shop"}, "a", "$1", "b", "(.*)"))[1d:5m]), "ai_mesh_whose_0", "\\u001f", "name")',
    ],
    [
      'timestamp((m{name="cart"} offset 5m))',
      'label_join(timestamp((m{name=~"cart|shop"} offset 5m)), "ai_mesh_whose_0", "\\u001f", "name")',
    ],
    [
      'histogram_quantile(0.9, m{name="cart"})',
      'histogram_quantile(0.9, label_join(m{name=~"cart|shop"}, "ai_mesh_whose_0", "\\u001f", "name"))',
    ],
    [
      '(a{name="cart"}) or (a{workload="cart"})',
      'label_join((a{name=~"cart|shop"}), "ai_mesh_whose_0", "\\u001f", "name") or label_join((a{workload=~"cart|shop"}), "ai_mesh_whose_1", "\\u001f", "workload")',
    ],
    [
      '(label_replace(max by (name) (a{name="cart"} == 1), "a", "b", "", "")) or (sum by (name, x) (rate(b{name="cart"}[5m])))',
      'label_join((label_replace(max by (name) (a{name=~"cart|shop"} == 1), "a", "b", "", "")) or (sum by (name, x) (rate(b{name=~"cart|shop"}[5m]))), "ai_mesh_whose_0", "\\u001f", "name")',
    ],
    [
      'label_replace(m{name="cart"}, "name", "x", "", "")',
      'label_replace(label_join(m{name=~"cart|shop"}, "ai_mesh_whose_0", "\\u001f", "name"), "name", "x", "", "")',
    ],
  ])('ask %s', (question, expected) => {
    const { promql } = ofTwo(question)!;
    expect(promql).toBe(expected);
    expect(parser.parse(promql).toString()).not.toContain('⚠');
  });

  it.each([
    [
      'pods',
      'sum by (x) (m{pod=~"cart-[0-9a-z]+-[bc]{5}"})',
      'sum by (x, ai_mesh_whose_0) (label_replace(m{pod=~"(cart|shop)-[0-9a-z]+-[bc]{5}"}, "ai_mesh_whose_0", "$1", "pod", "(.+)-[0-9a-z]+-[bc]{5}"))',
    ],
    [
      'pods of several versions, and their namespace',
      'sum by (x) (m{namespace="cart",pod=~"cart-v1-[0-9]+|cart-v2-[0-9]+"})',
      'sum by (x, ai_mesh_whose_0) (label_replace(label_join(m{namespace=~"cart|shop",pod=~"(cart|shop)-(?:v1|v2)-[0-9]+"}, "ai_mesh_whose_0", "\\u001f", "namespace", "pod"), "ai_mesh_whose_0", "${1}\\u001f${2}", "ai_mesh_whose_0", "([^\\u001f]*)\\u001f(.+)-(?:v1|v2)-[0-9]+"))',
    ],
    [
      'the last field of a name',
      'max by (cluster) (m{cluster=~"outbound\\\\|[0-9]*\\\\|[^|]*\\\\|(cart);?"})',
      'label_replace(max by (cluster) (m{cluster=~"outbound\\\\|[0-9]*\\\\|[^|]*\\\\|(cart|shop);?"}), "ai_mesh_whose_0", "$1", "cluster", "outbound\\\\|[0-9]*\\\\|[^|]*\\\\|([^|;]+);?")',
    ],
  ])('ask by names within a label’s values: %s', (_, question, expected) => {
    const { promql } = shared(question, question.replaceAll('cart', 'shop'))!;
    expect(promql).toBe(expected);
    expect(parser.parse(promql).toString()).not.toContain('⚠');
  });

  it.each([
    ['what no function may add up', 'sum without (x) (m{name="cart"})'],
    ['the largest of all', 'topk(3, m{name="cart"})'],
    ['what is not there', 'absent(m{name="cart"})'],
    ['a number beside it', '(m{name="cart"}) or (vector(0))'],
    ['series of nobody', 'm{name="cart"} / on () n{}'],
    [
      'what lost its labels',
      'max_over_time(sum(m{name="cart"})[5m:1m] offset 1h)',
    ],
    [
      'a percentile of what two kinds counted',
      'histogram_quantile(0.9, (a{name="cart"}) or (a{workload="cart"}))',
    ],
    ['two ends compared', '(m{name="cart"}) and on (x) (m{workload="cart"})'],
    [
      'what two kinds come to together',
      'sum by (x) ((a{name="cart"}) or (a{workload="cart"}))',
    ],
    [
      'what two kinds say of a series in turns',
      'sum_over_time(((a{name="cart"}) or (a{workload="cart"}))[1h:1m])',
    ],
    [
      'names that are no condition',
      `(m{name="cart"}) or (m{x='"',y='name="cart"'})`,
    ],
    ['no PromQL', 'sum(m{name="cart"}'],
  ])('are asked one by one where they ask for %s', (_, question) => {
    expect(ofTwo(question)).toBeUndefined();
  });

  it.each([
    ['adds them up', 'sum by (x) (m{name=~"a|b"})', false],
    ['keeps them', 'sum by (name) (m{name=~"a|b"})', true],
    [
      'compares them across',
      '(m{name=~"a|b"}) and on (x) (m{name=~"a|b"})',
      false,
    ],
    ['compares each', '(m{name=~"a|b"}) and on (name) (m{name=~"a|b"})', true],
    [
      'leaves them aside',
      '(m{name=~"a|b"}) / ignoring (name) (m{name=~"a|b"})',
      false,
    ],
    [
      'renames them',
      'sum by (name) (label_replace(m{name=~"a|b"}, "name", "x", "", ""))',
      false,
    ],
  ])(
    'of several values each are %2$s where a question %s',
    (_, question, can) => {
      const both = shared(question, question.replaceAll('a|b', 'b|c'));
      expect(both !== undefined).toBe(can);
    },
  );

  it('tell two names of a question from each other, each by a label of its own', () => {
    const { promql } = shared(
      '(a{x="1"}) or (b{x="2"})',
      '(a{x="3"}) or (b{x="4"})',
    )!;
    expect(promql).toBe(
      'label_join((a{x=~"1|3"}), "ai_mesh_whose_0", "\\u001f", "x") or label_join((b{x=~"2|4"}), "ai_mesh_whose_1", "\\u001f", "x")',
    );
  });

  it('are asked one by one where each names hundreds of pairs', () => {
    const names = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => `n${from + n}`).join('|');
    const ofPairs = (count: number) =>
      shared(
        ...[0, 100].map(
          from => `m{a=~"${names(from, count)}",b=~"${names(from, count)}"}`,
        ),
      );
    expect(ofPairs(22)).toBeDefined();
    expect(ofPairs(23)).toBeUndefined();
  });

  const row = (labels: Record<string, string>, value = 1) => ({
    labels,
    value,
  });

  it('give each its own rows without the label, and nobody those of a pair that nobody asked about', () => {
    const pairs = shared(
      'm{name="cart",namespace="a"}',
      'm{name="shop",namespace="b"}',
    )!;
    const of = (name: string, namespace: string) =>
      row({ name, namespace, ai_mesh_whose_0: `${name}\u001f${namespace}` });
    const { rows, unclear } = pairs.sort([
      of('cart', 'a'),
      of('shop', 'b'),
      of('cart', 'b'),
    ]);
    expect([...rows]).toEqual([
      [0, [row({ name: 'cart', namespace: 'a' })]],
      [1, [row({ name: 'shop', namespace: 'b' })]],
    ]);
    expect(unclear.size).toBe(0);
  });

  it('give rows to all who asked about them', () => {
    const overlapping = shared(
      'sum by (name) (m{name=~"a|b"})',
      'sum by (name) (m{name=~"b|c"})',
    )!;
    const { rows } = overlapping.sort(
      ['a', 'b', 'c'].map(name => row({ name, ai_mesh_whose_0: name })),
    );
    const names = (number: number) =>
      rows.get(number)?.map(({ labels }) => labels.name);
    expect([names(0), names(1)]).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
  });

  it('take two rows that are the same for one, and say of whom two differ, of which only one would count', () => {
    const { rows, unclear } = ofTwo(
      '(sum by (x) (a{name="cart"})) or (sum by (x) (a{workload="cart"}))',
    )!.sort([
      row({ x: '1', ai_mesh_whose_0: 'cart' }, 1),
      row({ x: '1', ai_mesh_whose_1: 'cart' }, 2),
      row({ x: '1', ai_mesh_whose_0: 'shop' }, 3),
      row({ x: '1', ai_mesh_whose_1: 'shop' }, 3),
    ]);
    expect([...unclear]).toEqual([0]);
    expect(rows.get(1)).toEqual([row({ x: '1' }, 3)]);
  });
});

describe('a joined question', () => {
  it('has one part for all that are alike, and one for each other', async () => {
    const joined = await JoinedQuestion.of(
      shapes(
        'sum by (x) (m{name="cart"})',
        'absent(m{name="cart"})',
        'sum by (x) (m{name="shop"})',
        'absent(m{name="shop"})',
      ),
    );
    expect(joined.promql.match(/"ai_mesh_part", "\d"/g)).toHaveLength(3);
    const { rows } = joined.sort([
      { labels: { x: '1', ai_mesh_part: '0', ai_mesh_whose_0: 'shop' } },
      { labels: { ai_mesh_part: '2' } },
    ]);
    expect(rows.get(0)).toBeUndefined();
    expect(rows.get(1)).toEqual([]);
    expect(rows.get(2)).toEqual([{ labels: { x: '1' } }]);
    expect(rows.get(3)).toEqual([{ labels: {} }]);
  });
});
