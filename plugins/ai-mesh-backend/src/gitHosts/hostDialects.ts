import { z } from 'zod';

/** What became of a pull request; GitLab calls it a merge request. */
export type RequestEnd = 'open' | 'conflicting' | 'merged' | 'closed';

/** How a kind of Git host names a pull request on its pages and in its API, and how the latter says what became of it. */
export interface HostDialect {
  /** Whose API it is. */
  title: string;
  /** The address of such a page. */
  example: string;
  /** Where the API has it, below its base; undefined for a path that is no such page. */
  apiPath(pagePath: string): string | undefined;
  /** @throws SyntaxError, ZodError where it is no such answer */
  read(answer: string): RequestEnd;
}

/** A name that leads nowhere else. */
const NAME = '(?!\\.+/)[\\w.-]{1,100}';
/** Azure DevOps allows spaces in names; one of dots and spaces alone is one of dots to a server that trims it. */
const SPACED_NAME = '(?!(?:\\.|%20)+/)(?:[\\w.-]|%20){1,100}';
const NUMBER = '\\d{1,10}';

/** GitHub's REST API, "Get a pull request", which Gitea's is made after. */
const pullRequest = z.looseObject({
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
});

/** Bitbucket Cloud has all of these, Bitbucket Data Center all but the last. */
const readBitbucket = reading(
  z.looseObject({
    state: z.enum(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']),
  }),
  ({ state }) =>
    ({
      OPEN: 'open',
      MERGED: 'merged',
      DECLINED: 'closed',
      SUPERSEDED: 'closed',
    })[state] as RequestEnd,
);

/** By the type of Backstage's integration. */
export const hostDialects = {
  github: {
    title: 'GitHub',
    example: 'https://github.com/acme/deployments/pull/7',
    apiPath: page(
      `/(${NAME})/(${NAME})/pull/(${NUMBER})`,
      (owner, name, number) => `/repos/${owner}/${name}/pulls/${number}`,
    ),
    read: reading(
      // Null while GitHub has not found out.
      pullRequest.extend({ mergeable: z.boolean().nullish() }),
      ({ state, merged, mergeable }) =>
        endOf(merged ? 'merged' : state, mergeable === false),
    ),
  },
  gitlab: {
    title: 'GitLab',
    example: 'https://gitlab.com/acme/deployments/-/merge_requests/7',
    apiPath: page(
      `/((?:${NAME}/){1,20}${NAME})/-/merge_requests/(${NUMBER})`,
      (project, number) =>
        `/projects/${encodeURIComponent(project)}/merge_requests/${number}`,
    ),
    // It is locked for the moment in which it is merged.
    read: reading(
      z.looseObject({
        state: z.enum(['opened', 'locked', 'closed', 'merged']),
        has_conflicts: z.boolean().nullish(),
      }),
      ({ state, has_conflicts: conflicts }) =>
        endOf(
          state === 'opened' || state === 'locked' ? 'open' : state,
          conflicts === true,
        ),
    ),
  },
  gitea: {
    title: 'Gitea',
    example: 'https://gitea.com/acme/deployments/pulls/7',
    apiPath: page(
      `/(${NAME})/(${NAME})/pulls/(${NUMBER})`,
      (owner, name, number) => `/repos/${owner}/${name}/pulls/${number}`,
    ),
    // Its `mergeable` is false of drafts, too, and while it has not found out.
    read: reading(pullRequest, ({ state, merged }) =>
      merged ? 'merged' : state,
    ),
  },
  bitbucketCloud: {
    title: 'Bitbucket',
    example: 'https://bitbucket.org/acme/deployments/pull-requests/7',
    apiPath: page(
      `/(${NAME})/(${NAME})/pull-requests/(${NUMBER})`,
      (workspace, name, number) =>
        `/repositories/${workspace}/${name}/pullrequests/${number}`,
    ),
    read: readBitbucket,
  },
  bitbucketServer: {
    title: 'Bitbucket',
    example:
      'https://bitbucket.example.com/projects/ACME/repos/deployments/pull-requests/7',
    apiPath: page(
      `/projects/(${NAME})/repos/(${NAME})/pull-requests/(${NUMBER})`,
      (project, name, number) =>
        `/projects/${project}/repos/${name}/pull-requests/${number}`,
    ),
    read: readBitbucket,
  },
  azure: {
    title: 'Azure DevOps',
    example: 'https://dev.azure.com/acme/shop/_git/deployments/pullrequest/7',
    apiPath: page(
      `/(${NAME})/(${SPACED_NAME})/_git/(${SPACED_NAME})/pullrequest/(${NUMBER})`,
      (organization, project, name, number) =>
        `/${organization}/${project}/_apis/git/repositories/${name}/pullrequests/${number}?api-version=6.0`,
    ),
    read: reading(
      z.looseObject({
        status: z.enum(['active', 'completed', 'abandoned']),
        mergeStatus: z.string().nullish(),
      }),
      ({ status, mergeStatus }) =>
        endOf(
          (
            {
              active: 'open',
              completed: 'merged',
              abandoned: 'closed',
            } as const
          )[status],
          mergeStatus === 'conflicts',
        ),
    ),
  },
} satisfies Record<string, HostDialect>;

/** What is over is so, whatever would come of merging it. */
function endOf(
  end: Exclude<RequestEnd, 'conflicting'>,
  conflicts: boolean,
): RequestEnd {
  return end === 'open' && conflicts ? 'conflicting' : end;
}

function page(
  pattern: string,
  write: (...names: string[]) => string,
): HostDialect['apiPath'] {
  const whole = new RegExp(`^${pattern}/?$`);
  return path => {
    const [, ...names] = whole.exec(path) ?? [];
    return names.length > 0 ? write(...names) : undefined;
  };
}

function reading<Answer>(
  schema: z.ZodType<Answer>,
  read: (answer: Answer) => RequestEnd,
): HostDialect['read'] {
  return text => read(schema.parse(JSON.parse(text)));
}
