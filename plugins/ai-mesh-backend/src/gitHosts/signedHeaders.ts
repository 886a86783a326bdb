import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { Headers } from 'undici';
import { networkWords } from '../target/explainNetworkError';
import { within } from '../within';
import { wordingWith } from '../worded';
import { WordedError } from '../WordedError';
import type { FollowedHost } from './followedHost';

/** No question could be sent. Its words say why, and hold nothing that was sent to get a token, or got. */
export class Unasked extends WordedError {}

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
    () => new Unasked(wording('pull.tokenLate', { seconds: timeoutMs / 1000 })),
  ).catch(error => {
    throw error instanceof Unasked ? error : noToken(error);
  });
  try {
    return new Headers({ accept: 'application/json', ...token });
  } catch {
    // The error repeats what no header may hold.
    throw new Unasked(wording('pull.badToken'));
  }
}

/** Whoever issues tokens may repeat in a refusal what it was sent, or the token: of that no more than a number is told. */
function noToken(error: unknown): Unasked {
  const words = networkWords(error, []);
  const because = words.params?.text === undefined ? words : statusOf(error);
  return new Unasked(
    because === undefined
      ? wording('pull.noToken')
      : wordingWith('pull.noTokenBecause', { because }),
  );
}

function statusOf(error: unknown): number | undefined {
  const { status, statusCode } = Object(error);
  return [status, statusCode].find(one => typeof one === 'number');
}
