import { type Command, InvalidArgumentError } from 'commander'
import { type RoleAssignment, type StaffCreated, staffRoles } from '../features/staff/index.ts'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Output } from './output.ts'
import type { Bind } from './program.ts'

/** `store-manager@vigo` is the role at a touchpoint, `admin` the role in the whole house. */
function collectRole(text: string, before: readonly RoleAssignment[] = []): readonly RoleAssignment[] {
  const [name, touchpointId, ...rest] = text.split('@')
  const role = staffRoles.find((known) => known === name)
  if (role === undefined || touchpointId === '' || rest.length > 0) {
    throw new InvalidArgumentError(
      `Use one of ${staffRoles.join(', ')}, with @touchpoint where it holds only there.`,
    )
  }
  return [...before, { role, touchpointId }]
}

function showLink(out: Output, issuer: URL, { staffId, enrolmentToken, expiresAt }: StaffCreated): void {
  const link = new URL('/staff/enrol', issuer)
  link.searchParams.set('token', enrolmentToken)
  out.line(link.href)
  out.note(`Give this link to the person: it works once, until ${expiresAt.toISOString()}.`)
  if (out.json) out.document({ staffId, enrolmentLink: link.href, expiresAt })
}

export function registerStaff(program: Command, context: CliContext, bind: Bind): void {
  const staff = program.command('staff').description('people who work here')
  staff
    .command('create')
    .description('an account, and the link by which the person makes their first passkey')
    .argument('<login>')
    .requiredOption('--name <name>', 'how the person is called')
    .requiredOption('--role <role[@touchpoint]>', 'may be repeated', collectRole)
    .action(
      bind(async (out, login: string, options: { name: string; role: readonly RoleAssignment[] }) => {
        await withHouse(context, async (house, issuer) => {
          const { name: displayName, role: roles } = options
          showLink(out, issuer, await house.staff.create({ login, displayName, roles }))
        })
        return exitCodes.ok
      }),
    )
  staff
    .command('enrol')
    .description('a new link for somebody who lost their passkey')
    .argument('<login>')
    .action(
      bind(async (out, login: string) => {
        await withHouse(context, async (house, issuer) =>
          showLink(out, issuer, await house.staff.enrol(login)),
        )
        return exitCodes.ok
      }),
    )
}
