import { ProxiedSignInPage } from '@backstage/core-components';
import type { IdentityApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Card from '@material-ui/core/Card';
import CardActions from '@material-ui/core/CardActions';
import CardContent from '@material-ui/core/CardContent';
import Container from '@material-ui/core/Container';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';

const roles = [
  {
    id: 'owner',
    person: 'Olivia',
    title: 'Service owner',
    does: 'Owns the AI services, reads everything about them and requests canaries.',
  },
  {
    id: 'approver',
    person: 'Amir',
    title: 'Approver',
    does: 'Approves or rejects canary requests of the team.',
  },
  {
    id: 'oncall',
    person: 'Nora',
    title: 'On-call engineer',
    does: 'Finds where it hurts, pauses and rolls back running canaries.',
  },
];

/** Survives a reload, but not the tab: each tab may be another person. */
const STORAGE_KEY = 'ai-mesh-demo-role';

export function DemoSignInPage(props: {
  onSignInSuccess(identityApi: IdentityApi): void;
}) {
  const [role, setRole] = useState(() => sessionStorage.getItem(STORAGE_KEY));
  if (role) {
    return (
      <ProxiedSignInPage
        provider="demo"
        headers={{ 'x-ai-mesh-demo-role': role }}
        onSignInSuccess={identity =>
          props.onSignInSuccess(forgettingRole(identity))
        }
      />
    );
  }
  return (
    <Container maxWidth="md" component="main">
      <Typography variant="h3" component="h1" style={{ marginTop: 64 }}>
        AI Mesh demo
      </Typography>
      <Typography paragraph>
        Who are you? This choice exists in development only.
      </Typography>
      <Grid container spacing={3}>
        {roles.map(({ id, person, title, does }) => (
          <Grid item xs={12} sm={4} key={id}>
            <Card>
              <CardContent>
                <Typography variant="h5" component="h2">
                  {title}
                </Typography>
                <Typography color="textSecondary" gutterBottom>
                  {person}
                </Typography>
                <Typography>{does}</Typography>
              </CardContent>
              <CardActions>
                <Button
                  variant="contained"
                  color="primary"
                  onClick={() => {
                    sessionStorage.setItem(STORAGE_KEY, id);
                    setRole(id);
                  }}
                >
                  Enter as {person}
                </Button>
              </CardActions>
            </Card>
          </Grid>
        ))}
      </Grid>
    </Container>
  );
}

/** Signing out leads back to the choice. */
function forgettingRole(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: async () => {
      sessionStorage.removeItem(STORAGE_KEY);
      await identity.signOut();
    },
  };
}
