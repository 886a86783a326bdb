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
import Grid from '@material-ui/core/Grid';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import { Navigate } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { Scenes } from './Scenes';
import { useSandbox } from './useSandbox';
import { screens } from './whatToTry';

/** What to try, what to let happen, and who one is. On a mesh of one's own that is the catalog. */
export function StartPage() {
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
      <Header
        title="AI Mesh demo"
        subtitle="The service mesh of an AI system, where its owner works"
      >
        <HeaderLabel
          label="You are"
          value={profile?.displayName}
          url="/settings"
        />
      </Header>
      <Content>
        <Grid container spacing={3}>
          <Grid item xs={12} md={5}>
            <InfoCard title="Look around" noPadding>
              <List>
                {screens.map(({ to, title, does }) => (
                  <ListItem key={to}>
                    <ListItemText
                      primary={<Link to={to}>{title}</Link>}
                      secondary={does}
                    />
                  </ListItem>
                ))}
              </List>
            </InfoCard>
          </Grid>
          <Grid item xs={12} md={7}>
            <InfoCard
              title="Let something happen"
              subheader="Scenes of the simulated mesh. Each ends the one before it."
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
