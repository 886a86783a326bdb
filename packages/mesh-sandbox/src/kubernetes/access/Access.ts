import { ResourceKind } from '../../store/ResourceKind';
import { ApiError } from '../status/ApiError';
import { qualified } from '../status/refusals';

/** Who a bearer token stands for. */
export type Role = 'reader' | 'writer' | 'nobody';

export type Tokens = Record<Role, string>;

/** The tokens of a sandbox that was told no others. */
export const defaultTokens: Tokens = {
  reader: 'sandbox-reader',
  writer: 'sandbox-writer',
  nobody: 'sandbox-nobody',
};

export interface User {
  role: Role;
  name: string;
  uid: string;
  groups: string[];
}

/** What a request wants to do, as RBAC sees it. */
export interface Attributes {
  verb: string;
  group: string;
  /** Plural: `virtualservices`. */
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** Something that a role may not do, beyond what it may not do anyway. */
export interface Denial {
  role: Role;
  /** Absent: every verb. */
  verbs?: readonly string[];
  /** `pods`, or `virtualservices.networking.istio.io`. */
  resource: string;
}

export interface AccessOptions {
  tokens?: Partial<Tokens>;
  /** Resources that the reader may neither list nor watch: `pods`, `virtualservices.networking.istio.io`. */
  readerMayNotList?: readonly string[];
}

const reading = ['get', 'list', 'watch'];

/** Who may do what: three users with fixed rights, and what tests take away from them. */
export class Access {
  readonly tokens: Tokens;
  private readonly revoked = new Set<Role>();
  private readonly denials: Denial[];

  constructor(options: AccessOptions = {}) {
    this.tokens = { ...defaultTokens, ...options.tokens };
    this.denials = (options.readerMayNotList ?? []).map(resource => ({
      role: 'reader',
      verbs: ['list', 'watch'],
      resource,
    }));
  }

  /** The user of an `Authorization` header, or `undefined` where it names none. */
  authenticate(authorization: string | undefined): User | undefined {
    const token = /^bearer +(.+)$/i.exec(authorization ?? '')?.[1];
    const role = (Object.keys(this.tokens) as Role[]).find(
      each => this.tokens[each] === token && !this.revoked.has(each),
    );
    return role && userOf(role);
  }

  may(user: User, attributes: Attributes): boolean {
    if (this.denials.some(denial => forbids(denial, user, attributes))) {
      return false;
    }
    return (
      user.role === 'writer' ||
      (user.role === 'reader' && reading.includes(attributes.verb))
    );
  }

  /** @throws ApiError 403 */
  check(user: User, attributes: Attributes): void {
    if (!this.may(user, attributes)) {
      throw forbidden(user, attributes);
    }
  }

  /** Makes a role's token unknown (401), as when a service account is deleted. */
  revoke(role: Role): void {
    this.revoked.add(role);
  }

  restore(role: Role): void {
    this.revoked.delete(role);
  }

  /** Takes a right away (403). @returns a function that gives it back */
  deny(denial: Denial): () => void {
    this.denials.push(denial);
    return () => {
      const index = this.denials.indexOf(denial);
      if (index >= 0) {
        this.denials.splice(index, 1);
      }
    };
  }

  /** What the control API tells of it. */
  describe(): { revoked: Role[]; denials: readonly Denial[] } {
    return { revoked: [...this.revoked], denials: [...this.denials] };
  }
}

function userOf(role: Role): User {
  return {
    role,
    name: `system:serviceaccount:mesh-sandbox:${role}`,
    uid: `mesh-sandbox-${role}`,
    groups: [
      'system:serviceaccounts',
      'system:serviceaccounts:mesh-sandbox',
      'system:authenticated',
    ],
  };
}

function forbids(denial: Denial, user: User, wanted: Attributes): boolean {
  return (
    denial.role === user.role &&
    (denial.verbs === undefined || denial.verbs.includes(wanted.verb)) &&
    [wanted.resource, qualified(wanted.resource, wanted.group)].includes(
      denial.resource,
    )
  );
}

export function forbidden(
  user: User,
  wanted: Attributes,
  /** Why, where it is not for want of a binding. */
  because = '',
): ApiError {
  const { verb, group, subresource, namespace, name } = wanted;
  const resource = qualified(wanted.resource, group);
  const asked = subresource
    ? `${wanted.resource}/${subresource}`
    : wanted.resource;
  const where = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  return new ApiError({
    code: 403,
    reason: 'Forbidden',
    message:
      `${resource}${name ? ` "${name}"` : ''} is forbidden: User "${user.name}" cannot ${verb} ` +
      `resource "${asked}" in API group "${group}" ${where}${because}`,
    details: {
      ...(name && { name }),
      ...(group && { group }),
      kind: wanted.resource,
    },
  });
}

/** The RBAC verb of a request. */
export function verbOf(
  method: string,
  request: { name?: string; watch: boolean },
): string | undefined {
  const { name, watch } = request;
  switch (method) {
    case 'GET':
      if (watch) {
        return 'watch';
      }
      return name ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name ? 'delete' : 'deletecollection';
    default:
      return undefined;
  }
}

/** The attributes of a kind's resource. */
export function attributesOf(
  kind: ResourceKind,
  rest: Omit<Attributes, 'group' | 'resource'>,
): Attributes {
  return { group: kind.group, resource: kind.plural, ...rest };
}
