import type { Channel } from '../channels/channel.ts'
import { storeRatesConsole } from '../channels/dpo-console/index.ts'
import type { PageRenderer } from '../channels/page-renderer.ts'
import { finishMessageId, isOpen, storeChannel, storeMail } from '../channels/store/index.ts'
import type { House } from '../compose.ts'
import {
  type ConfirmationParts,
  confirmConsent,
  openConfirmationLink,
  pgPeopleCounts,
  requestConfirmations,
} from '../features/consent/index.ts'
import { assertMayAt, pgStaffDirectory, type StaffStores } from '../features/staff/index.ts'
import {
  type EnrolTx,
  type FinishParts,
  pgEnrolmentReads,
  pgRateFigures,
  pgReceiptMailReads,
  type RateParts,
  type ReceiptParts,
  type ReceiptStores,
  settleLeftBehind,
  sweepEnrolments,
  tendReceiptMails,
  watchOptInRates,
} from '../features/store-visits/index.ts'
import { helpCallsOn } from './help-calls.ts'
import { countedMailer } from './mail.ts'

type Tx = EnrolTx & ReceiptStores & StaffStores

export type StoreHouse = Pick<
  House,
  | 'config'
  | 'names'
  | 'platform'
  | 'touchpoints'
  | 'consoleWork'
  | 'sealer'
  | 'ledger'
  | 'reads'
  | 'recording'
>

type Later = (task: () => Promise<void>) => void

/**
 * Where the law wants a yes to come back from its address, the page that the mail of the enrolment leads to has just had it confirmed:
 * it is asked for and answered here in one go, and the person gets no second message about the same thing. The proof names
 * that mail, by its name and its wording, and nothing but the acts of this enrolment is confirmed by it.
 */
const confirmAtOnce =
  ({
    config,
    ledger,
    recording: { confirmations },
  }: Pick<StoreHouse, 'config' | 'ledger' | 'recording'>): FinishParts<Tx>['confirm'] =>
  async ({ subjectId, enrolmentId, mailHash, createdAt }, evidence, acts) => {
    // Of a mail whose wording nobody kept nothing could be proven: then the usual message is sent, by the job.
    if (mailHash === undefined) return
    const messageId = finishMessageId(enrolmentId, config.issuer.origin)
    const answered: string[] = []
    const asking: ConfirmationParts = {
      ...confirmations,
      messages: {
        ...confirmations.messages,
        askConfirmation: async (to, message) => {
          if (to.kind !== 'email') return confirmations.messages.askConfirmation(to, message)
          answered.push(message.token)
          return { messageId, templateHash: mailHash, at: createdAt }
        },
      },
    }
    await requestConfirmations(asking, subjectId, acts)
    for (const token of answered) {
      const link = openConfirmationLink(confirmations.tokens, token, confirmations.clock.now())
      if (link === undefined) continue
      await confirmConsent(
        { ...ledger, confirmations: confirmations.confirmations, closing: confirmations.work },
        { link, evidence },
      )
    }
  }

const rateParts = ({ platform, touchpoints }: Pick<StoreHouse, 'platform' | 'touchpoints'>): RateParts => ({
  counts: pgPeopleCounts(platform.lanes.console),
  figures: pgRateFigures(platform.lanes.console),
  touchpoints,
  clock: platform.clock,
})

/** What a shop's staff begins, and what becomes of it. `later` runs what need not be waited for. */
function storeParts(house: StoreHouse, later: Later) {
  const { config, names, platform, touchpoints, consoleWork, sealer, ledger, reads } = house
  const { clock, entropy, blindIndex, sealedTokens: tokens, limiter, lanes } = platform
  const mail = storeMail({
    mailer: countedMailer(platform),
    brandName: config.brand.name,
    timeZone: config.brand.timeZone,
    storeName: (id) => touchpoints.find(id)?.name ?? id,
    origin: config.issuer.origin,
  })
  const shared = {
    work: consoleWork,
    clock,
    entropy,
    blindIndex,
    tokens,
    limiter,
    isOpenStore: (id: string) => isOpen(touchpoints, id),
    later,
  }
  const enrolments: FinishParts<Tx> = {
    ...shared,
    reads: pgEnrolmentReads(lanes.console),
    identity: reads,
    sealer,
    mail,
    ledger,
    house: { controller: names.controller, brand: names.brand },
    jurisdiction: config.brand.country,
    authorize: ({ staff }, actor, at) => assertMayAt(staff, actor, ['customer.enrol'], at),
    confirm: confirmAtOnce(house),
    askToConfirm: (subjectId) =>
      later(async () => void (await requestConfirmations(house.recording.confirmations, subjectId))),
  }
  const receipts: ReceiptParts<Tx> = {
    ...shared,
    reads: pgReceiptMailReads(lanes.console),
    send: mail.receipt,
    authorize: ({ staff }, actor, at) => assertMayAt(staff, actor, ['customer.assist'], at),
  }
  return { enrolments, receipts }
}

/** The shop's staff app, the customer's side of it, and the officer's page about how people answer in the stores. */
export function storeChannels(
  house: StoreHouse & { readonly renderer: PageRenderer; readonly later: Later },
): readonly Channel[] {
  const { config, platform, touchpoints, renderer } = house
  const directory = pgStaffDirectory(platform.reader)
  return [
    storeChannel({
      ...storeParts(house, house.later),
      renderer,
      touchpoints,
      assignments: (staffId) => directory.assignments(staffId),
      helpCalls: helpCallsOn(platform),
      origin: config.issuer.origin,
    }),
    storeRatesConsole({ renderer, touchpoints, figures: pgRateFigures(platform.lanes.console) }),
  ]
}

/** A job over the same parts. What it begins beside itself, it waits for. */
async function asJob<Outcome>(
  house: StoreHouse,
  run: (parts: ReturnType<typeof storeParts>) => Promise<Outcome>,
): Promise<Outcome> {
  const begun: Promise<void>[] = []
  const outcome = await run(storeParts(house, (task) => void begun.push(task()))).finally(() =>
    Promise.allSettled(begun),
  )
  await Promise.all(begun)
  return outcome
}

/* The jobs beside it, each by itself: a mail server that is away keeps no decided answer from the ledger. */

export const sendLeftReceipts = (house: StoreHouse) =>
  asJob(house, ({ receipts }) => tendReceiptMails(receipts))

export const forgetUnfinished = (house: StoreHouse) =>
  asJob(house, ({ enrolments }) => sweepEnrolments(enrolments))

export const recordDecided = (house: StoreHouse, atOnce?: number) =>
  asJob(house, ({ enrolments }) => settleLeftBehind(enrolments, atOnce))

export const watchStores = (house: Pick<StoreHouse, 'platform' | 'touchpoints' | 'consoleWork'>) =>
  watchOptInRates({ ...rateParts(house), work: house.consoleWork, entropy: house.platform.entropy })
