import {
  windowSchema,
  type Overview,
  type QueryTrace,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ReactNode } from 'react';
import type { Polled } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Queries } from '../Figures';
import { ClaimsNotice } from '../Ownership';
import { SourcesNotice } from '../Sources';
import { Answer, classifyAnswer, FailureState, OutcomeState } from '../States';
import { MomentChoice } from './MomentChoice';
import { MomentNotice } from './MomentNotice';
import { ScreenFrame } from './ScreenFrame';
import { WindowChoice } from './WindowChoice';

/**
 * The frame of a screen: its controls, the age of what it shows, and whichever fits of
 * a skeleton, the content, or the reason why there is none.
 */
export function Screen<
  T extends Answer & {
    window?: string;
    queries: QueryTrace[];
    configuredThen?: Overview['configuredThen'];
  },
>(props: {
  entityRef: string;
  polled: Polled<T>;
  skeleton: ReactNode;
  /** What it shows is of a time that the reader does not choose. */
  withoutWindow?: boolean;
  /** What it shows may be of another moment than now. */
  anyMoment?: boolean;
  /** More controls than the window. */
  controls?: ReactNode;
  /** Where the screen itself shows the sources. */
  hideSourcesNotice?: boolean;
  children: (answer: T) => ReactNode;
}) {
  const { entityRef, polled, skeleton, controls, hideSourcesNotice } = props;
  const { data, error, refresh } = polled;
  const { t } = useAiMeshTranslation();

  const outcome = data ? classifyAnswer(data) : undefined;
  let content: ReactNode;
  if (data && outcome === 'content') {
    content = (
      <Queries
        window={
          props.withoutWindow
            ? undefined
            : windowSchema.safeParse(data.window).data
        }
        queries={data.queries}
      >
        <ClaimsNotice resolution={data.resolution} />
        {!hideSourcesNotice && <SourcesNotice sources={data.sources} />}
        {props.children(data)}
      </Queries>
    );
  } else if (data && outcome && outcome !== 'content') {
    content = (
      <OutcomeState outcome={outcome} answer={data} onRetry={refresh} />
    );
  } else if (error) {
    content = (
      <FailureState error={error} entityRef={entityRef} onRetry={refresh} />
    );
  } else {
    content = (
      <div role="status" aria-label={t('screen.loading')}>
        {skeleton}
      </div>
    );
  }
  const canChoose = outcome === 'content' || !(data || error);

  return (
    <ScreenFrame
      polled={polled}
      controls={
        canChoose && (
          <>
            {props.anyMoment && <MomentChoice />}
            {!props.withoutWindow && <WindowChoice />}
            {controls}
          </>
        )
      }
    >
      {props.anyMoment && (
        <MomentNotice configuredThen={data?.configuredThen} />
      )}
      {content}
    </ScreenFrame>
  );
}
