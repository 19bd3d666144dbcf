// Asks the outside engine: one case a line on standard input, one answer a line on standard output.
//
// A case is one of corpus/decisions. The answer is {"decision": …}, or {"error": …} where the engine does not take the
// request. With `time` as argument, each line is decided 2,000 times, and the answer is {"nanoseconds": median}.

import { createInterface } from 'node:readline'
import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate'

const DECISIONS = { Allowed: 'allowed', ImplicitlyDenied: 'implicitDeny', ExplicitlyDenied: 'explicitDeny' }

const accountOf = (arn) => arn?.split(':')[4] || undefined

const parsed = (document) => (typeof document === 'string' ? JSON.parse(document) : document)

const named = (documents) => documents.map((policy, index) => ({ name: `policy${index}`, policy: parsed(policy) }))

// Policies of one version as one: their statements are alternatives.
const merged = (documents) => {
  const policies = documents.map(parsed)
  if (policies.some((policy) => policy.Version !== policies[0].Version)) {
    throw new Error('policies of different versions')
  }
  return { ...policies[0], Statement: policies.flatMap((policy) => policy.Statement) }
}

const levels = (list, member) =>
  list.map((level, index) => ({ orgIdentifier: `level${index}`, policies: named(level[member]) }))

const simulation = (request) => {
  const caller = request.CallerArn ?? 'arn:aws:iam::111111111111:user/alice'
  const resource = request.ResourceArns?.[0] ?? '*'
  const account = accountOf(caller)
  const owner = accountOf(resource) ?? accountOf(request.ResourceOwner) ?? account
  const management = request.ManagementAccount
  const list = (member) => request[member] ?? []
  const entries = list('ContextEntries').map(({ ContextKeyName: name, ContextKeyValues: values, ContextKeyType: type }) => [
    name,
    type.endsWith('List') ? values : values[0]
  ])
  const boundary = list('PermissionsBoundaryPolicyInputList')
  const session = list('SessionPolicyInputList')
  const endpoint = list('EndpointPolicyInputList')
  const scps = account && account !== management ? list('OrderedOrganizationPolicyInputList') : []
  const rcps = !owner || owner !== management ? list('OrderedResourceControlPolicyInputList') : []
  return {
    request: {
      principal: caller === '*' ? anonymousPrincipal : caller,
      action: request.ActionNames[0],
      resource: { resource, accountId: owner ?? '999999999999' },
      contextVariables: Object.fromEntries(entries)
    },
    identityPolicies: account ? named(list('PolicyInputList')) : [],
    permissionBoundaryPolicies: account && boundary.length ? named([merged(boundary)]) : undefined,
    sessionPolicy: account && session.length ? merged(session) : undefined,
    serviceControlPolicies: levels(scps, 'ServiceControlPolicyInputList'),
    resourceControlPolicies: levels(rcps, 'ResourceControlPolicyInputList'),
    resourcePolicy: request.ResourcePolicy ? parsed(request.ResourcePolicy) : undefined,
    vpcEndpointPolicies: endpoint.length ? named([merged(endpoint)]) : undefined
  }
}

const decide = async (request) => {
  const result = await runSimulation(simulation(request), {})
  if (result.resultType === 'error') return { error: JSON.stringify(result.errors) }
  if (result.resultType === 'wildcard') return { error: 'a wildcard as resource: another question' }
  const ignored = result.result.ignoredContextKeys
  if (ignored?.length) return { error: `ignores ${ignored.join(', ')}` }
  return { decision: DECISIONS[result.overallResult] }
}

const median = async (request) => {
  const input = simulation(request)
  const times = []
  for (let round = 0; round < 2000; round += 1) {
    const start = process.hrtime.bigint()
    await runSimulation(input, {})
    times.push(Number(process.hrtime.bigint() - start))
  }
  times.sort((left, right) => left - right)
  return { nanoseconds: times[times.length / 2] }
}

const answer = process.argv[2] === 'time' ? median : decide
for await (const line of createInterface({ input: process.stdin })) {
  const answered = await answer(JSON.parse(line).Request).catch((error) => ({ error: String(error) }))
  process.stdout.write(`${JSON.stringify(answered)}\n`)
}
