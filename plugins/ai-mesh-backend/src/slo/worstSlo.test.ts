import {
  known,
  unknown,
  type ObjectiveStatus,
} from '@ai-mesh/plugin-ai-mesh-common';
import { worstSlo } from './worstSlo';

function objective(
  name: string,
  left: number,
  more: Partial<ObjectiveStatus> = {},
): ObjectiveStatus {
  return {
    cluster: 'shop',
    objective: { name, target: 0.99, periodSeconds: 2_592_000 },
    budgetLeft: known(left),
    alert: 'ok',
    lowTraffic: false,
    budgetOverTime: unknown('no-traffic'),
    ...more,
  } as ObjectiveStatus;
}

const young = { youngWithinSeconds: 3600 };

it.each<[string, ObjectiveStatus[], string]>([
  ['the least left', [objective('a', 0.5), objective('b', -0.5)], 'b'],
  [
    'what fires',
    [objective('a', -3), objective('b', 0.9, { alert: 'page' })],
    'b',
  ],
  [
    'what is spent for certain, before what is young',
    [objective('a', -10.8, young), objective('b', -0.5)],
    'b',
  ],
  [
    'what is young and may be spent, before what has something left',
    [objective('a', 0.1), objective('b', -10.8, young)],
    'b',
  ],
])('is %s', (_, objectives, name) => {
  expect(worstSlo({ models: [], objectives, sources: [] })).toMatchObject({
    value: { objective: name },
  });
});

it('says that it is young, and of which period', () => {
  expect(
    worstSlo({
      models: [],
      objectives: [objective('a', -10.8, young)],
      sources: [],
    }),
  ).toMatchObject({
    value: { youngWithinSeconds: 3600, periodSeconds: 2_592_000 },
  });
});
