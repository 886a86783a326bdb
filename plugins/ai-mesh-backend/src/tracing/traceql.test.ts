import fc from 'fast-check';
import { quoteTraceql, traceql } from './traceql';

const chat = { names: ['chat.ai'], workloads: [] };
/** A string of Go between double quotes: nothing in it ends it. */
const STRING = /^"(?:[^"\\\n]|\\(?:["\\bfnrt]|u[0-9a-fA-F]{4}))*"$/;

describe('traceql', () => {
  it.each([
    [{ of: chat }, '{ resource.service.name = "chat.ai" }'],
    [
      { of: { names: ['a', 'b'], workloads: [] }, failedOnly: true },
      '{ ((resource.service.name = "a" || resource.service.name = "b") && (status = error || span.error = true || span.error = "true")) }',
    ],
    [
      { of: chat, model: 'swift', minDurationMs: 1500 },
      '{ (resource.service.name = "chat.ai" && (span.ai.model = "swift" || span.gen_ai.request.model = "swift") && duration >= 1500000us) }',
    ],
    [
      {
        of: {
          names: [],
          workloads: [
            { kind: 'StatefulSet', namespace: 'ai', name: 'llm' },
            { kind: 'Rollout', namespace: 'ai', name: 'chat' },
          ],
        },
      },
      '{ ((resource.k8s.namespace.name = "ai" && resource.k8s.statefulset.name = "llm") || (resource.k8s.namespace.name = "ai" && resource.k8s.deployment.name = "chat")) }',
    ],
  ])('writes %j', (search, query) => {
    expect(traceql(search)).toBe(query);
  });

  it('asks for nothing where nothing tells the service', () => {
    expect(traceql({ of: { names: [], workloads: [] } })).toBeUndefined();
  });

  it('keeps any text inside its string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        const quoted = quoteTraceql(value);
        expect(quoted).toMatch(STRING);
        expect(traceql({ of: chat, model: value })).toBe(
          `{ (resource.service.name = "chat.ai" && (span.ai.model = ${quoted} || span.gen_ai.request.model = ${quoted})) }`,
        );
      }),
    );
    for (const hostile of ['" } || { true', '\\" || true', 'a\nb', '`']) {
      expect(quoteTraceql(hostile)).toMatch(STRING);
    }
  });
});
