/**
 * Vending machine: a way in that the house has never heard of. It is here to prove that one folder and one line are all it
 * takes: routes that say who may call them, and a contract that says what each act brings along.
 */
import { z } from 'zod'
import type { Channel, ChannelContract } from '../../../src/channels/channel.ts'
import type { HouseParts } from '../../../src/compose.ts'
import { noticeFor, recordChoices, referenceTo } from '../../../src/features/consent/index.ts'
import { invalid, refused } from '../../../src/kernel/errors.ts'
import { json } from '../../../src/platform/web/answer.ts'
import { defineRoute } from '../../../src/platform/web/define-route.ts'

const vendingContract: ChannelContract = {
  id: 'kiosk',
  paths: ['/vending'],
  session: { kind: 'visit', idleSeconds: 30, longestSeconds: 120 },
  actors: [{ who: 'subject', by: 'session-cookie', assurance: 'password' }],
  evidence: {
    established: ['network', 'userAgentFamily', 'requestId'],
    needed: ['surface', 'language', 'touchpoint'],
    particulars: ['slot'],
  },
}

export const vendingChannel = (
  { ledger, registry, names, touchpoints }: HouseParts,
  path = '/vending/answer',
): Channel => ({
  id: 'kiosk',
  name: 'vending-machine',
  contract: vendingContract,
  routes: [
    defineRoute({
      name: 'vending.answer',
      method: 'POST',
      path,
      caller: { who: 'subject' },
      body: {
        type: 'json',
        schema: z.strictObject({
          answer: z.enum(['yes', 'no']),
          machine: z.string().max(64).optional(),
          slot: z.string().max(10).optional(),
          once: z.string().min(8).max(64),
        }),
      },
      answers: [200],
      handle: async ({ actor, body, evidence }) => {
        if (actor.kind !== 'subject') throw refused('consent_not_own', 'Sign in to answer.')
        const { answer, machine, slot, once } = body
        if (machine !== undefined && touchpoints.find(machine) === undefined) {
          throw invalid('touchpoint-unknown', 'There is no such machine.')
        }
        const notice = noticeFor(registry.current(), 'marketing.direct', 'es')
        if (notice === undefined) throw invalid('notice_unknown', 'Nothing to read out.')
        const outcome = await recordChoices(ledger, {
          subjectId: actor.subjectId,
          actor,
          evidence: {
            ...evidence,
            language: 'es',
            ...(machine === undefined ? {} : { touchpoint: machine }),
          },
          ...(slot === undefined ? {} : { particulars: { slot } }),
          idempotencyKey: once,
          controller: names.controller,
          brand: names.brand,
          choices: [
            { purpose: 'marketing.direct', contactChannel: 'email', answer, notice: referenceTo(notice) },
          ],
        })
        return json({ outcome: outcome.outcome })
      },
    }),
  ],
})
