export const touchpointKinds = ['brand', 'region', 'store', 'terminal', 'desk'] as const
export type TouchpointKind = (typeof touchpointKinds)[number]

/** A place where people meet us. */
export interface Touchpoint {
  /** A code, two to 64 of `[a-z0-9-]`, never used again: `gran-via`, `gran-via-kiosk-3`. */
  readonly id: string
  readonly kind: TouchpointKind
  readonly parent?: string
  /** What people see: `Quiosco 3`. */
  readonly name: string
  readonly city?: string
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
  /** CIDR ranges a terminal or desk may call from: its own, or those of its store. Empty: not limited by network. */
  readonly networks: readonly string[]
  readonly state: 'open' | 'closed'
}
