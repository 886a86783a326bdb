import type { NotEvaluated } from '@ai-mesh/plugin-ai-mesh-common';

/** What would have to be known, for a sentence. */
export const obstacleWords: Record<NotEvaluated['what'], string> = {
  'external-authorizer': 'what an external authorizer answers',
  token: "the claims of the request's token",
  address: 'an address or port that is not known here',
  header: 'a part of the request that is not known here',
  sni: "the connection's server name",
  'filter-metadata': 'what another filter of the proxy writes',
  'trust-domain': "the caller's identity, which is not known here",
  'istio-version':
    'the version of Istio: some leave a rule out for ztunnel that asks for trust domains, others enforce it without them',
  'unknown-field':
    'a field or condition that AI Mesh does not know, which a newer Istio may',
  unreadable: "a field that is not what Istio's schema allows",
};
