// A page that embeds one of Sandpack's own templates, as an application other than LibreChat would: `?template=vue&bundler=…`.
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import {
  SandpackLayout,
  SandpackPreview,
  SandpackProvider,
  SandpackTests,
  useSandpack,
} from 'sandpack-react-2.19.10';

const query = new URLSearchParams(location.search);
const template = query.get('template') as 'react';

const heard: unknown[] = [];
Object.assign(window, { heard });

function Listener() {
  const { listen } = useSandpack();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `listen` is new at each render; one subscription is enough.
  useEffect(
    () =>
      listen((message) => {
        heard.push(message);
      }),
    [],
  );
  return null;
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <SandpackProvider template={template} options={{ bundlerURL: query.get('bundler') as string }}>
    <Listener />
    <SandpackLayout>
      {template.startsWith('test') ? <SandpackTests /> : <SandpackPreview style={{ height: 600 }} />}
    </SandpackLayout>
  </SandpackProvider>,
);
