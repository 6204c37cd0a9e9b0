/** The pictograms: 16 px, one stroke. A shape carries the meaning before the colour does. */
import type { ReactNode } from 'react';

const SHAPES = {
  brand: (
    <>
      <rect x="1.7" y="4.6" width="8" height="5" rx="2.5" />
      <rect x="6.3" y="6.6" width="8" height="5" rx="2.5" />
    </>
  ),
  home: <path d="M2.5 7.2 8 2.8l5.5 4.4v6h-11zM6.5 13.2V9.5h3v3.7" />,
  assets: (
    <>
      <ellipse cx="8" cy="4" rx="5" ry="1.9" />
      <path d="M3 4v8c0 1.05 2.24 1.9 5 1.9s5-.85 5-1.9V4M3 8c0 1.05 2.24 1.9 5 1.9S13 9.05 13 8" />
    </>
  ),
  lineage: (
    <>
      <circle cx="3.4" cy="3.8" r="1.5" />
      <circle cx="3.4" cy="12.2" r="1.5" />
      <circle cx="12.6" cy="8" r="1.5" />
      <path d="M4.9 3.8h1.4C8.6 3.8 8.2 8 11.1 8M4.9 12.2h1.4c2.3 0 1.9-4.2 4.8-4.2" />
    </>
  ),
  log: (
    <>
      <circle cx="8" cy="3.2" r="1.4" />
      <path d="M8 4.6v2.2M3.8 9.4V8c0-.7.5-1.2 1.2-1.2h6c.7 0 1.2.5 1.2 1.2v1.4" />
      <rect x="2.4" y="9.6" width="2.8" height="3.6" rx=".7" />
      <rect x="10.8" y="9.6" width="2.8" height="3.6" rx=".7" />
    </>
  ),
  proof: <path d="M8 1.9 13 3.7v4.1c0 3-2 5.1-5 6.3-3-1.2-5-3.3-5-6.3V3.7zM5.8 7.9l1.6 1.6 3-3" />,
  shield: <path d="M8 1.9 13 3.7v4.1c0 3-2 5.1-5 6.3-3-1.2-5-3.3-5-6.3V3.7z" />,
  keyboard: (
    <>
      <rect x="1.6" y="4" width="12.8" height="8" rx="1.5" />
      <path d="M4.2 6.6h.1M6.7 6.6h.1M9.2 6.6h.1M11.7 6.6h.1M5 9.4h6" />
    </>
  ),
  panel: (
    <>
      <rect x="2.2" y="3" width="11.6" height="10" rx="1.6" />
      <path d="M6 3v10" />
    </>
  ),
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="m10.3 10.3 3.4 3.4" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.6V8l2.2 1.6" />
    </>
  ),
  moon: <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.6v1.3M8 13.1v1.3M1.6 8h1.3M13.1 8h1.3M3.5 3.5l.9.9M11.6 11.6l.9.9M3.5 12.5l.9-.9M11.6 4.4l.9-.9" />
    </>
  ),
  ok: (
    <>
      <circle cx="8" cy="8" r="6.1" />
      <path d="m5.3 8.2 1.9 1.9 3.6-3.9" />
    </>
  ),
  warn: <path d="M8 2 14.6 13.6H1.4zM8 6.6v3M8 11.6v.05" />,
  bad: <path d="M5.4 1.9h5.2l3.5 3.5v5.2l-3.5 3.5H5.4l-3.5-3.5V5.4zM6 6l4 4M10 6l-4 4" />,
  unknown: <path d="M8 1.6 14.4 8 8 14.4 1.6 8zM6.6 6.7a1.4 1.4 0 1 1 2 1.3c-.4.2-.6.5-.6 1M8 10.9v.05" />,
  running: (
    <>
      <path d="M14.1 8A6.1 6.1 0 1 1 8 1.9" />
      <circle cx="8" cy="8" r="1" />
    </>
  ),
  gone: (
    <>
      <rect x="2.2" y="2.2" width="11.6" height="11.6" rx="1.6" />
      <path d="M5.2 8h5.6" />
    </>
  ),
  held: (
    <>
      <rect x="2.2" y="2.2" width="11.6" height="11.6" rx="1.6" strokeDasharray="3 2.2" />
      <path d="M6.4 5.8v4.4M9.6 5.8v4.4" />
    </>
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1.4" />
      <path d="M5.2 7V5.2a2.8 2.8 0 0 1 5.6 0V7" />
    </>
  ),
  job: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M6.8 5.6v4.8L10.6 8z" />
    </>
  ),
  file: <path d="M3.8 1.9h5.4l3 3v9.2H3.8zM9.2 1.9v3h3" />,
  feed: <path d="M8 10.4V3M5.2 7.6 8 10.4l2.8-2.8M2.5 10.5v2.2c0 .5.4.9.9.9h9.2c.5 0 .9-.4.9-.9v-2.2" />,
  feature: (
    <>
      <path d="M2.5 4h7M2.5 8h11M2.5 12h5" />
      <circle cx="12" cy="4" r="1.4" />
      <circle cx="10" cy="12" r="1.4" />
    </>
  ),
  policy: <path d="M3.5 2.2h6l3 3v8.6h-9zM5.8 9l1.6 1.6L10.4 7.6" />,
  gate: <path d="M2.5 2.5v11M13.5 2.5v11M2.5 5h11M2.5 11h11M6.2 5v6M9.8 5v6" />,
  table: (
    <>
      <rect x="2.4" y="3" width="11.2" height="10" rx="1.4" />
      <path d="M2.4 6.4h11.2M6 6.4V13" />
    </>
  ),
  model: <path d="M8 1.9 13.4 5v6L8 14.1 2.6 11V5zM2.6 5 8 8.1 13.4 5M8 8.1v6" />,
  key: (
    <>
      <circle cx="5" cy="11" r="2.6" />
      <path d="m6.9 9.1 6.1-6.1M10.6 5.4l2 2" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 5.3V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.3" />
    </>
  ),
  download: <path d="M8 2.5v7.6M5 7.3l3 3 3-3M2.8 13.5h10.4" />,
  changed: <path d="M8 2.4 13.8 13H2.2z" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  fit: <path d="M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3" />,
  down: <path d="M3.5 6 8 10.5 12.5 6" />,
  right: <path d="M6 3.5 10.5 8 6 12.5" />,
  leave: <path d="M6 2.5H3v11h3M9.5 5 12.5 8l-3 3M12.5 8H6" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** Always beside a word that says the same, so it is hidden from those who do not see it. */
export function Icon({ name, small = false }: { readonly name: IconName; readonly small?: boolean }) {
  return (
    <svg className={small ? 'i s' : 'i'} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}
