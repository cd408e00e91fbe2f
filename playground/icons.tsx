// The playground's icons, drawn inline so that the page needs no icon font and no further request.
import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

const draw = (path: string) => () => (
  <Icon>
    <path d={path} />
  </Icon>
);

export const EyeIcon = () => (
  <Icon>
    <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
    <circle cx="12" cy="12" r="2.8" />
  </Icon>
);
export const SunIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
  </Icon>
);
export const ImageIcon = () => (
  <Icon>
    <rect x="3.5" y="4.5" width="17" height="15" rx="2.5" />
    <path d="m4 17 5-5 4 4 2.5-2.5 5 4.5" />
    <circle cx="15.5" cy="9" r="1.3" />
  </Icon>
);
export const GlobeIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M3.5 12h17M12 3.5c2.6 2.4 3.8 5.2 3.8 8.5s-1.2 6.1-3.8 8.5c-2.6-2.4-3.8-5.2-3.8-8.5s1.2-6.1 3.8-8.5Z" />
  </Icon>
);
export const ReactIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="1.2" />
    <ellipse cx="12" cy="12" rx="9.5" ry="3.8" />
    <ellipse cx="12" cy="12" rx="9.5" ry="3.8" transform="rotate(60 12 12)" />
    <ellipse cx="12" cy="12" rx="9.5" ry="3.8" transform="rotate(120 12 12)" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <rect x="8.5" y="8.5" width="11" height="11" rx="2.2" />
    <path d="M15.5 8.5V6.7a2.2 2.2 0 0 0-2.2-2.2H6.7a2.2 2.2 0 0 0-2.2 2.2v6.6a2.2 2.2 0 0 0 2.2 2.2h1.8" />
  </Icon>
);
export const CodeIcon = draw('m8.5 7-5 5 5 5M15.5 7l5 5-5 5');
export const CheckIcon = draw('m5 12.5 4.5 4.5L19 7.5');
export const CloseIcon = draw('M6 6l12 12M18 6 6 18');
export const ExpandIcon = draw('M14.5 4.5h5v5M9.5 19.5h-5v-5M19.5 4.5l-6 6M4.5 19.5l6-6');
export const ShrinkIcon = draw('M19.5 9.5h-5v-5M4.5 14.5h5v5M14.5 9.5l5.5-5.5M9.5 14.5 4 20');
export const MenuIcon = draw('M4 7h16M4 12h16M4 17h10');
export const MoonIcon = draw('M20 14.5A8.3 8.3 0 0 1 9.5 4a8.3 8.3 0 1 0 10.5 10.5Z');
export const PublishIcon = draw(
  'M12 15.5v-11M7.5 9 12 4.5 16.5 9M5 14.5V18a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-3.5',
);
export const RefreshIcon = draw(
  'M20 5v5h-5M4 19v-5h5M5.2 9.2A7.3 7.3 0 0 1 17.8 7L20 10M18.8 14.8A7.3 7.3 0 0 1 6.2 17L4 14',
);
export const SendIcon = draw('M12 19V5M6 11l6-6 6 6');
export const TerminalIcon = draw('m5 8 4 4-4 4M12 16h7');
export const TextIcon = draw('M5 6h14M5 10.5h14M5 15h9M5 19.5h6');
export const ChevronIcon = draw('m7 10 5 5 5-5');
