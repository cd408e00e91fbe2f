// The Code tab: CodeMirror as Sandpack's client ships it, inside a provider that never starts a preview.
import { useEffect, useMemo, useRef } from 'react';
import type { ClientLibrary } from './clients.ts';

interface CodeEditorProps {
  library: ClientLibrary;
  /** Read once; give a new `key` to replace the text from outside. */
  code: string;
  fileName: string;
  onEdit: (code: string) => void;
}

// CodeMirror keeps the handler of its first render, so it is reached through a ref.
export function CodeEditor({ library, code, fileName, onEdit }: CodeEditorProps) {
  const { SandpackProvider, CodeEditor: CodeMirror } = library;
  const latest = useRef(onEdit);
  useEffect(() => {
    latest.current = onEdit;
  });
  const first = useRef(code);
  const files = useMemo(() => ({ '/index.html': '' }), []);
  const options = useMemo(() => ({ autorun: false }), []);
  // CodeMirror's parsers here know TSX, HTML and CSS; SVG and Markdown read best as HTML.
  const language = fileName.endsWith('.tsx') ? 'tsx' : 'html';

  return (
    <SandpackProvider template="static" files={files} options={options} theme="light">
      <CodeMirror
        code={first.current}
        filePath={`/${fileName}`}
        fileType={language}
        initMode="immediate"
        showLineNumbers
        onCodeUpdate={(text) => latest.current(text)}
      />
    </SandpackProvider>
  );
}
