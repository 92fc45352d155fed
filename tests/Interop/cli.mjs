// The programs a person runs: a stock client dials the ticket the demo prints, and `irohlite` dials a stock endpoint and reads its tickets.
import { spawn } from 'node:child_process'
import { ECHO_ALPN, check, configuration, dialAndEcho, finish, iroh, relayAddr, repositoryRoot, scenario, serveEcho, startProgram, startRelay, stockEndpoint, within } from './lib.mjs'

const ticketOf = (addr) => iroh.EndpointTicket.fromAddr(addr).toString()

await scenario('irohlite demo --keep', async () => {
  const demo = await startProgram('desktop/Cli', ['demo', '--keep'], /The board stays up\..* (endpoint\S+)/)
  const ticket = demo.match[1]
  const addr = iroh.EndpointTicket.fromString(ticket).endpointAddr()
  check(demo.lines.some((line) => line.includes('Long ticket:') && line.includes(ticket)), 'it prints the long ticket')
  check(addr.relayUrl() !== null && addr.directAddresses().length > 0, `which names its relay and its address (${addr.toString()})`)
  const direct = await stockEndpoint()
  check((await within('echo', dialAndEcho(direct, addr, 'Hello, world!'))).toString() === 'Hello, world!', 'a stock client dials it directly')
  const relayed = await stockEndpoint({ relay: addr.relayUrl() })
  await within('online()', relayed.online())
  const answer = await within('echo', dialAndEcho(relayed, relayAddr(addr.id(), addr.relayUrl()), 'Hello, world!'))
  check(answer.toString() === 'Hello, world!', 'and through its relay')
  check((await within('echo', dialAndEcho(direct, addr, 'again', 'echo/0'))).toString() === 'again', 'and by the protocol name of the ESP32 example')
  await Promise.all([direct.close(), relayed.close()])
  check((await within('end', demo.stop())) === 0, 'it ends cleanly when it is told to')
})

await scenario('irohlite against a stock endpoint', async () => {
  const relay = await startRelay()
  const server = await stockEndpoint({ relay: relay.url, bind: '127.0.0.1:0', alpns: [ECHO_ALPN, 'echo/0'] })
  serveEcho(server)
  await within('online()', server.online())
  const direct = ticketOf(new iroh.EndpointAddr(server.id(), null, [server.boundSockets()[0]]))
  const relayed = ticketOf(relayAddr(server.id(), relay.url))
  const results = await Promise.all([
    irohlite('echo', direct, '--direct', '--json'),
    irohlite('echo', relayed, '--json'),
    irohlite('echo', relayed, '--size', '200000', '--count', '3', '--json'),
    irohlite('echo', relayed, '--alpn', 'nothing/0', '--json'),
    irohlite('ping', direct, '--count', '3', '--json'),
  ])
  check(results[0].code === 0 && results[0].answer.ok, `echo --direct: ${results[0].text}`)
  check(results[1].code === 0 && results[1].answer.ok, `echo through the relay: ${results[1].text}`)
  check(results[2].code === 0 && results[2].answer.ok, `echo --size 200000 --count 3: ${results[2].text}`)
  check(results[3].code !== 0 && results[3].answer.error === 'unknown-alpn', `echo --alpn nothing/0 fails: ${results[3].text}`)
  check(results[4].code === 0 && results[4].answer.ok, `ping: ${results[4].text}`)
  await server.close()
  await relay.stop()
})

await scenario('irohlite ticket', async () => {
  const id = iroh.SecretKey.fromBytes(Array(32).fill(42)).public()
  const shapes = [[null, []], ['http://127.0.0.1:3340/', []], ['https://relay.example.org:8443/x?token=a', ['10.0.0.1:4433', '[2001:db8::1]:1']], [null, ['[fe80::1]:5', '10.0.0.2:65535']]]
  for (const [relay, ips] of shapes) {
    const ticket = ticketOf(new iroh.EndpointAddr(id, relay, ips))
    const addr = iroh.EndpointTicket.fromString(ticket).endpointAddr()
    const { code, answer, text } = await irohlite('ticket', ticket, '--json')
    const found = answer.addresses.map((place) => place.url ?? place.address)
    const wanted = [addr.relayUrl(), ...addr.directAddresses()].filter((place) => place)
    check(code === 0 && answer.id === id.toString() && JSON.stringify(found.sort()) === JSON.stringify(wanted.sort()), text)
  }
  const bad = await irohlite('ticket', 'endpointnonsense', '--json')
  check(bad.code !== 0 && bad.answer.error === 'bad-ticket', bad.text)
})

finish()

/** Runs a command of irohlite to its end. */
function irohlite(...args) {
  const child = spawn('dotnet', [`${repositoryRoot}desktop/Cli/bin/${configuration}/net10.0/Cli.dll`, ...args, '--timeout', '60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  return within(`irohlite ${args[0]}`, new Promise((resolve) => child.on('close', (code) => {
    text = text.trim()
    resolve({ code, text: text.slice(0, 220), answer: JSON.parse(text) })
  })))
}
