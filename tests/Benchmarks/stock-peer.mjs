// A stock endpoint as a child process that takes the same JSON lines as tests/Interop/Peer, as far as the benchmark needs them.
import { createInterface } from 'node:readline'
import { ECHO_ALPN, bytes, echoOnce, iroh, serveEcho, stockEndpoint } from '../Interop/lib.mjs'

let endpoint
const connections = []
const answer = (line) => process.stdout.write(JSON.stringify(line) + '\n')
const payloadOf = ({ text, size = 0 }) => (text ? Buffer.from(text) : Buffer.from({ length: size }, (_, i) => (i * 31) ^ (i >> 8)))
const addrOf = ({ ticket }) => iroh.EndpointTicket.fromString(ticket).endpointAddr()

const operations = {
  async bind({ udp, relay, serve }) {
    endpoint = await stockEndpoint({ relay, bind: udp })
    if (serve) serveEcho(endpoint)
    return {}
  },
  async addr({ relay }) {
    if (relay) await endpoint.online()
    const direct = endpoint.boundSockets().filter((socket) => socket.startsWith('127.'))
    const addr = new iroh.EndpointAddr(endpoint.id(), relay ?? null, relay ? [] : direct)
    return { ticket: iroh.EndpointTicket.fromAddr(addr).toString() }
  },
  async connect(request) {
    connections.push(await endpoint.connect(addrOf(request), bytes(ECHO_ALPN)))
    return { connection: connections.length - 1 }
  },
  async close({ connection }) {
    connections[connection].close(0n, bytes('bye!'))
    return {}
  },
  async echo(request) {
    const payload = payloadOf(request)
    const begin = performance.now()
    const same = (await echoOnce(connections[request.connection], payload)).equals(payload)
    return { ms: performance.now() - begin, same }
  },
  async pingpong(request) {
    const message = Array.from(payloadOf(request))
    const stream = await connections[request.connection].openBi()
    const ms = []
    for (let i = 0; i < request.count; i++) {
      const begin = performance.now()
      await stream.send.writeAll(message)
      const back = await stream.recv.readExact(message.length)
      ms.push(performance.now() - begin)
      if (back.some((value, at) => value !== message[at])) throw new Error('the echo differs')
    }
    await stream.send.finish()
    return { ms }
  },
  async dials(request) {
    const addr = addrOf(request)
    const payload = payloadOf(request)
    const connectMs = []
    const echoMs = []
    for (let i = 0; i < request.count; i++) {
      const begin = performance.now()
      const connection = await endpoint.connect(addr, bytes(ECHO_ALPN))
      connectMs.push(performance.now() - begin)
      if (payload.length > 0 && !(await echoOnce(connection, payload)).equals(payload)) throw new Error('the echo differs')
      echoMs.push(performance.now() - begin)
      connection.close(0n, bytes('bye!'))
    }
    return { connectMs, echoMs }
  },
}

createInterface({ input: process.stdin }).on('line', async (text) => {
  const request = JSON.parse(text)
  try {
    answer({ seq: request.seq, ok: true, ...(await operations[request.op](request)) })
  } catch (error) {
    answer({ seq: request.seq, ok: false, error: 'exception', message: error.message })
  }
}).on('close', () => process.exit(0))
answer({ event: 'ready', pid: process.pid })
