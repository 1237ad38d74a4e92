/** Colours of traces, told apart on light and on dark ground and by most colour-blind eyes. */
const LIGHT = ['#2f55c7', '#c2571a', '#14806b', '#a12f86', '#7a6a00', '#51606f'] as const;
const DARK = ['#8ba6ff', '#f09a5b', '#4fc7ac', '#e489cb', '#d2bf4a', '#a9b6c4'] as const;

export function traceColour(index: number, theme: 'light' | 'dark'): string {
  const colours = theme === 'dark' ? DARK : LIGHT;
  return colours[index % colours.length] ?? colours[0];
}
