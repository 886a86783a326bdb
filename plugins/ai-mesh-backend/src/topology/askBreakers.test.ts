import { known, unknown, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from '../telemetry';
import { askBreakers } from './askBreakers';

const rowOf = (host: string): RateRow => ({
  labels: { cluster_name: `outbound|80|v1|${host}` },
  rate: 1,
});

/** Knows one row of each host. */
function traffic(failsFor?: string) {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    async breakers(
      hosts: readonly string[],
    ): Promise<Measured<readonly RateRow[]>> {
      asked.push(hosts);
      return failsFor !== undefined && hosts.includes(failsFor)
        ? unknown('source-unreachable')
        : known(hosts.map(rowOf));
    },
  };
}

describe('askBreakers', () => {
  it.each<[string, string[], string[], string[][]]>([
    ['when they are found, where none are likely', [], ['a'], [['a']]],
    ['at once, where all are likely', ['a', 'b'], ['b'], [['a', 'b'], []]],
    ['besides, for what is not', ['a', 'b'], ['b', 'c'], [['a', 'b'], ['c']]],
    ['for nobody, where none are found', ['a'], [], [['a'], []]],
  ])('asks %s, and tells of those alone', async (_, likely, found, asked) => {
    const source = traffic();
    expect(await askBreakers(source, likely, Promise.resolve(found))).toEqual(
      known(found.map(rowOf)),
    );
    expect(source.asked).toEqual(asked);
  });

  it.each(['a', 'c'])('is unknown where one question is: of %s', async host => {
    expect(
      await askBreakers(traffic(host), ['a'], Promise.resolve(['a', 'c'])),
    ).toEqual(unknown('source-unreachable'));
  });

  it('waits for nothing to ask about what is likely', () => {
    const source = traffic();
    const never = new Promise<string[]>(() => undefined);
    expect(askBreakers(source, ['a'], never)).toBeInstanceOf(Promise);
    expect(source.asked).toEqual([['a']]);
  });
});
