import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const shape = z.object({
  kek: z.string(),
  secret: z.string(),
  clientSecrets: z.object({ shop: z.string(), newsletter: z.string() }),
})

export type DemoSecrets = z.infer<typeof shape>

const secret = () => randomBytes(32).toString('base64')

/** Made anew for every demo directory and kept beside its database, readable by its owner only. Never a default. */
export async function demoSecrets(directory: string): Promise<DemoSecrets> {
  const path = join(directory, 'secrets.json')
  const kept = await readFile(path, 'utf8').catch(() => undefined)
  if (kept !== undefined) return shape.parse(JSON.parse(kept))
  const made: DemoSecrets = {
    kek: secret(),
    secret: secret(),
    clientSecrets: {
      shop: randomBytes(32).toString('base64url'),
      newsletter: randomBytes(32).toString('base64url'),
    },
  }
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await writeFile(path, JSON.stringify(made, null, 2), { mode: 0o600 })
  return made
}
