import { Link, WarningPanel } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { isText, startTranslationRef } from './texts';
import { SandboxState, useSandbox } from './useSandbox';
import { sights } from './whatToTry';

/** The scenes of the mesh behind this portal, each to be played. */
export function Scenes(props: { seen?: SandboxState; trouble?: Error }) {
  const { t } = useTranslationRef(startTranslationRef);
  const { play } = useSandbox();
  const [played, start] = useAsyncFn(play, [play]);
  const error = played.error ?? props.trouble;
  const state = played.value ?? props.seen;
  return (
    <>
      {error && (
        <WarningPanel
          severity="info"
          title={t('start.away')}
          message={error.message}
        />
      )}
      <List aria-label={t('start.scenes')}>
        {state?.scenes.map(({ name, description }) => {
          const plays = name === state.scene;
          const scene = `scene.${name}` as const;
          const happens = `happens.${name}` as const;
          return (
            <ListItem key={name} alignItems="flex-start">
              <Button
                size="small"
                variant={plays ? 'contained' : 'outlined'}
                color="primary"
                aria-pressed={plays}
                disabled={played.loading}
                style={{ minWidth: 208, marginRight: 16, marginTop: 6 }}
                onClick={() => start(name)}
              >
                {name}
              </Button>
              <ListItemText
                primary={
                  isText(scene) ? t(scene, { description }) : description
                }
                secondary={
                  isText(happens) && (
                    <>
                      {t(happens)}{' '}
                      <Link to={sights[name]} underline="always">
                        {t('start.look')}
                      </Link>
                    </>
                  )
                }
              />
            </ListItem>
          );
        })}
      </List>
    </>
  );
}
