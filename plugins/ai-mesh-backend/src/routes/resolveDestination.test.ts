import { rulesOf, to } from './__testUtils__/chatRules';
import { meshOf, virtualService } from './__testUtils__/meshOf';
import { resolveRoutes } from './resolveRoutes';

const chat = { namespace: 'ai', name: 'chat' };

describe('a destination', () => {
  it.each([
    [{ host: 'chat', subset: 'v3' }, 'is not defined by a DestinationRule'],
    [{ host: 'chat', subset: 'v9' }, 'no endpoints with the labels'],
    [{ host: 'gone' }, 'There is no Service ai/gone.'],
    [{ host: 'api.example.com' }, 'No Service and no ServiceEntry'],
    [{ host: 'chat.ai' }, 'write chat.ai.svc.cluster.local'],
  ])('%j has a problem: %s', (destination, problem) => {
    const [rule] = rulesOf([{ route: [{ destination }] }], {
      subsets: ['v1', 'v9'],
    });
    expect(rule.destinations[0].problem).toContain(problem);
  });

  it('of weight 0 beside others gets nothing, without a problem', () => {
    const [rule] = rulesOf([
      { route: [to('v1', { weight: 100 }), to('v2', { weight: 0 })] },
    ]);
    expect(rule.destinations[1]).toMatchObject({ weightPercent: 0, weight: 0 });
    expect(rule.destinations[1].problem).toBeUndefined();
  });

  it('of a rule whose weights are all 0 gets nothing, which is a problem', () => {
    const [rule] = rulesOf([
      { route: [to('v1', { weight: 0 }), to('v2', { weight: 0 })] },
    ]);
    expect(rule.destinations[1]).toMatchObject({
      weightPercent: 0,
      problem: 'All weights of the rule are 0: no request reaches it.',
    });
  });

  it('outside the mesh is known by its ServiceEntry and has no endpoints here', () => {
    const { rules } = resolveRoutes(
      meshOf(
        `${virtualService('chat', {
          hosts: ['chat'],
          http: [{ route: [{ destination: { host: 'api.example.com' } }] }],
        })}---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { namespace: ai, name: provider }
spec: { hosts: ['*.example.com'] }
`,
      ),
      chat,
    );
    expect(rules[0].destinations[0]).toMatchObject({
      kind: 'external',
      endpoints: { status: 'unknown', reason: 'not-configured' },
    });
    expect(rules[0].destinations[0].problem).toBeUndefined();
  });

  it('has unknown endpoints, and no invented problem, where the DestinationRules may not be listed', () => {
    const routes = resolveRoutes(
      meshOf(
        virtualService('chat', {
          hosts: ['chat'],
          http: [{ route: [to('v1')] }],
        }),
        {
          states: {
            DestinationRule: { status: 'forbidden', message: 'may not list' },
          },
        },
      ),
      chat,
    );
    expect(routes.rules[0].destinations[0]).toMatchObject({
      endpoints: { status: 'unknown', reason: 'forbidden' },
    });
    expect(routes.rules[0].destinations[0].problem).toBeUndefined();
    expect(routes.breakers).toBeUndefined();
  });
});
