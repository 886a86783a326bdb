import type { ClientMode, ServerMode } from '@ai-mesh/plugin-ai-mesh-common';
import { mtlsOutcome } from './outcome';

describe('what a call comes to', () => {
  it.each<[ServerMode, ClientMode, string]>([
    ['STRICT', 'AUTO', 'encrypted'],
    ['STRICT', 'ISTIO_MUTUAL', 'encrypted'],
    ['STRICT', 'DISABLE', 'refused'],
    ['STRICT', 'SIMPLE', 'refused'],
    ['STRICT', 'PLAINTEXT', 'refused'],
    ['STRICT', 'MUTUAL', 'unknown'],
    ['PERMISSIVE', 'AUTO', 'encrypted'],
    ['PERMISSIVE', 'ISTIO_MUTUAL', 'encrypted'],
    ['PERMISSIVE', 'DISABLE', 'plaintext'],
    ['PERMISSIVE', 'PLAINTEXT', 'plaintext'],
    ['PERMISSIVE', 'SIMPLE', 'unknown'],
    ['DISABLE', 'AUTO', 'plaintext'],
    ['DISABLE', 'ISTIO_MUTUAL', 'refused'],
    ['DISABLE', 'PLAINTEXT', 'plaintext'],
    ['NO_PROXY', 'AUTO', 'plaintext'],
    ['NO_PROXY', 'ISTIO_MUTUAL', 'refused'],
    ['NO_PROXY', 'SIMPLE', 'unknown'],
    ['UNKNOWN', 'ISTIO_MUTUAL', 'unknown'],
    ['STRICT', 'UNKNOWN', 'unknown'],
  ])('%s called with %s is %s', (server, client, outcome) => {
    expect(mtlsOutcome(client, server).outcome).toBe(outcome);
  });
});
