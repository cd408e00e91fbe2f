// A collapsible list of what the artifact logged, below the preview.
import { useEffect, useId, useRef, useState } from 'react';
import type { ClientLibrary } from './clients.ts';
import { formatLog } from './console-text.ts';
import { ChevronIcon, TerminalIcon } from './icons.tsx';

export function ConsoleDrawer({ library }: { library: ClientLibrary }) {
  const { logs } = library.useSandpackConsole({ resetOnPreviewRestart: true });
  const [isOpen, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const errors = logs.filter((log) => log.method === 'error').length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines and opening both scroll to the newest line.
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [logs.length, isOpen]);

  return (
    <section className="console" data-open={isOpen} aria-label="Console">
      <button
        type="button"
        className="console-toggle"
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setOpen(!isOpen)}
      >
        <TerminalIcon />
        Console
        {logs.length > 0 && <span className="count">{logs.length}</span>}
        {errors > 0 && (
          <span className="count is-error">{errors === 1 ? '1 error' : `${errors} errors`}</span>
        )}
        <ChevronIcon />
      </button>
      {isOpen && (
        <div className="console-list" id={listId} ref={list} role="log">
          {logs.length === 0 && <p className="console-empty">Nothing logged yet.</p>}
          {logs.map((log) => (
            <pre key={log.id} className={`console-line is-${log.method}`}>
              {formatLog(log.data ?? [])}
            </pre>
          ))}
        </div>
      )}
    </section>
  );
}
