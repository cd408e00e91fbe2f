// Light or dark: the address decides, then the visitor's last choice, then the system.
import { useEffect, useState } from 'react';
import type { Theme } from './address.ts';

const storageKey = 'playground-theme';

/** Keeps `<html data-theme>` up to date; returns the theme in use and a toggle that remembers the choice. */
export function useTheme(fromAddress: Theme | null): [Theme, () => void] {
  const [chosen, setChosen] = useState<Theme | null>(fromAddress ?? readStored());
  const [system, setSystem] = useState<Theme>(() => (darkQuery().matches ? 'dark' : 'light'));
  const theme = chosen ?? system;

  useEffect(() => {
    const query = darkQuery();
    const follow = () => setSystem(query.matches ? 'dark' : 'light');
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  const toggle = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    setChosen(next);
    try {
      localStorage.setItem(storageKey, next);
    } catch {
      // Storage may be blocked; the choice then lasts as long as the page.
    }
  };
  return [theme, toggle];
}

const darkQuery = () => window.matchMedia('(prefers-color-scheme: dark)');

function readStored(): Theme | null {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'dark' || stored === 'light' ? stored : null;
  } catch {
    return null;
  }
}
