import { robinsonList } from '../connectors/robinson/index.ts'
import { stopPublicidadList } from '../connectors/stop-publicidad/index.ts'
import type { ExclusionList } from '../features/consent/index.ts'
import type { Config } from '../platform/config/index.ts'
import type { Egress } from '../platform/egress/index.ts'

/** The public exclusion lists that the operator subscribed to. */
export const exclusionLists = (
  { robinson, stopPublicidad }: Config['exclusionLists'],
  egress: Pick<Egress, 'fetch'>,
): readonly ExclusionList[] => [
  ...(robinson === undefined ? [] : [robinsonList(egress, robinson)]),
  ...(stopPublicidad === undefined ? [] : [stopPublicidadList(egress, stopPublicidad)]),
]
