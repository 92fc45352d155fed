// Turns the benchmark's JSON lines (standard input) into tables: the median over the rounds, and in brackets the median over the rounds
// of the ratio to npm-npm in the same round.
import { readFileSync } from 'node:fs'

const lines = readFileSync(0, 'utf8').trim().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
const name = { npm: 'npm', managed: 'managed', native: 'native' }
const rows = [
  ['handshake', 'handshakeMs', 'ms', 2],
  ['handshake, 90 %', 'handshakeP90Ms', 'ms', 2],
  ['handshake + 13 B echo', 'handshakeEchoMs', 'ms', 2],
  ['64 B echo round trip', 'echo64Ms', 'ms', 3],
  ['64 B echo, 90 %', 'echo64P90Ms', 'ms', 3],
  ['CPU a connection, both ends', 'cpuMs', 'ms', 2],
  ['packets a connection', 'datagrams', '', 1],
  ['bytes a connection on the wire', 'wireBytes', 'B', 0],
  ['first handshake + echo of two new processes', 'firstMs', 'ms', 0],
  ['resident memory, client', 'clientMiB', 'MiB', 0],
  ['resident memory, server', 'serverMiB', 'MiB', 0],
]
const pairs = [...new Set(lines.map((line) => `${line.client} ${line.server}`))].map((pair) => pair.split(' '))

for (const way of [...new Set(lines.map((line) => line.way))]) {
  const ofWay = lines.filter((line) => line.way === way)
  const rounds = [...new Set(ofWay.map((line) => line.round))]
  console.log(`\n${way} (${rounds.length} rounds), client → server\n`)
  console.log(`| | ${pairs.map(([client, server]) => `${name[client]} → ${name[server]}`).join(' | ')} |`)
  console.log(`|---|${pairs.map(() => '---:').join('|')}|`)
  for (const [title, field, unit, digits] of rows) {
    const cells = pairs.map(([client, server]) => {
      if (!find(ofWay, 1, client, server, field)) return ''
      const mine = rounds.map((round) => find(ofWay, round, client, server, field)[field])
      const ratios = rounds.map((round, i) => mine[i] / find(ofWay, round, 'npm', 'npm', field)[field])
      return `${median(mine).toFixed(digits)}${client === 'npm' && server === 'npm' ? '' : ` (${median(ratios).toFixed(2)})`}`
    })
    console.log(`| ${title}${unit ? `, ${unit}` : ''} | ${cells.join(' | ')} |`)
  }
}

function find(some, round, client, server, field) {
  return some.find((line) => line.round === round && line.client === client && line.server === server && field in line)
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
