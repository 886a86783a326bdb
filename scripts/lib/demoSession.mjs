import { setTimeout as sleep } from 'node:timers/promises';

/** The people of the demo, by what they do in it. */
export const roles = ['owner', 'approver', 'oncall'];

/** The headers by which the demo's sign-in page says who it is. */
export function demoHeaders(role) {
  return {
    'x-ai-mesh-demo-role': role,
    'x-requested-with': 'XMLHttpRequest',
  };
}

/** A signed-in person of the demo, who asks the portal's API. */
export class DemoSession {
  #url;
  #token;

  constructor(url, token) {
    this.#url = url;
    this.#token = token;
  }

  static async signIn(url, role) {
    const answer = await fetch(`${url}/api/auth/demo/refresh`, {
      headers: demoHeaders(role),
    });
    if (!answer.ok) {
      throw new Error(
        `signing in as ${role} failed: ${answer.status} ${await answer.text()}`,
      );
    }
    const session = await answer.json();
    return new DemoSession(url, session.backstageIdentity.token);
  }

  /** One view of a component's mesh, as JSON. Throws when it is not 200. */
  async view(name, view) {
    const answer = await this.#get(
      `/api/ai-mesh/v1/entities/component/default/${encodeURIComponent(name)}/${view}`,
    );
    if (!answer.ok) {
      throw new Error(`${view} of ${name}: HTTP ${answer.status}`);
    }
    return await answer.json();
  }

  /**
   * The same again, as a screen asks that polls: with the tag of what it has. Gives the status (304 where nothing is new) and
   * the answer's tag, once all of it is there.
   */
  async poll(name, view, etag) {
    const answer = await this.#get(
      `/api/ai-mesh/v1/entities/component/default/${encodeURIComponent(name)}/${view}`,
      etag && { 'if-none-match': etag },
    );
    await answer.text();
    if (!answer.ok && answer.status !== 304) {
      throw new Error(`${view} of ${name}: HTTP ${answer.status}`);
    }
    return { status: answer.status, etag: answer.headers.get('etag') };
  }

  /** Who is signed in: about the least that an authenticated route of a portal does. */
  async who() {
    const answer = await this.#get('/api/auth/v1/userinfo');
    if (!answer.ok) {
      throw new Error(`who is signed in: HTTP ${answer.status}`);
    }
    return await answer.json();
  }

  /** A component as the catalog gives it to whoever is signed in. */
  async entity(name) {
    const answer = await this.#get(entityPath(name));
    if (!answer.ok) {
      throw new Error(`${name} in the catalog: HTTP ${answer.status}`);
    }
    return await answer.json();
  }

  /** What the portal's policy says of seeing a component's mesh: `ALLOW` or `DENY`. */
  async mayRead(name) {
    const answer = await fetch(`${this.#url}/api/permission/authorize`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        items: [
          {
            id: 'read',
            permission: {
              type: 'resource',
              name: 'ai-mesh.read',
              attributes: { action: 'read' },
              resourceType: 'catalog-entity',
            },
            resourceRef: `component:default/${name}`,
          },
        ],
      }),
    });
    if (!answer.ok) {
      throw new Error(
        `whether ${name} may be read: ${answer.status} ${await answer.text()}`,
      );
    }
    const { items } = await answer.json();
    return items[0].result;
  }

  /** Asks AI Mesh's API for something, with a body or without; throws with its words where it refuses. */
  async call(path, body) {
    const answer = await fetch(`${this.#url}/api/ai-mesh${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const json = await answer.json();
    if (!answer.ok) {
      throw new Error(`${path}: ${answer.status} ${json.error?.message}`);
    }
    return json;
  }

  /** A file that a view makes, as text. */
  async text(name, view) {
    const answer = await this.#get(
      `/api/ai-mesh/v1/entities/component/default/${encodeURIComponent(name)}/${view}`,
    );
    if (!answer.ok) {
      throw new Error(`${view} of ${name}: HTTP ${answer.status}`);
    }
    return await answer.text();
  }

  /** The catalog reads its files after the start. */
  async waitForEntity(name) {
    for (let attempt = 0; attempt < 240; attempt++) {
      const answer = await this.#get(entityPath(name));
      if (answer.ok) {
        return;
      }
      await sleep(500);
    }
    throw new Error(`${name} did not reach the catalog within 2 minutes`);
  }

  #get(path, headers) {
    return fetch(`${this.#url}${path}`, {
      headers: { ...headers, authorization: `Bearer ${this.#token}` },
    });
  }
}

function entityPath(name) {
  return `/api/catalog/entities/by-name/component/default/${encodeURIComponent(name)}`;
}
