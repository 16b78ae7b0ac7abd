import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  issueReceiptCredential,
  receiptJsonLd,
  receiptWithProof,
  recordChoices,
} from '../../../../src/features/consent/index.ts'
import { checkReceiptFile } from '../../../../src/features/consent/ledger/check-receipt-file.ts'
import { revealed, splitSdJwt } from '../../../../src/platform/crypto/index.ts'
import { checkReceipt } from '../../../../views/assets/receipt-check.js'
import { type LedgerHouse, openLedgerHouse } from './ledger-house.ts'

let norte: LedgerHouse
beforeAll(async () => {
  norte = await openLedgerHouse()
})
afterAll(() => norte.close())

test('a genuine receipt of a yes that was only claimed says so, and for what, by which way and for whom', async () => {
  const subjectId = await norte.register('Ana')
  const { answer, ...claim } = norte.choice('marketing.direct', 'sms', 'yes')
  const recorded = await recordChoices(
    norte.parts,
    norte.command(subjectId, [norte.choice('marketing.direct', 'email', 'no')], {
      actor: { kind: 'client', clientId: 'old-crm' },
      claims: [claim],
    }),
  )
  if (recorded.outcome !== 'recorded') throw new Error('not recorded')
  await norte.keeper.checkpoint()
  const keys = { keys: [norte.publicJwk] }
  const parts = {
    records: norte.parts.records,
    sealer: norte.sealer,
    log: norte.log,
    publishedKeys: async () => keys,
  }
  const found = await receiptWithProof(parts, { subjectId, receiptId: recorded.receiptId })
  const text = JSON.stringify(found?.file)
  const server = await checkReceiptFile(text, keys, norte.clock.now())
  const about = { purpose: 'marketing.direct', brand: 'tienda-norte' }
  expect(server).toMatchObject({
    outcome: 'genuine',
    entries: [
      {
        ...about,
        state: 'refused',
        claimed: false,
        contactChannel: 'email',
        eventState: 'https://w3id.org/dpv#ConsentRefused',
      },
      {
        ...about,
        state: 'given',
        claimed: true,
        contactChannel: 'sms',
        eventState: 'https://w3id.org/dpv#ConsentUnknown',
      },
    ],
  })
  const browser = await checkReceipt(text, keys.keys)
  expect({ ...browser, issuedAt: new Date(browser.issuedAt) }).toEqual(server)

  // The same receipt as linked data and as a credential: neither says more of the claim than the signed text.
  if (found === undefined) throw new Error('no receipt')
  const { receipt } = found
  const { issuer } = norte.parts.signer
  const linked = receiptJsonLd(receipt.claims, { issuer, jws: receipt.jws })
  expect(linked['dpv:hasConsentStatus']).toMatchObject([
    { '@type': expect.arrayContaining(['dpv:ConsentRefused']) },
    { '@type': ['dpv:ConsentUnknown'] },
  ])
  expect(linked['dpv:hasProcess'][1]).not.toHaveProperty('dpv:hasLegalBasis')
  const credential = await issueReceiptCredential(norte.parts, receipt)
  const { jws, disclosures } = splitSdJwt(credential ?? '') ?? expect.fail('no credential')
  const unknown = 'https://w3id.org/dpv#ConsentUnknown'
  expect(revealed(decodeJwt(jws), disclosures)?.['decisions']).toContainEqual(
    expect.objectContaining({
      state: 'given',
      event_type: unknown,
      event_state: unknown,
      purpose: expect.objectContaining({ lawful_basis: null }),
    }),
  )
})
