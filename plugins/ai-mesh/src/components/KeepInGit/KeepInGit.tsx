import type {
  SloRulesRequest,
  StrictManifest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { LinkButton } from '@backstage/core-components';
import { useFixTemplate } from '../../hooks';

/** What the portal has made or done, as the template's form names it. */
export interface Kept {
  entityRef: string;
  /** Where the entity is on several clusters, the one that is meant. */
  cluster?: string;
  strict?: StrictManifest['scope'];
  rules?: SloRulesRequest['format'];
  /** The id of a promoted one. */
  canary?: string;
}

/** The way to a pull request that keeps it in Git; nothing where the portal has no template for that. */
export function KeepInGit(props: { kept: Kept; label: string }) {
  const { kept, label } = props;
  const proposing = useFixTemplate('changeTemplate');
  return proposing ? (
    <LinkButton
      size="small"
      color="primary"
      variant="outlined"
      to={proposing(kept)}
    >
      {label}
    </LinkButton>
  ) : null;
}
