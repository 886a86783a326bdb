import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  InstantSample,
  PrometheusClient,
} from '../../prometheus/PrometheusClient';
import { SourceError } from '../../target/SourceError';
import { oneQuery, type Part } from './gateQueries';

/** Asks Prometheus, and says why where there is no whole answer. */
export async function askParts(
  {
    cluster,
    prometheus,
    signal,
  }: {
    cluster: string;
    prometheus: PrometheusClient | undefined;
    signal?: AbortSignal;
  },
  parts: Part[],
): Promise<Measured<InstantSample[]>> {
  return fromPrometheus(cluster, prometheus, async client => {
    const answer = await client.query(oneQuery(parts), {
      signal,
      fresh: true,
      // Nobody asks for the same moment again, and what is kept for longer must not make room for it.
      keepForMs: 0,
    });
    return { warnings: answer.warnings, value: answer.samples };
  });
}

/** What a question to Prometheus gives, or why it gives nothing. */
export async function fromPrometheus<T>(
  cluster: string,
  prometheus: PrometheusClient | undefined,
  ask: (client: PrometheusClient) => Promise<{ warnings: string[]; value: T }>,
): Promise<Measured<T>> {
  if (!prometheus) {
    return unknown('not-configured', [
      wording('figure.noPrometheus', { cluster }),
    ]);
  }
  try {
    const { warnings, value } = await ask(prometheus);
    // Half an answer may lack the very failures that matter.
    return warnings.length > 0
      ? unknown('source-unreachable', [
          wording('figure.notWhole', { text: warnings.join(' ') }),
        ])
      : known(value);
  } catch (error) {
    if (error instanceof SourceError) {
      return unknown(error.reason, error.why);
    }
    throw error;
  }
}
