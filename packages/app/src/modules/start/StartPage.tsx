import {
  Content,
  Header,
  HeaderLabel,
  InfoCard,
  Link,
  Page,
  Progress,
} from '@backstage/core-components';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Grid from '@material-ui/core/Grid';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import type { ReactNode } from 'react';
import { Navigate } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { Scenes } from './Scenes';
import { useSandbox } from './useSandbox';
import { startTranslationRef } from './texts';
import { screens } from './whatToTry';

/**
 * The plugins' widgets, and below them, since they are long, what to try and what to let happen. On a mesh of one's own that
 * is the catalog.
 */
export function StartPage({ children }: { children?: ReactNode }) {
  const { t } = useTranslationRef(startTranslationRef);
  const identity = useApi(identityApiRef);
  const { value: profile } = useAsync(
    () => identity.getProfileInfo(),
    [identity],
  );
  const { look } = useSandbox();
  const sandbox = useAsync(look, [look]);
  if (sandbox.loading) {
    return <Progress />;
  }
  if (!sandbox.value && !sandbox.error) {
    return <Navigate to="/catalog" replace />;
  }
  return (
    <Page themeId="home">
      <Header title={t('start.title')} subtitle={t('start.subtitle')}>
        <HeaderLabel
          label={t('start.youAre')}
          value={profile?.displayName}
          url="/settings"
        />
      </Header>
      <Content>
        <Grid container spacing={3}>
          <Grid item xs={12}>
            {children}
          </Grid>
          <Grid item xs={12} md={5}>
            <InfoCard title={t('start.around')} noPadding>
              <List>
                {screens.map(({ name, to }) => (
                  <ListItem key={to}>
                    <ListItemText
                      primary={<Link to={to}>{t(`screen.${name}`)}</Link>}
                      secondary={t(`screen.${name}.does`)}
                    />
                  </ListItem>
                ))}
              </List>
            </InfoCard>
          </Grid>
          <Grid item xs={12} md={7}>
            <InfoCard
              title={t('start.happen')}
              subheader={t('start.happenBelow')}
              noPadding
            >
              <Scenes seen={sandbox.value} trouble={sandbox.error} />
            </InfoCard>
          </Grid>
        </Grid>
      </Content>
    </Page>
  );
}
