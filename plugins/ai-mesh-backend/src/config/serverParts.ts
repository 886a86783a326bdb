import { z } from 'zod';
import { holdsCertificates } from '../target/pemCertificates';
import { text } from './schemaParts';

/** Where a server is. */
export const url = z
  .string()
  .trim()
  .transform((value, context) => {
    const problem = problemOfUrl(value);
    if (problem) {
      context.addIssue({ code: 'custom', message: problem });
    }
    return value.replace(/\/+$/, '');
  });

function problemOfUrl(value: string): string | undefined {
  if (!URL.canParse(value)) {
    return 'must be a URL such as https://host.example.com';
  }
  const { protocol, username, password, search, hash } = new URL(value);
  if (protocol !== 'https:' && protocol !== 'http:') {
    return 'must begin with https:// or http://';
  }
  if (username || password) {
    return 'must not hold a user or password: they have settings of their own';
  }
  if (search || hash) {
    return 'must end before any ? or #';
  }
  return undefined;
}

/** Whether it is a PEM bundle in base64, as a kubeconfig has it. */
export function isBundleInBase64(caData: string): boolean {
  return holdsCertificates(Buffer.from(caData, 'base64').toString('latin1'));
}

/** What {@link isBundleInBase64} takes. */
export const certificates = text.refine(
  isBundleInBase64,
  'must be a PEM certificate in base64 (base64 -w0 ca.crt), or leave it out and name the file as caFile',
);

/** Whom to trust. */
export const tls = z
  .strictObject({
    caData: certificates.optional(),
    caFile: text.optional(),
    skipVerify: z.boolean().default(false),
  })
  .refine(atMostOneTrust, 'takes one of caData, caFile and skipVerify')
  .default({ skipVerify: false });

/** One way to trust a server at most. */
export function atMostOneTrust(value: {
  caData?: string;
  caFile?: string;
  skipVerify?: boolean;
}): boolean {
  return (
    [value.caData, value.caFile, value.skipVerify].filter(Boolean).length < 2
  );
}
