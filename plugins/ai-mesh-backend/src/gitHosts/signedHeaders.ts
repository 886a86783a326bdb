import { inEnglish } from '@ai-mesh/plugin-ai-mesh-common';
import { Headers } from 'undici';
import { networkWords } from '../target/explainNetworkError';
import { within } from '../within';
import type { FollowedHost } from './followedHost';

/** No question could be sent. The message says why, and holds nothing that was sent to get a token, or got. */
export class Unasked extends Error {}

/**
 * The headers of a question to a Git host. Its token may have to be fetched first, from the host or from somebody else.
 *
 * @throws Unasked where there is no token in time, or none that can be sent
 */
export async function signedHeaders(
  host: FollowedHost,
  url: string,
  timeoutMs: number,
): Promise<Headers> {
  const token = await within(
    timeoutMs,
    host.headers(url),
    () =>
      new Unasked(
        `the portal got no token for it within ${timeoutMs / 1000} s`,
      ),
  ).catch(error => {
    throw error instanceof Unasked ? error : noToken(error);
  });
  try {
    return new Headers({ accept: 'application/json', ...token });
  } catch {
    // The error repeats what no header may hold.
    throw new Unasked(
      "the portal's token for it, in integrations of its configuration, has characters that cannot be sent, like a line break",
    );
  }
}

/** Whoever issues tokens may repeat in a refusal what it was sent, or the token: of that no more than a number is told. */
function noToken(error: unknown): Unasked {
  const words = networkWords(error, []);
  const status = statusOf(error);
  const why =
    words.params?.text === undefined ? inEnglish([words]) : status?.toString();
  return new Unasked(
    `the portal got no token for it by what integrations of its configuration says${why ? ` (${why})` : ''}`,
  );
}

function statusOf(error: unknown): number | undefined {
  const { status, statusCode } = Object(error);
  return [status, statusCode].find(one => typeof one === 'number');
}
