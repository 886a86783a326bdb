import type { SourceError } from '../target/SourceError';
import { shortened } from '../shortened';

interface Refusal {
  reason: SourceError['reason'];
  message: string;
}

/** Why an answer is of no use, and what to do. Kiali writes errors in three ways: see {@link messageOf}. */
export function explainKialiError(status: number, body: string): Refusal {
  const said = messageOf(body);
  const words = said ? `: ${said}` : '.';
  if (status === 401 || status === 403) {
    return {
      reason: 'forbidden',
      message: `refused what was asked for (${status})${words}`,
    };
  }
  const unreachable = (message: string): Refusal => ({
    reason: 'source-unreachable',
    message,
  });
  if (status >= 300 && status < 400) {
    return unreachable(
      `redirects instead of answering (${status}). Set kiali.url to where Kiali itself is; a page to sign in at needs another way in.`,
    );
  }
  if (status === 404) {
    return unreachable(
      `has no such part of the API (404)${words} Its version may be older than what is asked for.`,
    );
  }
  if (status === 400) {
    return unreachable(
      `did not understand the question (400)${words} Its version may be newer than what this portal knows.`,
    );
  }
  return unreachable(
    status === 502 || status === 503 || status === 504
      ? `is not available at present (${status})${words}`
      : `failed (${status})${words}`,
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
