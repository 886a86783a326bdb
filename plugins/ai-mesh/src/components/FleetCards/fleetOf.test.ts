import { fleetOf } from './fleetOf';

const relation = (type: string, name: string) => ({
  type,
  targetRef: `group:default/${name}`,
});

it.each([
  ['Group', [relation('hasMember', 'x')], { owner: 'group:default/one' }],
  ['System', [relation('ownedBy', 'x')], { system: 'system:default/one' }],
  ['User', undefined, { owner: 'user:default/one' }],
  [
    'User',
    [
      relation('memberOf', 'ai-team'),
      relation('ownerOf', 'x'),
      relation('memberOf', 'on-call'),
      relation('memberOf', 'ai-team'),
    ],
    { owner: 'user:default/one,group:default/ai-team,group:default/on-call' },
  ],
])('says whose services are meant: %s %#', (kind, relations, choices) => {
  expect(
    fleetOf({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name: 'one', namespace: 'default' },
      relations,
    }),
  ).toEqual(choices);
});
