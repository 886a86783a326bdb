import fc from 'fast-check';
import { cloneJson } from './cloneJson';
import { equalJson } from './equalJson';
import { KubeObject } from './KubeObject';
import { ObjectStore } from './ObjectStore';
import { StoreChange } from './StoreChange';

interface VirtualService extends KubeObject {
  spec: { hosts: string[]; http?: unknown[] };
}

const chat: VirtualService = {
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'VirtualService',
  metadata: { name: 'ai-chat-service', namespace: 'ai-services' },
  spec: { hosts: ['ai-chat-service'] },
};
const group = 'networking.istio.io';
const named = { namespace: 'ai-services', name: 'ai-chat-service' };

function newStore(historyLimit?: number) {
  return new ObjectStore({
    clock: () => new Date('2026-01-02T03:04:05.678Z'),
    historyLimit,
  });
}

describe('ObjectStore', () => {
  it('keeps an object once, whatever version it was written in', () => {
    const store = newStore();
    store.create(chat);
    expect(store.get(group, 'VirtualService', named)).toMatchObject({
      apiVersion: 'networking.istio.io/v1',
      metadata: {
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        creationTimestamp: '2026-01-02T03:04:05Z',
        generation: 1,
        resourceVersion: '2',
      },
    });
    expect(() =>
      store.create({ ...chat, apiVersion: 'networking.istio.io/v1alpha3' }),
    ).toThrow(
      'virtualservices.networking.istio.io "ai-chat-service" already exists',
    );
  });

  it('hands out objects that cannot be changed', () => {
    const store = newStore();
    const stored = store.create(chat);
    expect(() => stored.spec.hosts.push('x')).toThrow(TypeError);
    expect(chat.metadata.uid).toBeUndefined();
  });

  it.each([
    ['spec', 2, (o: VirtualService) => o.spec.hosts.push('b')],
    ['labels', 1, (o: VirtualService) => (o.metadata.labels = { a: 'b' })],
    ['status', 1, (o: VirtualService) => (o.status = { ok: true })],
  ])('a change of %s gives generation %d', (_, generation, edit) => {
    const store = newStore();
    store.create(chat);
    const after = store.update(group, 'VirtualService', named, edit);
    expect(after.metadata.generation).toBe(generation);
    expect(after.metadata.resourceVersion).toBe('3');
  });

  it('makes no new version for a write that changes nothing', () => {
    const store = newStore();
    const heard = jest.fn();
    const stored = store.create(chat);
    store.on('change', heard);
    expect(store.replace(stored)).toBe(stored);
    expect(store.upsert(chat)).toBe(stored);
    expect(store.resourceVersion).toBe('2');
    expect(heard).not.toHaveBeenCalled();
  });

  it('refuses a write that was made for an older version', () => {
    const store = newStore();
    const old = store.create(chat);
    store.update<VirtualService>(group, 'VirtualService', named, draft => {
      draft.spec.hosts = ['other'];
    });
    expect(() => store.replace(old)).toThrow(
      'Operation cannot be fulfilled on virtualservices.networking.istio.io "ai-chat-service": ' +
        'the object has been modified; please apply your changes to the latest version and try again',
    );
    expect(() =>
      store.remove(group, 'VirtualService', named, { uid: 'another' }),
    ).toThrow('Precondition failed: UID in precondition: another');
  });

  it('changes nothing in a dry run', () => {
    const store = newStore();
    const heard = jest.fn();
    store.on('change', heard);
    const answer = store.create(chat, { dryRun: true });
    expect(answer.metadata.uid).toBeDefined();
    expect(answer.metadata.resourceVersion).toBeUndefined();
    expect(store.list(group, 'VirtualService')).toEqual([]);
    store.create(chat);
    store.remove(group, 'VirtualService', named, { dryRun: true });
    expect(store.get(group, 'VirtualService', named)).toBeDefined();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('lets an object with a finalizer go once the finalizer is gone', () => {
    const store = newStore();
    const types: string[] = [];
    store.create({
      ...chat,
      metadata: { ...chat.metadata, finalizers: ['x.io/y'] },
    });
    store.on('change', change => types.push(change.type));
    store.remove(group, 'VirtualService', named);
    expect(
      store.get(group, 'VirtualService', named)?.metadata.deletionTimestamp,
    ).toBe('2026-01-02T03:04:05Z');
    store.update(group, 'VirtualService', named, draft => {
      draft.metadata.finalizers = [];
    });
    expect(store.get(group, 'VirtualService', named)).toBeUndefined();
    expect(types).toEqual(['MODIFIED', 'DELETED']);
  });

  it.each([
    ['name', { name: '', namespace: 'a' }, 'needs metadata.name'],
    ['namespace', { name: 'a' }, 'needs metadata.namespace'],
  ])('refuses an object without a %s', (_, metadata, message) => {
    expect(() => newStore().create({ ...chat, metadata })).toThrow(message);
  });

  it('refuses a kind that it does not know', () => {
    expect(() => newStore().create({ ...chat, kind: 'Tapestry' })).toThrow(
      'the sandbox has no kind "Tapestry" in group "networking.istio.io"',
    );
  });

  it('lets every listener hear changes in the order of their versions, nested writes included', () => {
    const store = newStore();
    const heard: string[] = [];
    store.on('change', change => {
      if (change.type === 'ADDED') {
        store.update(group, 'VirtualService', named, draft => {
          draft.metadata.labels = { touched: 'yes' };
        });
      }
    });
    store.on('change', change =>
      heard.push(`${change.type} ${change.version}`),
    );
    store.on('settled', () => heard.push('settled'));
    store.create(chat);
    expect(heard).toEqual(['ADDED 2', 'MODIFIED 3', 'settled']);
  });

  it('goes on delivering after a listener has thrown', () => {
    const store = newStore();
    const stop = store.on('change', () => {
      throw new Error('a broken listener');
    });
    expect(() => store.create(chat)).toThrow('a broken listener');
    stop();
    const heard = jest.fn();
    store.on('change', heard);
    store.remove(group, 'VirtualService', named);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('completes objects before it stores them', () => {
    const store = newStore();
    store.beforeWrite((draft, { previous }) => {
      draft.metadata.annotations = { seen: previous ? 'again' : 'first' };
    });
    expect(store.create(chat).metadata.annotations).toEqual({ seen: 'first' });
    expect(store.upsert(chat).metadata.annotations).toEqual({ seen: 'again' });
  });

  it('knows the changes since a version, until it forgets them', () => {
    const store = newStore(3);
    store.create(chat);
    for (let i = 0; i < 4; i += 1) {
      store.update<VirtualService>(group, 'VirtualService', named, draft => {
        draft.spec.hosts = [`host-${i}`];
      });
    }
    const versions = (since: string) =>
      store.changesSince(group, 'VirtualService', since)?.map(c => c.version);
    expect(versions('3')).toEqual([4, 5, 6]);
    store.update<VirtualService>(group, 'VirtualService', named, draft => {
      draft.spec.hosts = ['last'];
    });
    expect(versions('3')).toBeUndefined();
    expect(versions('4')).toEqual([5, 6, 7]);
    store.compact();
    expect(versions('7')).toBeUndefined();
    expect(versions(store.resourceVersion)).toEqual([]);
  });

  it('tells a history from which the present state can be rebuilt', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const step = fc.record({
      name,
      action: fc.constantFrom('upsert', 'remove'),
      host: fc.constantFrom('x', 'y'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        const store = newStore();
        const rebuilt = new Map<string, KubeObject>();
        const heard: StoreChange[] = [];
        store.on('change', change => heard.push(change));
        for (const each of steps) {
          const ref = { namespace: 'n', name: each.name };
          if (each.action === 'upsert') {
            store.upsert({
              ...chat,
              metadata: ref,
              spec: { hosts: [each.host] },
            });
          } else if (store.get(group, 'VirtualService', ref)) {
            store.remove(group, 'VirtualService', ref);
          }
        }
        for (const { type, object } of heard) {
          if (type === 'DELETED') {
            rebuilt.delete(object.metadata.name);
          } else {
            rebuilt.set(object.metadata.name, object);
          }
        }
        const now = store.list(group, 'VirtualService', { sorted: true });
        expect(now).toEqual(
          [...rebuilt.values()].sort((a, b) =>
            a.metadata.name < b.metadata.name ? -1 : 1,
          ),
        );
        expect(store.changesSince(group, 'VirtualService', '1')).toEqual(heard);
      }),
    );
  });
});

describe('equalJson', () => {
  it('holds for a copy, and not for a copy with a field more', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), a => {
        expect(equalJson(a, cloneJson(a))).toBe(true);
        expect(equalJson({ a, b: undefined }, { a })).toBe(true);
        expect(equalJson({ a }, { a, b: undefined })).toBe(true);
        expect(equalJson({ a }, { a, b: null })).toBe(false);
        expect(equalJson([a], [a, a])).toBe(false);
        expect(equalJson([a], a)).toBe(false);
      }),
    );
  });
});
