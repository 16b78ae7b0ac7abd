import { z } from 'zod'
import type { PublishedRegistry, PurposeVersion } from '../../../features/consent/index.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { ownPurpose, ownPurposes } from '../asking.ts'
import { handled, operation, purposeField } from '../operation.ts'
import { purposeShape } from '../shapes.ts'

const example = {
  id: 'marketing.direct',
  version: 1,
  class: 'marketing',
  bases: ['consent'],
  attributes: ['email', 'first_name'],
  contact_channels: ['email'],
  recipients: ['correo-norte'],
  sources: null,
  retention: { es: 'Hasta que lo retires', en: 'Until you withdraw it' },
  how_to_stop: { es: 'En tu centro de privacidad', en: 'In your privacy centre' },
  reconsent_min: 1,
  dpv: 'https://w3id.org/dpv#DirectMarketing',
}

export const listPurposes = operation({
  name: 'api.purposes',
  method: 'GET',
  path: '/api/v1/purposes',
  caller: { who: 'client', scope: 'purposes:read' },
  summary: 'List purposes',
  description:
    'The purposes in force that your system is registered for, in the order in which people are shown them.',
  answers: [200],
  responses: { 200: { description: 'Your purposes.', schema: z.object({ items: z.array(purposeShape) }) } },
  example: { status: 200, answer: { items: [example] } },
})

export const readPurpose = operation({
  name: 'api.purpose',
  method: 'GET',
  path: '/api/v1/purposes/:purpose',
  caller: { who: 'client', scope: 'purposes:read' },
  summary: 'Read a purpose',
  description: 'One purpose in its version in force.',
  params: z.strictObject({ purpose: purposeField }),
  answers: [200],
  responses: { 200: { description: 'The purpose.', schema: purposeShape } },
  example: { params: { purpose: 'marketing.direct' }, status: 200, answer: example },
})

const shown = (version: PurposeVersion, registry: PublishedRegistry) => ({
  id: version.purpose,
  version: version.version,
  class: registry.purposes.get(version.purpose)?.class ?? 'service',
  bases: version.bases,
  attributes: version.attributes,
  contact_channels: version.contactChannels,
  recipients: version.recipients,
  sources: version.sources ?? null,
  retention: version.retention,
  how_to_stop: version.howToStop,
  reconsent_min: version.reconsentMin,
  dpv: version.dpv,
})

export const purposeRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, listPurposes, async (asking) => {
    const registry = deps.registry.current()
    return json({ items: ownPurposes(asking, registry).map((version) => shown(version, registry)) })
  }),
  handled(deps, readPurpose, async (asking, { params }) => {
    const registry = deps.registry.current()
    return json(shown(ownPurpose(asking, params.purpose, registry), registry))
  }),
]
