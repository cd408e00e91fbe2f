// The list of conversations, the playground's name and the theme switch.
import type { Theme } from './address.ts';
import { artifactKinds } from './artifact-kind.tsx';
import { MoonIcon, SunIcon } from './icons.tsx';
import type { Sample } from './samples.ts';

interface SidebarProps {
  conversations: Sample[];
  current: string;
  isOpen: boolean;
  onOpen: (id: string) => void;
  onClose: () => void;
  theme: Theme;
  onTheme: () => void;
}

export function Sidebar({ conversations, current, isOpen, onOpen, onClose, theme, onTheme }: SidebarProps) {
  const own = conversations.filter(({ id }) => id.startsWith('own-')).reverse();
  const given = conversations.filter(({ id }) => !id.startsWith('own-'));
  const list = (title: string, entries: Sample[]) =>
    entries.length > 0 && (
      <>
        <h2>{title}</h2>
        <ul>
          {entries.map(({ id, title, type }) => (
            <li key={id}>
              <button
                type="button"
                className="conversation"
                data-testid={`sample-${id}`}
                aria-current={id === current ? 'page' : undefined}
                onClick={() => onOpen(id)}
              >
                {artifactKinds[type].icon}
                <span>{title}</span>
              </button>
            </li>
          ))}
        </ul>
      </>
    );
  return (
    <>
      {isOpen && (
        <button type="button" className="backdrop" aria-label="Close conversations" onClick={onClose} />
      )}
      <nav
        className="sidebar"
        data-open={isOpen}
        aria-label="Conversations"
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      >
        <div className="brand">
          <Logo />
          <div>
            <strong>Playground</strong>
            <span>librechat-preview-kit</span>
          </div>
        </div>
        <div className="conversations">
          {list('Yours', own)}
          {list('Samples', given)}
        </div>
        <button type="button" className="theme-button" onClick={onTheme}>
          {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
          {theme === 'dark' ? 'Light theme' : 'Dark theme'}
        </button>
      </nav>
    </>
  );
}

const Logo = () => (
  <svg viewBox="0 0 32 32" className="logo" aria-hidden="true">
    <rect width="32" height="32" rx="9" fill="#0f766e" />
    <rect x="7" y="8.5" width="18" height="15" rx="3" fill="none" stroke="#fff" strokeWidth="2" />
    <path d="M7 13.5h18" stroke="#fff" strokeWidth="2" />
    <path d="m14 16.3 4.3 2.2-4.3 2.2Z" fill="#5eead4" />
  </svg>
);
