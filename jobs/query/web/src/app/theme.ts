import { useCallback, useEffect, useState } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'cornerturn.theme';
const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

function stored(): ThemeChoice {
  const choice = window.localStorage.getItem(KEY);
  return choice === 'light' || choice === 'dark' ? choice : 'system';
}

/** Puts the theme on the document before anything is drawn, so that no flash is seen. */
export function applyTheme(choice: ThemeChoice = stored()): 'light' | 'dark' {
  const theme = choice === 'system' ? (dark().matches ? 'dark' : 'light') : choice;
  document.documentElement.dataset['theme'] = theme;
  return theme;
}

/** The theme in force, the choice behind it, and the next of system, light, dark. */
export function useTheme(): { theme: 'light' | 'dark'; choice: ThemeChoice; next: () => void } {
  const [choice, setChoice] = useState<ThemeChoice>(stored);
  const [theme, setTheme] = useState<'light' | 'dark'>(() => applyTheme(choice));
  useEffect(() => {
    const update = () => setTheme(applyTheme(choice));
    update();
    const media = dark();
    media.addEventListener('change', update);
    return () => media.removeEventListener('change', update);
  }, [choice]);
  const next = useCallback(() => {
    setChoice((old) => {
      const choices: readonly ThemeChoice[] = ['system', 'light', 'dark'];
      const chosen = choices[(choices.indexOf(old) + 1) % choices.length] ?? 'system';
      window.localStorage.setItem(KEY, chosen);
      return chosen;
    });
  }, []);
  return { theme, choice, next };
}
