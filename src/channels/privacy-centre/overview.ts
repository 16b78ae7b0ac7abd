import { OverviewView } from '../../../views/privacy-centre/overview.tsx'
import { consentOverview, type StandingChoice, standingAnswer } from '../../features/consent/index.ts'
import { requestsOf } from '../../features/privacy-requests/index.ts'
import { readProfile } from '../../features/profile/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { noonOf } from '../request-day.ts'
import { type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'
import { requestPath } from './request-paths.ts'

/** The claim by which a person is greeted. */
const nameClaim = 'given_name'

const isPending = ({ state }: StandingChoice): boolean =>
  state === 'PENDING_DOI' || state === 'PENDING_GUARDIAN'

/** Nobody is pressed to answer what they put off, or what waits for somebody else. */
const isOpen = (choice: StandingChoice): boolean =>
  standingAnswer(choice) === undefined && choice.state !== 'DEFERRED' && !isPending(choice)

/** Tasks with their state: what is decided, what is held, who received it, how safe the account is. */
export const overviewRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.overview',
    method: 'GET',
    path: '/privacy',
    caller: { who: 'subject' },
    answers: [200],
    handle: async (request) => {
      const subjectId = subjectOf(request)
      const [overview, values, identifiers, received, passkeys, sessions, requests] = await Promise.all([
        consentOverview(deps.ledger, { subjectId, ...deps.house }),
        readProfile(deps, subjectId),
        deps.reads.identifiers.list(subjectId),
        deps.disclosures.summary(subjectId),
        deps.reads.passkeys.list(subjectId),
        deps.sessions.list(subjectId),
        requestsOf(deps.privacyRequests, subjectId),
      ])
      if (overview === undefined) throw notFound('subject-unknown', 'There is no such account.')
      const answers = overview.choices.map(standingAnswer)
      const registry = deps.ledger.registry.current()
      const name = values.find(({ attributeId }) => registry.attributes.get(attributeId)?.claim === nameClaim)
      const [latest] = received
      return deps.renderer.show(request, OverviewView, {
        ...(typeof name?.value === 'string' ? { givenName: name.value } : {}),
        permissions: {
          yes: answers.filter((answer) => answer === 'yes').length,
          no: answers.filter((answer) => answer === 'no').length,
          unanswered: overview.choices.filter(isOpen).length,
        },
        waiting: overview.choices.filter(isPending).length,
        restricted: overview.restrictions.length > 0,
        ...(overview.lastDecisionAt === undefined
          ? {}
          : { lastDecisionAt: new Date(overview.lastDecisionAt) }),
        values: values.length + identifiers.length,
        recipients: received.length,
        ...(latest === undefined ? {} : { lastDisclosureAt: latest.lastAt }),
        passkeys: passkeys.length,
        sessions: sessions.length,
        requests: requests
          .filter(({ state }) => state === 'open')
          .sort((one, other) => one.due.localeCompare(other.due))
          .map(({ id, right, due }) => ({ right, answerBy: noonOf(due), href: requestPath(id) })),
      })
    },
  }),
]
