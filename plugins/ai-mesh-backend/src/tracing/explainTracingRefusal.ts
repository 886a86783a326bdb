import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { failedWith, type Refusal } from '../target/Refusal';
import { saidIn } from '../target/saidIn';

/** Why an answer is of no use before it is read as JSON, and what to do; undefined where it may be. */
export function explainTracingRefusal(
  {
    status,
    headers,
  }: { status: number; headers: { get(name: string): string | null } },
  body: string,
): Refusal | undefined {
  if (status === 401 || status === 403) {
    return {
      reason: 'forbidden',
      words: [
        wording('source.credentials', { status, key: 'tracing' }),
        ...(/no org id/i.test(body) ? [wording('source.noTenant')] : []),
      ],
    };
  }
  const unreachable = (words: Words): Refusal => ({
    reason: 'source-unreachable',
    words: [words],
  });
  if (status >= 300 && status < 400) {
    return unreachable(wording('source.redirects', { status, key: 'tracing' }));
  }
  if (
    headers.get('content-type')?.includes('text/html') ||
    /^\s*<(!doctype|html)/i.test(body)
  ) {
    return unreachable(wording('source.tracingPage', { status }));
  }
  if (status === 404 || status === 405) {
    return unreachable(wording('source.noTracing', { status }));
  }
  if (status >= 200 && status < 300) {
    return undefined;
  }
  return unreachable(
    failedWith(
      status === 429 || status === 502 || status === 503 || status === 504
        ? 'source.unavailable'
        : 'source.search',
      status,
      saidIn(body, 'msg'),
    ),
  );
}
