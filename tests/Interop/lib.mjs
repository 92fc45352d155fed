// Shared by the interop scripts: stock endpoints, echo on both sides, child processes, and counted checks.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

// The binding is CommonJS; its package names a main file that does not exist.
const require = createRequire(import.meta.url)
export const iroh = require('@number0/iroh/index.js')

export const ECHO_ALPN = 'iroh-example/echo/0'
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

/** Which build of our programs is run. */
export const configuration = process.env.IROHLITE_CONFIGURATION ?? 'Release'

/** The binding takes bytes as arrays of numbers. */
export const bytes = (text) => Array.from(Buffer.from(text))

/**
 * A stock endpoint. relay: URL of its home relay (none: no relay); token: its access token; secret: 32 bytes;
 * alpns: accepted ALPNs; bind: HOST:PORT of its UDP socket.
 */
export async function stockEndpoint({ relay, token, secret, alpns = [ECHO_ALPN], bind } = {}) {
  const builder = iroh.Endpoint.builder()
  iroh.presetMinimal(builder)
  builder.alpns(alpns.map(bytes))
  if (secret) builder.secretKey(Array.from(secret))
  if (bind) builder.bindAddr(bind)
  if (relay) {
    // An entry without a QUIC port: no address discovery is tried, which a plain relay does not offer.
    const map = iroh.RelayMap.empty()
    map.insert(token ? { url: relay, authToken: token } : { url: relay })
    builder.relayMode(iroh.RelayMode.custom(map))
  } else {
    builder.relayMode(iroh.RelayMode.disabled())
  }
  return builder.bind()
}

/** The address of an endpoint that is reached through a relay only. */
export const relayAddr = (id, relay) => new iroh.EndpointAddr(id, relay, [])

/** Serves echo on a stock endpoint until it is closed; onConnection is told of each connection. */
export async function serveEcho(endpoint, onConnection = () => {}) {
  for (;;) {
    const incoming = await endpoint.acceptNext()
    if (!incoming) return
    serveConnection(incoming, onConnection).catch(() => {})
  }
}

async function serveConnection(incoming, onConnection) {
  const connection = await (await incoming.accept()).connect()
  onConnection(connection)
  for (;;) {
    const stream = await connection.acceptBi()
    echoStream(stream).catch(() => {})
  }
}

async function echoStream(stream) {
  for (;;) {
    const piece = await stream.recv.read(65536)
    if (!piece || piece.length === 0) break
    await stream.send.writeAll(Array.from(piece))
  }
  await stream.send.finish()
}

/** Opens a stream, sends a message, and returns what comes back. */
export async function echoOnce(connection, message) {
  const sent = typeof message === 'string' ? bytes(message) : Array.from(message)
  const stream = await connection.openBi()
  const sending = stream.send.writeAll(sent).then(() => stream.send.finish())
  const received = await stream.recv.readToEnd(sent.length + 1)
  await sending
  return Buffer.from(received)
}

/** Dials an address, echoes one message and closes with code 0 "bye!". */
export async function dialAndEcho(endpoint, addr, message, alpn = ECHO_ALPN) {
  const connection = await endpoint.connect(addr, bytes(alpn))
  const answer = await echoOnce(connection, message)
  connection.close(0n, bytes('bye!'))
  return answer
}

// Far longer than anything takes here, on a busy computer too: it only turns a hang into a failure.
const PATIENCE_MS = 120000

/** Rejects when a promise takes longer than it may. */
export function within(what, promise, milliseconds = PATIENCE_MS) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${milliseconds} ms`)), milliseconds)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Waits until a condition holds. */
export function until(what, condition, pauseMs = 20) {
  let isOver = false
  const looking = (async () => {
    while (!isOver && !(await condition())) await sleep(pauseMs)
  })()
  return within(what, looking).finally(() => (isOver = true))
}

let lastPort = 20000 + Math.floor(Math.random() * 10000)

/** A port that nobody gets who asks for any: it can be left and taken again. */
export const keptPort = () => ++lastPort

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const children = new Set()
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')))

/**
 * Starts a program of this repository (built before) and waits until a line of its output matches; returns the match, all
 * lines so far, and stop() which sends SIGTERM and resolves with the exit code.
 */
export async function startProgram(project, args, ready, { env = {} } = {}) {
  const name = project.split('/').at(-1)
  const assembly = process.env[`IROHLITE_${name.toUpperCase()}`] ?? `${repositoryRoot}${project}/bin/${configuration}/net10.0/${name}.dll`
  const child = spawn('dotnet', [assembly, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  children.add(child)
  const lines = []
  const exited = new Promise((resolve) => child.on('exit', (code, signal) => {
    children.delete(child)
    resolve(code ?? signal)
  }))
  const found = new Promise((resolve, reject) => {
    let rest = ''
    const take = (chunk) => {
      rest += chunk
      const parts = rest.split('\n')
      rest = parts.pop()
      for (const line of parts) {
        lines.push(line)
        const match = ready.exec(line)
        if (match) resolve(match)
      }
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    exited.then((code) => reject(new Error(`${name} ended with ${code} before it was ready:\n${lines.join('\n')}`)))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    return exited
  }
  try {
    const match = await within(`start of ${name}`, found)
    return { match, lines, stop, exited, kill: () => child.kill('SIGKILL') }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

/** Our relay on a port (0: a free one); returns its URL and stop(). */
export async function startRelay({ port = 0, args = [], env } = {}) {
  const relay = await startProgram('desktop/RelayServer', ['--listen', `127.0.0.1:${port}`, ...args], /^Relay listening on (\S+)/, { env })
  return { ...relay, url: relay.match[1] }
}

/** One of the numbers our relay counts, such as "frames_forwarded_total". */
export async function relayMetric(url, name) {
  const text = await (await fetch(new URL('/metrics', url))).text()
  return Number(new RegExp(`^irohlite_relay_${name} (\\d+)$`, 'm').exec(text)[1])
}

let passed = 0
let failed = 0

/** Counts one check and prints it. */
export function check(condition, what) {
  if (condition) passed++
  else failed++
  console.log(`${condition ? 'ok  ' : 'FAIL'} ${what}`)
  return condition
}

/** Runs one scenario; an exception is a failed check. */
export async function scenario(name, run) {
  const start = performance.now()
  try {
    await run()
  } catch (error) {
    check(false, `${name}: ${error?.message ?? error}`)
  }
  console.log(`     ${name}: ${Math.round(performance.now() - start)} ms`)
}

/** Prints the sum and ends the process: 0 only when something passed and nothing failed. */
export function finish() {
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 && passed > 0 ? 0 : 1)
}
