import { setTimeout as sleep } from 'node:timers/promises';
import { lastByte } from './lastByte.mjs';

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
   * The same, as a screen asks that polls: with the tag of what it has, where it has something. Gives the status (304 where
   * nothing is new) and the answer's tag, once its last byte is there.
   */
  async poll(name, view, etag) {
    const { status, headers } = await this.#lastByte(
      `/api/ai-mesh/v1/entities/component/default/${encodeURIComponent(name)}/${view}`,
      { headers: etag && { 'if-none-match': etag } },
    );
    return { status, etag: headers.etag };
  }

  /** Who is signed in: about the least that an authenticated route of a portal does. */
  async who() {
    await this.#lastByte('/api/auth/v1/userinfo');
  }

  /** A component as the catalog gives it to whoever is signed in. */
  async entity(name) {
    await this.#lastByte(entityPath(name));
  }

  /** What the portal's policy says of seeing a component's mesh. */
  async mayRead(name) {
    await this.#lastByte('/api/permission/authorize', {
      body: {
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
      },
    });
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

  /** The same of as many components, whichever they are. */
  async waitForComponents(count) {
    let found = 0;
    for (let attempt = 0; attempt < 600; attempt++) {
      const answer = await this.#get(
        '/api/catalog/entities/by-query?filter=kind=component&limit=1',
      );
      found = answer.ok ? (await answer.json()).totalItems : found;
      if (found >= count) {
        return;
      }
      await sleep(1000);
    }
    throw new Error(
      `${found} of ${count} components reached the catalog within 10 minutes`,
    );
  }

  #get(path) {
    return fetch(`${this.#url}${path}`, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
  }

  async #lastByte(path, { headers, body } = {}) {
    const answer = await lastByte(`${this.#url}${path}`, {
      headers: { ...headers, authorization: `Bearer ${this.#token}` },
      body,
    });
    if (answer.status !== 200 && answer.status !== 304) {
      throw new Error(`${path}: HTTP ${answer.status} ${answer.text()}`);
    }
    return answer;
  }
}

function entityPath(name) {
  return `/api/catalog/entities/by-name/component/default/${encodeURIComponent(name)}`;
}
