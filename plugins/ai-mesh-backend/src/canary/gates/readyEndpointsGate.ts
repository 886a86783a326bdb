import { known, unknown, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { boundWords } from './boundWords';
import {
  breach,
  holdUnknown,
  pass,
  type GateContext,
  type GateFinding,
} from './GateFinding';

/** A canary that nobody can reach is rolled back, however few requests tried. */
export function readyEndpointsGate({ evidence }: GateContext): GateFinding {
  const notRequests = unknown('not-configured', [
    wording('figure.notRequests'),
  ]);
  const value = evidence.canary.readyEndpoints;
  const finding = {
    gate: 'ready-endpoints' as const,
    unit: 'endpoints' as const,
    windowSeconds: evidence.windowSeconds,
    canary: { value, requests: notRequests },
    stable: {
      value: evidence.stable.readyEndpoints,
      requests: notRequests,
    },
    bounds: {
      rollBack: known(0),
      advance: known(1),
      ...boundWords(wording('when.noEndpoint'), wording('when.anEndpoint')),
    },
  };
  if (value.status === 'unknown') {
    return {
      ...finding,
      ...holdUnknown('what.endpoints', value),
    };
  }
  return value.value < 1
    ? { ...finding, ...breach(wording('endpoints.none')) }
    : {
        ...finding,
        ...pass(
          value.value === 1
            ? wording('endpoints.one')
            : wording('endpoints.many', { count: value.value }),
        ),
      };
}
