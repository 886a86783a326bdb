import { X509Certificate } from 'crypto';

/** As OpenSSL knows them; what stands between is comment. */
const BLOCK =
  /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[^-]*-----END \1-----/g;
const BEGINNING = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/**
 * Whether a text is a PEM bundle of which each certificate can be read. Node's TLS passes over what it cannot read without a
 * word, and then trusts nobody.
 */
export function holdsCertificates(pem: string): boolean {
  const blocks = pem.match(BLOCK) ?? [];
  const beginnings = pem.match(BEGINNING) ?? [];
  return (
    blocks.length > 0 &&
    blocks.length === beginnings.length &&
    blocks.every(isCertificate)
  );
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    // The answer to the question: OpenSSL's own reason, such as a wrong tag of ASN.1, helps nobody.
    return false;
  }
}

/** A setting for whom to trust that holds no certificates, or names a file that does not. */
export class NoCertificatesError extends Error {
  readonly setting: string;
  /** Undefined where the setting itself would have to hold them. */
  readonly path: string | undefined;

  constructor(setting: string, path?: string) {
    super(
      path === undefined
        ? `${setting} holds no PEM certificates`
        : `${path} of ${setting} holds no PEM certificates`,
    );
    this.name = 'NoCertificatesError';
    this.setting = setting;
    this.path = path;
  }
}
