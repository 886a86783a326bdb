import {
  chinese,
  inLanguage,
  type Source,
} from '@ai-mesh/plugin-ai-mesh-common';
import { boundAnswer } from './boundAnswer';

const many = <T>(count: number, one: (n: number) => T) =>
  Array.from({ length: count }, (_, n) => one(n));
const source = { name: 'kubernetes', cluster: 'eu', status: 'ok' };

interface Answer {
  [key: string]: unknown;
  sources: Source[];
}

const bounded = (answer: object) => {
  const smaller = boundAnswer({ sources: [source], ...answer }) as Answer;
  expect(JSON.stringify(smaller).length).toBeLessThan(1_000_000);
  return smaller;
};

describe('boundAnswer', () => {
  it('leaves an ordinary answer as it is', () => {
    const answer = { rules: many(1000, n => ({ n })), sources: [source] };
    expect(boundAnswer(answer)).toBe(answer);
  });

  it('keeps the first of a long list, and says how many there are', () => {
    const rules = many(5000, n => ({ path: `/${n}`, text: 'x'.repeat(300) }));
    const { services, other, sources } = bounded({
      services: [{ rules }],
      other: [1, 2, 3],
    });
    expect(services).toEqual([{ rules: rules.slice(0, 500) }]);
    expect(other).toEqual([1, 2, 3]);
    expect(sources).toMatchObject([
      {
        ...source,
        status: 'partial',
        message:
          'There is too much of it for one answer: it holds 500 of 5000 of services.rules.',
      },
    ]);
    expect(inLanguage(sources[0].words!, chinese)).toBe(
      '内容太多，一次响应放不下，其中包含：services.rules 的 5000 项中的 500 项。',
    );
  });

  it('keeps what a source said itself', () => {
    const { sources } = bounded({
      rules: many(5000, () => 'x'.repeat(300)),
      sources: [{ ...source, status: 'stale', message: 'It is away.' }],
    });
    expect(sources[0]).toMatchObject({
      status: 'stale',
      message: expect.stringMatching(/^It is away\. There is too much/),
    });
  });

  it('cuts long texts, and maps of many keys', () => {
    const { text, labels, sources } = bounded({
      text: 'y'.repeat(900_000),
      labels: Object.fromEntries(many(3000, n => [`k${n}`, 'v'])),
    });
    expect(text).toBe(`${'y'.repeat(20_000)}…`);
    expect(Object.keys(labels as object)).toHaveLength(500);
    expect(sources[0].message).toContain('the beginnings of 1 long texts');
  });

  it.each(['fix', 'manifest'])('shows a %s as a whole or not at all', key => {
    const large = {
      apiVersion: 'v1',
      kind: 'VirtualService',
      metadata: { namespace: 'ai', name: 'chat', labels: { a: 'b' } },
      spec: { http: many(4000, n => ({ n, text: 'z'.repeat(300) })) },
    };
    const small = { ...large, spec: { http: many(3, n => ({ n })) } };
    const { findings, sources } = bounded({
      findings: [{ [key]: large }, { [key]: small }],
    });
    expect(findings).toEqual([
      key === 'fix'
        ? {}
        : {
            manifest: {
              apiVersion: 'v1',
              kind: 'VirtualService',
              metadata: { namespace: 'ai', name: 'chat' },
            },
          },
      { [key]: small },
    ]);
    expect(sources[0].message).toContain('nothing of 1 large objects');
  });

  it('bounds lists within lists', () => {
    const { a } = bounded({
      a: many(300, () => many(300, () => many(30, () => 'abcdefgh'))),
    });
    expect(a).not.toHaveLength(300);
  });
});
