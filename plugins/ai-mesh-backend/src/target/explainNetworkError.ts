import { isError } from '@backstage/errors';
import { fileName, withoutPaths } from './withoutPaths';

const meanings: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host name is not known to DNS',
  EAI_AGAIN: 'DNS did not answer',
  ECONNRESET: 'it closed the connection',
  EPIPE: 'it closed the connection',
  EHOSTUNREACH: 'there is no way to its host',
  ENETUNREACH: 'there is no way to its network',
  ETIMEDOUT: 'it did not accept the connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not accept the connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'its answer stopped half-way',
  UND_ERR_SOCKET: 'it closed the connection',
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
 * causes; the innermost one that has a code says it. Of a file no more than its name is told.
 */
export function explainNetworkError(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) {
    return messageOf(error);
  }
  if (untrusted.has(code)) {
    return `its certificate is not signed by an authority that is trusted here; name its file as caFile, or hold it in caData (${code})`;
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return `its certificate has expired (${code})`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `its certificate is for another host name (${code})`;
  }
  const file = fileOf(error);
  if (file !== undefined) {
    return `the file ${fileName(file)} cannot be read (${code})`;
  }
  return meanings[code]
    ? `${meanings[code]} (${code})`
    : `${messageOf(error)} (${code})`;
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

function messageOf(error: unknown): string {
  if (!isError(error)) {
    return String(error);
  }
  return isError(error.cause)
    ? messageOf(error.cause)
    : withoutPaths(error.message);
}
