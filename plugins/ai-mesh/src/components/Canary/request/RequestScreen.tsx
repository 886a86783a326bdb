import type { CanaryOptions } from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import EmptyIcon from '@material-ui/icons/SearchOutlined';
import { useRef } from 'react';
import { useCanaryOptions } from '../../../hooks';
import { useAiMeshTranslation } from '../../../translation';
import { SourcesNotice, SourcesTable } from '../../Sources';
import { Message } from '../../States';
import { CanaryFrame } from '../CanaryFrame';
import { RequestForm } from './RequestForm';

/** The form that asks for a canary of one of the entity's services. */
export function RequestScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const polled = useCanaryOptions(entityRef);
  const { t } = useAiMeshTranslation();
  return (
    <CanaryFrame
      entityRef={entityRef}
      polled={polled}
      controls={<Link to="../canary">{t('canary.list.back')}</Link>}
    >
      {options => (
        <Offered
          entityRef={entityRef}
          options={options}
          onRetry={polled.refresh}
        />
      )}
    </CanaryFrame>
  );
}

function Offered(props: {
  entityRef: string;
  options: CanaryOptions;
  onRetry: () => void;
}) {
  const { entityRef, options, onRetry } = props;
  const { t } = useAiMeshTranslation();
  // What was offered stays while a cluster does not answer: somebody may have chosen of it, and written more.
  const last = useRef(options);
  const seesAll = options.sources.every(
    ({ name, status }) => name !== 'kubernetes' || status !== 'unreachable',
  );
  if (seesAll || last.current.services.length === 0) {
    last.current = options;
  }
  return last.current.services.length > 0 ? (
    <>
      <SourcesNotice sources={options.sources} />
      <RequestForm entityRef={entityRef} options={last.current} />
    </>
  ) : (
    <Message
      icon={EmptyIcon}
      title={t('canary.form.nothing.title')}
      body={t('canary.form.nothing.body')}
      onRetry={onRetry}
    >
      <SourcesTable sources={options.sources} />
    </Message>
  );
}
