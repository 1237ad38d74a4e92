-- One kind of request for wrk, and a line of figures at the end:
--
--   LABEL=... PATHS="/a /b?x=%d" MOST=1000 wrk -t2 -c4 -d10s -s bench/serve.lua URL
--
-- Each request takes one of PATHS in turn. In it %d becomes a random number below MOST, and %w a
-- random window of that many samples: start=...&stop=... ACCEPT and MATCH become headers.

local paths = {}
local most = tonumber(os.getenv("MOST") or "1")
local headers = {}
local next_path = 0

function setup(thread)
  thread:set("seed", tonumber(tostring(thread):match("0x(%x+)"), 16) % 1000003)
end

function init(args)
  math.randomseed(seed)
  for path in (os.getenv("PATHS") or "/"):gmatch("%S+") do
    paths[#paths + 1] = path
  end
  if os.getenv("ACCEPT") then
    headers["Accept"] = os.getenv("ACCEPT")
  end
  next_path = math.random(#paths)
end

-- Windows of all zooms alike: their lengths are spread evenly over the powers of two.
local function window()
  local length = math.floor(2 ^ (6 + math.random() * (math.log(most) / math.log(2) - 6)))
  local start = math.floor(math.random() * (most - length))
  return string.format("start=%.0f&stop=%.0f", start, start + length)
end

function request()
  next_path = next_path % #paths + 1
  local path = paths[next_path]:gsub("%%w", window)
  path = path:gsub("%%d", function() return string.format("%d", math.random(0, most - 1)) end)
  return wrk.format("GET", path, headers)
end

function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format(
    "%s: %.0f req/s, p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, most %.1f ms, %.0f bytes, %d failed",
    os.getenv("LABEL") or "", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.bytes / math.max(1, summary.requests),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
