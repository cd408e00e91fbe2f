// The message box: paste code here and it becomes an artifact of your own.
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { artifactKinds } from './artifact-kind.tsx';
import { SendIcon } from './icons.tsx';
import { type Artifact, detectArtifactType } from './librechat.ts';

export function Composer({ onRun }: { onRun: (artifact: Artifact) => void }) {
  const [code, setCode] = useState('');
  const hintId = useId();
  const isEmpty = code.trim() === '';
  const type = detectArtifactType(code);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (isEmpty) return;
    onRun({ type, code });
    setCode('');
  };
  const submitOnShortcut = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };

  return (
    <form className="composer" onSubmit={submit}>
      <div className="composer-box">
        <textarea
          rows={2}
          value={code}
          placeholder="Paste an artifact of your own"
          aria-label="Code of your own artifact"
          aria-describedby={hintId}
          spellCheck={false}
          onChange={(event) => setCode(event.target.value)}
          onKeyDown={submitOnShortcut}
        />
        <button
          type="submit"
          className="send"
          aria-label="Preview this code"
          title="Preview (Ctrl+Enter)"
          disabled={isEmpty}
        >
          <SendIcon />
        </button>
      </div>
      <p className="composer-hint" id={hintId}>
        {isEmpty ? 'React, HTML, SVG or Markdown' : `Looks like ${artifactKinds[type].label}`}
      </p>
    </form>
  );
}
