import type { AiMeshSearchDocument } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import ListItemIcon from '@material-ui/core/ListItemIcon';
import ListItemText from '@material-ui/core/ListItemText';
import type { ReactNode } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { levelTitle } from '../Scorecard/scorecardWords';

/** A service in the mesh among the results of a search, with what it was found by. */
export function AiMeshSearchResult(props: {
  icon?: ReactNode;
  /** Search says that it is any document. */
  result?: object;
}) {
  const { t } = useAiMeshTranslation();
  const result = props.result as AiMeshSearchDocument | undefined;
  if (!result) {
    return null;
  }
  const { level, levelTitle: title, findingCodes, models, owners } = result;
  const nameOf = (id: string) =>
    id === 'none'
      ? t('scorecard.level.none')
      : levelTitle(id, title === undefined ? [] : [{ id, title }], t);
  return (
    <>
      {props.icon && <ListItemIcon>{props.icon}</ListItemIcon>}
      <ListItemText
        primaryTypographyProps={{ variant: 'h6' }}
        primary={
          <Link noTrack to={result.location}>
            {result.title}
          </Link>
        }
        // The secondary colour is too pale on the page's ground.
        secondaryTypographyProps={{ component: 'div', color: 'textPrimary' }}
        secondary={
          <>
            <div>
              {[
                level === undefined
                  ? t('search.levelUnknown')
                  : t('search.level', { level: nameOf(level) }),
                ...(findingCodes.length > 0
                  ? [
                      t('search.findings', {
                        codes: findingCodes.join(t('text.and')),
                      }),
                    ]
                  : []),
                ...(models.length > 0
                  ? [t('search.models', { models: models.join(t('text.and')) })]
                  : []),
              ].join(' · ')}
            </div>
            <EntityRefLinks entityRefs={owners} defaultKind="group" />
          </>
        }
      />
    </>
  );
}
