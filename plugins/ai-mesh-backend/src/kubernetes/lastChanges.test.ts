import { lastChangesOf } from './lastChanges';
import { kindTable, type KindRow } from './kindTable';
import { stripObject } from './stripObject';

const managedFields = [
  { manager: 'argocd', operation: 'Apply', time: '2026-01-02T00:00:00Z' },
  {
    manager: 'kube-controller-manager',
    operation: 'Update',
    subresource: 'status',
    time: '2026-01-03T00:00:00Z',
  },
  { manager: 'kubectl-edit', operation: 'Update', time: 'yesterday' },
  null,
];

const rowOf = (kind: string) =>
  kindTable.find(row => row.kind === kind) as KindRow & {
    kind: 'VirtualService';
  };

describe('lastChangesOf', () => {
  it.each(['VirtualService', 'Deployment'])(
    'knows when a %s was created and who last changed it, once it is stripped',
    kind => {
      const object = stripObject(rowOf(kind), 'v1', {
        metadata: {
          name: 'chat',
          namespace: 'ai',
          creationTimestamp: '2026-01-01T00:00:00Z',
          managedFields,
        },
        spec: {},
      })!;
      expect(lastChangesOf(object)).toEqual([
        { at: new Date('2026-01-01T00:00:00Z') },
        { at: new Date('2026-01-02T00:00:00Z'), by: 'argocd' },
      ]);
      expect(object.metadata).not.toHaveProperty('managedFields');
    },
  );

  it('knows nothing of an object that says nothing', () => {
    const object = stripObject(rowOf('VirtualService'), 'v1', {
      metadata: { name: 'chat', managedFields: 'many' },
    })!;
    expect(lastChangesOf(object)).toEqual([]);
  });
});
