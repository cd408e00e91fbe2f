// The conversation: what was asked, what was answered, and the card that opens the artifact.
import { artifactKinds } from './artifact-kind.tsx';
import { Composer } from './composer.tsx';
import { MenuIcon } from './icons.tsx';
import type { Artifact } from './librechat.ts';
import type { Sample } from './samples.ts';

interface ChatProps {
  sample: Sample;
  isOpen: boolean;
  onToggle: () => void;
  onMenu: () => void;
  onRun: (artifact: Artifact) => void;
}

export function Chat({ sample, isOpen, onToggle, onMenu, onRun }: ChatProps) {
  const kind = artifactKinds[sample.type];
  return (
    <main className="chat">
      <header className="chat-header">
        <button type="button" className="icon-button menu-button" aria-label="Conversations" onClick={onMenu}>
          <MenuIcon />
        </button>
        <span className="chat-title">{sample.title}</span>
      </header>
      <div className="messages">
        <article className="message">
          <span className="avatar is-user" aria-hidden="true">
            Y
          </span>
          <div>
            <h3>You</h3>
            <p>{sample.prompt}</p>
          </div>
        </article>
        <article className="message">
          <span className="avatar" aria-hidden="true">
            <Sparkle />
          </span>
          <div>
            <h3>Assistant</h3>
            <p>{sample.answer}</p>
            <button
              type="button"
              className="artifact-card"
              data-testid="artifact-card"
              aria-expanded={isOpen}
              onClick={onToggle}
            >
              <span className="artifact-icon">{kind.icon}</span>
              <span>
                <span className="artifact-title">{sample.title}</span>
                <span className="artifact-hint">Click to {isOpen ? 'close' : 'open'}</span>
              </span>
              <span className="kind">{kind.label}</span>
            </button>
          </div>
        </article>
      </div>
      <Composer onRun={onRun} />
    </main>
  );
}

const Sparkle = () => (
  <svg viewBox="0 0 24 24" className="icon" fill="currentColor" aria-hidden="true">
    <path d="M12 2.5c.8 5 3.5 8.2 8.5 9.5-5 1.3-7.7 4.5-8.5 9.5-.8-5-3.5-8.2-8.5-9.5 5-1.3 7.7-4.5 8.5-9.5Z" />
  </svg>
);
