import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useAiMeshTranslation } from '../../translation';

/** Who did something: a person as the catalog knows them, or the portal itself. */
export function Identity(props: { by: string }) {
  const { t } = useAiMeshTranslation();
  return props.by === 'engine' ? (
    <span>{t('canary.engine')}</span>
  ) : (
    <EntityRefLink entityRef={props.by} defaultKind="user" />
  );
}
