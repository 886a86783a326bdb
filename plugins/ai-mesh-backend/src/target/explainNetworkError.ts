import {
  inEnglish,
  wording,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isError } from '@backstage/errors';
import { withTexts } from '../worded';
import { WordedError } from '../WordedError';
import { NoCertificatesError } from './pemCertificates';
import { redact } from './redact';
import { fileName, withoutPaths } from './withoutPaths';

const meanings: Record<string, TextKey> = {
  ECONNREFUSED: 'network.refused',
  ENOTFOUND: 'network.noSuchHost',
  EAI_AGAIN: 'network.dns',
  ECONNRESET: 'network.closed',
  EPIPE: 'network.closed',
  EHOSTUNREACH: 'network.noWayToHost',
  ENETUNREACH: 'network.noWayToNetwork',
  ETIMEDOUT: 'network.noConnection',
  UND_ERR_CONNECT_TIMEOUT: 'network.noConnection',
  UND_ERR_HEADERS_TIMEOUT: 'network.late',
  UND_ERR_BODY_TIMEOUT: 'network.halfWay',
  UND_ERR_SOCKET: 'network.closed',
  CERT_HAS_EXPIRED: 'network.expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'network.otherHost',
};

const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/**
 * Why a request never got an answer, in words: `nothing listens there (ECONNREFUSED)`. Fetch wraps the reason in
 * causes; the innermost one that has a code says it. Of a file no more than its name is told, and of credentials nothing.
 *
 * @param secrets - what was sent: libraries repeat it in their messages
 */
export function networkWords(error: unknown, secrets: Iterable<string>): Words {
  if (error instanceof NoCertificatesError) {
    const { setting, path } = error;
    return path === undefined
      ? wording('network.noCertificates', { setting })
      : wording('network.noCertificatesInFile', {
          setting,
          file: fileName(path),
        });
  }
  // A path taken out first would take a part of a secret with it, whose rest is not recognised any more.
  const text = () => withoutPaths(redact(messageOf(error), secrets));
  const worded = wordedIn(error);
  if (worded) {
    return withTexts(worded.words, one => withoutPaths(redact(one, secrets)));
  }
  const code = codeOf(error);
  if (code === undefined) {
    return wording('network.other', { text: text() });
  }
  if (untrusted.has(code)) {
    return wording('network.untrusted', { code });
  }
  const file = fileOf(error);
  if (file !== undefined) {
    return wording('network.file', { file: fileName(file), code });
  }
  return Object.hasOwn(meanings, code)
    ? wording(meanings[code], { code })
    : wording('network.otherCode', { text: text(), code });
}

/** {@link networkWords} in English. */
export function explainNetworkError(
  error: unknown,
  secrets: Iterable<string>,
): string {
  return inEnglish([networkWords(error, secrets)]);
}

/** Whether a request was cut off by a time limit of our own. */
export function isTimeout(error: unknown): boolean {
  return isError(error) && error.name === 'TimeoutError';
}

function codeOf(error: unknown): string | undefined {
  if (!isError(error)) {
    return undefined;
  }
  // An AggregateError holds one error for each address of the host.
  const [inner] = Array.isArray(error.errors) ? error.errors : [error.cause];
  return (
    codeOf(inner) ?? (typeof error.code === 'string' ? error.code : undefined)
  );
}

/** The file that an error is about: a certificate, a kubeconfig. */
function fileOf(error: unknown): string | undefined {
  if (!isError(error)) {
    return undefined;
  }
  return typeof error.path === 'string' ? error.path : fileOf(error.cause);
}

/** What somebody has set up otherwise than it can be used. */
function wordedIn(error: unknown): WordedError | undefined {
  if (error instanceof WordedError) {
    return error;
  }
  return isError(error) ? wordedIn(error.cause) : undefined;
}

function messageOf(error: unknown): string {
  if (!isError(error)) {
    return String(error);
  }
  return isError(error.cause) ? messageOf(error.cause) : error.message;
}
