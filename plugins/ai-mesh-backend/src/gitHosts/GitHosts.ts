import {
  said,
  wording,
  type FixRequestState,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { fetch as undiciFetch } from 'undici';
import { ZodError } from 'zod';
import { isTimeout, networkWords } from '../target/explainNetworkError';
import { readLimited } from '../target/readLimited';
import { worded, wordingWith } from '../worded';
import { followedHosts, type FollowedHost } from './followedHost';
import { hostDialects } from './hostDialects';
import { signedHeaders, Unasked } from './signedHeaders';

const TIMEOUT_MS = 5_000;
/** A pull request of GitHub's is some 30 kB, and others' are less. */
const MOST_BYTES = 1024 * 1024;
/** How often one that is open is looked at, and one that could not be read. */
const AGAIN_MS = 60_000;
const LATER_MS = 10 * 60_000;
/** Azure DevOps answers with its page for signing in, and with 203 for it. */
const REFUSALS = new Set([401, 403, 203]);
const TITLES = [
  ...new Set(Object.values(hostDialects).map(({ title }) => title)),
];

class Unreadable extends Error {}

/** What a Git host said, and in how many milliseconds it is worth another question; absent: it will not change. */
export interface HostAnswer {
  state: FixRequestState;
  againMs?: number;
}

/** The Git hosts of the portal's configuration (`integrations`), asked with the portal's own tokens. */
export class GitHosts {
  readonly #integrations: ScmIntegrationRegistry;
  readonly #hostNamed: (host: string) => FollowedHost | undefined;

  constructor(
    integrations: ScmIntegrationRegistry,
    private readonly againMs: number = AGAIN_MS,
  ) {
    this.#integrations = integrations;
    this.#hostNamed = followedHosts(integrations);
  }

  /**
   * The address of a pull request, written anew.
   *
   * @throws InputError where no host of the configuration has such pages
   */
  addressOf(url: string): string {
    const { protocol, host, pathname } = new URL(url);
    if (!this.#integrations.byHost(host)) {
      throw worded(InputError, wording('pull.noHost'));
    }
    const followed = this.#hostNamed(host);
    if (followed && apiUrlOf(url, followed) === undefined) {
      const { title, example } = followed.dialect;
      throw worded(InputError, wording('pull.noPull', { title, example }));
    }
    return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
  }

  /** Never rejects. */
  async ask(url: string, now: Date): Promise<HostAnswer> {
    const { host } = new URL(url);
    const followed = this.#hostNamed(host);
    const apiUrl = followed && apiUrlOf(url, followed);
    if (!apiUrl) {
      return {
        state: unknown(
          'unsupported',
          wording('pull.unsupported', { hosts: TITLES.join(', ') }),
        ),
      };
    }
    const unreachable = (why: Words): HostAnswer => ({
      state: unknown('unreachable', why),
      againMs: this.againMs,
    });
    let secrets: string[] = [];
    try {
      const headers = await signedHeaders(followed, url, TIMEOUT_MS);
      secrets = [...headers.values()];
      const response = await undiciFetch(apiUrl, {
        headers,
        // A token is for the host that the configuration names.
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const { status } = response;
      const text = await readLimited(
        response,
        MOST_BYTES,
        () => new Unreadable(),
      );
      if (status === 404 || status === 410) {
        return {
          state: unknown('not-found', wording('pull.absent', { host })),
          againMs: LATER_MS,
        };
      }
      if (REFUSALS.has(status)) {
        return {
          state: unknown(
            'forbidden',
            wording('pull.refused', { host, status }),
          ),
          againMs: LATER_MS,
        };
      }
      if (status !== 200) {
        return unreachable(wording('pull.answered', { host, status }));
      }
      const value = followed.dialect.read(text);
      return {
        state: { status: 'known', value, at: now.toISOString() },
        ...((value === 'open' || value === 'conflicting') && {
          againMs: this.againMs,
        }),
        // One that was closed may be opened again.
        ...(value === 'closed' && { againMs: LATER_MS }),
      };
    } catch (error) {
      if (
        error instanceof Unreadable ||
        error instanceof SyntaxError ||
        error instanceof ZodError
      ) {
        return {
          state: unknown(
            'unreadable',
            wording('pull.garbled', { host, title: followed.dialect.title }),
          ),
          againMs: LATER_MS,
        };
      }
      if (isTimeout(error)) {
        const seconds = TIMEOUT_MS / 1000;
        return unreachable(wording('pull.late', { host, seconds }));
      }
      const why =
        error instanceof Unasked ? error.words : networkWords(error, secrets);
      return unreachable(wordingWith('pull.unasked', { host, why }));
    }
  }
}

/** Where the API has what an address is the page of; undefined for one that is no pull request. */
function apiUrlOf(
  url: string,
  { apiBaseUrl, prefix, dialect }: FollowedHost,
): string | undefined {
  const { pathname } = new URL(url);
  const path = pathname.startsWith(`${prefix}/`)
    ? dialect.apiPath(pathname.slice(prefix.length))
    : undefined;
  return path && `${apiBaseUrl}${path}`;
}

function unknown(
  reason: Extract<FixRequestState, { status: 'unknown' }>['reason'],
  why: Words,
): FixRequestState {
  return { status: 'unknown', reason, ...said(why) };
}
