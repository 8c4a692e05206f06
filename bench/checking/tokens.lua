-- Asks for a random token each time: uniformly, or four of five times one of the hundred hottest.
local LENGTH = 36
local HOT = 100
local file = assert(io.open(os.getenv("BENCH_TOKENS"), "rb"))
local tokens = file:read("*a")
file:close()
local count = math.floor(#tokens / LENGTH)
local mix = os.getenv("BENCH_MIX")
local accept = os.getenv("BENCH_ACCEPT")
local headers = { ["Accept"] = accept, ["Accept-Language"] = "zh-CN" }

function init(_)
  math.randomseed(tonumber(os.getenv("BENCH_SEED")))
end

function request()
  local among = count
  if mix == "hot" and math.random() < 0.8 then among = HOT end
  local first = math.random(0, among - 1) * LENGTH
  return wrk.format("GET", "/v/" .. tokens:sub(first + 1, first + LENGTH), headers)
end

function done(summary, latency, _)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.status + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.duration, bad,
    latency:percentile(99)))
end
