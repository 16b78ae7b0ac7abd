import type { Knex } from 'knex'
import { holdPerson, moveOthersOn } from '../merging/pg-person.ts'
import { permissionKeyColumns, permissionRow } from '../permissions/permission-row.ts'
import type { CircumstanceStore } from './circumstance-store.ts'

export const pgCircumstanceStore = (trx: Knex.Transaction): CircumstanceStore => ({
  advance: async (subjectId, epoch, permissions, at) => {
    await holdPerson(trx, subjectId)
    const [row] = await trx('subjects')
      .where({ subject_id: subjectId, consent_epoch: epoch })
      .whereIn('state', ['active', 'locked'])
      .increment('consent_epoch', 1)
      .returning('consent_epoch')
    if (row === undefined) return undefined
    await moveOthersOn(trx, subjectId, at)
    if (permissions.length > 0) {
      await trx('permissions')
        .insert(permissions.map((permission) => permissionRow(subjectId, at, permission)))
        .onConflict(permissionKeyColumns)
        .merge()
    }
    return Number(row.consent_epoch)
  },
  addPurchase: async (purchase) => {
    await trx('purchases')
      .insert({
        subject_id: purchase.subjectId,
        purchase_id: purchase.purchaseId,
        controller_id: purchase.controller,
        category: purchase.category,
        opt_out_offered: purchase.optOutOffered,
        contact_point: purchase.contactPoint ?? null,
        bought_at: purchase.boughtAt,
        recorded_at: purchase.recordedAt,
      })
      .onConflict(['subject_id', 'purchase_id'])
      .ignore()
  },
  addContract: async (contract) => {
    await trx('contracts')
      .insert({
        subject_id: contract.subjectId,
        contract_id: contract.contractId,
        controller_id: contract.controller,
        began_at: contract.beganAt,
        recorded_at: contract.recordedAt,
      })
      .onConflict(['subject_id', 'contract_id'])
      .ignore()
  },
  endContract: async (subjectId, contractId, at) => {
    await trx('contracts')
      .where({ subject_id: subjectId, contract_id: contractId })
      .whereNull('ended_at')
      .update({ ended_at: at })
  },
  addSuppression: async (suppression) => {
    await trx('suppressions').insert({
      subject_id: suppression.subjectId,
      suppression_id: suppression.suppressionId,
      contact_channel: suppression.contactChannel,
      contact_point: suppression.contactPoint ?? null,
      reason: suppression.reason,
      source: suppression.source,
      recorded_at: suppression.recordedAt,
    })
  },
  liftSuppressions: async (subjectId, { contactChannel, contactPoint }, at) => {
    await trx('suppressions')
      .where({
        subject_id: subjectId,
        contact_channel: contactChannel,
        contact_point: contactPoint ?? null,
      })
      .whereNull('lifted_at')
      .update({ lifted_at: at })
  },
  keepChecks: async (subjectId, checks) => {
    const rows = checks.map((check) => ({
      subject_id: subjectId,
      list: check.list,
      contact_channel: check.contactChannel,
      contact_point: check.contactPoint,
      checked_at: check.checkedAt,
      listed: check.listed,
      effective_from: check.effectiveFrom ?? null,
      revoked_at: check.revokedAt ?? null,
    }))
    await trx('exclusion_checks')
      .insert(rows)
      .onConflict(['subject_id', 'list', 'contact_channel', 'contact_point'])
      .merge()
    await trx('exclusion_check_history').insert(rows).onConflict().ignore()
  },
})
