import type { StaffRole } from '../../kernel/actor.ts'

/** Everything a member of staff can be allowed to do. A route names the power it needs; there is no other list. */
export type Power =
  | 'own-account.view'
  | 'staff.list'
  | 'staff.create'
  | 'staff.grant-role'
  | 'staff.revoke-role'
  | 'client.list'
  | 'client.change'
  | 'brand.change'
  | 'touchpoint.list'
  | 'touchpoint.change'
  | 'key.rotate'
  | 'purpose.change'
  | 'notice.publish'
  | 'request.answer'
  | 'evidence.read'
  | 'subject.restrict'
  | 'disclosure.read'
  | 'obligation.follow'
  | 'ledger.verify'
  | 'audit.read'
  | 'caller.look-up'
  | 'caller.verify'
  | 'caller.preferences.record'
  | 'caller.supervise'
  | 'store-staff.create'
  | 'terminal.register'
  | 'store-activity.read'
  | 'customer.assist'
  | 'customer.enrol'

/**
 * The one authorization matrix. Who configures the house (admin), who watches over it (dpo) and who sees customers
 * (agent) share no power, so that none of them can cover the tracks of another (R102; ASVS 2.3.5; GDPR Art. 38(6) asks
 * that the officer has no conflict of interests). Nobody holds a power to consent for a customer: it does not exist.
 */
export const powersOfRole: Readonly<Record<StaffRole, readonly Power[]>> = {
  admin: [
    'staff.list',
    'staff.create',
    'staff.grant-role',
    'staff.revoke-role',
    'client.list',
    'client.change',
    'brand.change',
    'touchpoint.list',
    'touchpoint.change',
    'key.rotate',
  ],
  dpo: [
    'purpose.change',
    'notice.publish',
    'request.answer',
    'evidence.read',
    'subject.restrict',
    'disclosure.read',
    'obligation.follow',
    'ledger.verify',
    'audit.read',
    // Live calls without anybody's data: who watches over calls is nobody who takes them.
    'caller.supervise',
  ],
  agent: ['caller.look-up', 'caller.verify', 'caller.preferences.record'],
  'store-manager': [
    'store-staff.create',
    'touchpoint.list',
    'terminal.register',
    'store-activity.read',
    'customer.assist',
    'customer.enrol',
  ],
  'store-staff': ['customer.assist', 'customer.enrol'],
}

/** What anybody who works here may do with their own account. It comes with the account, not with a role. */
export const powersOfEveryone: readonly Power[] = ['own-account.view']

/** All powers of somebody with these roles, each once, in the order of the matrix. */
export function powersOf(roles: readonly StaffRole[]): readonly Power[] {
  return [...new Set([...powersOfEveryone, ...roles.flatMap((role) => powersOfRole[role])])]
}
