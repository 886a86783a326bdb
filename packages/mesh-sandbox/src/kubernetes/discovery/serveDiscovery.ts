import { negotiate } from '../request/accept';
import {
  aggregatedDiscovery,
  apiGroup,
  apiGroupList,
  apiResourceList,
  apiVersions,
} from './discovery';
import { openApiDocument, openApiIndex } from './openApi';
import { ServedGroup } from './resources';

/** The Kubernetes release that the sandbox claims to be. */
const version = {
  major: '1',
  minor: '32',
  gitVersion: 'v1.32.0+mesh-sandbox',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2025-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'linux/amd64',
};

export interface DiscoveryAnswer {
  body: object;
  contentType: string;
}

/**
 * Answers `/version`, `/api`, `/apis` and below down to a version, and `/openapi/v3`.
 *
 * @returns `undefined` where discovery has nothing at the path
 */
export function discoveryAnswer(
  path: string,
  accept: string | undefined,
  groups: readonly ServedGroup[],
): DiscoveryAnswer | undefined {
  const [root, ...rest] = path.split('/').filter(part => part !== '');
  const wantsAll = negotiate(accept).as === 'discovery';
  if (wantsAll && rest.length === 0 && (root === 'api' || root === 'apis')) {
    return {
      contentType:
        'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
      body: aggregatedDiscovery(
        groups.filter(({ group }) => (group === '') === (root === 'api')),
      ),
    };
  }
  const body = bodyAt(root, rest, groups);
  return body && { contentType: 'application/json', body };
}

function bodyAt(
  root: string,
  rest: readonly string[],
  groups: readonly ServedGroup[],
): object | undefined {
  switch (root) {
    case 'version':
      return rest.length === 0 ? version : undefined;
    case 'api':
      return rest.length === 0 ? apiVersions() : ofVersion(groups, '', rest);
    case 'apis': {
      const [name, ...below] = rest;
      const group = groups.find(each => each.group === name && name !== '');
      if (name === undefined) {
        return apiGroupList(groups);
      }
      return group && below.length === 0
        ? apiGroup(group)
        : ofVersion(groups, name, below);
    }
    case 'openapi':
      return openApiAt(rest, groups);
    default:
      return undefined;
  }
}

function ofVersion(
  groups: readonly ServedGroup[],
  name: string,
  [wanted, ...below]: readonly string[],
  describe: typeof apiResourceList | typeof openApiDocument = apiResourceList,
): object | undefined {
  const group = groups.find(each => each.group === name);
  const found = group?.versions.find(each => each.version === wanted);
  return found && below.length === 0 ? describe(name, found) : undefined;
}

function openApiAt(
  [openApiVersion, root, ...rest]: readonly string[],
  groups: readonly ServedGroup[],
): object | undefined {
  if (openApiVersion !== 'v3') {
    return undefined;
  }
  if (root === undefined) {
    return openApiIndex(groups);
  }
  const [group, ...below] = root === 'api' ? ['', ...rest] : rest;
  return ofVersion(groups, group, below, openApiDocument);
}
