/** The three people of the demo. Their User entities are in demo/people.yaml. */
export const demoRoles = {
  owner: 'user:default/olivia',
  approver: 'user:default/amir',
  oncall: 'user:default/nora',
} as const;

export type DemoRole = keyof typeof demoRoles;

/** The request header by which the sign-in page says which role was chosen. */
export const DEMO_ROLE_HEADER = 'x-ai-mesh-demo-role';

export function isDemoRole(value: unknown): value is DemoRole {
  return typeof value === 'string' && Object.hasOwn(demoRoles, value);
}
