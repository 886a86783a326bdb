import { sameObject } from './sameObject';
import { yamlLines } from './yamlLines';

const manifest = {
  kind: 'VirtualService',
  spec: {
    http: [
      { name: 'first' },
      { name: 'second', route: [{ weight: 90 }] },
      { name: 'third' },
    ],
  },
};

const marked = (path?: string) =>
  yamlLines(manifest, path)
    .filter(line => line.marked)
    .map(({ text }) => text.trim());

describe('yamlLines', () => {
  it.each([
    ['spec.http[1]', ['- name: second', 'route:', '- weight: 90']],
    ['spec.http[2]', ['- name: third']],
    ['spec.http[0].name', ['- name: first']],
    ['kind', ['kind: VirtualService']],
    ['spec.http[7]', []],
    ['no.such.path', []],
    [undefined, []],
  ])('marks %s', (path, lines) => {
    expect(marked(path)).toEqual(lines);
  });

  it('keeps a long line in one piece', () => {
    const text = 'word '.repeat(60).trim();
    expect(yamlLines({ text })).toEqual([
      { text: `text: ${text}`, marked: false },
    ]);
  });
});

describe('sameObject', () => {
  const ref = {
    cluster: 'demo',
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    namespace: 'ai-services',
    name: 'chat',
  };

  it.each([
    [{}, true],
    [{ apiVersion: 'networking.istio.io/v1beta1' }, true],
    [{ apiVersion: 'example.com/v1' }, false],
    [{ apiVersion: 'v1' }, false],
    [{ cluster: 'other' }, false],
    [{ namespace: 'other' }, false],
    [{ name: 'other' }, false],
    [{ kind: 'DestinationRule' }, false],
  ])('with %j is %s', (change, same) => {
    expect(sameObject(ref, { ...ref, ...change })).toBe(same);
  });
});
