import { parser } from '@prometheus-io/lezer-promql';
import { shortened } from '../shortened';
import {
  receivedHourQuery,
  receivedIn,
  receivedQueries,
} from '../telemetry/receivedQueries';
import { toldQueries } from './toldQueries';

const told = (promql: string, seen: readonly string[]) =>
  toldQueries(
    [{ id: 'requests', cluster: 'shop', promql, warnings: [] }],
    new Set(seen),
  )[0].promql;

const about = (namespaces: readonly string[]) => {
  const reports = { to: receivedIn(namespaces, []), home: 'shop' };
  const { requests, latency } = receivedQueries(reports, 300);
  return { requests, latency, hour: receivedHourQuery(reports, 300) };
};

describe.each(Object.keys(about(['ai'])) as (keyof ReturnType<typeof about>)[])(
  'the question of what namespaces receive (%s)',
  name => {
    it.each([
      [
        ['ai', 'web'],
        ['ai', 'web'],
      ],
      [['ai', 'web'], ['ai']],
      [['ai', 'web', 'team.x'], ['web']],
      [['ai', 'web'], []],
      [['ai'], []],
    ])(
      'about %j names those alone where something is seen: %j',
      (asked, seen) => {
        const hidden = asked.map(one => (seen.includes(one) ? one : 'hidden'));
        const promql = told(about(asked)[name], seen);
        expect(promql).toBe(about([...new Set(hidden)])[name]);
        expect(parser.parse(promql).toString()).not.toContain('⚠');
      },
    );

    it('names no other where it was cut off, wherever that was', () => {
      const whole = about(['ai', 'zebra', 'web'])[name];
      for (let most = 1; most < whole.length; most++) {
        expect(told(shortened(whole, most), ['ai', 'web'])).not.toMatch(/z/);
      }
    });
  },
);

it('leaves as it is what names no namespace', () => {
  const promql = 'sum by (destination_service_namespace) (a{b="secret"})';
  expect(told(promql, [])).toBe(promql);
});
