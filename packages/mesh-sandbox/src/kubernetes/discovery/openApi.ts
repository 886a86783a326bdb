import { apiVersionOf } from '../../store/KubeObject';
import { ServedGroup, ServedResource, ServedVersion } from './resources';

function pathOfVersion(group: string, version: string): string {
  return group ? `apis/${group}/${version}` : `api/${version}`;
}

/** `/openapi/v3`: where each version's document is. */
export function openApiIndex(groups: readonly ServedGroup[]) {
  const paths = groups.flatMap(({ group, versions }) =>
    versions.map(({ version }) => {
      const path = pathOfVersion(group, version);
      return [path, { serverRelativeURL: `/openapi/v3/${path}` }];
    }),
  );
  return { paths: Object.fromEntries(paths) };
}

/**
 * `/openapi/v3/apis/<group>/<version>`: kinds, paths and parameters, without the kinds' fields.
 *
 * It is what kubectl asks for before it writes: whether a kind's patches can be checked by the server.
 */
export function openApiDocument(
  group: string,
  { version, resources }: ServedVersion,
) {
  const schemas = resources.map(resource => [
    schemaName(group, version, resource),
    {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
      'x-kubernetes-group-version-kind': [
        { group, version, kind: resource.kind },
      ],
    },
  ]);
  return {
    openapi: '3.0.0',
    info: { title: 'Mesh sandbox', version: 'v1.32.0' },
    paths: Object.fromEntries(
      resources.flatMap(resource => pathsOf(group, version, resource)),
    ),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

function schemaName(
  group: string,
  version: string,
  { kind }: ServedResource,
): string {
  const reversed = (group || 'core').split('.').reverse().join('.');
  return `${reversed}.${version}.${kind}`;
}

function pathsOf(group: string, version: string, resource: ServedResource) {
  const collection = `/${pathOfVersion(group, version)}/${
    resource.namespaced ? 'namespaces/{namespace}/' : ''
  }${resource.plural}`;
  const operation = (action: string, ...parameters: string[]) => ({
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind: resource.kind },
    parameters: parameters.map(name => ({
      name,
      in: 'query',
      schema: { type: 'string', uniqueItems: true },
    })),
    responses: {
      200: {
        description: 'OK',
        content: {
          'application/json': {
            schema: {
              $ref: `#/components/schemas/${schemaName(group, version, resource)}`,
            },
          },
        },
      },
    },
    tags: [apiVersionOf(group, version)],
  });
  const writing = ['dryRun', 'fieldManager', 'fieldValidation'];
  return [
    [
      collection,
      {
        get: operation('list', 'labelSelector', 'fieldSelector', 'limit'),
        post: operation('post', ...writing),
      },
    ],
    [
      `${collection}/{name}`,
      {
        get: operation('get'),
        put: operation('put', ...writing),
        patch: operation('patch', ...writing, 'force'),
        delete: operation('delete', 'dryRun'),
      },
    ],
  ] as const;
}
