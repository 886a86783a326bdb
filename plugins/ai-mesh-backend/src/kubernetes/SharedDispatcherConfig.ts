import { KubeConfig, RequestContext } from '@kubernetes/client-node';

type Dispatcher = ReturnType<RequestContext['getDispatcher']>;
type DispatcherOptions = ReturnType<KubeConfig['createDispatcherOptions']>;

/**
 * The client makes a new connection pool for every request. This keeps the one that it has for as long as certificate
 * and trust stay the same.
 */
export class SharedDispatcherConfig extends KubeConfig {
  #key: string | undefined;
  #dispatcher: Dispatcher;

  override createDispatcherOptions(
    ...args: Parameters<KubeConfig['createDispatcherOptions']>
  ): DispatcherOptions {
    const options = super.createDispatcherOptions(...args);
    const key = JSON.stringify(options);
    if (key === this.#key) {
      return { type: 'none' };
    }
    this.#key = key;
    this.#dispatcher = undefined;
    return options;
  }

  override async applySecurityAuthentication(
    context: RequestContext,
  ): Promise<void> {
    await super.applySecurityAuthentication(context);
    const made = context.getDispatcher();
    if (made) {
      this.#dispatcher = made;
    } else if (this.#dispatcher) {
      context.setDispatcher(this.#dispatcher);
    }
  }
}
