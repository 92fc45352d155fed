// Two stock iroh endpoints through our relay: it is a relay to them like any other.
import { check, dialAndEcho, finish, relayAddr, relayMetric, scenario, serveEcho, startRelay, stockEndpoint, within } from './lib.mjs'

const relay = await startRelay()

await scenario('two stock endpoints', async () => {
  const server = await stockEndpoint({ relay: relay.url })
  const client = await stockEndpoint({ relay: relay.url })
  const start = performance.now()
  await within(10000, 'online()', Promise.all([server.online(), client.online()]))
  const onlineMs = performance.now() - start
  check(onlineMs < 1000, `both are online within 1 s (${Math.round(onlineMs)} ms)`)
  check(server.addr().relayUrl() === relay.url, `the relay is the home relay (${server.addr().relayUrl()})`)

  const connections = []
  serveEcho(server, (connection) => connections.push(connection))
  const address = relayAddr(server.id(), relay.url)
  const answer = await within(10000, 'echo', dialAndEcho(client, address, 'Hello, world!'))
  check(answer.toString() === 'Hello, world!', '13 bytes come back')
  check(connections.length === 1 && connections[0].remoteId().equals(client.id()), 'the server sees the id of the client')

  check((await relayMetric(relay.url, 'frames_forwarded_total')) > 10, 'the handshake went through the relay')
  check((await relayMetric(relay.url, 'endpoints_online')) === 2, 'the relay counts two endpoints')

  const large = Buffer.alloc(1 << 20, 'relay ')
  check((await within(30000, '1 MiB echo', dialAndEcho(client, address, large))).equals(large), '1 MiB comes back')
  await Promise.all([client.close(), server.close()])
})

await scenario('a token is asked for', async () => {
  const guarded = await startRelay({ args: ['--access', 'token', '--token', 'right'] })
  const good = await stockEndpoint({ relay: guarded.url, token: 'right' })
  await within(3000, 'online() with the right token', good.online())
  check(true, 'the right token is let in')
  const bad = await stockEndpoint({ relay: guarded.url, token: 'wrong' })
  const outcome = await within(2000, 'online()', bad.online()).then(() => 'online', () => 'refused')
  check(outcome === 'refused', 'a wrong token is not')
  check(guarded.lines.some((line) => line.includes('not authorized')), 'and the relay says so')
  await Promise.all([good.close(), bad.close()])
  await guarded.stop()
})

check((await relay.stop()) === 0, 'the relay ends cleanly')
finish()
