import type { FixRequestState } from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type GithubCredentialsProvider,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import { fetch as undiciFetch } from 'undici';
import { ZodError } from 'zod';
import { explainNetworkError, isTimeout } from '../target/explainNetworkError';
import { readLimited } from '../target/readLimited';
import { readPullRequest } from './readPullRequest';
import { requestPage } from './requestPage';

const TIMEOUT_MS = 5_000;
/** A pull request of GitHub's is some 30 kB. */
const MOST_BYTES = 1024 * 1024;
/** How often one that is open is looked at, and one that could not be read. */
const AGAIN_MS = 60_000;
const LATER_MS = 10 * 60_000;

class Unreadable extends Error {}

/** What a Git host said, and in how many milliseconds it is worth another question; absent: it will not change. */
export interface HostAnswer {
  state: FixRequestState;
  againMs?: number;
}

/** The Git hosts of the portal's configuration (`integrations`), asked with the portal's own tokens. */
export class GitHosts {
  readonly #integrations: ScmIntegrationRegistry;
  readonly #credentials: GithubCredentialsProvider;

  constructor(
    integrations: ScmIntegrationRegistry,
    private readonly againMs: number = AGAIN_MS,
  ) {
    this.#integrations = integrations;
    this.#credentials =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  }

  /**
   * The address of a pull request, written anew.
   *
   * @throws InputError where no host of the configuration has such pages
   */
  addressOf(url: string): string {
    const { protocol, host, pathname } = new URL(url);
    const integration = this.#integrations.byHost(host);
    if (!integration) {
      throw new InputError(
        'The url is of no Git host of this portal: only those under integrations in its configuration are followed.',
      );
    }
    if (integration.type === 'github' && !requestPage(url)) {
      throw new InputError(
        'The url is no pull request: it has to be like https://github.com/acme/deployments/pull/7.',
      );
    }
    return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
  }

  /** Never rejects. */
  async ask(url: string, now: Date): Promise<HostAnswer> {
    const page = requestPage(url);
    const { host } = new URL(url);
    const integration = this.#integrations.github.byHost(host);
    const apiBaseUrl = integration?.config.apiBaseUrl;
    if (!page || !apiBaseUrl) {
      return {
        state: unknown(
          'unsupported',
          'Only pull requests of GitHub are followed to their end.',
        ),
      };
    }
    const unreachable = (message: string): HostAnswer => ({
      state: unknown('unreachable', message),
      againMs: this.againMs,
    });
    try {
      const { headers } = await this.#credentials.getCredentials({ url });
      const response = await undiciFetch(
        `${apiBaseUrl}/repos/${page.owner}/${page.name}/pulls/${page.number}`,
        {
          headers: { accept: 'application/vnd.github+json', ...headers },
          // A token is for the host that the configuration names.
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        },
      );
      const { status } = response;
      const text = await readLimited(
        response,
        MOST_BYTES,
        () => new Unreadable(),
      );
      if (status === 404 || status === 410) {
        return {
          state: unknown(
            'not-found',
            `${host} has no such pull request that the portal's token may see.`,
          ),
          againMs: LATER_MS,
        };
      }
      if (status === 401 || status === 403) {
        return {
          state: unknown(
            'forbidden',
            `${host} refuses the portal's token (${status}).`,
          ),
          againMs: LATER_MS,
        };
      }
      if (status !== 200) {
        return unreachable(`${host} answered ${status}.`);
      }
      const value = readPullRequest(text);
      return {
        state: { status: 'known', value, at: now.toISOString() },
        ...(value === 'open' && { againMs: this.againMs }),
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
            `${host} did not answer as GitHub's API does.`,
          ),
          againMs: LATER_MS,
        };
      }
      return unreachable(
        isTimeout(error)
          ? `${host} did not answer within ${TIMEOUT_MS / 1000} s.`
          : `${host} could not be asked: ${explainNetworkError(error)}.`,
      );
    }
  }
}

function unknown(
  reason: Extract<FixRequestState, { status: 'unknown' }>['reason'],
  message: string,
): FixRequestState {
  return { status: 'unknown', reason, message };
}
