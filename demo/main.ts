import { join } from 'node:path'
import { ConfigRefused, readEnvironment } from '../src/platform/config/index.ts'
import { demoAddresses } from './addresses.ts'
import { openBrowser } from './open-browser.ts'
import { type DemoOptions, demoOptions, usage } from './options.ts'
import { takenPorts } from './ports.ts'
import { refuseSecondDemo } from './running-file.ts'
import { type Demo, startDemo } from './start-demo.ts'

const say = (text: string) => process.stdout.write(text)
const complain = (text: string) => process.stderr.write(text)

function announce({ addresses }: Demo, options: DemoOptions, readyMs: number): void {
  if (options.json) {
    const { ports: _, ...links } = addresses
    say(`${JSON.stringify({ ready: true, url: addresses.tour, ...links, readyMs })}\n`)
    return
  }
  say(`
  Placet is running (ready in ${(readyMs / 1000).toFixed(1)} s).

    ${addresses.tour}

  Everything is on this machine, on an embedded PostgreSQL that is for trying, not for production.
  Ctrl+C stops it; --reset starts over.
`)
}

async function run(): Promise<void> {
  const options = demoOptions(process.argv.slice(2))
  if (options === 'help') return void say(usage)
  const started = performance.now()
  const directory = join(process.cwd(), '.placet', 'demo')
  await refuseSecondDemo(directory)
  const taken = await takenPorts(Object.values(demoAddresses(options.port).ports))
  if (taken.length > 0) {
    throw new Error(
      `Port ${taken.join(', ')} is taken. Choose other ones with --port, such as --port ${options.port + 100}.`,
    )
  }
  const demo = await startDemo({
    port: options.port,
    directory,
    reset: options.reset,
    environment: readEnvironment(),
  })
  announce(demo, options, Math.round(performance.now() - started))
  if (options.open && !options.json && process.stdout.isTTY) openBrowser(demo.addresses.tour)
  let stopping = false
  // A terminal and npm may both pass the signal on: the second must not cut the first one's work short.
  const stop = () => {
    if (stopping) return
    stopping = true
    void demo.close().then(() => {
      if (!options.json) say('\n  Stopped. What you did is kept for the next time; --reset starts over.\n\n')
      process.exit(0)
    })
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

try {
  await run()
} catch (error) {
  complain(
    error instanceof ConfigRefused || !(error instanceof Error)
      ? `The demo does not start: ${String(error)}\n`
      : `The demo does not start: ${error.message}\n`,
  )
  process.exitCode = 1
}
