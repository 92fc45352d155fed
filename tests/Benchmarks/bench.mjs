// The benchmark of one kind of path: node bench.mjs direct|relayed ROUNDS COUNT > JSON lines. run.sh runs it in its namespaces.
// Every end is a process of its own. The pairs take turns, so that whatever else the computer does falls on all of them alike.
import { readFileSync } from 'node:fs'
import { sleep, startRelay } from '../Interop/lib.mjs'
import { startPeer } from '../Interop/lib-peer.mjs'

const [way, rounds, count] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const stockCommand = [process.execPath, new URL('stock-peer.mjs', import.meta.url).pathname]
const relay = way === 'relayed' ? await startRelay() : null
const kinds = ['npm', 'managed', 'native']
const pairs = [
  ['npm', 'npm'], ['native', 'native'], ['managed', 'managed'],
  ['npm', 'native'], ['npm', 'managed'], ['native', 'npm'], ['managed', 'npm'],
].map(([client, server]) => ({ client, server }))

const servers = {}
const clients = {}
for (const kind of kinds) {
  servers[kind] = await end(kind, true)
  clients[kind] = await end(kind, false)
}

// Until the runtimes have compiled what is used often.
for (let i = 0; i < 3; i++) {
  for (const pair of pairs) await measure(pair, 0, 150)
}
for (let round = 1; round <= rounds; round++) {
  for (const pair of pairs) console.log(JSON.stringify({ way, round, ...pair, ...(await measure(pair, round, count)) }))
}
for (let round = 1; round <= rounds; round++) {
  for (const kind of kinds) {
    const [server, client] = [await end(kind, true), await end(kind, false)]
    const first = await client.peer.call('dials', { ticket: server.ticket, count: 1, text: 'Hello, world!', timeoutMs: 30000 })
    console.log(JSON.stringify({ way, round, client: kind, server: kind, firstMs: first.echoMs[0] }))
    await Promise.all([server.peer.kill(), client.peer.kill()])
  }
}
process.exit(0)

/** A process with one endpoint. */
async function end(kind, isServer) {
  const peer = await startPeer(kind === 'npm' ? { command: stockCommand } : {})
  const udp = relay ? undefined : '127.0.0.1:0'
  await peer.call('bind', { crypto: kind, udp, relay: relay?.url, serve: isServer ? ['iroh-example/echo/0'] : undefined })
  if (relay && kind !== 'npm') await peer.call('online')
  const { ticket } = await peer.call('addr', { relay: relay?.url })
  return { peer, ticket, pid: peer.child.pid }
}

async function measure({ client: from, server: to }, round, times) {
  const client = clients[from]
  const server = servers[to]
  const { ticket } = server
  await sleep(round === 0 ? 0 : 300)

  const handshakes = await client.peer.call('dials', { ticket, count: times, timeoutMs: 30000 })
  await sleep(round === 0 ? 0 : 300)

  const before = [cpuMs(client.pid), cpuMs(server.pid), wire()]
  const echoes = await client.peer.call('dials', { ticket, count: times, text: 'Hello, world!', timeoutMs: 30000 })
  await sleep(round === 0 ? 0 : 300)
  const after = [cpuMs(client.pid), cpuMs(server.pid), wire()]

  const { connection } = await client.peer.call('connect', { ticket })
  const roundTrips = await client.peer.call('pingpong', { connection, size: 64, count: 4 * times, timeoutMs: 30000 })
  await client.peer.call('close', { connection, code: 0, reason: 'bye!' })
  return {
    handshakeMs: median(handshakes.connectMs),
    handshakeP90Ms: quantile(handshakes.connectMs, 0.9),
    handshakeEchoMs: median(echoes.echoMs),
    handshakeEchoP90Ms: quantile(echoes.echoMs, 0.9),
    echo64Ms: median(roundTrips.ms),
    echo64P90Ms: quantile(roundTrips.ms, 0.9),
    cpuMs: (after[0] - before[0] + after[1] - before[1]) / times,
    clientCpuMs: (after[0] - before[0]) / times,
    serverCpuMs: (after[1] - before[1]) / times,
    datagrams: (after[2].datagrams - before[2].datagrams) / times,
    wireBytes: (after[2].bytes - before[2].bytes) / times,
    clientMiB: residentMiB(client.pid),
    serverMiB: residentMiB(server.pid),
  }
}

/** CPU time of a process so far, in steps of 10 ms. */
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function residentMiB(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
}

/** What the namespace's only interface has carried; with a relay that is TCP, each way counted. */
function wire() {
  const lo = /lo:\s*(.*)/.exec(readFileSync('/proc/net/dev', 'utf8'))[1].trim().split(/\s+/).map(Number)
  return { bytes: lo[8], datagrams: lo[9] }
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const low = Math.floor(at)
  return sorted[low] + (sorted[Math.ceil(at)] - sorted[low]) * (at - low)
}

function median(values) {
  return quantile(values, 0.5)
}
