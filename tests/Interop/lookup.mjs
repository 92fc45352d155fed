// Dials by id alone: our board announces itself to our lookup server, and the real iroh finds it there through DNS, and ours through
// HTTP and DNS. The real iroh takes its name server from /etc/resolv.conf, so the script runs itself once more with its own.
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { createSocket } from 'node:dgram'
import { ECHO_ALPN, bytes, check, dialAndEcho, finish, iroh, keptPort, scenario, serveEcho, sleep, startRelay, within } from './lib.mjs'
import { cli, file, folder, startBoard } from './lib-board.mjs'

if (!process.env.IROHLITE_OWN_RESOLVER) runWithOwnResolver()

const ORIGIN_PORT = 53
const pkarrFolder = `${folder}/pkarr`
const relay = await startRelay({ port: keptPort(), args: ['--pkarr-dir', pkarrFolder, '--dns', `127.0.0.1:${ORIGIN_PORT}`] })
const server = `${relay.url}pkarr`
const publishing = ['PUBLISH=on', `PUBLISH_URL=${server}`]
let board = await startBoard({ relay: relay.url, config: publishing })
const id = board.addr.id()
const first = await board.next(/^The short ticket can be dialled: (.*)/)
check(first[1].includes(server), `the board says: the short ticket can be dialled: ${first[1]}`)

await scenario('the real iroh dials by id alone', async () => {
  const addr = iroh.EndpointTicket.fromString(board.shortTicket).endpointAddr()
  check(addr.relayUrl() === null && addr.directAddresses().length === 0, 'the short ticket holds nothing but the id')
  const answer = await dialByName(addr, 'found by name')
  check(answer === 'found by name', `the real iroh asks our DNS responder and dials the board through the relay: ${answer}`)
  const unknown = await dialByName(new iroh.EndpointAddr(iroh.SecretKey.generate().public()), 'x')
  check(unknown.includes('No addressing information available'), 'an id nobody announced: it says "No addressing information available"')
})

await scenario('the packet of the board', async () => {
  const packet = await kept(id)
  check(packet.type === 'application/x-pkarr-signed-packet' && packet.cors === '*', 'is served with its type, to pages as well')
  const signed = Buffer.concat([Buffer.from(`3:seqi${packet.timestamp}e1:v${packet.dns.length}:`), packet.dns])
  check(!throws(() => id.verify(Array.from(signed), iroh.Signature.fromBytes(Array.from(packet.signature)))), "the real iroh's key verifies our signature")
  const expected = dnsMessage(id, [`relay=${board.addr.relayUrl()}`])
  check(packet.dns.equals(expected), `holds the relay and nothing else, byte by byte (${packet.dns.length} bytes)`)
  check(Math.abs(Number(packet.timestamp) / 1e6 - Date.now() / 1000) < 120, 'carries the time in microseconds')
})

await scenario('ours dials by id alone', async () => {
  const [byHttp, byDns, byId] = await Promise.all([
    cli('echo', board.shortTicket, '--timeout', '60', '--lookup', server),
    cli('echo', board.shortTicket, '--timeout', '60', '--lookup', `dns:127.0.0.1:${ORIGIN_PORT}`),
    cli('ping', id.toString(), '--timeout', '60', '--count', '2', '--lookup', `dns:127.0.0.1:${ORIGIN_PORT}/dns.iroh.link`, '--json'),
  ])
  check(byHttp.code === 0 && byHttp.output.includes(`by relay ${relay.url}`), `irohlite echo <short ticket> --lookup ${server} ${byHttp.error}`)
  check(byDns.code === 0 && byDns.output.includes(`by relay ${relay.url}`), `irohlite echo <short ticket> --lookup dns:127.0.0.1:${ORIGIN_PORT} ${byDns.error}`)
  check(byId.code === 0 && JSON.parse(byId.output).remote === id.toString(), `irohlite ping <id> ${byId.error}`)
})

