import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { holdUnknown, type GateContext, type GateFinding } from './GateFinding';

/** A canary that nobody can reach is rolled back, however few requests tried. */
export function readyEndpointsGate({ evidence }: GateContext): GateFinding {
  const notRequests = unknown('not-configured', 'Not a matter of requests.');
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
      rollBackWhen: '0',
      advanceWhen: 'at least 1',
    },
  };
  if (value.status === 'unknown') {
    return {
      ...finding,
      ...holdUnknown('The number of ready endpoints', value),
    };
  }
  return value.value < 1
    ? {
        ...finding,
        outcome: 'breach',
        message: 'The canary has no ready endpoint.',
      }
    : {
        ...finding,
        outcome: 'pass',
        message: `${value.value} ${value.value === 1 ? 'endpoint is' : 'endpoints are'} ready.`,
      };
}
