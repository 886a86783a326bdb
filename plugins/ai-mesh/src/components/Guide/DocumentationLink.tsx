import { Link } from '@backstage/core-components';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import BookIcon from '@material-ui/icons/MenuBook';
import { useAiMeshTranslation } from '../../translation';
import { type Documented, useDocumentation } from './useDocumentation';

/** Leads from a screen to its documentation; nothing where the portal does not say where it has that. */
export function DocumentationLink(props: { screen: Documented }) {
  const { t } = useAiMeshTranslation();
  const documentation = useDocumentation(props.screen);
  if (!documentation) {
    return null;
  }
  return (
    <Tooltip title={t('guide.documentation')}>
      <IconButton
        size="small"
        component={Link}
        // Material UI makes a button of it otherwise; it leads somewhere.
        role={undefined}
        to={documentation}
        aria-label={t('guide.documentation')}
      >
        <BookIcon fontSize="small" />
      </IconButton>
    </Tooltip>
  );
}
