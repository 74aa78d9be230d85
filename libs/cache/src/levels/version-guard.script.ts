/** What the script is asked to do. */
type VersionGuardOperation = 'put' | 'tombstone';

/** What it answers: what became of it, and the versions that are known now (text). */
type VersionGuardReply = [outcome: 'stored' | 'older' | 'conflict' | 'refused', versions: string];

/** The script as ioredis defines it on a client: one round trip, by EVALSHA after its first use. */
export interface VersionGuardCommand {
  versionGuard(
    key: string,
    epochKey: string,
    operation: VersionGuardOperation,
    expectedEpoch: string,
    versions: string,
    value: Buffer | string,
    ttlMs: number,
    tombstoneTtlMs: number,
  ): Promise<VersionGuardReply>;
}

/**
 * Put and tombstone, judged in one step against what is stored, by the rules of `judgePut`.
 *
 * Only the first line of the stored value is looked at, so the size of a body costs nothing. A put must have
 * been read in the epoch that still holds. A tombstone takes the highest version of each component; a record
 * that contains the write stays.
 */
export const versionGuardScript = `
local function parse(text)
  local vector = {}
  for name, version in string.gmatch(text, '([^=,]+)=(%d+)') do vector[name] = tonumber(version) end
  return vector
end
local function dominates(one, other)
  for name, version in pairs(other) do
    if (one[name] or 0) < version then return false end
  end
  return true
end
local function stored()
  local head = redis.call('GETRANGE', KEYS[1], 0, 1023)
  local stop = string.find(head, '\\n', 1, true)
  if not stop and #head == 1024 then
    head = redis.call('GET', KEYS[1])
    stop = string.find(head, '\\n', 1, true)
  end
  if not stop then return nil end
  return string.match(string.sub(head, 1, stop - 1), '^(%a) %S+ %S+ %S+ (%S*)$')
end

local operation, epoch, text = ARGV[1], redis.call('GET', KEYS[2]) or '0', ARGV[3]
local kind, known = stored()
if operation == 'put' and epoch ~= ARGV[2] then return {'refused', known or ''} end

local old, new = parse(known or ''), parse(text)
local knowsAll, knowsNothingNew = dominates(new, old), dominates(old, new)
if operation == 'put' and (not kind or knowsAll) then
  redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[5])
  return {'stored', text}
end
if kind and knowsNothingNew and (operation == 'put' or kind ~= 'T') then return {'older', known} end

for name, version in pairs(new) do
  if (old[name] or 0) < version then old[name] = version end
end
local parts = {}
for name, version in pairs(old) do parts[#parts + 1] = name .. '=' .. string.format('%.0f', version) end
local merged = table.concat(parts, ',')
redis.call('SET', KEYS[1], 'T ' .. epoch .. ' 0 - ' .. merged .. '\\n', 'PX', ARGV[6])
return {operation == 'put' and 'conflict' or 'stored', merged}
`;
