import {
  fleetFilterSchema,
  type FleetFilter,
  type FleetRow,
} from '@ai-mesh/plugin-ai-mesh-common';
import { filterFleet, isNarrowed } from './filterFleet';

/** How often the services of rows were looked at. */
let looks = 0;

const row = (name: string, more: Partial<FleetRow> = {}) => ({
  entityRef: `component:default/${name}`,
  title: 'A Chat',
  owners: ['group:default/ai-team'],
  systems: ['system:default/assistant'],
  modelNames: ['gpt-4o'],
  level: { status: 'known', value: { status: 'known', level: 'gold' } },
  health: { status: name === 'slow' ? 'slow' : 'healthy' },
  get services() {
    looks += 1;
    return [{ cluster: 'shop', namespace: 'ai', name }];
  },
  ...more,
});

const filtered = (
  filter: Partial<FleetFilter>,
  rows: readonly object[] = [row('chat'), row('slow')],
) =>
  filterFleet(rows as FleetRow[], { failing: 'false', ...filter }).map(
    ({ entityRef }) => entityRef.split('/')[1],
  );

it.each<[Partial<FleetFilter>, string[]]>([
  [{}, ['chat', 'slow']],
  [{ search: 'CHAT team' }, ['chat', 'slow']],
  [{ search: 'ai/slow' }, ['slow']],
  [{ search: 'slow nothing' }, []],
  [{ owner: ['group:default/ai-team', 'x'] }, ['chat', 'slow']],
  [{ owner: [] }, []],
  [{ owner: ['__proto__'] }, []],
  [{ system: ['x'] }, []],
  [{ cluster: ['shop'], namespace: ['ai'] }, ['chat', 'slow']],
  [{ cluster: ['shop'], namespace: ['other'] }, []],
  [{ level: ['gold'] }, ['chat', 'slow']],
  [{ level: ['none', 'unknown'] }, []],
  [{ model: ['gpt-4o'] }, ['chat', 'slow']],
  [{ failing: 'true' }, ['slow']],
])('leaves by %j %j', (filter, names) => {
  expect(filtered(filter)).toEqual(names);
});

it('takes the owners that somebody in a hundred groups is', () => {
  const groups = Array.from(
    { length: 100 },
    (_, n) => `group:default/department-of-many-words-${n}`,
  );
  expect(fleetFilterSchema.parse({ owner: groups.join(',') }).owner).toEqual(
    groups,
  );
});

it('tells a filter from none', () => {
  expect(isNarrowed({ failing: 'false', search: '' })).toBe(false);
  expect(isNarrowed({ failing: 'true' })).toBe(true);
  expect(isNarrowed({ failing: 'false', owner: [] })).toBe(true);
});

it('looks at each row as often as there are filters, whatever a reader writes into them', () => {
  const rows = Array.from({ length: 500 }, (_, n) => row(`s${n}`));
  const many = Array.from({ length: 1000 }, (_, n) => `x${n}`);
  looks = 0;
  filtered(
    {
      // Each word is in every row.
      search: 'a e c o t d m p n s '.repeat(20).trim(),
      cluster: [...many, 'shop'],
      namespace: [...many, 'ai'],
    },
    rows,
  );
  expect(looks).toBe(3 * rows.length);
});
