import fc from 'fast-check';
import { resourceKinds } from '../../store/resourceKinds';
import { parseFieldSelector } from './fieldSelector';
import { Labels, parseLabelSelector } from './labelSelector';

const labels = { app: 'chat', version: 'v1', weight: '10', empty: '' };

function outcome(text: string): string {
  try {
    return String(parseLabelSelector(text)(labels));
  } catch (error) {
    return (error as Error).message;
  }
}

describe('parseLabelSelector', () => {
  it.each<[string, boolean]>([
    ['', true],
    ['app=chat', true],
    ['app==chat,version=v1', true],
    ['app=chat,version=v2', false],
    ['app!=chat', false],
    ['absent!=x', true],
    ['app in (chat, other),version', true],
    ['app in (other)', false],
    ['absent in (x)', false],
    ['app notin (other,another)', true],
    ['app notin (chat)', false],
    ['absent notin (x)', true],
    ['!absent', true],
    ['!app', false],
    ['empty=', true],
    ['weight>5', true],
    ['weight<5', false],
    ['app>5', false],
    ['example.com/a-b_c=x', false],
  ])('%s: %s', (selector, expected) => {
    expect(parseLabelSelector(selector)(labels)).toBe(expected);
  });

  it.each(['app=(', 'in (a)', 'a in ()b', 'a=b=c', '{}', "a='b'", 'a=b\n-'])(
    'refuses %j with 400',
    selector => {
      expect(() => parseLabelSelector(selector)).toThrow(
        'unable to parse requirement',
      );
    },
  );

  it('never fails in another way, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(outcome(text)).toMatch(
          /^(true|false|unable to parse requirement)/,
        );
      }),
    );
  });

  it('holds for exactly one of a requirement and its negation', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(
        fc.dictionary(name, name),
        name,
        name,
        (object, key, value) => {
          const holds = (text: string) =>
            parseLabelSelector(text)(object as Labels);
          expect(holds(`${key}=${value}`)).toBe(!holds(`${key}!=${value}`));
          expect(holds(key)).toBe(!holds(`!${key}`));
          expect(holds(`${key} in (${value})`)).toBe(
            !holds(`${key} notin (${value})`),
          );
        },
      ),
    );
  });
});

describe('parseFieldSelector', () => {
  const pod = resourceKinds.find(({ kind }) => kind === 'Pod')!;
  const route = resourceKinds.find(({ kind }) => kind === 'VirtualService')!;
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', namespace: 'b' },
    status: { phase: 'Running' },
  };

  it.each<[string, boolean]>([
    ['metadata.name=a', true],
    ['metadata.name==a,metadata.namespace=c', false],
    ['status.phase!=Running', false],
    ['spec.nodeName=', true],
  ])('%s: %s', (selector, expected) => {
    expect(parseFieldSelector(selector, pod)(object)).toBe(expected);
  });

  it('selects custom resources by name and namespace alone', () => {
    expect(parseFieldSelector('metadata.name=a', route)(object)).toBe(true);
    expect(() => parseFieldSelector('status.phase=x', route)).toThrow(
      'field label not supported: status.phase',
    );
    expect(() => parseFieldSelector('metadata.name', route)).toThrow(
      'invalid selector',
    );
  });
});
