import { saidIn } from '../target/saidIn';
import type { SourceError } from '../target/SourceError';

interface Refusal {
  reason: SourceError['reason'];
  message: string;
}

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
      message: `refused the portal's credentials (${status}). Check tracing.auth, headers and tenant of this cluster under aiMesh.clusters.${/no org id/i.test(body) ? ' It keeps several tenants and was told none: set tracing.tenant.' : ''}`,
    };
  }
  const unreachable = (message: string): Refusal => ({
    reason: 'source-unreachable',
    message,
  });
  if (status >= 300 && status < 400) {
    return unreachable(
      `redirects instead of answering (${status}). Set tracing.url to where the API itself is; a page to sign in at needs another way in.`,
    );
  }
  if (
    headers.get('content-type')?.includes('text/html') ||
    /^\s*<(!doctype|html)/i.test(body)
  ) {
    return unreachable(
      `answered with a web page instead of JSON (${status}). Check tracing.url: the path before /api/traces may be missing, such as /jaeger.`,
    );
  }
  if (status === 404 || status === 405) {
    return unreachable(
      `has no such API there (${status}). Check that tracing.url leads to Jaeger's query service or to Tempo's API, and that tracing.type, where it is set, is right.`,
    );
  }
  if (status >= 200 && status < 300) {
    return undefined;
  }
  const said = saidIn(body, 'msg');
  return unreachable(
    status === 429 || status === 502 || status === 503 || status === 504
      ? `is not available at present (${status})${said}`
      : `could not answer the search (${status})${said}`,
  );
}
