import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { shortened } from '../shortened';
import { failedWith, type Refusal } from '../target/Refusal';

/** Why an answer is of no use, and what to do. Kiali writes errors in three ways: see {@link messageOf}. */
export function explainKialiError(status: number, body: string): Refusal {
  const said = messageOf(body) || undefined;
  if (status === 401 || status === 403) {
    return {
      reason: 'forbidden',
      words: [failedWith('source.refused', status, said)],
    };
  }
  const unreachable = (...words: Words[]): Refusal => ({
    reason: 'source-unreachable',
    words,
  });
  if (status >= 300 && status < 400) {
    return unreachable(wording('source.redirects', { status, key: 'kiali' }));
  }
  if (status === 404) {
    return unreachable(
      failedWith('source.noSuchPart', status, said),
      wording('source.maybeOlder'),
    );
  }
  if (status === 400) {
    return unreachable(
      failedWith('source.notUnderstood', status, said),
      wording('source.maybeNewer'),
    );
  }
  return unreachable(
    status === 502 || status === 503 || status === 504
      ? failedWith('source.unavailable', status, said)
      : failedWith('source.failed', status, said),
  );
}

/**
 * What Kiali said: `{"error": ..., "detail": ...}`, a bare JSON string, or plain text. Web pages say nothing.
 */
function messageOf(body: string): string {
  const text = body.trim();
  if (/^</.test(text)) {
    return '';
  }
  let said: unknown = text;
  try {
    said = JSON.parse(text);
  } catch {
    // Plain text is one of the three ways.
    said = text;
  }
  if (typeof said === 'object' && said !== null) {
    const { error, detail } = said as Record<string, unknown>;
    said = [error, detail].filter(part => typeof part === 'string').join(' ');
  }
  return shortened(String(said), 300);
}
