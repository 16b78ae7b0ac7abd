import { z } from 'zod'
import { type PurposeVersion, whoMayBeContacted } from '../../../features/consent/index.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { type Asking, ownContactChannel, ownPurpose, ownPurposes } from '../asking.ts'
import { cursorGone, type PermissionCursor, readCursor, writeCursor } from '../cursor.ts'
import { decidePermission } from '../decide-permission.ts'
import { keepNames, namesFor, subjectBehind } from '../known-subjects.ts'
import { described, handled, operation, purposeField, subField } from '../operation.ts'
import { exampleOptOut } from '../opt-out.ts'
import { insteadOf, notOnTheList, withDuplicates, withOtherAccounts } from '../other-account.ts'
import { campaignCategoryField, contactChannelField, permissionShape } from '../shapes.ts'

const most = 200

const example = {
  sub: '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o',
  purpose: 'marketing.direct',
  contact_channel: 'email',
  decision: 'PERMIT',
  reason: 'CONSENT_GIVEN',
  basis: 'consent',
  attributes: ['email', 'first_name'],
  valid_until: null,
  opt_out: exampleOptOut,
}

export const listPermissions = operation({
  name: 'api.permissions',
  method: 'GET',
  path: '/api/v1/permissions',
  caller: { who: 'client', scope: 'permissions:read' },
  summary: 'List permissions, or what changed since',
  description:
    'Without a cursor: everybody your system may use for the purpose on the contact channel now, page by page. With `changed_since`: whoever changed since that page, as they stand now, withdrawals of people you were told of included. Keep the last `next` and come back with it: nothing is ever left out, and something may come twice. A person with several accounts is on it by one of them: the others come as DENY with OTHER_ACCOUNT_CONTACTED and `duplicate_of`, whichever of the accounts changed, so that following the changes leads to the same people as listing them again.',
  query: z.strictObject({
    purpose: purposeField,
    contact_channel: contactChannelField,
    campaign_category: campaignCategoryField,
    changed_since: described(z.string().min(1).max(2048), 'The `next` of an earlier page.').optional(),
    limit: described(z.coerce.number().int().min(1).max(most), 'At most 200.').default(100),
  }),
  answers: [200],
  responses: {
    200: {
      description: 'A page. `more` says whether to ask again at once.',
      schema: z.object({ items: z.array(permissionShape), next: z.string(), more: z.boolean() }),
    },
  },
  example: {
    query: { purpose: 'marketing.direct', contact_channel: 'email', limit: '100' },
    status: 200,
    answer: { items: [example], next: 'b3BhcXVl', more: true },
  },
})

export const readPermissions = operation({
  name: 'api.subject.permissions',
  method: 'GET',
  path: '/api/v1/subjects/:sub/permissions',
  caller: { who: 'client', scope: 'permissions:read' },
  summary: 'Read the permissions of one person',
  description:
    'What your system may do with this person, for each of its purposes and contact channels, decided now. `duplicate_of` names the account by which the person is contacted where that is another one.',
  params: z.strictObject({ sub: subField }),
  query: z.strictObject({ campaign_category: campaignCategoryField }),
  answers: [200],
  responses: { 200: { description: 'Decided now.', schema: z.object({ items: z.array(permissionShape) }) } },
  example: { params: { sub: example.sub }, status: 200, answer: { items: [example] } },
})

interface Asked {
  readonly asking: Asking
  readonly version: PurposeVersion
  readonly contactChannel: ContactChannel
  readonly campaignCategory: string | undefined
}

interface Step {
  readonly subjects: readonly SubjectId[]
  readonly next: PermissionCursor
  readonly more: boolean
}

/** Everybody who may be contacted, in the order of ids; at the end it turns into following the changes. */
async function walk(deps: ApiDeps, asked: Asked, at: PermissionCursor, limit: number): Promise<Step> {
  const { asking, version, contactChannel, campaignCategory } = asked
  const { controller, brand } = asking
  const page = await whoMayBeContacted(
    { reads: deps.permissions, registry: deps.registry, clock: deps.clock },
    { controller, brand, purpose: version.purpose, contactChannel, campaignCategory },
    { after: at.walking ?? undefined, limit },
  )
  return {
    subjects: page.people.map(({ subjectId }) => subjectId),
    next: { ...at, walking: page.next },
    more: true,
  }
}

