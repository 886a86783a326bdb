import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { saidIn } from '../target/saidIn';
import { failedWith, type Refusal } from '../target/Refusal';

/**
 * Why an answer is of no use before it is even read as Prometheus' JSON, and what to do; undefined where it may be.
 */
export function explainRefusal(
  response: {
    status: number;
    headers: { get(name: string): string | null };
  },
  body: string,
): Refusal | undefined {
  const { status, headers } = response;
  if (status === 401 || status === 403) {
    return {
      reason: 'forbidden',
      words: [wording('source.credentials', { status, key: 'prometheus' })],
    };
  }
  const unreachable = (words: Words): Refusal => ({
    reason: 'source-unreachable',
    words: [words],
  });
  if (status >= 300 && status < 400) {
    const to = targetOf(headers.get('location'));
    return unreachable(
      to === undefined
        ? wording('source.redirects', { status, key: 'prometheus' })
        : wording('source.redirectsTo', { status, to }),
    );
  }
  if (status === 429) {
    const after = headers.get('retry-after');
    return unreachable(
      after
        ? wording('source.waits', { after })
        : wording('source.tooManyRequests'),
    );
  }
  if (looksLikeHtml(headers.get('content-type'), body)) {
    return unreachable(wording('source.prometheusPage', { status }));
  }
  if (status >= 200 && status < 300) {
    return undefined;
  }
  const said = saidIn(body, 'error');
  if (status === 404 || status === 405) {
    return unreachable(wording('source.noPrometheus', { status }));
  }
  if (status === 400 || status === 422) {
    return unreachable(failedWith('source.query', status, said));
  }
  if (status === 502 || status === 503 || status === 504) {
    return unreachable(failedWith('source.unavailable', status, said));
  }
  return unreachable(failedWith('source.failed', status, said));
}

function looksLikeHtml(contentType: string | null, body: string): boolean {
  return (
    contentType?.includes('text/html') === true ||
    /^\s*<(!doctype|html|head|body)/i.test(body)
  );
}

/** Without its query, which of a sign-in page may hold what nobody else should see. */
function targetOf(location: string | null): string | undefined {
  return location?.split(/[?#]/)[0] || undefined;
}
