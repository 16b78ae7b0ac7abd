import { createHash } from 'node:crypto'
import type { Actor } from '../../../kernel/actor.ts'
import { conflict } from '../../../kernel/errors.ts'
import { seal, type WrappedSubjectKey } from '../../../platform/crypto/index.ts'
import { identifierPlace } from '../../identity/index.ts'
import { affectedKeys } from '../affected-keys.ts'
import { evidencePlace, receiptPlace } from '../append-act.ts'
import type { LedgerEntry } from '../consent-ledger.ts'
import { type ConsentRecorded, consentRecorded } from '../events.ts'
import { proveAct } from '../evidence-of-act.ts'
import { decideKey } from '../key-decision.ts'
import type { PublishedRegistry } from '../published.ts'
import { signedReceipt } from '../signed-receipt.ts'
import type { ImportParts } from './import-parts.ts'
import type { Checkpoint, ImportRun } from './import-store.ts'
import type { ImportedAct, ImportedFact, JudgedBatch } from './judge-batch.ts'
import type { Newcomer } from './newcomer.ts'

/** Somebody recorded for one of these people since they were read: the batch is judged again. */
export class PeopleMovedOn extends Error {}

interface Prepared {
  readonly entry: LedgerEntry
  readonly message: ConsentRecorded
}

/** What else proves an imported act: whose claim it is, where it stands, and what there is to look up. */
const particularsOf = ({ row }: ImportedFact, run: ImportRun): Readonly<Record<string, string>> => ({
  import: run.importId,
  source: run.source,
  file: run.fileHash,
  line: String(row.line),
  evidence: row.grade,
  ...(row.rowId === undefined ? {} : { row: row.rowId }),
  ...(row.reference === undefined ? {} : { reference: row.reference }),
  ...(row.text === undefined ? {} : { text: createHash('sha256').update(row.text).digest('hex') }),
})

/** Everything of one person that can be made before the transaction: proofs, permissions, receipt, message. */
async function prepare(
  { person, facts }: ImportedAct,
  run: ImportRun,
  actor: Actor,
  registry: PublishedRegistry,
  at: Date,
  parts: ImportParts,
): Promise<Prepared> {
  const { subjectId, known, key } = person
  const { entropy, sealer } = parts
  const events = facts.map(({ event }) => event)
  const permissions = affectedKeys(registry, known.facts, events).map((one) =>
    decideKey(one, known.facts, registry, at.getTime()),
  )
  const receiptId = entropy.id<'receipt'>()
  const proofs = facts.map((fact) => {
    const { event } = fact
    const evidence = event.capture ?? { channel: 'api', surface: 'import', language: known.language }
    return { event, ...proveAct(event, evidence, actor, entropy, particularsOf(fact, run)) }
  })
  const jws = await signedReceipt(
    {
      receiptId,
      subjectId,
      events,
      commitments: new Map(proofs.map(({ event, commitment }) => [event.id, commitment])),
      at,
      language: known.language,
    },
    registry,
    parts.addresses,
    parts.signer,
  )
  // The keys of people who were there came with their facts; a newcomer's was made a moment ago.
  const sealText = async (place: { table: string; column: string; row: string }, text: string) =>
    key === undefined
      ? sealer.sealText(subjectId, place, text)
      : seal(key, { ...place, subjectId }, Buffer.from(text, 'utf8'))
  const commandHash = createHash('sha256')
    .update(JSON.stringify(events.map(({ id }) => id)))
    .digest()
  return {
    entry: {
      subjectId,
      epoch: known.epoch,
      linked: known.facts.linked !== undefined,
      events: await Promise.all(
        proofs.map(async ({ event, text, commitment }) => ({
          event,
          commitment,
          sealedEvidence: await sealText(evidencePlace(event.id), text),
        })),
      ),
      permissions,
      receipt: {
        receiptId,
        sealedJws: await sealText(receiptPlace(receiptId), jws),
        commandKey: createHash('sha256').update('consent-import').update(commandHash).digest(),
        commandHash,
      },
      at,
    },
    message: consentRecorded(entropy.id<'event'>(), {
      subjectId,
      at,
      epoch: known.epoch + 1,
      receiptId,
      events,
      permissions,
    }),
  }
}