await scenario('ours dials a stock endpoint by id alone', async () => {
  // The binding cannot be told where to publish, so its key signs here what it would publish.
  const secret = iroh.SecretKey.generate()
  const stock = await n0Endpoint(secret.toBytes())
  serveEcho(stock)
  await within('online()', stock.online())
  const body = packetOf(secret, [`relay=${relay.url}`])
  check((await put(secret.public(), body)) === 204, 'a packet signed by a stock key is accepted')
  const forged = Buffer.from(body)
  forged[forged.length - 3] ^= 1
  const other = iroh.SecretKey.generate().public()
  check((await put(secret.public(), forged)) === 400 && (await put(other, body)) === 400, 'one that was changed, or is offered for another id, is refused')
  const [byHttp, byDns] = await Promise.all([
    cli('echo', secret.public().toString(), '--timeout', '60', '--lookup', server),
    cli('echo', secret.public().toString(), '--timeout', '60', '--lookup', `dns:127.0.0.1:${ORIGIN_PORT}`),
  ])
  check(byHttp.code === 0 && byDns.code === 0, `irohlite echo <id of the stock endpoint>, by HTTP and by DNS ${byHttp.error}${byDns.error}`)
  await stock.close()
})

await scenario('lookups that fail', async () => {
  const genuine = await kept(id)
  const forged = Buffer.from(genuine.body)
  forged[forged.length - 3] ^= 1
  const lies = createServer((request, response) => {
    if (request.url.startsWith('/silent')) return
    if (request.url.startsWith('/broken')) response.writeHead(500).end()
    else response.end(request.url.startsWith('/forged') ? forged : Buffer.alloc(20))
  })
  await new Promise((resolve) => lies.listen(0, '127.0.0.1', resolve))
  const mute = createSocket('udp4')
  await new Promise((resolve) => mute.bind(0, '127.0.0.1', resolve))
  const at = `http://127.0.0.1:${lies.address().port}`
  const nobody = iroh.SecretKey.generate().public().toString()
  const cases = [
    ['a forged packet', board.shortTicket, `${at}/forged`, ['cannot be used', 'signature']],
    ['a packet that is none', board.shortTicket, `${at}/short`, ['cannot be used']],
    ['a server in trouble', board.shortTicket, `${at}/broken`, ['status 500']],
    ['a silent server', board.shortTicket, `${at}/silent`, ['no answer within 2000 ms'], 2],
    ['no server', board.shortTicket, 'http://127.0.0.1:9/pkarr', ['cannot reach 127.0.0.1 port 9']],
    ['an unknown id by HTTP', nobody, server, ['does not know the id']],
    ['an unknown id by DNS', nobody, `dns:127.0.0.1:${ORIGIN_PORT}`, ['does not know the id']],
    ['a silent name server', board.shortTicket, `dns:127.0.0.1:${mute.address().port}`, ['did not answer'], 2],
    ['no name server', board.shortTicket, 'dns:127.0.0.1:9', ['did not answer'], 2],
    ['another domain', board.shortTicket, `dns:127.0.0.1:${ORIGIN_PORT}/elsewhere.example`, ['does not know the id']],
    ['no lookup', board.shortTicket, 'none', ['no lookup service is configured']],
  ]
  for (let i = 0; i < cases.length; i += 4) {
    await Promise.all(cases.slice(i, i + 4).map(async ([what, whom, lookup, words, seconds = 60]) => {
      const { code, output, error } = await cli('echo', whom, '--lookup', lookup, '--timeout', seconds, '--json')
      const told = JSON.parse(output)
      check(code === 1 && told.error === 'no-address' && words.every((word) => error.includes(word)), `${what}: ${error.trim()}`)
    }))
  }
  lies.closeAllConnections()
  lies.close()
  mute.close()
})

await scenario('another relay, a clock that went back, and a server that restarts', async () => {
  const before = await kept(id)
  let mark = board.order('clock step -86400')
  board.order('restart')
  await board.next(/^The short ticket can be dialled/, mark)
  const after = await kept(id)
  check(after.timestamp > before.timestamp, `a clock a day behind: the new packet is ${after.timestamp - before.timestamp} us newer all the same`)

  check((await board.stop()) === 0, 'the board ends cleanly')
  const second = await startRelay()
  board = await startBoard({ relay: second.url, config: publishing })
  check(board.addr.id().equals(id), 'the board comes back with its id, at another relay')
  await board.next(/^The short ticket can be dialled/, 0)
  const answer = await dialByName(new iroh.EndpointAddr(id), 'moved', second.url)
  check(answer === 'moved', `the real iroh finds it there by the same short ticket: ${answer}`)

  check((await relay.stop()) === 0, 'the lookup server ends cleanly')
  const again = await startRelay({ port: Number(new URL(relay.url).port), args: ['--pkarr-dir', pkarrFolder, '--dns', `127.0.0.1:${ORIGIN_PORT}`] })
  const echo = await cli('echo', board.shortTicket, '--timeout', '60', '--lookup', server)
  check(echo.code === 0 && echo.output.includes(second.url), `restarted, it still knows the board ${echo.error}`)
  check((await board.stop()) === 0, 'the board ends cleanly')
  await Promise.all([again.stop(), second.stop()])
})
finish()

