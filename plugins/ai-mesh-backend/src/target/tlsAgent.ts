import { readFileSync } from 'fs';
import { Agent } from 'undici';
import type { TlsSettings } from '../config/settings';
import { holdsCertificates, NoCertificatesError } from './pemCertificates';

/**
 * Connections that trust what the settings say, or undefined where Node's own trust will do.
 *
 * @throws Error where the file cannot be read
 * @throws NoCertificatesError where it holds none
 */
export function tlsAgent({
  caData,
  caFile,
  skipVerify,
}: TlsSettings): Agent | undefined {
  if (skipVerify) {
    return new Agent({ connect: { rejectUnauthorized: false } });
  }
  if (caData !== undefined) {
    return new Agent({ connect: { ca: Buffer.from(caData, 'base64') } });
  }
  return caFile === undefined
    ? undefined
    : new Agent({ connect: { ca: certificatesOf(caFile) } });
}

function certificatesOf(caFile: string): string {
  const pem = readFileSync(caFile, 'latin1');
  if (!holdsCertificates(pem)) {
    throw new NoCertificatesError('caFile', caFile);
  }
  return pem;
}
