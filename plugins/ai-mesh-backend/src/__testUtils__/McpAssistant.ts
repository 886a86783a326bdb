import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { JsonObject } from '@backstage/types';
import type { CanaryPortal, Person } from './CanaryPortal';

/** An assistant that talks to the portal's MCP server as somebody, by the protocol's own client. */
export class McpAssistant {
  readonly #client = new Client({ name: 'assistant', version: '1.0.0' });

  static async connect(
    portal: CanaryPortal,
    asker: Person | 'plugin',
  ): Promise<McpAssistant> {
    const assistant = new McpAssistant();
    await assistant.#client.connect(
      new StreamableHTTPClientTransport(
        new URL(`http://localhost:${portal.port}/api/mcp-actions/v1`),
        {
          requestInit: {
            headers: { Authorization: portal.authorizationOf(asker) },
          },
        },
      ),
    );
    return assistant;
  }

  list() {
    return this.#client.listTools();
  }

  /** What a tool answers; an error with its words where it refuses. */
  async call(tool: string, input: JsonObject | object): Promise<any> {
    const result = await this.#client.callTool({
      name: `ai-mesh.${tool}`,
      arguments: input as JsonObject,
    });
    const [{ text }] = result.content as { text: string }[];
    if (result.isError) {
      throw new Error(text);
    }
    return JSON.parse(text);
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
