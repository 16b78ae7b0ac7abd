import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

type Weight = 'main' | 'even' | 'quiet'

interface Look {
  /** `main` once per page; `even` for choices of equal weight; `quiet` reads as a link. */
  readonly weight?: Weight
  readonly wide?: boolean
  readonly icon?: IconName
  readonly children: ComponentChildren
}

const look = ({ weight = 'main', wide = false }: Look) =>
  `button button--${weight}${wide ? ' button--wide' : ''}`

export function Button(props: Look & { id?: string; name?: string; value?: string; describedBy?: string }) {
  const { id, name, value, describedBy, icon, children } = props
  return (
    <button
      type="submit"
      class={look(props)}
      {...(id === undefined ? {} : { id })}
      {...(name === undefined ? {} : { name, value: value ?? '' })}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

export function ButtonLink(props: Look & { href: string; download?: boolean }) {
  return (
    <a class={look(props)} href={props.href} {...(props.download ? { download: '' } : {})}>
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </a>
  )
}

/**
 * Two answers of equal weight (EDPB 03/2022; experience.md): same component, size, colour and number of clicks, whatever
 * they say. The order never changes.
 */
export function ButtonPair(props: {
  name: string
  first: { value: string; words: string }
  second: { value: string; words: string }
}) {
  return (
    <div class="pair" data-equal>
      {[props.first, props.second].map(({ value, words }) => (
        <div key={value}>
          <Button weight="even" name={props.name} value={value}>
            {words}
          </Button>
        </div>
      ))}
    </div>
  )
}