async function follow(deps: ApiDeps, at: PermissionCursor, limit: number): Promise<Step> {
  const changes = await deps.changes.since(at.changes, limit)
  if (changes === undefined) throw cursorGone()
  const last = changes.at(-1)
  const changed = [...new Set(changes.map(({ subjectId }) => subjectId))]
  return {
    subjects: await withOtherAccounts(deps, changed),
    next: last === undefined ? at : { ...at, changes: last.position },
    more: changes.length === limit,
  }
}

/** Decides for each, and tells a client of a no only where it was told of the person: whom it never met is none of its concern. */
async function itemsOf(
  deps: ApiDeps,
  { asking, version, contactChannel, campaignCategory }: Asked,
  subjects: readonly SubjectId[],
) {
  const [named, known] = await Promise.all([
    namesFor(deps, asking, subjects),
    Promise.all(subjects.map((subjectId) => deps.facts.find(subjectId))),
  ])
  const registry = deps.registry.current()
  const contact = { purpose: version.purpose, contactChannel, campaignCategory }
  const judged = await Promise.all(
    named.map(async (name, index) => {
      const facts = known[index]?.facts
      if (facts === undefined) return []
      const person = { subjectId: name.subjectId, facts }
      const permission = decidePermission(
        deps,
        asking,
        version,
        contactChannel,
        person,
        registry,
        campaignCategory,
      )
      const instead = await insteadOf(deps, asking, person, contact, permission)
      const listed = instead === undefined ? permission : notOnTheList(permission, instead)
      if (listed.decision === 'DENY' && !name.told) return []
      return [{ name, answer: { sub: name.sub, ...listed }, instead }]
    }),
  )
  const told = judged.flat()
  await keepNames(
    deps,
    asking,
    told.map(({ name }) => name),
  )
  return withDuplicates(deps, asking, told)
}

export const permissionRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, listPermissions, async (asking, { query }) => {
    const version = ownPurpose(asking, query.purpose, deps.registry.current())
    const contactChannel = ownContactChannel(asking, version, query.contact_channel)
    const { campaign_category: campaignCategory } = query
    const asked = { asking, version, contactChannel, campaignCategory }
    const { clientId: client } = asking.client
    const place = { client, purpose: version.purpose, contactChannel, campaignCategory }
    const at =
      query.changed_since === undefined
        ? { ...place, walking: null, changes: await deps.changes.now() }
        : readCursor(deps, query.changed_since, place)
    const step =
      at.walking === undefined
        ? await follow(deps, at, query.limit)
        : await walk(deps, asked, at, query.limit)
    const items = await itemsOf(deps, asked, step.subjects)
    return json({ items, next: writeCursor(deps, step.next), more: step.more })
  }),
  handled(deps, readPermissions, async (asking, { params, query }) => {
    const subjectId = await subjectBehind(deps, asking, params.sub)
    const known = await deps.facts.find(subjectId)
    if (known === undefined) throw notFound('subject-unknown', 'Your client knows nobody by this name.')
    const registry = deps.registry.current()
    const person = { subjectId, facts: known.facts }
    const { client } = asking
    const contacts = ownPurposes(asking, registry).flatMap((version) =>
      version.contactChannels
        .filter((one) => client.purposeId === undefined || client.contactChannel === one)
        .map((contactChannel) => ({ version, contactChannel })),
    )
    const category = query.campaign_category
    const answers = await Promise.all(
      contacts.map(async ({ version, contactChannel }) => {
        const permission = decidePermission(deps, asking, version, contactChannel, person, registry, category)
        const contact = { purpose: version.purpose, contactChannel, campaignCategory: category }
        const instead = await insteadOf(deps, asking, person, contact, permission)
        return { answer: { sub: params.sub, ...permission }, instead }
      }),
    )
    return json({ items: await withDuplicates(deps, asking, answers) })
  }),
]
