// How each type of artifact is shown: its name, file name and icon.
import type { ReactNode } from 'react';
import { GlobeIcon, ImageIcon, ReactIcon, TextIcon } from './icons.tsx';
import type { ArtifactType } from './librechat.ts';

interface ArtifactKind {
  label: string;
  fileName: string;
  icon: ReactNode;
}

export const artifactKinds: Record<ArtifactType, ArtifactKind> = {
  'application/vnd.react': { label: 'React', fileName: 'App.tsx', icon: <ReactIcon /> },
  'text/html': { label: 'HTML', fileName: 'index.html', icon: <GlobeIcon /> },
  'image/svg+xml': { label: 'SVG', fileName: 'image.svg', icon: <ImageIcon /> },
  'text/markdown': { label: 'Markdown', fileName: 'note.md', icon: <TextIcon /> },
};
