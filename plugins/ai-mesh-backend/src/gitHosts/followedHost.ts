import {
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  getBitbucketCloudRequestOptions,
  getBitbucketServerRequestOptions,
  getGiteaRequestOptions,
  getGitLabIntegrationRelativePath,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import { hostDialects, type HostDialect } from './hostDialects';

type Headers = Record<string, string>;

/** A Git host of the portal's configuration whose pull requests can be followed. */
export interface FollowedHost {
  dialect: HostDialect;
  apiBaseUrl: string;
  /** What comes before the paths of its pages, for one that is not served from the root. */
  prefix: string;
  /** What lets the portal in, as its configuration says. */
  headers(url: string): Promise<Headers>;
}

/** Finds the Git host of an address's host; undefined for one that is not configured, or of a kind that is not followed. */
export function followedHosts(
  integrations: ScmIntegrationRegistry,
): (host: string) => FollowedHost | undefined {
  const githubs =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const gitlabs =
    DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
  const azures =
    DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
  return host => {
    const github = integrations.github.byHost(host)?.config;
    if (github?.apiBaseUrl) {
      return {
        dialect: hostDialects.github,
        apiBaseUrl: github.apiBaseUrl,
        prefix: '',
        headers: async url =>
          (await githubs.getCredentials({ url: repositoryOf(url) })).headers ??
          {},
      };
    }
    const gitlab = integrations.gitlab.byHost(host)?.config;
    if (gitlab) {
      return {
        dialect: hostDialects.gitlab,
        apiBaseUrl: gitlab.apiBaseUrl,
        prefix: getGitLabIntegrationRelativePath(gitlab),
        headers: async url =>
          (await gitlabs.getCredentials({ url })).headers ?? {},
      };
    }
    const gitea = integrations.gitea.byHost(host)?.config;
    if (gitea) {
      const base = gitea.baseUrl ?? `https://${host}`;
      return {
        dialect: hostDialects.gitea,
        apiBaseUrl: `${base}/api/v1`,
        prefix: pathOf(base),
        headers: async () => getGiteaRequestOptions(gitea).headers ?? {},
      };
    }
    const bitbucketCloud = integrations.bitbucketCloud.byHost(host)?.config;
    if (bitbucketCloud) {
      return {
        dialect: hostDialects.bitbucketCloud,
        apiBaseUrl: bitbucketCloud.apiBaseUrl,
        prefix: '',
        headers: async () =>
          (await getBitbucketCloudRequestOptions(bitbucketCloud)).headers,
      };
    }
    const bitbucketServer = integrations.bitbucketServer.byHost(host)?.config;
    if (bitbucketServer) {
      return {
        dialect: hostDialects.bitbucketServer,
        apiBaseUrl: bitbucketServer.apiBaseUrl,
        prefix: pathOf(bitbucketServer.apiBaseUrl.split('/rest/')[0]),
        headers: async () =>
          getBitbucketServerRequestOptions(bitbucketServer).headers,
      };
    }
    const azure = integrations.azure.byHost(host)?.config;
    return (
      azure && {
        dialect: hostDialects.azure,
        apiBaseUrl: `https://${azure.host}`,
        prefix: '',
        // Without any for the organization it would go and look for the machine's own identity.
        headers: async url =>
          azure.credentials?.some(isForOrganizationOf(url))
            ? ((await azures.getCredentials({ url }))?.headers ?? {})
            : {},
      }
    );
  };
}

function isForOrganizationOf(url: string) {
  const [, organization] = new URL(url).pathname.split('/');
  return ({ organizations }: { organizations?: string[] }) =>
    !organizations?.length || organizations.includes(organization);
}

/** Apps are installed for owners, which are read from the address of a repository, and wrongly from one below it. */
function repositoryOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return [origin, ...pathname.split('/').slice(1, 3)].join('/');
}

function pathOf(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, '');
}
