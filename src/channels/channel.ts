import type { Channel as ChannelId } from '../kernel/evidence.ts'
import type { Route } from '../platform/web/route.ts'

/**
 * The contract of a way in. A channel is a complete surface: its folder holds its routes and the handlers they name.
 * Channels differ in how we know who acts and in what is kept as evidence; never in what is allowed. `id` is the value
 * written into evidence; `name` is the surface within it, such as `privacy-centre`. A new channel is a folder and a
 * line in `compose.ts`.
 */
export interface Channel {
  readonly id: ChannelId
  readonly name: string
  readonly routes: readonly Route[]
}
