import fc from 'fast-check';
import { cloneJson } from '../../store/cloneJson';
import { KubeObject } from '../../store/KubeObject';
import { resourceKinds } from '../../store/resourceKinds';
import { fromFieldsV1, leavesOf, toFieldsV1 } from './FieldSet';
import { serverSideApply } from './serverSideApply';
import { trackUpdate } from './trackUpdate';

interface Deployment extends KubeObject {
  spec: {
    replicas?: number;
    template?: {
      spec: {
        containers: {
          name: string;
          image?: string;
          ports?: { containerPort: number; name?: string }[];
          env?: { name: string; value: string }[];
        }[];
      };
    };
  };
}

const kind = resourceKinds.find(each => each.kind === 'Deployment')!;
const time = '2026-01-02T03:04:05Z';

function deployment(spec: Deployment['spec']): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'chat', namespace: 'ai-services' },
    spec,
  };
}

function apply(
  live: KubeObject | undefined,
  manager: string,
  spec: Deployment['spec'],
  force = false,
): Deployment {
  return serverSideApply({
    kind,
    live,
    configuration: deployment(spec),
    manager: { manager, operation: 'Apply', apiVersion: 'apps/v1' },
    force,
    time,
  }) as Deployment;
}

const containers = (
  ...list: NonNullable<Deployment['spec']['template']>['spec']['containers']
) => ({ template: { spec: { containers: list } } });

describe('serverSideApply', () => {
  it('owns list items by their key', () => {
    const { metadata } = apply(
      undefined,
      'alice',
      containers({ name: 'app', image: 'a:1', ports: [{ containerPort: 80 }] }),
    );
    expect(metadata.managedFields).toEqual([
      {
        manager: 'alice',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        time,
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:spec': {
            'f:template': {
              'f:spec': {
                'f:containers': {
                  'k:{"name":"app"}': {
                    '.': {},
                    'f:name': {},
                    'f:image': {},
                    'f:ports': {
                      'k:{"containerPort":80,"protocol":"TCP"}': {
                        '.': {},
                        'f:containerPort': {},
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ]);
  });

  it('merges items that different managers own, and takes away what its owner gives up', () => {
    const first = apply(
      undefined,
      'alice',
      containers({ name: 'app', image: 'a:1' }, { name: 'side', image: 's:1' }),
    );
    const second = apply(
      first,
      'bob',
      containers({ name: 'app', env: [{ name: 'X', value: '1' }] }),
    );
    expect(second.spec.template?.spec.containers).toEqual([
      { name: 'app', image: 'a:1', env: [{ name: 'X', value: '1' }] },
      { name: 'side', image: 's:1' },
    ]);
    const third = apply(second, 'alice', { replicas: 2 });
    expect(third.spec).toEqual({
      replicas: 2,
      template: {
        spec: {
          containers: [{ name: 'app', env: [{ name: 'X', value: '1' }] }],
        },
      },
    });
  });

  it('names what it would take, and from whom', () => {
    const live = apply(undefined, 'alice', {
      replicas: 1,
      ...containers({ name: 'app', image: 'a:1' }),
    });
    const wanted = {
      replicas: 2,
      ...containers({ name: 'app', image: 'a:2' }),
    };
    expect(() => apply(live, 'bob', wanted)).toThrow(
      'Apply failed with 2 conflicts: conflicts with "alice":\n' +
        '- .spec.replicas\n' +
        '- .spec.template.spec.containers[name="app"].image',
    );
    const forced = apply(live, 'bob', wanted, true);
    expect(forced.spec.replicas).toBe(2);
    expect(() => apply(forced, 'alice', { replicas: 1 })).toThrow('bob');
  });

  it('shares a field that has the wanted value already', () => {
    const live = apply(undefined, 'alice', { replicas: 1 });
    const shared = apply(live, 'bob', { replicas: 1 });
    expect(
      shared.metadata.managedFields?.map(({ manager }) => manager),
    ).toEqual(['alice', 'bob']);
    expect(apply(shared, 'alice', {}).spec).toEqual({ replicas: 1 });
  });

  it('takes what was there before the first apply for another manager', () => {
    const live = deployment({ replicas: 1 });
    expect(() => apply(live, 'alice', { replicas: 2 })).toThrow(
      'conflict with "before-first-apply" using apps/v1: .spec.replicas',
    );
  });

  it('makes nothing new of a second apply of the same', () => {
    const live = apply(undefined, 'alice', { replicas: 1 });
    expect(
      serverSideApply({
        kind,
        live,
        configuration: deployment({ replicas: 1 }),
        manager: {
          manager: 'alice',
          operation: 'Apply',
          apiVersion: 'apps/v1',
        },
        force: false,
        time: '2030-01-01T00:00:00Z',
      }),
    ).toEqual(live);
  });

  it('gives each manager what it applied, if none of them contests', () => {
    const env = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('A', 'B', 'C', 'D'),
        value: fc.constant('same'),
      }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('alice', 'bob'), env), {
          minLength: 1,
        }),
        steps => {
          let live: Deployment | undefined;
          const latest = new Map<string, string[]>();
          for (const [manager, wanted] of steps) {
            const app = { name: 'app', ...(wanted.length && { env: wanted }) };
            live = apply(live, manager, containers(app));
            latest.set(
              manager,
              wanted.map(({ name }) => name),
            );
          }
          const present =
            live?.spec.template?.spec.containers[0].env?.map(
              ({ name }) => name,
            ) ?? [];
          expect(new Set(present)).toEqual(
            new Set([...latest.values()].flat()),
          );
          expect(present).toHaveLength(new Set(present).size);
        },
      ),
    );
  });
});

describe('trackUpdate', () => {
  const update = (previous: Deployment | undefined, next: Deployment) =>
    trackUpdate({
      kind,
      previous,
      next,
      manager: {
        manager: 'kubectl',
        operation: 'Update',
        apiVersion: 'apps/v1',
      },
      time,
    });

  it('gives whoever changes a field that field alone', () => {
    const live = apply(undefined, 'alice', {
      replicas: 1,
      ...containers({ name: 'app' }),
    });
    const next = cloneJson(live);
    next.spec.replicas = 2;
    const entries = update(live, next);
    expect(
      entries?.map(({ manager, fieldsV1 }) => [
        manager,
        [...fromFieldsV1(fieldsV1)].some(key => key.endsWith('f:replicas')),
      ]),
    ).toEqual([
      ['alice', false],
      ['kubectl', true],
    ]);
  });

  it('tracks from creation on, but not what came in without owners', () => {
    const object = deployment({ replicas: 1 });
    expect(update(undefined, object)).toHaveLength(1);
    expect(update(object, deployment({ replicas: 2 }))).toBeUndefined();
  });
});

describe('FieldSet', () => {
  it('is the same after a way through FieldsV1', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), data => {
        const object = {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'a' },
          data: cloneJson(data),
        };
        const keys = new Set(
          [...leavesOf(object, kind, 'object').keys()].filter(
            key => !key.includes('\n\n'),
          ),
        );
        fc.pre(!Object.keys(data).some(key => key.includes('\n')));
        expect(fromFieldsV1(toFieldsV1(keys))).toEqual(keys);
      }),
    );
  });
});
