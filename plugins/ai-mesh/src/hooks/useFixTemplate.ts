import { parseEntityRef } from '@backstage/catalog-model';
import { configApiRef, useApi, useRouteRef } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import useAsync from 'react-use/esm/useAsync';
import { templateRouteRef } from '../routes';

/**
 * The way to a software template that proposes fixes, with its form filled in.
 *
 * @param setting - which of `aiMesh.fixes`: for an entity's findings, for those of several entities, or for what is no finding
 * @returns undefined where none is configured, the portal has no page for templates, or the catalog does not have it or
 * does not show it to the reader
 */
export function useFixTemplate(
  setting: 'template' | 'fleetTemplate' | 'changeTemplate' = 'template',
): ((form: object) => string) | undefined {
  const template = useApi(configApiRef).getOptionalString(
    `aiMesh.fixes.${setting}`,
  );
  const catalog = useApi(catalogApiRef);
  const route = useRouteRef(templateRouteRef);
  const isWanted = template !== undefined && route !== undefined;
  const { value: found } = useAsync(
    async () => (isWanted ? catalog.getEntityByRef(template) : undefined),
    [catalog, isWanted, template],
  );
  if (!isWanted || !found) {
    return undefined;
  }
  const { namespace, name } = parseEntityRef(template, {
    defaultKind: 'template',
    defaultNamespace: 'default',
  });
  const page = route({ namespace, templateName: name });
  return form =>
    `${page}?${new URLSearchParams({ formData: JSON.stringify(form) })}`;
}
