-- For wrk: asks the paths of a file, one after the other, and prints what came of it as one line.
--     wrk … -s phrases.lua URL -- PATHS [SUFFIX]
local requests, at = {}, 0

function init(words)
    for path in io.lines(words[1]) do
        requests[#requests + 1] = wrk.format("GET", path .. (words[2] or ""))
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency)
    local failed = summary.errors
    io.write(string.format("requests\t%d\tus\t%d\terrors\t%d\tp50_us\t%d\tp99_us\t%d\tbytes\t%d\n",
        summary.requests, summary.duration,
        failed.connect + failed.read + failed.write + failed.status + failed.timeout,
        latency:percentile(50), latency:percentile(99), summary.bytes))
end
