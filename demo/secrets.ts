import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const shape = z.object({
  kek: z.string(),
  secret: z.string(),
  clientSecrets: z.record(z.string(), z.string()),
})

export interface DemoSecrets {
  readonly kek: string
  readonly secret: string
  clientSecret(clientId: string): string | undefined
  keepClientSecret(clientId: string, secret: string): Promise<void>
}

const fresh = () => ({
  kek: randomBytes(32).toString('base64'),
  secret: randomBytes(32).toString('base64'),
  clientSecrets: {},
})

export const secretsFile = (directory: string): string => join(directory, 'secrets.json')

/** Made anew for every demo directory and kept beside its database, readable by its owner only. Never a default. */
export async function demoSecrets(directory: string): Promise<DemoSecrets> {
  const path = secretsFile(directory)
  const kept = await readFile(path, 'utf8').catch(() => undefined)
  const secrets = kept === undefined ? fresh() : shape.parse(JSON.parse(kept))
  const save = async () => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await writeFile(path, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  }
  if (kept === undefined) await save()
  const clientSecrets: Record<string, string> = secrets.clientSecrets
  return {
    kek: secrets.kek,
    secret: secrets.secret,
    clientSecret: (clientId) => clientSecrets[clientId],
    keepClientSecret: async (clientId, secret) => {
      clientSecrets[clientId] = secret
      await save()
    },
  }
}
