// Has the compiler ready before the first artifact: esbuild is a process that starts with its first job, and everything else runs
// slowly the first time. The relay calls it after its start.

import { ArtifactCompiler } from './compile-artifact.ts';
import { compileWithNeeds } from './package-needs.ts';

const files = {
  '/package.json': '{"main":"/index.tsx"}',
  '/index.tsx': `import { createRoot } from 'react-dom/client'; import App from './App'; import './styles.css';
createRoot(document.body).render(<App />);`,
  '/App.tsx': `import { useState } from 'react';
export default function App() { const [n, setN] = useState(0); for (const i of [n]) void i; return <p onClick={() => setN(n + 1)}>{n}</p>; }`,
  '/styles.css': 'p { color: red }',
};

/** Resolves when it is ready, or cannot be: then the first artifact says why. */
export async function startCompiler(): Promise<void> {
  const declared = { react: '^18.0.0', 'react-dom': '^18.0.0' };
  await compileWithNeeds(new ArtifactCompiler(), files, { declared }).catch(() => {});
}
