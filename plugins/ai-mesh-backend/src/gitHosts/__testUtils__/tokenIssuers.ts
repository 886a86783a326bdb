import { generateKeyPairSync } from 'crypto';
import type { IncomingMessage } from 'http';

/** Somebody who issues the token that a Git host is asked with. */
export interface TokenIssuer {
  kind: string;
  page: string;
  integrations(apiUrl: string): object;
  /** Whether a request is for a token, or for what leads to one. */
  isAsked(request: IncomingMessage): boolean;
  /** What it answers where all is well. */
  grant(request: IncomingMessage, token: unknown): object;
  /** Of a pull request that is open. */
  open: object;
}

export const CLIENT_SECRET = 'sesame-of-the-portal';

const TENANT = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';
const CLIENT = '00001111-aaaa-2222-bbbb-3333cccc4444';
const LOGIN = 'login.microsoftonline.com';
const METADATA = '169.254.169.254';
/** Of those whose addresses no configuration can change. */
export const issuersNames = [LOGIN, METADATA, 'bitbucket.org'];
const AZURE_PAGE =
  'https://dev.azure.com/acme/shop/_git/deployments/pullrequest/7';

const azure = (
  kind: string,
  credential: object,
  hosts: string[],
): TokenIssuer => ({
  kind,
  page: AZURE_PAGE,
  integrations: () => ({
    azure: [{ host: 'dev.azure.com', credentials: [credential] }],
  }),
  isAsked: ({ headers }) => hosts.includes(headers.host!.split(':')[0]),
  grant: ({ url }, token) =>
    url!.includes('openid-configuration')
      ? {
          issuer: `https://${LOGIN}/${TENANT}/v2.0`,
          authorization_endpoint: `https://${LOGIN}/${TENANT}/authorize`,
          token_endpoint: `https://${LOGIN}/${TENANT}/oauth2/v2.0/token`,
          jwks_uri: `https://${LOGIN}/${TENANT}/keys`,
        }
      : { access_token: token, token_type: 'Bearer', expires_in: 1 },
  open: { status: 'active' },
});

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** All whose tokens are fetched before the question. */
export const tokenIssuers: TokenIssuer[] = [
  {
    kind: "an installation of GitHub's app",
    page: 'https://git.example.com/acme/deployments/pull/7',
    integrations: apiUrl => ({
      github: [
        {
          host: 'git.example.com',
          apiBaseUrl: apiUrl,
          apps: [
            {
              appId: 1,
              clientId: 'portal',
              clientSecret: CLIENT_SECRET,
              webhookSecret: CLIENT_SECRET,
              privateKey,
            },
          ],
        },
      ],
    }),
    isAsked: ({ url }) => url!.startsWith('/app/'),
    grant: ({ url }, token) =>
      url!.includes('access_tokens')
        ? {
            token,
            expires_at: new Date(Date.now() + 3_600_000).toISOString(),
            repository_selection: 'all',
          }
        : [{ id: 1, account: { login: 'acme' } }],
    open: { state: 'open', merged: false },
  },
  {
    kind: "Bitbucket's OAuth",
    page: 'https://bitbucket.org/acme/deployments/pull-requests/7',
    integrations: () => ({
      bitbucketCloud: [{ clientId: 'portal', clientSecret: CLIENT_SECRET }],
    }),
    isAsked: ({ url }) => url!.startsWith('/site/oauth2/'),
    // Used once: it is kept beyond one test otherwise.
    grant: (_, token) => ({ access_token: token, expires_in: 1 }),
    open: { state: 'OPEN' },
  },
  azure(
    'a service principal of Azure',
    { tenantId: TENANT, clientId: CLIENT, clientSecret: CLIENT_SECRET },
    [LOGIN],
  ),
  azure('a managed identity of Azure', { clientId: CLIENT }, [METADATA]),
  azure(
    'a service principal of Azure that a managed identity vouches for',
    {
      tenantId: TENANT,
      clientId: CLIENT,
      managedIdentityClientId: 'system-assigned',
    },
    [LOGIN, METADATA],
  ),
];
