import { readFileSync } from 'fs';
import { Agent } from 'undici';
import type { TlsSettings } from '../config/settings';

/**
 * Connections that trust what the settings say, or undefined where Node's own trust will do.
 *
 * @throws Error where the file cannot be read
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
    : new Agent({ connect: { ca: readFileSync(caFile) } });
}