interface PreparedNewcomer {
  readonly newcomer: Newcomer
  readonly key: WrappedSubjectKey
  readonly sealed: readonly Uint8Array[]
}

async function prepareNewcomer(newcomer: Newcomer, { sealer }: ImportParts): Promise<PreparedNewcomer> {
  const { subjectId } = newcomer
  const key = await sealer.create(subjectId)
  const sealed = await Promise.all(
    newcomer.identifiers.map(({ identifierId, value }) =>
      sealer.sealText(subjectId, identifierPlace(identifierId), value),
    ),
  )
  return { newcomer, key, sealed }
}

/**
 * Writes a judged batch in one transaction: people, texts, facts, permissions, receipts, proofs, messages, and the
 * checkpoint. All of it or nothing is kept, so a crash at any moment leaves the import between two batches.
 *
 * Throws `PeopleMovedOn` when a person's ledger moved meanwhile, `import-taken-over` when another process is at this
 * import.
 */
export async function keepBatch(
  parts: ImportParts,
  run: ImportRun,
  batch: JudgedBatch,
  to: Checkpoint,
  context: { readonly actor: Actor; readonly registry: PublishedRegistry; readonly at: Date },
): Promise<void> {
  const { actor, registry, at } = context
  const newcomers: PreparedNewcomer[] = []
  for (const newcomer of batch.newcomers) newcomers.push(await prepareNewcomer(newcomer, parts))
  // Together: a signature is made on another thread, and waiting for each alone would take most of the time.
  const prepared = await Promise.all(batch.acts.map((act) => prepare(act, run, actor, registry, at, parts)))
  try {
    await parts.work(async (tx) => {
      if (!(await tx.imports.advance(run.importId, run.place, to, at))) {
        throw conflict('import-taken-over', 'Another process is at this import.')
      }
      for (const text of batch.texts) await tx.registry.addNotice(text, at)
      for (const { newcomer, key, sealed } of newcomers) {
        const { subjectId, jurisdiction, language, identifiers } = newcomer
        for (const { kind, index, identifierId } of identifiers) {
          const owner = { kind, subjectId, identifierId }
          if (!(await tx.identifiers.claim(Buffer.from(index, 'hex'), owner))) throw new PeopleMovedOn()
        }
        await tx.subjects.insert({ subjectId, state: 'active', jurisdiction, language, createdAt: at })
        await tx.subjectKeys.insert(key)
        for (const [position, { kind, identifierId }] of identifiers.entries()) {
          await tx.identifiers.insert({
            subjectId,
            identifierId,
            kind,
            sealedValue: sealed[position] ?? new Uint8Array(),
            verifiedAt: undefined,
            createdAt: at,
          })
        }
        await tx.audit.record({
          action: 'subject.imported',
          actor,
          at,
          subjectId,
          facts: { import: run.importId },
        })
      }
      const kept = await tx.imports.append(prepared.map(({ entry }) => entry))
      if (kept.size < prepared.length) throw new PeopleMovedOn()
      for (const { entry, message } of prepared) {
        const { subjectId, receipt, events } = entry
        const epoch = kept.get(subjectId) ?? message.payload.epoch
        await tx.audit.record({
          action: 'consent.imported',
          actor,
          at,
          subjectId,
          facts: {
            import: run.importId,
            epoch,
            receiptId: receipt.receiptId,
            events: events.map(({ event }) => event.id),
          },
        })
        await tx.outbox.add({ ...message, payload: { ...message.payload, epoch } })
      }
      await tx.audit.record({
        action: 'consent.import-advanced',
        actor,
        at,
        about: `import:${run.importId}`,
        facts: { rows: to.report.rows, quarantined: to.report.quarantined, line: to.place.line },
      })
    })
  } catch (error) {
    for (const { newcomer } of newcomers) parts.sealer.forget(newcomer.subjectId)
    throw error
  }
}
