import { SceneStage } from '../scenes';

/** The control page: one button a scene. Plain HTML, so that it works in any browser and with any reader. */
export function controlPage(stage: SceneStage): string {
  const items = stage.scenes
    .map(({ name, description }) => {
      const current = name === stage.current;
      return `<li>
  <form method="post" action="scene">
    <input type="hidden" name="name" value="${escape(name)}">
    <button type="submit"${current ? ' aria-current="true"' : ''} aria-describedby="about-${escape(name)}">${escape(name)}</button>
    <span id="about-${escape(name)}">${escape(description)}${current ? ' <strong>(playing)</strong>' : ''}</span>
  </form>
</li>`;
    })
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mesh sandbox</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
  ul { list-style: none; padding: 0; }
  form { display: grid; grid-template-columns: 16rem 1fr; gap: 1rem; align-items: center; margin: 0.5rem 0; }
  button { font: inherit; padding: 0.4rem 0.8rem; text-align: left; cursor: pointer; }
  button[aria-current] { font-weight: bold; }
</style>
</head>
<body>
<main>
<h1>Mesh sandbox</h1>
<p>Playing: <strong>${escape(stage.current)}</strong>. A scene ends the one before it.</p>
<h2>Scenes</h2>
<ul>
${items}
</ul>
</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
