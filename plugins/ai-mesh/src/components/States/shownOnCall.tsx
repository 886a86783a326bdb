import MissingIcon from '@material-ui/icons/ExtensionOutlined';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { type ComponentType, useEffect, useReducer, useState } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { Message } from './Message';

/**
 * A component whose code is loaded when it is first shown. Where that fails, as after an update of the portal, it says so,
 * and may be tried again; React's own `lazy` keeps the failure for as long as the page is open.
 */
export function shownOnCall(load: () => Promise<ComponentType>): ComponentType {
  let loaded: ComponentType | undefined;
  return function ShownOnCall() {
    const { t } = useAiMeshTranslation();
    const [, show] = useReducer(count => count + 1, 0);
    const [failure, setFailure] = useState<Error>();
    useEffect(() => {
      if (loaded || failure) {
        return undefined;
      }
      let isGone = false;
      load().then(
        component => {
          loaded = component;
          if (!isGone) {
            show();
          }
        },
        error => !isGone && setFailure(error),
      );
      return () => {
        isGone = true;
      };
    }, [failure]);

    if (loaded) {
      const Loaded = loaded;
      return <Loaded />;
    }
    return failure ? (
      <Message
        icon={MissingIcon}
        title={t('state.codeMissing.title')}
        body={t('state.codeMissing.body')}
        onRetry={() => setFailure(undefined)}
      >
        <Typography variant="body2" color="textSecondary">
          {failure.message}
        </Typography>
      </Message>
    ) : (
      <Skeleton variant="rect" height={400} />
    );
  };
}
