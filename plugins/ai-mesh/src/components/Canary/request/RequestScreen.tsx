import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import EmptyIcon from '@material-ui/icons/SearchOutlined';
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
      {options =>
        options.services.length > 0 ? (
          <>
            <SourcesNotice sources={options.sources} />
            <RequestForm entityRef={entityRef} options={options} />
          </>
        ) : (
          <Message
            icon={EmptyIcon}
            title={t('canary.form.nothing.title')}
            body={t('canary.form.nothing.body')}
            onRetry={polled.refresh}
          >
            <SourcesTable sources={options.sources} />
          </Message>
        )
      }
    </CanaryFrame>
  );
}
