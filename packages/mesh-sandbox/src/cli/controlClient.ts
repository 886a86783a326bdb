/** Asks a running sandbox for a scene. */
export async function playScene(url: string, name: string): Promise<void> {
  const { scene } = await ask(`${url}/sandbox/scene`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  process.stdout.write(`playing ${scene}\n`);
}

/** Lists the scenes of a running sandbox; the one that plays is marked. */
export async function showScenes(url: string): Promise<void> {
  const { scene, scenes } = await ask(`${url}/sandbox`);
  for (const { name, description } of scenes) {
    const mark = name === scene ? '*' : ' ';
    process.stdout.write(`${mark} ${name.padEnd(28)} ${description}\n`);
  }
}

interface ControlState {
  scene: string;
  scenes: { name: string; description: string }[];
}

async function ask(url: string, init?: RequestInit): Promise<ControlState> {
  const response = await fetch(url, {
    ...init,
    headers: { accept: 'application/json', ...init?.headers },
  }).catch((error: Error) => {
    const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
    throw Object.assign(
      new Error(
        `no sandbox answers at ${url} (${code ?? error.message}); name it with --url`,
      ),
      { code: code ?? 'UNREACHABLE' },
    );
  });
  const answer = await response.json();
  if (!response.ok) {
    throw Object.assign(new Error(answer.message), { code: response.status });
  }
  return answer;
}
