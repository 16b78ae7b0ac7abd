import type { TouchpointModel } from '../../../views/staff/touchpoint.tsx'
import type { PlaceNode } from '../../../views/staff/touchpoints.tsx'
import type { Terminal, Touchpoint, Touchpoints } from '../../features/touchpoints/index.ts'

export const consoleRoot = '/staff/touchpoints'
export const hrefOf = (id: string): string => `${consoleRoot}/${id}`

type Keys = ReadonlyMap<string, Terminal>

const terminalState = ({ kind, id }: Touchpoint, keys: Keys): PlaceNode['terminal'] =>
  kind === 'terminal' ? (keys.get(id)?.state ?? 'waiting') : undefined

/** The tree as somebody sees it: what lies above what they may see is left out, so that their places stand at its top. */
export function placesOf(
  touchpoints: Touchpoints,
  keys: Keys,
  visible: (id: string) => boolean,
): readonly PlaceNode[] {
  const shown = touchpoints.list().filter(({ id }) => visible(id))
  const children = Map.groupBy(shown, ({ parent }) => parent)
  const node = (one: Touchpoint): PlaceNode => ({
    id: one.id,
    name: one.name,
    kind: one.kind,
    city: one.city,
    open: one.state === 'open',
    terminal: terminalState(one, keys),
    href: hrefOf(one.id),
    children: (children.get(one.id) ?? []).map(node),
  })
  return shown.filter(({ parent }) => parent === undefined || !visible(parent)).map(node)
}

export interface Allowed {
  readonly change: boolean
  readonly enrol: boolean
}

export interface Typed {
  readonly name: string
  readonly city: string
  readonly country: string
  readonly networks: string
}

/** One place, with what this person may do about it; a closed one can only be looked at. */
export function placeModel(
  touchpoints: Touchpoints,
  found: Touchpoint,
  key: Terminal | undefined,
  allowed: Allowed,
  shown: { readonly typed?: Typed; readonly code?: TouchpointModel['code'] } = {},
): TouchpointModel {
  const { id, kind, name, city, country, networks } = found
  const open = found.state === 'open'
  const at = hrefOf(id)
  const change = open && allowed.change
  const holdsTerminals = kind !== 'desk'
  return {
    id,
    kind,
    name,
    open,
    within: touchpoints
      .path(id)
      .slice(0, -1)
      .map((one) => one.name),
    city,
    country,
    networks,
    terminal:
      kind === 'terminal'
        ? {
            state: key?.state ?? 'waiting',
            enrolledAt: key?.enrolledAt,
            revokedAt: key?.revokedAt,
            keyThumbprint: key?.state === 'enrolled' ? key.keyThumbprint : undefined,
          }
        : undefined,
    code: shown.code,
    listHref: consoleRoot,
    change: change
      ? {
          action: at,
          fields: shown.typed ?? {
            name,
            city: city ?? '',
            country: country ?? '',
            // What it inherits is not its own: saving the form must not make it so.
            networks: touchpoints.own(id).join(' '),
          },
        }
      : undefined,
    codeAction: open && allowed.enrol && kind === 'terminal' ? `${at}/code` : undefined,
    revokeAction:
      open &&
      (allowed.enrol || allowed.change) &&
      holdsTerminals &&
      (kind !== 'terminal' || key?.state === 'enrolled')
        ? `${at}/revoke`
        : undefined,
    closeAction: change ? `${at}/close` : undefined,
  }
}
