import type { Weight } from './pdf/fonts.ts';

/** One ink and the greys between ink and paper; the seller's colour is the only other one. */
export const COLOURS = {
  ink: '#14213D',
  muted: '#566176',
  rule: '#DCE1EA',
  tint: '#F4F6FA',
  paper: '#FFFFFF',
  haze: '#C9D3E8',
} as const;

/** The accent of a seller that has not chosen one. */
export const ACCENT = '#0B5FFF';

export interface Style {
  readonly weight: Weight;
  /** Points. */
  readonly size: number;
  readonly colour: string;
}

export const STYLES = {
  brand: { weight: 'semibold', size: 14, colour: COLOURS.ink },
  title: { weight: 'semibold', size: 19, colour: COLOURS.ink },
  number: { weight: 'regular', size: 10.5, colour: COLOURS.muted },
  heading: { weight: 'semibold', size: 12, colour: COLOURS.ink },
  body: { weight: 'regular', size: 9.5, colour: COLOURS.ink },
  strong: { weight: 'semibold', size: 9.5, colour: COLOURS.ink },
  label: { weight: 'regular', size: 9.5, colour: COLOURS.muted },
  small: { weight: 'regular', size: 8, colour: COLOURS.muted },
  dense: { weight: 'regular', size: 8.5, colour: COLOURS.ink },
  tiny: { weight: 'regular', size: 7.5, colour: COLOURS.muted },
  columnHead: { weight: 'semibold', size: 8.5, colour: COLOURS.muted },
  hero: { weight: 'semibold', size: 32, colour: COLOURS.paper },
  heroLabel: { weight: 'regular', size: 9.5, colour: COLOURS.haze },
  heroText: { weight: 'regular', size: 10.5, colour: COLOURS.paper },
} as const satisfies Record<string, Style>;

/** Distance between baselines, as a multiple of the size. */
const LEADING = 1.4;
export const leading = (style: Style): number => style.size * LEADING;

/** A colour made lighter: `share` of it, the rest paper. Both as `#RRGGBB`. */
export function lighter(colour: string, share: number): string {
  const channels = [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16);
    return Math.round(255 - (255 - value) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('').toUpperCase()}`;
}
