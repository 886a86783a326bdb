import type { Measured, UnknownReason } from '@ai-mesh/plugin-ai-mesh-common';

/** As `unknown` of the common package, which brings the backend's English sentences along for whoever says more. */
export const notKnown = (reason: UnknownReason): Measured<never> => ({
  status: 'unknown',
  reason,
});
