import {
  known,
  unknown,
  type ModelInUse,
  type ModelsInUse,
} from '@ai-mesh/plugin-ai-mesh-common';

const at = '2026-11-22T10:00:00.000Z';

/** A model that two services use, one of which has most of it. */
export function modelInUse(changes: Partial<ModelInUse> = {}): ModelInUse {
  const figures = {
    requestsPerSecond: known(3),
    errorRatio: known(0.1),
    p95: known({ valueMs: 250, lowerBoundMs: 100, upperBoundMs: 250 }),
    tokensPerSecond: known(30),
    cost: known({ currency: 'USD', perHour: 1, perDay: 24 }),
  };
  const used = (name: string, share: number) => ({
    ...figures,
    requestsPerSecond: known(4 * share),
    share: known(share),
    entityRefs: [`component:default/${name}`],
    cluster: 'demo',
    services: [{ cluster: 'demo', namespace: 'ai-services', name }],
    versions: ['v1', 'v2'],
    requestsByVersion: { v1: 3, v2: 1 },
    observedAt: at,
  });
  return {
    ...figures,
    model: 'swift-chat-3.5',
    providers: ['acme'],
    entityRef: 'resource:default/swift-chat',
    requestsPerSecond: known(4),
    uses: [used('ai-chat-service', 0.75), used('llm-gateway', 0.25)],
    trend: [
      { at, requestsPerSecond: null },
      { at: '2026-11-22T10:01:00.000Z', requestsPerSecond: 4 },
    ],
    ...changes,
  };
}

export function modelsInUse(changes: Partial<ModelsInUse> = {}): ModelsInUse {
  return {
    observedAt: at,
    models: [
      modelInUse(),
      modelInUse({
        model: 'unpriced',
        providers: [],
        entityRef: undefined,
        requestsPerSecond: known(1),
        cost: unknown('not-configured', 'No price for unpriced.'),
        uses: modelInUse().uses.slice(1),
      }),
    ],
    modelCount: 2,
    notKnown: [],
    notKnownCount: 0,
    ...changes,
  };
}
