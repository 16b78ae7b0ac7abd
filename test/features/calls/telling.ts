import { load } from 'cheerio'
import {
  type CallId,
  type CallLink,
  callScripts,
  chooseCaller,
  openCallLink,
  type RecordCallChoices,
  recordCallChoices,
  redeemCallerCode,
  searchCaller,
  sendCallerCode,
} from '../../../src/features/calls/index.ts'
import { decide, recordChoices } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { atHome, type CallHouse } from './call-house.ts'

/** Whoever tells choices by telephone in this house, and the customer they are about. */
export function tellingIn(norte: CallHouse) {
  const { parts, app } = norte
  const offers = norte.offers()
  const house = { controller: app.house.names.controller, brand: app.house.names.brand }
  const email = { purpose: 'marketing.direct', contactChannel: 'email' } as const
  let keys = 0
  const key = () => {
    keys += 1
    return `form-${keys}`
  }
  const mailTo = (person: string) =>
    app.outbox.messages.findLast(
      ({ kind, recipients }) => kind === 'call-choices' && recipients.includes(norte.email(person)),
    )
  const pathTo = (person: string) =>
    new URL(/https?:\/\/\S+\/call\/[\w-]+/.exec(mailTo(person)?.text ?? '')?.[0] ?? '').pathname

  return {
    offers,
    house,
    email,
    key,
    mailTo,
    pathTo,
    /** Verified by a code to their mail. */
    verified: async (person: string) => {
      const { call } = await norte.ring({})
      const [found] = await searchCaller(parts, { ...norte.in(call.id), typed: norte.email(person) })
      await chooseCaller(parts, { ...norte.in(call.id), key: found?.key ?? '', reason: { code: 'privacy' } })
      await sendCallerCode(parts, { ...norte.in(call.id), contact: await norte.emailContact(call.id) })
      await redeemCallerCode(parts, { ...norte.in(call.id), typed: norte.lastCode(person) })
      return call
    },
    /** What an agent writes down: by e-mail and about offers, where nothing else is said. */
    say: (callId: CallId, answer: 'yes' | 'no', more: Partial<RecordCallChoices> = {}) =>
      recordCallChoices(parts, {
        ...norte.in(callId),
        choices: [{ ...email, answer, notice: offers }],
        idempotencyKey: key(),
        ...more,
      }),
    standing: async (callId: CallId) =>
      (await callScripts(parts, norte.in(callId))).find(
        ({ purpose, contactChannel }) => purpose === email.purpose && contactChannel === email.contactChannel,
      )?.standing,
    linkTo: (person: string): CallLink => {
      const link = openCallLink(parts.tokens, pathTo(person).replace('/call/', ''), norte.now())
      if (link === undefined) throw new Error('no link')
      return link
    },
    /** What the person says themselves in their own pages. */
    own: (subjectId: SubjectId, answer: 'yes' | 'no') =>
      recordChoices(app.house.ledger, {
        subjectId,
        actor: { kind: 'subject', subjectId, assurance: 'passkey' },
        evidence: { ...atHome, surface: 'privacy-centre' },
        idempotencyKey: key(),
        ...house,
        choices: [{ ...email, answer, notice: offers }],
      }),
    permitted: async (subjectId: SubjectId) => {
      const known = await app.house.ledger.facts.find(subjectId)
      return known === undefined
        ? 'nobody'
        : decide(
            { ...house, system: 'correo-norte', ...email, attribute: 'email' },
            known.facts,
            app.house.registry.current(),
            norte.now().getTime(),
          ).decision
    },
    open: (path: string) => fetch(`${app.origin}${path}`, { headers: { 'accept-language': 'es' } }),
    press: (path: string, fields: Record<string, string> = {}) =>
      fetch(`${app.origin}${path}`, {
        method: 'POST',
        headers: { 'accept-language': 'es' },
        body: new URLSearchParams(fields),
      }),
    words: async (answer: Response) =>
      load(await answer.text())('main')
        .text()
        .replaceAll(/\s+/g, ' '),
  }
}
