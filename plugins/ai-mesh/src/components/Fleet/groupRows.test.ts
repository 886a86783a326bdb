import { fleetRow } from '../../__testUtils__';
import { groupRows, type FleetLine } from './groupRows';

const row = (
  name: string,
  owners: string[],
  status: 'failing' | 'healthy' | 'slow' | 'unknown' = 'healthy',
) => fleetRow(name, { owners, systems: [], health: { status, message: '' } });

const rows = [
  row('a', ['group:default/ai'], 'failing'),
  row('b', ['group:default/ai', 'group:default/web'], 'slow'),
  row('c', ['group:default/ai'], 'unknown'),
  row('d', ['group:default/web']),
  row('e', []),
];

const inShort = (lines: FleetLine[]) =>
  lines.map(line =>
    line.kind === 'row'
      ? line.row.entityRef.split('/')[1]
      : `${line.of || 'nobody'}: ${line.services}, ${line.hurting} hurt, ${line.unknown} unknown${line.more ? ', more' : ''}`,
  );

it('puts rows under headings that say how many hurt', () => {
  expect(
    inShort(groupRows(rows, 'owner', { closed: new Set(), more: false })),
  ).toEqual([
    'group:default/ai: 3, 2 hurt, 1 unknown',
    'a',
    'b',
    'c',
    'group:default/web: 1, 0 hurt, 0 unknown',
    'd',
    'nobody: 1, 0 hurt, 0 unknown',
    'e',
  ]);
});

it('leaves out the rows of closed groups, and says of the last one that more may follow', () => {
  const closed = new Set(['group:default/ai', '']);
  expect(inShort(groupRows(rows, 'owner', { closed, more: true }))).toEqual([
    'group:default/ai: 3, 2 hurt, 1 unknown',
    'group:default/web: 1, 0 hurt, 0 unknown',
    'd',
    'nobody: 1, 0 hurt, 0 unknown, more',
  ]);
});

it('has one group where nothing is in a system', () => {
  expect(
    inShort(groupRows(rows, 'system', { closed: new Set(), more: false }))[0],
  ).toBe('nobody: 5, 2 hurt, 1 unknown');
  expect(groupRows([], 'system', { closed: new Set(), more: false })).toEqual(
    [],
  );
});

it('puts five thousand rows of one owner under one heading', () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    row(`s${index}`, ['group:default/ai']),
  );
  const lines = groupRows(many, 'owner', { closed: new Set(), more: false });
  expect(lines).toHaveLength(5001);
  expect(inShort(lines.slice(0, 1))).toEqual([
    'group:default/ai: 5000, 0 hurt, 0 unknown',
  ]);
});

it('counts whom nobody can tell to be slow among those of which it is not known', () => {
  const unjudged = fleetRow('f', {
    owners: [],
    health: { status: 'healthy', message: '', slownessNotKnown: true },
  });
  const none = { closed: new Set<string>(), more: false };
  expect(inShort(groupRows([unjudged, rows[4]], 'owner', none))[0]).toBe(
    'nobody: 2, 0 hurt, 1 unknown',
  );
});
