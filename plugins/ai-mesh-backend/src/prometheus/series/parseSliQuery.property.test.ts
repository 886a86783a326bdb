import fc from 'fast-check';
import { clientOf } from '../__testUtils__/clientOf';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../__testUtils__/startPrometheus';
import { eq, increase, oneOf, or, selector, type Expr } from '../promql';
import { addedByTree, addedByWords, withExtraLabels } from '../extraLabels';
import { fuzzRun } from '../../__testUtils__/hostile/fuzzRun';
import { parseSliQuery } from './parseSliQuery';
import { confinedSeries } from '../../slo/objectives/confinedSeries';
import { hostileQuery } from './__testUtils__/hostileQuery';

jest.setTimeout(300_000 + fuzzRun.timeoutMs);

const ATTEMPTS = 100_000;
/** So many are kept to be looked at together, and run. */
const MOST_KEPT = 200_000;
const EXTRA = { tenant: 'mine' };
const bounds = [
  eq('service', 'chat'),
  oneOf('namespace', ['ours', 'ours-too']),
];
const own = { ofPods: [bounds], ofCalls: [bounds] };

/** Every selector that a query would send; none where it is refused with a sentence. */
function printed(query: string): Expr[] {
  let read;
  try {
    read = parseSliQuery(query);
  } catch (error) {
    if (!/^the query cannot be used: it /.test((error as Error).message)) {
      throw error;
    }
    return [];
  }
  return confinedSeries(read, own).map(
    ({ metric, matchers }) =>
      withExtraLabels(selector(metric, ...matchers), EXTRA) as Expr,
  );
}

/**
 * What is sent, read by a grammar so small that nothing can hide in it: a name, and conditions whose values are strings of
 * printable letters in double quotes.
 */
const CONDITION =
  /([a-zA-Z_][a-zA-Z0-9_]*|"[\p{L}_:][\p{L}\p{N}_:./-]*")(=|!=|=~|!~)("(?:[^"\\\p{Cc}\u2028\u2029]|\\["\\nrtbfu])*")/uy;

function conditionsOf(sent: string): string[] {
  const [name = ''] = /^[a-zA-Z_:]?[a-zA-Z0-9_:]*\{/.exec(sent) ?? [];
  const found: string[] = [];
  let at = name.length;
  do {
    CONDITION.lastIndex = at;
    const [condition] = CONDITION.exec(sent) ?? [];
    if (!name || !condition) {
      throw new Error(`not printed: ${sent}`);
    }
    found.push(condition);
    at += condition.length + 1;
  } while (sent[at - 1] === ',');
  if (sent.slice(at - 1) !== '}') {
    throw new Error(`more behind it: ${sent}`);
  }
  return found;
}

describe('a query of an entity’s owner', () => {
  const sent: Expr[] = [];

  it(`is confined in every selector that is sent, in ${ATTEMPTS} attempts`, async () => {
    let attempts = 0;
    let refused = 0;
    let accepted = 0;
    const attack = fc.property(hostileQuery, query => {
      const selectors = printed(query);
      attempts += 1;
      refused += selectors.length === 0 ? 1 : 0;
      accepted += selectors.length;
      for (const one of selectors) {
        const conditions = conditionsOf(one);
        if (
          ![
            'namespace=~"ours|ours-too"',
            'service="chat"',
            'tenant="mine"',
          ].every(needed => conditions.includes(needed))
        ) {
          throw new Error(`not confined: ${one}`);
        }
        if (sent.length < MOST_KEPT) {
          sent.push(one);
        }
      }
    });
    await fuzzRun.rounds(
      seed => fc.assert(attack, { numRuns: ATTEMPTS, seed }),
      // The rest of the time is for Prometheus.
      0.8,
    );
    fuzzRun.report('queries', { attempts, accepted, refused });
    for (let from = 0; from < sent.length; from += 997) {
      const [first, ...more] = sent.slice(from, from + 40);
      const many = or(first, ...more);
      const added = 'cluster="eu \\"{1}\\""';
      expect(addedByWords(many, added)).toBe(addedByTree(many, added));
    }
    // A generator of which nothing is accepted, or everything, would prove nothing.
    expect(accepted).toBeGreaterThan(attempts / 20);
    expect(refused).toBeGreaterThan(attempts / 20);
  });

  describeWithPrometheus('on a Prometheus with two tenants’ series', () => {
    let prometheus: RealPrometheus;

    beforeAll(async () => {
      const now = Math.floor(Date.now() / 1000);
      const labels = (tenant: string, namespace: string, service: string) =>
        `{tenant="${tenant}",namespace="${namespace}",service="${service}",app="chat"}`;
      const of = (whose: string, value: number) =>
        ['a_total', 'up', 'x:y', 'abs', 'time', 'vector'].flatMap(metric =>
          [120, 60, 0].map(ago => `${metric}${whose} ${value} ${now - ago}`),
        );
      prometheus = await startPrometheus(
        `${[
          ...of(labels('mine', 'ours', 'chat'), 1),
          ...of(labels('theirs', 'ours', 'chat'), 7777),
          ...of(labels('mine', 'others', 'chat'), 7777),
          ...of(labels('mine', 'ours', 'billing'), 7777),
        ].join('\n')}\n# EOF\n`,
      );
    });

    afterAll(() => prometheus?.stop());

    it('never reads what is another’s, and is understood by it', async () => {
      const client = clientOf(prometheus, { timeoutMs: 60_000, cacheTtlMs: 0 });
      let rows = 0;
      const distinct = [...new Set(sent)];
      for (let from = 0; from < distinct.length; from += 400) {
        const [first, ...more] = distinct.slice(from, from + 400);
        const { samples } = await client.query(or(first, ...more));
        rows += samples.length;
        expect(
          samples.filter(
            ({ labels, value }) =>
              value === 7777 ||
              labels.tenant !== 'mine' ||
              labels.namespace !== 'ours' ||
              labels.service !== 'chat',
          ),
        ).toEqual([]);
      }
      // Something was found, else nothing is shown.
      expect(rows).toBeGreaterThan(0);
      const [one] = confinedSeries(parseSliQuery('a_total'), own);
      const { samples } = await client.query(
        increase(selector(one.metric, ...one.matchers), 300),
      );
      expect(samples.length).toBeGreaterThan(0);
    });
  });
});
