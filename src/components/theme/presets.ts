/** Ready accents for `createTheme` and `ThemeRoot`. */
export const presets = {
  iris: '#5b5bd6',
  lagoon: '#0c7c86',
  ember: '#c8501e',
  orchid: '#c0388c',
  graphite: '#2b2d33',
} as const;

export type PresetName = keyof typeof presets;
