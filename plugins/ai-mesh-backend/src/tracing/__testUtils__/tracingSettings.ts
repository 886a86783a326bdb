import type { TracingSettings } from '../../config/settings';

/** The settings of a tracing system without credentials, that is asked anew each time. */
export function tracingSettings(
  url: string,
  more: Partial<TracingSettings> = {},
): TracingSettings {
  return {
    url,
    auth: { type: 'none' },
    headers: {},
    tls: { skipVerify: false },
    timeoutMs: 1000,
    cacheTtlMs: 0,
    ...more,
  };
}