/** A stock endpoint with n0's preset, which looks ids up by DNS, but with our relay. */
async function n0Endpoint(secret, home = relay.url) {
  const builder = iroh.Endpoint.builder()
  iroh.presetN0(builder)
  builder.alpns([bytes(ECHO_ALPN)])
  if (secret) builder.secretKey(Array.from(secret))
  const map = iroh.RelayMap.empty()
  map.insert({ url: home })
  builder.relayMode(iroh.RelayMode.custom(map))
  return builder.bind()
}

/** Echoes from a stock endpoint that has seen no name yet; returns what came back, or the error. */
async function dialByName(addr, message, home) {
  const client = await n0Endpoint(null, home)
  try {
    await within('online()', client.online())
    return (await within('dial', dialAndEcho(client, addr, message))).toString()
  } catch (error) {
    return error.message.split('\n\nStack backtrace')[0].replace(/\s+/g, ' ')
  } finally {
    await client.close()
  }
}

/** What the lookup server keeps for an id. */
async function kept(of) {
  const response = await fetch(`${server}/${zBase32(of.toBytes())}`)
  const body = Buffer.from(await response.arrayBuffer())
  return {
    body, signature: body.subarray(0, 64), timestamp: body.readBigUInt64BE(64), dns: body.subarray(72),
    type: response.headers.get('content-type'), cors: response.headers.get('access-control-allow-origin'),
  }
}

/** Offers a packet; while the server says that there are too many, waits as a publisher does. */
async function put(of, body) {
  for (;;) {
    const { status } = await fetch(`${server}/${zBase32(of.toBytes())}`, { method: 'PUT', body })
    if (status !== 429) return status
    await sleep(1000)
  }
}

/** Signature, timestamp and DNS message as a stock endpoint publishes them. */
function packetOf(secret, strings) {
  const dns = dnsMessage(secret.public(), strings)
  const timestamp = BigInt(Date.now()) * 1000n
  const signature = secret.sign(Array.from(Buffer.concat([Buffer.from(`3:seqi${timestamp}e1:v${dns.length}:`), dns]))).toBytes()
  const seq = Buffer.alloc(8)
  seq.writeBigUInt64BE(timestamp)
  return Buffer.concat([Buffer.from(signature), seq, dns])
}

function dnsMessage(of, strings) {
  const label = (name) => Buffer.concat([Buffer.from([name.length]), Buffer.from(name)])
  const parts = [Buffer.from([0, 0, 0x80, 0, 0, 0, 0, strings.length, 0, 0, 0, 0])]
  strings.forEach((text, i) => {
    parts.push(i === 0 ? Buffer.concat([label('_iroh'), label(zBase32(of.toBytes())), Buffer.from([0])]) : Buffer.from([0xc0, 12]))
    parts.push(Buffer.from([0, 16, 0, 1, 0, 0, 0, 30, 0, text.length + 1, text.length]), Buffer.from(text))
  })
  return Buffer.concat(parts)
}

function zBase32(raw) {
  const bits = raw.map((value) => value.toString(2).padStart(8, '0')).join('')
  return bits.match(/.{1,5}/g).map((five) => 'ybndrfg8ejkmcpqxot1uwisza345h769'[parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function throws(run) {
  try {
    run()
    return false
  } catch {
    return true
  }
}

function runWithOwnResolver() {
  const resolver = file('resolv.conf', 'nameserver 127.0.0.1')
  const { status } = spawnSync('unshare', ['--mount', 'bash', '-c', 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"', 'resolver', resolver, process.execPath, process.argv[1]],
    { stdio: 'inherit', env: { ...process.env, IROHLITE_OWN_RESOLVER: '1' } })
  process.exit(status ?? 1)
}
