import { hash } from 'node:crypto'

/** Under which a bearer value (token, code, session id) is kept: its SHA-256. The value itself is never stored in clear. */
export const bearerHash = (value: string): Buffer => hash('sha256', value, 'buffer')
