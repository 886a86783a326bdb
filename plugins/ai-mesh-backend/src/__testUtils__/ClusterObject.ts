import type { RunningSandbox } from '@ai-mesh/mesh-sandbox/testing';

type Json = Record<string, any>;

/** One object of a sandbox's cluster, as somebody with kubectl sees and changes it. */
export class ClusterObject {
  readonly #url: string;
  readonly #authorization: string;

  constructor(
    sandbox: Pick<RunningSandbox, 'kubernetes' | 'tokens'>,
    /** `/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service` */
    readonly path: string,
  ) {
    this.#url = `${sandbox.kubernetes}${path}`;
    this.#authorization = `Bearer ${sandbox.tokens.writer}`;
  }

  async read(): Promise<Json> {
    return this.#call('GET', this.#url);
  }

  /** Everything that is anybody's to write, to the byte. */
  async text(): Promise<string> {
    const { metadata, status, ...rest } = await this.read();
    const { resourceVersion, generation, managedFields, ...kept } = metadata;
    return JSON.stringify({ ...rest, metadata: kept });
  }

  /** The weights of one rule of a VirtualService, in its order. */
  async weights(rule: number): Promise<(number | undefined)[]> {
    const { spec } = await this.read();
    return spec.http[rule].route.map((one: Json) => one.weight);
  }

  async patch(operations: Json[]): Promise<void> {
    await this.#call('PATCH', this.#url, operations, 'json-patch+json');
  }

  async create(object: Json): Promise<void> {
    await this.#call('POST', this.#url.replace(/\/[^/]+$/, ''), object);
  }

  async delete(): Promise<void> {
    await this.#call('DELETE', this.#url);
  }

  /** Takes the object back to what it was, whatever has happened to it. */
  async restore(before: Json): Promise<void> {
    const { resourceVersion } = (await this.read()).metadata;
    await this.#call('PUT', this.#url, {
      ...before,
      metadata: { ...before.metadata, resourceVersion },
    });
  }

  async #call(
    method: string,
    url: string,
    body?: unknown,
    type = 'json',
  ): Promise<Json> {
    const response = await fetch(url, {
      method,
      headers: {
        Authorization: this.#authorization,
        'Content-Type': `application/${type}`,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(`${method} ${url}: ${JSON.stringify(answer)}`);
    }
    return answer;
  }
}
