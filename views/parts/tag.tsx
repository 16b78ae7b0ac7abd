import type { ComponentChildren } from 'preact'

/** A state in words. Colour only repeats them; yes and no look the same. */
export const Tag = ({ tone, children }: { tone?: 'accent' | 'warn'; children: ComponentChildren }) => (
  <span class={tone ? `tag tag--${tone}` : 'tag'}>{children}</span>
)
