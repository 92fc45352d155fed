// Our endpoints for the scripts: the Peer program as a child process, driven by JSON lines.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { configuration, repositoryRoot, within } from './lib.mjs'

const assembly = process.env.IROHLITE_PEER ?? `${repositoryRoot}tests/Interop/Peer/bin/${configuration}/net10.0/Peer.dll`

/** What a request that failed throws: error is our word for it ("wrong-identity"), close how the connection ended. */
export class PeerError extends Error {
  constructor(op, answer) {
    super(`${op}: ${answer.error}: ${answer.message}`)
    Object.assign(this, { error: answer.error, text: answer.message, code: answer.code, close: answer.close, detail: answer.detail })
  }
}

const children = new Set()
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')))

/** A process for our endpoints. call(op, arguments) answers or throws PeerError; next(event, test) waits for an event, past or future. */
export async function startPeer({ args = [], env = {}, command = ['dotnet', assembly] } = {}) {
  const child = spawn(command[0], [...command.slice(1), ...args], { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] })
  children.add(child)
  const pending = new Map()
  const events = []
  const waiting = new Set()
  let seq = 0
  const exited = new Promise((resolve) => child.on('exit', (code, signal) => {
    children.delete(child)
    for (const { op, reject } of pending.values()) reject(new Error(`${op}: the peer ended with ${code ?? signal}`))
    resolve(code ?? signal)
  }))
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (!text.startsWith('{')) {
      console.log(`     the peer says: ${text}`)
      return
    }
    const line = JSON.parse(text)
    if (line.event) {
      events.push(line)
      if (line.event === 'log' && process.env.IROHLITE_LOG) console.log(`     log ${line.area}: ${line.message}`)
      for (const look of [...waiting]) look()
      return
    }
    const { op, resolve, reject } = pending.get(line.seq)
    pending.delete(line.seq)
    if (line.ok) resolve(line)
    else reject(new PeerError(op, line))
  })
  child.stdin.on('error', () => {})

  const peer = {
    child,
    events,
    exited,
    call: (op, request = {}) => new Promise((resolve, reject) => {
      pending.set(++seq, { op, resolve, reject })
      child.stdin.write(JSON.stringify({ ...request, seq, op }) + '\n')
    }),
    next(name, test = () => true) {
      let look
      const found = new Promise((resolve) => {
        look = () => {
          const at = events.findIndex((event) => event.event === name && test(event))
          if (at < 0) return
          waiting.delete(look)
          resolve(events.splice(at, 1)[0])
        }
        waiting.add(look)
        look()
      })
      return within(`event ${name}`, found).finally(() => waiting.delete(look))
    },
    /** Forgets the events so far. */
    forget() {
      events.length = 0
    },
    async stop() {
      child.stdin.end()
      return within('end of the peer', exited)
    },
    async kill() {
      child.kill('SIGKILL')
      return exited
    },
  }
  await Promise.race([peer.next('ready'), exited.then((code) => Promise.reject(new Error(`the peer ended with ${code} before it was ready`)))])
  return peer
}
