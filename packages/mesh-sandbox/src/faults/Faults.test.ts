import { Faults } from './Faults';
import { parseFault } from './parseFault';

describe('Faults', () => {
  const subject = {
    target: 'kubernetes' as const,
    method: 'GET',
    resource: 'pods',
  };
  const types = ['latency', 'status'] as const;

  it.each([
    ['everything of a target', {}, true],
    ['its method', { method: 'GET' }, true],
    ['another method', { method: 'PATCH' }, false],
    ['its resource', { resource: 'pods' }, true],
    ['another resource', { resource: 'services' }, false],
  ])('befall %s: %j', (_, scope, expected) => {
    const faults = new Faults();
    faults.set({
      target: 'kubernetes',
      type: 'latency',
      latencyMs: 1,
      ...scope,
    });
    expect(faults.take(subject, types)).toHaveLength(expected ? 1 : 0);
    expect(faults.take({ ...subject, target: 'kiali' }, types)).toEqual([]);
  });

  it('wear off after their count', () => {
    const faults = new Faults();
    faults.set({ target: 'kubernetes', type: 'status', status: 500, count: 2 });
    expect(faults.list()).toMatchObject([{ remaining: 2 }]);
    faults.take(subject, types);
    expect(faults.list()).toMatchObject([{ remaining: 1 }]);
    faults.take(subject, types);
    expect(faults.take(subject, types)).toEqual([]);
    expect(faults.list()).toEqual([]);
  });

  it('wear off after their time', () => {
    let now = 0;
    const faults = new Faults(() => now);
    faults.set({ target: 'kiali', type: 'hang', seconds: 2 });
    now = 1999;
    expect(faults.list()).toHaveLength(1);
    now = 2000;
    expect(faults.list()).toEqual([]);
  });

  it('are cleared one by one, by target, or all', () => {
    const faults = new Faults();
    const { id } = faults.set({ target: 'kiali', type: 'hang' });
    faults.set({ target: 'kiali', type: 'disconnect' });
    faults.set({ target: 'prometheus', type: 'hang' });
    expect(faults.clear({ id })).toBe(1);
    expect(faults.clear({ target: 'kiali' })).toBe(1);
    expect(faults.clear()).toBe(1);
    expect(faults.list()).toEqual([]);
  });
});

describe('parseFault', () => {
  it.each([
    { target: 'kubernetes', type: 'latency', latencyMs: 5 },
    { target: 'prometheus', type: 'hang', count: 3 },
    {
      target: 'kiali',
      type: 'status',
      status: 429,
      retryAfterSeconds: 1,
      message: 'slow down',
    },
    {
      target: 'kubernetes',
      type: 'drop-watch',
      mode: 'silent',
      resource: 'pods',
      method: 'GET',
    },
  ])('takes %j as it is', fault => {
    expect(parseFault(fault)).toEqual(fault);
  });

  it.each<[unknown, string]>([
    [null, 'a fault is an object'],
    [[], 'a fault is an object'],
    [{ target: 'kubernetes' }, '"type": one of latency, status'],
    [{ type: 'hang', target: 'moon' }, '"target": one of kubernetes'],
    [
      { type: 'latency', target: 'kiali', latencyMs: '5' },
      '"latencyMs": an integer from 0',
    ],
    [
      { type: 'status', target: 'kiali', status: 200 },
      '"status": an integer from 400 to 599',
    ],
    [
      { type: 'drop-watch', target: 'kiali', mode: 'close' },
      'only "kubernetes" has watches',
    ],
    [
      { type: 'hang', target: 'kiali', latencyMs: 1 },
      '"latencyMs": no such field for a fault of type "hang"',
    ],
    [{ type: 'hang', target: 'kiali', count: 0 }, '"count": an integer from 1'],
    [{ type: 'hang', target: 'kiali', method: '' }, '"method": a non-empty'],
  ])('refuses %j', (fault, message) => {
    expect(() => parseFault(fault)).toThrow(message);
  });
});
