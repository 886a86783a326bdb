import {
  Content,
  Header,
  MarkdownContent,
  Page,
  Progress,
  ResponseErrorPanel,
} from '@backstage/core-components';
import { useEffect } from 'react';
import { useLocation, useParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { addressOf, nameOf, readDocument } from './readDocument';

/** The pages of the repository's `docs`, as a portal has them by TechDocs. */
export function DocumentationPage() {
  const { '*': path = '' } = useParams();
  const { hash } = useLocation();
  const name = nameOf(path);
  const { value, error, loading } = useAsync(() => readDocument(name), [name]);
  useEffect(() => {
    if (value && hash) {
      document.getElementById(hash.slice(1))?.scrollIntoView();
    }
  }, [value, hash]);
  return (
    <Page themeId="documentation">
      <Header title="AI Mesh" />
      <Content>
        {loading && <Progress />}
        {error && <ResponseErrorPanel error={error} />}
        {value && (
          <MarkdownContent
            content={value}
            transformLinkUri={link => addressOf(link, name)}
          />
        )}
      </Content>
    </Page>
  );
}
