import { ResponseError } from '@backstage/errors';
import Skeleton from '@material-ui/lab/Skeleton';
import MissingIcon from '@material-ui/icons/SearchOutlined';
import type { ReactNode } from 'react';
import type { Polled, Received } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { ScreenFrame } from '../Screen';
import { FailureState, Message } from '../States';

/** The frame of a canary screen: the age of what it shows, and a skeleton, the content, or why there is none. */
export function CanaryFrame<T>(props: {
  entityRef: string;
  polled: Polled<Received<T>>;
  controls?: ReactNode;
  /** Inside another frame, which has the controls. */
  bare?: boolean;
  /** What it says where the backend knows the plugin, but not what was asked for. */
  missing?: { title: string; body: string };
  children: (answer: T) => ReactNode;
}) {
  const { entityRef, polled, controls, bare, missing } = props;
  const { data, error, refresh } = polled;
  const { t } = useAiMeshTranslation();
  const isMissing =
    error instanceof ResponseError &&
    error.statusCode === 404 &&
    error.cause.name === 'NotFoundError';
  let content: ReactNode;
  if (data) {
    content = props.children(data.answer);
  } else if (error && isMissing && missing) {
    content = <Message icon={MissingIcon} {...missing} onRetry={refresh} />;
  } else if (error) {
    content = (
      <FailureState error={error} entityRef={entityRef} onRetry={refresh} />
    );
  } else {
    content = (
      <div role="status" aria-label={t('canary.loading')}>
        <Skeleton height={40} width={320} />
        <Skeleton variant="rect" height={72} />
        <Skeleton height={32} />
        <Skeleton variant="rect" height={240} />
      </div>
    );
  }
  return (
    <ScreenFrame polled={polled} controls={controls} bare={bare}>
      {content}
    </ScreenFrame>
  );
}
