-- Reports as Chromium sends them. The argument says what differs: `same`, `query` (each has its own), or `host` (each its own).
local kind = "same"
local number = 0

function init(arguments)
    kind = arguments[1] or kind
end

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/csp-report"
wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"

local before = [[{"csp-report":{"document-uri":"https://shop.example.com/cart?token=secret","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"connect-src 'self' https://api.example.com wss://ws.example.com; report-uri /__csp/report","disposition":"enforce","blocked-uri":"https://h]]
local middle = [[.example.net/notifications?key=secret]]
local after = [[","line-number":9,"column-number":13,"source-file":"https://shop.example.com/app.js","status-code":200,"script-sample":""}}]]
local made = nil

function request()
    number = number + 1
    if kind == "host" then
        return wrk.format(nil, nil, nil, before .. number .. middle .. after)
    elseif kind == "query" then
        return wrk.format(nil, nil, nil, before .. middle .. number .. after)
    end
    made = made or wrk.format(nil, nil, nil, before .. middle .. after)
    return made
end
