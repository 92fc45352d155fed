// The virtual board for the scripts: the board program as a child process that takes orders, and irpc requests of a stock client to it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { bytes, configuration, iroh, repositoryRoot, within } from './lib.mjs'

const built = (name) => process.env[`IROHLITE_${name.toUpperCase()}`] ?? `${repositoryRoot}desktop/${name}/bin/${configuration}/net10.0/${name}.dll`

/** A folder that is gone when the script ends. */
export const folder = mkdtempSync(join(tmpdir(), 'irohlite-'))
const children = new Set()
process.on('exit', () => {
  children.forEach((child) => child.kill('SIGKILL'))
  rmSync(folder, { recursive: true, force: true })
})

/** Writes a file for a program; returns its path. */
export function file(name, lines) {
  const path = join(folder, name)
  writeFileSync(path, [lines].flat().join('\n') + '\n')
  return path
}

/**
 * Starts a board on a relay and waits for its long ticket. inside, outside: "temperature,humidity" of air that never changes;
 * config: lines of wifi.secrets; flash: name of its flash, which a later board can use again. No sensor fault unless args say so.
 */
export async function startBoard({ relay, inside = '23.5,41.2', outside = '-5.3,80.5', config = [], flash = 'flash', args = [] }) {
  const child = spawn('dotnet', [built('VirtualBoard'), '--relay', relay, '--relay-only', '--faults', '0', '--flash', join(folder, flash),
    '--inside', file(`${flash}-inside.csv`, inside), '--outside', file(`${flash}-outside.csv`, outside), '--config', file(`${flash}.secrets`, config), ...args],
  { stdio: ['pipe', 'pipe', 'pipe'] })
  children.add(child)
  const lines = []
  const waiting = new Set()
  const exited = new Promise((resolve) => child.on('exit', (code, signal) => {
    children.delete(child)
    resolve(code ?? signal)
  }))
  child.stdin.on('error', () => {})
  for (const output of [child.stdout, child.stderr]) createInterface({ input: output }).on('line', (line) => {
    if (process.env.IROHLITE_LOG) console.log(`     board: ${line}`)
    lines.push(line)
    for (const look of [...waiting]) look()
  })

  const board = {
    lines,
    exited,
    /** Gives an order and returns how many lines there were before. */
    order(text) {
      const mark = lines.length
      child.stdin.write(text + '\n')
      return mark
    },
    /** Waits for a line behind a mark that matches; returns the match. */
    next(pattern, mark = 0) {
      let look
      const found = new Promise((resolve) => {
        look = () => {
          const match = lines.slice(mark).map((line) => pattern.exec(line)).find((one) => one)
          if (!match) return
          waiting.delete(look)
          resolve(match)
        }
        waiting.add(look)
        look()
      })
      return within(`line ${pattern}`, found).finally(() => waiting.delete(look))
    },
    async stop() {
      child.kill('SIGTERM')
      return within('end of the board', exited)
    },
    async kill() {
      child.kill('SIGKILL')
      return exited
    },
  }
  const dead = exited.then((code) => Promise.reject(new Error(`the board ended with ${code}:\n${lines.join('\n')}`)))
  dead.catch(() => {})
  board.ticket = (await Promise.race([board.next(/Long ticket: +(\S+)/), dead]))[1]
  board.shortTicket = (await board.next(/Short ticket: +(\S+)/))[1]
  board.addr = iroh.EndpointTicket.fromString(board.ticket).endpointAddr()
  return board
}

/** Runs irohlite; resolves with exit code and output. */
export function cli(...args) {
  return new Promise((resolve) => {
    const child = spawn('dotnet', [built('Cli'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    children.add(child)
    let output = ''
    let error = ''
    child.stdout.on('data', (piece) => (output += piece))
    child.stderr.on('data', (piece) => (error += piece))
    child.on('exit', (code) => {
      children.delete(child)
      resolve({ code, output, error })
    })
  })
}

/** Sends the bytes of a whole request stream and returns those of the answer, both in hex. */
export async function ask(connection, request) {
  const stream = await connection.openBi()
  if (request.length > 0) await stream.send.writeAll(Array.from(Buffer.from(request, 'hex')))
  await stream.send.finish()
  return Buffer.from(await within(`answer to ${request.slice(0, 40)}`, stream.recv.readToEnd(1 << 20))).toString('hex')
}

/** Dials a board for one protocol. */
export const dial = (client, board, alpn) => within(`dial for ${alpn}`, client.connect(board.addr, bytes(alpn)))

/** LEB128. */
export function leb(value) {
  const out = []
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 0x80n) return Buffer.from([...out, Number(rest)])
    out.push(Number(rest & 0x7fn) | 0x80)
  }
}

/** A payload as a frame, in hex. */
export const frame = (...parts) => {
  const payload = Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : part)))
  return Buffer.concat([leb(payload.length), payload]).toString('hex')
}

/** A postcard string. */
export const text = (value) => Buffer.concat([leb(Buffer.byteLength(value)), Buffer.from(value)])

/** Reads postcard values from the frames of an answer in hex. */
export class Fields {
  constructor(hex) {
    this.buffer = Buffer.from(hex, 'hex')
    this.at = 0
  }

  get rest() {
    return this.buffer.length - this.at
  }

  byte() {
    if (this.rest === 0) throw new Error(`cut off: ${this.buffer.toString('hex')}`)
    return this.buffer[this.at++]
  }

  number() {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const group = this.byte()
      value += (group & 0x7f) * factor
      if (group < 0x80) return value
    }
  }

  signed() {
    const zigzag = this.number()
    return zigzag % 2 ? -(zigzag + 1) / 2 : zigzag / 2
  }

  float() {
    this.at += 4
    return Number(this.buffer.readFloatLE(this.at - 4).toFixed(4))
  }

  text() {
    const length = this.number()
    this.at += length
    return this.buffer.toString('utf8', this.at - length, this.at)
  }

  optional(read) {
    return this.byte() === 1 ? read() : null
  }

  list(read) {
    return Array.from({ length: this.number() }, read)
  }

  /** One frame; its length must be what it says. */
  frame() {
    const length = this.number()
    if (length > this.rest) throw new Error(`a frame of ${length} bytes is cut off`)
    this.at += length
    return new Fields(this.buffer.toString('hex', this.at - length, this.at))
  }

  /** A record of iroh-esp32/sensor/0. */
  record() {
    const reading = () => [this.float(), this.float()]
    return { id: this.number(), time: this.number(), inside: this.optional(reading), outside: this.optional(reading), fan: this.byte() === 1 }
  }
}
