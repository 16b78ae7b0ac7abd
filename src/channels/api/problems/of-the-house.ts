import { type ProblemEntry, told } from './problem-entry.ts'

/** Staff, clients, recipients and the command line. */
export const ofTheHouse: Readonly<Record<string, ProblemEntry>> = {
  'client-exists': told(409, 'There is a client with this id.', 'Choose another id.'),
  'client-metadata': told(
    422,
    'The client cannot be registered like this.',
    'Look at `errors`: each names a field.',
  ),
  'client-unknown': told(404, 'There is no such client.', 'See `placet client list`.'),
  'client-without-purpose': told(
    422,
    'A client that is not ours asks for one registered purpose.',
    'Name its purpose.',
  ),
  'client-without-secret': told(
    409,
    'This client does not authenticate by a secret.',
    'Rotate its keys instead.',
  ),
  'recipient-without-entity': told(422, 'Another controller is named by its legal entity.', 'Name it.'),
  'database-unknown': told(
    404,
    'It is not known which database is meant.',
    'Set DATABASE_URL, or run the demo in this folder.',
  ),
  'enrolment-gone': told(
    410,
    'The enrolment has expired or was used.',
    'Ask your administrator for another.',
  ),
  'gallery-state-unknown': told(
    404,
    'There is no such page in that state.',
    'Open the gallery and choose one.',
  ),
  'input-unreadable': told(
    422,
    'A file or standard input could not be read.',
    'Check that it is there and holds a JSON object.',
  ),
  'login-taken': told(409, 'There is already an account with this login.', 'Choose another login.'),
  'more-than-own': told(
    403,
    'You can hand out only what your own role may, within its scope.',
    'Ask somebody with that role.',
  ),
  'not-staff': told(403, 'Only active staff or a command may do this.', 'Sign in as staff.'),
  'own-account': told(403, 'Nobody decides over their own roles.', 'Ask somebody else.'),
  'power-missing': told(
    403,
    'Your role does not allow this.',
    'Ask for the role, or ask somebody who has it.',
  ),
  'role-held': told(409, 'The role is already held there.', 'Nothing else is needed.'),
  'role-missing': told(422, 'An account needs at least one role.', 'Name one.'),
  'role-not-held': told(404, 'The role is not held there.', 'Nothing else is needed.'),
  'roles-incompatible': told(409, 'One person cannot hold both roles.', 'Give them to two people.'),
  'secret-changed': told(
    403,
    'The database was begun with another secret.',
    'Set PLACET_SECRET to the former value; to rotate, put the new one in front of it.',
  ),
  'staff-invalid': told(422, 'Login or name is not acceptable.', 'Choose another.'),
  'staff-sign-in-needed': told(401, 'This page is for staff.', 'Sign in as staff.'),
  'staff-unknown': told(404, 'There is no such account of staff.', 'Check the login.'),
  'touchpoint-unknown': told(422, 'There is no such touchpoint.', 'Register it first.'),
  vectors_format_unknown: told(
    422,
    'The format of the vector file is not supported.',
    'See the formats in the handbook.',
  ),
  'vectors-unreadable': told(422, 'This is no vector file, or it could not be read.', 'Check the file.'),
}
