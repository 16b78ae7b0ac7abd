const paths = {
  arrowLeft: 'M19 12H5m6-6-6 6 6 6',
  arrowRight: 'M5 12h14m-6-6 6 6-6 6',
  chevron: 'm6 9 6 6 6-6',
  check: 'm5 12.5 4.5 4.5L19 7',
  alert:
    'M12 8v5m0 3.5v.01M10.3 3.9 2.4 17.6A2 2 0 0 0 4.1 20.6h15.8a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0Z',
  info: 'M12 11v5m0-8.5v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  lock: 'M6.5 10.5h11A1.5 1.5 0 0 1 19 12v7.5a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19.5V12a1.5 1.5 0 0 1 1.5-1.5ZM8 10.5V8a4 4 0 0 1 8 0v2.5m-4 4v2.5',
  passkey:
    'M9 11a3.75 3.75 0 1 0 0-7.5A3.75 3.75 0 0 0 9 11ZM2.5 20.5V20a6.5 6.5 0 0 1 9.3-5.9m5.7 1.4a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm0 0v6.5m0-1h2m-2-2.75h1.5',
  mail: 'M4 5.5h16A1.5 1.5 0 0 1 21.5 7v10a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 17V7A1.5 1.5 0 0 1 4 5.5Zm-1 2 9 6 9-6',
  shield: 'M12 21.5s7.5-3.5 7.5-9.5V5.5L12 2.5l-7.5 3V12c0 6 7.5 9.5 7.5 9.5Zm-3-10 2.3 2.3L15.5 9.5',
  list: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.01M4.5 12v.01M4.5 17.5v.01',
  share:
    'M17 8.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM7 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm10 6.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM9.6 13.5l4.8 3.5M14.4 7l-4.8 3.5',
  clock: 'M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  person: 'M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm8.5 9.5a8.5 8.5 0 0 0-17 0',
  device:
    'M4.5 4.5h15A1.5 1.5 0 0 1 21 6v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5ZM2 20h20',
  receipt:
    'M5 2.5v19l2.3-1.5 2.4 1.5 2.3-1.5 2.3 1.5 2.4-1.5L19 21.5v-19L16.7 4l-2.4-1.5L12 4 9.7 2.5 7.3 4 5 2.5ZM9 9h6m-6 4.5h6',
  download: 'M12 3.5v12m-5-5 5 5 5-5M4 20.5h16',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
} as const

export type IconName = keyof typeof paths

/** Drawn for the eye only: the words beside it say the same. */
export function Icon({ name, size = 20, class: extra }: { name: IconName; size?: number; class?: string }) {
  return (
    <svg
      class={extra}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
