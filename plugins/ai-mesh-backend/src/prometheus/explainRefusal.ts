import { saidIn } from '../target/saidIn';
import type { SourceError } from '../target/SourceError';

interface Refusal {
  reason: SourceError['reason'];
  message: string;
}

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
      message: `refused the portal's credentials (${status}). Check prometheus.auth, headers and tenant of this cluster under aiMesh.clusters.`,
    };
  }
  const unreachable = (message: string): Refusal => ({
    reason: 'source-unreachable',
    message,
  });
  if (status >= 300 && status < 400) {
    return unreachable(
      `redirects to ${targetOf(headers.get('location'))} instead of answering (${status}). Set prometheus.url to where the API itself is; a page to sign in at needs another way in.`,
    );
  }
  if (status === 429) {
    const after = headers.get('retry-after');
    return unreachable(
      `has too many requests at present (429)${after ? `; it asks to wait ${after} s` : ''}.`,
    );
  }
  if (looksLikeHtml(headers.get('content-type'), body)) {
    return unreachable(
      `answered with a web page instead of JSON (${status}). Check that prometheus.url leads to Prometheus' API and not to a proxy's or a sign-in page.`,
    );
  }
  if (status >= 200 && status < 300) {
    return undefined;
  }
  const said = saidIn(body, 'error');
  if (status === 404 || status === 405) {
    return unreachable(
      `has no API there (${status}). Check prometheus.url: the path before /api/v1 may be missing, such as /prometheus.`,
    );
  }
  if (status === 400 || status === 422) {
    return unreachable(`could not run the query (${status})${said}`);
  }
  if (status === 502 || status === 503 || status === 504) {
    return unreachable(`is not available at present (${status})${said}`);
  }
  return unreachable(`failed (${status})${said}`);
}

function looksLikeHtml(contentType: string | null, body: string): boolean {
  return (
    contentType?.includes('text/html') === true ||
    /^\s*<(!doctype|html|head|body)/i.test(body)
  );
}

/** Without its query, which of a sign-in page may hold what nobody else should see. */
function targetOf(location: string | null): string {
  return location?.split(/[?#]/)[0] || 'nowhere';
}
